from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dropped import wait_until
from kept_points import kept_points

from hotelml_app.collector import DataCollector
from hotelml_app.collector.errors import CollectorClosedError, JournalError, UnusableDataPointError
from hotelml_app.collector.journal import Journal
from hotelml_app.core.clock import FixedClock
from hotelml_app.core.data_points import Source, TrainingDataPoint
from hotelml_app.store import Store
from hotelml_app.store.errors import DatabaseBusyError, StoreError
from hotelml_app.store.learned import data_points

NOW = datetime(2017, 2, 28, 6, 0, tzinfo=UTC)
NEVER_S = 10_000.0


def point(
    number: object, module: str = "forecast", rooms: float = 1.0, hotel: str = "City Hotel", **other: object
) -> TrainingDataPoint:
    return TrainingDataPoint(str(number), NOW, module, {"lead": 3}, {"rooms": rooms}, property_name=hotel, **other)  # type: ignore[arg-type]


def stored(store: Store, module: str = "forecast") -> dict[str, float]:
    with store.read() as connection:
        return {row.id: float(str(row.output["rooms"])) for row in kept_points(connection, module)}


def journals(store: Store) -> list[Path]:
    return sorted((store.path.parent / "run").glob("*.journal"))


@pytest.fixture
def collector(store: Store, clock: FixedClock) -> Iterator[DataCollector]:
    with DataCollector(store, clock, capacity=100, flush_after_s=NEVER_S) as opened:
        yield opened


def test_points_wait_in_the_buffer_and_in_the_journal(store: Store, collector: DataCollector) -> None:
    collector.add(point(1))
    assert collector.add_many([point(2), point(3, "noshow")]) == 2
    assert stored(store) == {}
    assert collector.buffered() == 3
    assert len(journals(store)) == 1


def test_a_full_buffer_goes_to_the_database(store: Store, collector: DataCollector) -> None:
    collector.add_many(point(number) for number in range(250))
    assert len(stored(store)) == 200
    assert collector.buffered() == 50
    collector.add_many(point(number) for number in range(250, 300))
    assert len(stored(store)) == 300
    assert (collector.buffered(), journals(store)) == (0, [])


def test_an_old_buffer_goes_to_the_database(store: Store, clock: FixedClock) -> None:
    with DataCollector(store, clock, flush_after_s=30) as collector:
        assert collector.flush_if_due() == 0
        collector.add(point(1))
        clock.advance(timedelta(seconds=29))
        collector.add(point(2))
        assert collector.flush_if_due() == 0
        clock.advance(timedelta(seconds=1))
        # The collector's own timer may be the one that sees it first.
        assert collector.flush_if_due() in (0, 2)
        wait_until(lambda: len(stored(store)) == 2 and not collector.buffered())
        clock.advance(timedelta(seconds=60))
        assert collector.flush_if_due() == 0
        assert len(stored(store)) == 2


def test_age_is_watched_on_after_the_disk_made_trouble(
    store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Else what comes later waits until it fills the buffer, or until HotelML is closed."""
    with DataCollector(store, clock, flush_after_s=0.2) as collector:
        with monkeypatch.context() as broken:
            broken.setattr(Journal, "segments", lambda _: (_ for _ in ()).throw(OSError(5, "Input/output error")))
            collector.add(point(1))
            clock.advance(timedelta(seconds=1))
            wait_until(lambda: "Input/output error" in caplog.text)
        collector.add(point(2))

        def is_stored() -> bool:
            clock.advance(timedelta(seconds=1))
            return stored(store) == {"1": 1.0, "2": 1.0}

        wait_until(is_stored)


def test_age_is_watched_without_anybody_asking(store: Store, clock: FixedClock) -> None:
    with DataCollector(store, clock, flush_after_s=0.2) as collector:
        collector.add(point(1))
        clock.advance(timedelta(seconds=1))
        deadline = time.monotonic() + 60
        while not stored(store) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert stored(store) == {"1": 1.0}
        collector.add(point(2))
        clock.jump(NOW - timedelta(days=3))
        clock.advance(timedelta(seconds=1))
        while len(stored(store)) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(stored(store)) == 2


def test_shutdown_empties_the_buffer_and_then_nothing_is_taken(store: Store, collector: DataCollector) -> None:
    collector.add(point(1))
    collector.close()
    collector.close()
    assert stored(store) == {"1": 1.0}
    with pytest.raises(CollectorClosedError):
        collector.add(point(2))


def test_the_default_buffer_holds_ten_thousand(store: Store, clock: FixedClock) -> None:
    with DataCollector(store, clock) as collector:
        collector.add_many(point(number) for number in range(9_999))
        assert stored(store) == {}
        collector.add(point("last"))
        assert len(stored(store)) == 10_000


def test_the_same_id_keeps_the_later_point_wherever_the_earlier_is(store: Store, collector: DataCollector) -> None:
    collector.add(point(1, rooms=10))
    collector.add(point(1, rooms=11))
    assert collector.flush() == 1
    assert stored(store) == {"1": 11}
    collector.add(point(1, rooms=12))
    assert collector.counts() == {"forecast": 1}
    collector.flush()
    assert stored(store) == {"1": 12}


def test_counts_are_per_module_stored_and_buffered_together(store: Store, collector: DataCollector) -> None:
    collector.add_many([point(1), point(2), point(3, "noshow", hotel="Resort Hotel")])
    collector.flush()
    collector.add_many([point(2, rooms=5), point(4), point(5, "sentiment", source=Source.HISTORICAL)])
    assert collector.counts() == {"forecast": 3, "noshow": 1, "sentiment": 1}
    assert collector.counts("Resort Hotel") == {"noshow": 1}
    collector.add(point(3, "forecast", hotel="Resort Hotel"))
    assert collector.counts("Resort Hotel") == {"forecast": 1}
    assert collector.counts() == {"forecast": 4, "sentiment": 1}
    collector.flush()
    assert collector.counts() == {"forecast": 4, "sentiment": 1}


def test_everything_about_a_point_comes_back(store: Store, collector: DataCollector) -> None:
    full = TrainingDataPoint(
        "é-1", NOW, "sentiment", {"text": "Schön 🛏", "n": [1, 2]}, {"label": "positive"}, 0.75, Source.SYNTHETIC, "Hôtel"
    )
    collector.add(full)
    collector.flush()
    with store.read() as connection:
        assert kept_points(connection, "sentiment") == [full]


@pytest.mark.parametrize(
    "wrong",
    [
        point(""),
        point(1, module=""),
        point(1, accuracy=1.5),
        point(1, rooms=float("nan")),
        TrainingDataPoint("1", datetime(2017, 1, 1), "forecast", {}, {}),  # noqa: DTZ001 - that is what is refused
        TrainingDataPoint("1", NOW, "forecast", {"day": NOW.date()}, {}),
    ],
)
def test_a_point_that_cannot_be_kept_is_refused_with_its_whole_batch(
    store: Store, collector: DataCollector, wrong: TrainingDataPoint
) -> None:
    with pytest.raises(UnusableDataPointError):
        collector.add_many([point("fine"), wrong])
    assert collector.buffered() == 0
    assert journals(store) == []


def test_inside_a_write_block_nothing_is_flushed_since_it_may_be_undone(store: Store, collector: DataCollector) -> None:
    def collect_and_fail() -> None:
        with store.write():
            collector.add_many(point(number) for number in range(150))
            assert collector.flush() == 0
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        collect_and_fail()
    assert collector.buffered() == 150
    assert collector.flush() == 150
    assert len(stored(store)) == 150


def test_while_the_database_refuses_points_stay_safe_and_go_in_later(store: Store, collector: DataCollector) -> None:
    with store.write() as connection:
        connection.execute("PRAGMA user_version")
    store.database.conn.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        collector.add_many(point(number) for number in range(120))
        with pytest.raises(DatabaseBusyError):
            collector.flush()
        collector.add(point(5, rooms=55))
        assert collector.buffered() == 120
        assert collector.counts() == {"forecast": 120}
        with pytest.raises(StoreError):
            collector.add_many(point(number) for number in range(1000))
    finally:
        other.close()
    collector.flush()
    assert stored(store)["5"] == 1.0, "it was collected once more with the last batch"
    assert (collector.buffered(), journals(store)) == (0, [])


def test_a_journal_that_cannot_be_written_acknowledges_nothing(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file", encoding="utf-8")
    with DataCollector(store, clock, journal_folder=tmp_path / "blocked") as collector:
        with pytest.raises(JournalError):
            collector.add(point(1))
        assert collector.buffered() == 0


def test_many_threads_collect_at_once_and_nothing_is_lost(store: Store, clock: FixedClock) -> None:
    with DataCollector(store, clock, capacity=64, flush_after_s=0.05) as collector:

        def collect(name: int) -> None:
            for number in range(100):
                collector.add(point(f"{name}-{number}", f"module{name}"))
                clock.advance(timedelta(milliseconds=5))

        threads = [threading.Thread(target=collect, args=(name,)) for name in range(4)]
        for thread in threads:
            thread.start()
        seen = []
        while any(thread.is_alive() for thread in threads):
            seen.append(sum(collector.counts().values()))
        for thread in threads:
            thread.join()
        assert collector.counts() == {f"module{name}": 100 for name in range(4)}
        assert seen == sorted(seen)
    with store.read() as connection:
        assert data_points.counts(connection) == {f"module{name}": 100 for name in range(4)}
    assert journals(store) == []
