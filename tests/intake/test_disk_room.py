"""Room on the disk is told of before it runs out, and when there is enough again."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import Event, EventBus, Settled, Warned
from hotelml_app.intake.drop.disk_room import DiskRoom

Usage = namedtuple("Usage", "total used free")
GB = 2**30


def kinds(events: list[Event]) -> list[tuple[type[Event], str]]:
    return [(type(event), getattr(event, "key", "")) for event in events]


@pytest.mark.parametrize(
    ("total", "free", "low"),
    [(20 * GB, 1 * GB, True), (20 * GB, 3 * GB, False), (2000 * GB, 50 * GB, False), (2000 * GB, 4 * GB, True)],
)
def test_less_than_a_tenth_free_is_told_unless_the_rest_is_still_plenty(
    tmp_path: Path,
    clock: FixedClock,
    bus: EventBus,
    events: list[Event],
    monkeypatch: pytest.MonkeyPatch,
    total: int,
    free: int,
    low: bool,
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(total, total - free, free))
    assert DiskRoom(tmp_path, clock, bus).look() is low
    assert kinds(events) == [(Warned if low else Settled, "disk:low")]


def test_a_disk_that_stays_low_is_told_of_once_an_hour_and_then_that_it_is_over(
    tmp_path: Path, clock: FixedClock, bus: EventBus, events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    free = [1 * GB]
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(20 * GB, 20 * GB - free[0], free[0]))
    room = DiskRoom(tmp_path, clock, bus)
    for _ in range(100):
        room.look()
        clock.advance(timedelta(minutes=1))
    assert kinds(events) == [(Warned, "disk:low")] * 2
    free[0] = 10 * GB
    room.look()
    room.look()
    assert kinds(events)[2:] == [(Settled, "disk:low")]


def test_the_real_disk_can_be_asked(tmp_path: Path, clock: FixedClock, bus: EventBus) -> None:
    assert DiskRoom(tmp_path, clock, bus).look() in (True, False)
