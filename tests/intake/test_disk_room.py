"""Room on the disk is told of before it runs out."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from hotelml_app.core.events import Event, EventBus
from hotelml_app.intake.drop.disk_room import warn_when_low

Usage = namedtuple("Usage", "total used free")
GB = 2**30


@pytest.mark.parametrize(
    ("total", "free", "low"),
    [(20 * GB, 1 * GB, True), (20 * GB, 3 * GB, False), (2000 * GB, 50 * GB, False), (2000 * GB, 4 * GB, True)],
)
def test_less_than_a_tenth_free_is_told_unless_the_rest_is_still_plenty(
    tmp_path: Path, bus: EventBus, events: list[Event], monkeypatch: pytest.MonkeyPatch, total: int, free: int, low: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(total, total - free, free))
    assert warn_when_low(tmp_path, bus) is low
    assert [event.key for event in events] == (["disk:low"] if low else [])


def test_the_real_disk_can_be_asked(tmp_path: Path, bus: EventBus) -> None:
    assert warn_when_low(tmp_path, bus) in (True, False)
