from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from kept_points import kept_points

from hotelml_app.collector import DataCollector
from hotelml_app.collector.journal import Journal, encode, read_segment
from hotelml_app.core.clock import FixedClock
from hotelml_app.core.data_points import TrainingDataPoint
from hotelml_app.store import Store
from hotelml_app.store.learned import data_points

NOW = datetime(2017, 2, 28, 6, 0, tzinfo=UTC)

COLLECT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from hotelml_app.collector import DataCollector
from hotelml_app.core.clock import SystemClock
from hotelml_app.core.data_points import TrainingDataPoint
from hotelml_app.store import Store

clock = SystemClock()
store = Store.open(Path(sys.argv[1]), clock)
collector = DataCollector(store, clock, capacity=int(sys.argv[3]), flush_after_s=0.05)
first = int(sys.argv[2])
for number in range(first, first + 100_000, 5):
    batch = [TrainingDataPoint(str(n), clock.now(), "forecast", {"n": n}, {}) for n in range(number, number + 5)]
    collector.add_many(batch)
    print(number + 4, flush=True)
"""


def collect_until_killed(path: Path, first: int, capacity: int, points: int) -> int:
    """Let a real process collect, kill -9 it, and return the last point it had acknowledged."""
    arguments = [sys.executable, "-c", COLLECT, str(path), str(first), str(capacity)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        last = -1
        while last < first + points:
            last = int(process.stdout.readline())
        process.kill()
        for line in process.stdout:
            last = int(line) if line.endswith("\n") else last
        process.wait()
    return last


def stored_ids(path: Path, clock: FixedClock) -> list[int]:
    with Store.open(path, clock) as store:
        with DataCollector(store, clock) as collector:
            assert collector.buffered() == 0
        with store.read() as connection:
            return sorted(int(row.id) for row in kept_points(connection, "forecast"))


@pytest.mark.parametrize("capacity", [1_000_000, 50])
def test_what_was_acknowledged_survives_kills_and_nothing_is_doubled(tmp_path: Path, clock: FixedClock, capacity: int) -> None:
    path, first = tmp_path / "hotelml.db", 0
    for _ in range(3):
        acknowledged = collect_until_killed(path, first, capacity, points=120)
        ids = stored_ids(path, clock)
        # The batch at work when the kill came may be there as well, in part.
        assert ids == list(range(len(ids)))
        assert acknowledged + 1 <= len(ids) <= acknowledged + 6
        first = len(ids)
    assert not list((tmp_path / "run").glob("*.journal"))


def point(number: int, rooms: int = 1) -> TrainingDataPoint:
    return TrainingDataPoint(str(number), NOW, "forecast", {}, {"rooms": rooms})


def left_behind(folder: Path, *batches: list[TrainingDataPoint]) -> list[Path]:
    """Write a journal as a killed process leaves it, one segment per batch."""
    journal = Journal(folder)
    for batch in batches:
        journal.append([encode(one) for one in batch])
        journal.cut()
    return journal.segments()


def rooms(store: Store) -> dict[str, object]:
    with store.read() as connection:
        return {row.id: row.output["rooms"] for row in kept_points(connection, "forecast")}


def test_a_torn_last_line_is_left_out(store: Store, clock: FixedClock, caplog: pytest.LogCaptureFixture) -> None:
    (segment,) = left_behind(store.path.parent / "run", [point(1), point(2), point(3)])
    segment.write_bytes(segment.read_bytes()[:-20])
    with caplog.at_level(logging.WARNING), DataCollector(store, clock):
        assert rooms(store) == {"1": 1, "2": 1}
    assert "line 3" in caplog.text
    assert not segment.exists()


@pytest.mark.parametrize("cut", range(0, 240, 13))
def test_wherever_the_journal_ends_whole_lines_come_back(store: Store, clock: FixedClock, cut: int) -> None:
    (segment,) = left_behind(store.path.parent / "run", [point(1), point(2)])
    content = segment.read_bytes()[:cut]
    segment.write_bytes(content)
    with DataCollector(store, clock):
        assert len(rooms(store)) == content.count(b"\n")


def test_segments_come_back_in_order_so_that_the_later_point_wins(store: Store, clock: FixedClock) -> None:
    left_behind(store.path.parent / "run", *[[point(1, rooms=number)] for number in range(12)])
    with DataCollector(store, clock):
        assert rooms(store) == {"1": 11}


def test_a_journal_that_was_stored_but_not_removed_is_read_without_harm(store: Store, clock: FixedClock) -> None:
    left_behind(store.path.parent / "run", [point(1), point(2)])
    with store.write() as connection:
        data_points.put(connection, [point(1), point(2)])
    with DataCollector(store, clock) as collector:
        assert collector.counts() == {"forecast": 2}


def test_a_database_that_refuses_for_now_keeps_nothing_from_starting(
    store: Store, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    left_behind(store.path.parent / "run", [point(1), point(2)])
    store.database.conn.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        collector = DataCollector(store, clock)
    finally:
        other.close()
    with collector:
        assert "2 data points of the last run wait in the journal" in caplog.text
        assert (collector.buffered(), rooms(store)) == (2, {})
        collector.add(point(3))
        assert collector.flush() == 3
    assert sorted(rooms(store)) == ["1", "2", "3"]


def test_new_points_never_follow_a_torn_line(store: Store, clock: FixedClock) -> None:
    (segment,) = left_behind(store.path.parent / "run", [point(1)])
    segment.write_bytes(segment.read_bytes()[:-5])
    journal = Journal(store.path.parent / "run")
    journal.append([encode(point(2))])
    journal.cut()
    assert [path.name for path in journal.segments()] == ["collector-00000001.journal", "collector-00000002.journal"]
    assert [one.id for path in journal.segments() for one in read_segment(path)] == ["2"]


def test_a_point_written_down_comes_back_the_same(tmp_path: Path) -> None:
    full = TrainingDataPoint(
        "é\n1", NOW, "sentiment", {"text": "a\r\nb", "list": [1.5, None]}, {"y": True}, 0.5, property_name="Hôtel"
    )
    (segment,) = left_behind(tmp_path, [full])
    assert read_segment(segment) == [full]
