"""A sound model that another version of HotelML made: never asked, never called damaged, and something else answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from models_on_disk import staged
from small_hotel import open_at_morning

from hotelml_app.__main__ import main
from hotelml_app.modules import discover

LEARNS = sorted(name for name, manifest in discover().items() if manifest.train is not None)


def with_a_model_of_another_version(home: Path, folder: Path, module: str) -> str:
    """Let a model go live that holds nothing of what the module asks for today; return its version."""
    with open_at_morning(home) as appliance:
        registry = appliance.parts.registry
        version = registry.add(1, module, staged(folder / module, 2.0, date(2016, 4, 30)))
        registry.promote(1, module, version, "test")
    return version


@pytest.mark.parametrize("module", LEARNS)
def test_something_else_answers_and_the_reason_is_true(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], module: str
) -> None:
    version = with_a_model_of_another_version(hotel_home, tmp_path, module)
    assert main(["predict", module, "--horizon", "1", "--out", str(tmp_path / "out.csv")]) == 0
    told = capsys.readouterr().err
    assert f"{version} was made by another version of HotelML" in told
    assert "damaged" not in told
    main(["doctor"])
    found = capsys.readouterr().out
    assert f"{version} was made by another version of HotelML; no other version answers in its place" in found
    main(["status"])
    warned = capsys.readouterr().out
    assert "A model is of another version of HotelML" in warned
    assert "Train the module again on the Models page." in warned
    assert "damaged" not in warned
    assert "check the disk" not in warned
