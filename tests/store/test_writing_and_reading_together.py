from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from hotel_rows import NOW, booking_row, day, new_import, new_property

from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported import bookings
from hotelml_app.store.hotels import properties
from hotelml_app.store.sqlite import connections


def names(store: Store) -> list[str]:
    with store.read() as connection:
        return [row.name for row in properties.all(connection)]


def add_and_fail(store: Store) -> None:
    with store.write() as connection:
        new_property(connection, "Lost")
        raise ZeroDivisionError


def test_a_block_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        add_and_fail(store)
    assert names(store) == []


def test_an_inner_block_that_fails_is_undone_alone(store: Store) -> None:
    with store.write() as connection:
        new_property(connection, "Outer")
        with pytest.raises(ZeroDivisionError):
            add_and_fail(store)
        with store.write() as inner:
            assert inner is connection
            new_property(inner, "Second")
    assert names(store) == ["Outer", "Second"]


def test_an_inner_block_is_lost_with_the_outer_one(store: Store) -> None:
    def add_inside_and_fail() -> None:
        with store.write():
            with store.write() as inner:
                new_property(inner, "Inner")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_inside_and_fail()
    assert names(store) == []


def test_the_store_knows_who_is_inside_a_write(store: Store) -> None:
    seen = []
    with store.write():
        assert store.inside_write
        with store.write():
            pass
        assert store.inside_write
        other = threading.Thread(target=lambda: seen.append(store.inside_write))
        other.start()
        other.join()
    assert seen == [False]
    assert not store.inside_write


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    with store.write() as connection:
        new_property(connection, "First")
    with store.read() as reading:
        assert len(properties.all(reading)) == 1
        with store.write() as connection:
            new_property(connection, "Second")
        assert len(properties.all(reading)) == 1
    assert names(store) == ["First", "Second"]


def test_a_reader_never_waits_for_a_writer(store: Store) -> None:
    with store.write() as connection:
        new_property(connection, "Not committed yet")
        assert names(store) == []
    assert names(store) == ["Not committed yet"]


def test_a_question_within_a_question_gets_a_connection_of_its_own(store: Store) -> None:
    with store.read() as outer, store.read() as inner:
        assert outer is not inner


def test_connections_are_used_again_and_not_one_per_thread(store: Store) -> None:
    seen: set[int] = set()

    def ask() -> None:
        with store.read() as connection:
            seen.add(id(connection))

    for _ in range(20):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert len(seen) == 1


class _AwayAtTheEnd(sqlite3.Connection):
    """A connection to a disk that goes away before its transaction is over."""

    closed = False

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        if sql == "ROLLBACK":
            raise sqlite3.OperationalError("disk I/O error")
        return super().execute(sql, *values)  # type: ignore[arg-type]

    def close(self) -> None:
        self.closed = True
        super().close()


def test_a_connection_that_cannot_end_its_question_is_closed_and_lent_to_nobody_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    lent: list[_AwayAtTheEnd] = []

    def connect(path: Path) -> sqlite3.Connection:
        lent.append(sqlite3.connect(path, isolation_level=None, factory=_AwayAtTheEnd))
        return lent[-1]

    monkeypatch.setattr(connections, "connect_reader", connect)
    for _ in range(2):
        with pytest.raises(sqlite3.OperationalError, match="I/O"), store.read():
            pass
    assert [one.closed for one in lent] == [True, True]


def test_a_reader_at_work_while_the_store_closes_ends_in_peace(store: Store) -> None:
    with store.read() as connection:
        store.close()
        assert connection.execute("SELECT count(*) FROM properties").fetchone() == (0,)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


def test_two_threads_count_up_together_and_lose_nothing(store: Store) -> None:
    def count_up() -> None:
        for _ in range(100):
            with store.write() as connection:
                number = data_settings.get(connection, "visits", 0)
                assert isinstance(number, int)
                data_settings.put(connection, "visits", number + 1)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as connection:
        assert data_settings.get(connection, "visits") == 400


def test_a_reader_during_imports_only_ever_sees_whole_exports(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
    done, seen = threading.Event(), []

    def watch() -> None:
        while not done.is_set():
            with store.read() as connection:
                seen.append(bookings.count(connection, hotel))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for number in range(8):
            with store.write() as connection:
                rows = [booking_row(f"{number}-{row}") for row in range(250)]
                bookings.apply(connection, hotel, new_import(connection), day(1), rows, chunk=50)
    finally:
        done.set()
        watcher.join()
    assert seen
    assert all(number % 250 == 0 for number in seen)
    assert seen == sorted(seen)


def test_names_of_hotels_are_one_whatever_their_case(store: Store) -> None:
    with store.write() as connection:
        assert properties.ensure(connection, "HÔTEL du Parc", NOW) == properties.ensure(connection, "Hôtel du Parc ", NOW)
