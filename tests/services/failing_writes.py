"""Disks that are full at the one or the other step of a change to settings and database."""

from __future__ import annotations

import pytest

from hotelml_app.core.errors import HotelMLError
from hotelml_app.services import parts as parts_module
from hotelml_app.services.appliance import Appliance
from hotelml_app.settings.errors import SettingsError


def no_room_for_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise SettingsError("The disk is full.")

    monkeypatch.setattr(parts_module, "save", full)


def no_room_after_settings(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the settings be written once, and nothing after them; then all is as before."""
    change = appliance.parts.change_settings

    def then_stumble(changed: object) -> object:
        done = change(changed)  # type: ignore[arg-type]
        monkeypatch.undo()
        raise HotelMLError(f"no room after {len(done)}")

    monkeypatch.setattr(appliance.parts, "change_settings", then_stumble)
