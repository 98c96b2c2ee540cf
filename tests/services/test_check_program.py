"""What the doctor finds about the program itself."""

from __future__ import annotations

import importlib.metadata

import pytest

from hotelml_app.services.doctor.check_program import check_packages


def test_a_package_without_the_note_of_its_version_stops_no_check(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = importlib.metadata.version

    def version(name: str) -> str:
        if name == "polars":
            raise importlib.metadata.PackageNotFoundError(name)
        return asked(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    found = {check.name: check for check in check_packages()}
    assert "polars of unknown version" in found["Packages"].found
    assert found["Packages"].state == "ok"
