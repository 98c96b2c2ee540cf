"""A virus scanner that holds a segment of the journal loses no data point and ends no thread."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from holding import hold, lock, refusal
from kept_points import kept_points

from hotelml_app.collector import DataCollector
from hotelml_app.core.clock import FixedClock
from hotelml_app.core.data_points import TrainingDataPoint
from hotelml_app.store import Store


def put(collector: DataCollector, clock: FixedClock, rooms: int) -> None:
    collector.add(TrainingDataPoint("one", clock.now(), "forecast", {"rooms": rooms}, {}))
    collector.flush()


def stored(store: Store) -> list[object]:
    with store.read() as connection:
        return [row.input["rooms"] for row in kept_points(connection, "forecast")]


def segments(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.journal"))


def test_a_segment_that_can_neither_be_removed_nor_emptied_goes_later_and_brings_nothing_old_back(
    tmp_path: Path, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = "collector-00000001.journal"
    with DataCollector(store, clock, journal_folder=tmp_path) as collector, monkeypatch.context() as held:
        hold(held, [first])
        held.setattr(os, "truncate", lambda path, size: (_ for _ in ()).throw(refusal(Path(path))))
        put(collector, clock, 10)
        put(collector, clock, 20)
        assert segments(tmp_path) == [first, "collector-00000002.journal"], "the newer one waits behind the held one"
    # The next start reads both again, in order: what was collected last is what counts.
    with DataCollector(store, clock, journal_folder=tmp_path):
        assert stored(store) == [20]
    assert segments(tmp_path) == []


def test_a_segment_that_nobody_else_may_read_for_a_moment_does_not_keep_the_next_start_from_it(
    tmp_path: Path, store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = "collector-00000001.journal"
    with DataCollector(store, clock, journal_folder=tmp_path) as collector:
        collector.add(TrainingDataPoint("one", clock.now(), "forecast", {"rooms": 30}, {}))
        cut_off = (tmp_path / first).read_bytes()
    (tmp_path / first).write_bytes(cut_off)
    with monkeypatch.context() as held:
        refused = lock(held, first, times=2)
        with DataCollector(store, clock, journal_folder=tmp_path):
            assert len(refused) == 2
    assert stored(store) == [30]
