"""Exports that come in one after the other, each an hour after the one before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotelml_app.core.clock import FixedClock
from hotelml_app.services.appliance import Appliance


def an_hour_passes(appliance: Appliance) -> None:
    clock = appliance.parts.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(hours=1))


def take_in(appliance: Appliance, path: Path) -> int:
    (done,) = appliance.import_files([path])
    assert done.status == "done"
    an_hour_passes(appliance)
    return done.id
