from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hotel_rows import NOW, booking_row, day, new_import, new_property
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.core.bookings import STATE_COLUMNS, BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings
from hotelml_app.store.exported.bookings import STATE_ROW_COLUMNS, UpsertCounts

ROOM = STATE_ROW_COLUMNS.index("room_type")


def apply(
    store: Store, number: int, rows: list[tuple[object, ...]], chunk: int = bookings.CHUNK, hotel: str = "Grand Hotel"
) -> UpsertCounts:
    """Import one export of business date ``number``."""
    with store.write() as connection:
        return bookings.apply(connection, new_property(connection, hotel), new_import(connection), day(number), rows, chunk)


def states(store: Store, hotel: int = 1) -> list[tuple[object, ...]]:
    """Return (reservation, as of, room type) of every state."""
    with store.read() as connection:
        return [(row[1], row[3], row[ROOM]) for part in bookings.iterate_states(connection, hotel) for row in part]


def newest(store: Store) -> dict[str, tuple[object, ...]]:
    with store.read() as connection:
        rows = connection.execute(
            "SELECT b.reservation_id, b.booked_on, b.latest_as_of, b.fingerprint, s.room_type, s.fingerprint FROM bookings b"
            " JOIN booking_states s ON s.booking_id = b.id AND s.as_of ="
            " (SELECT max(as_of) FROM booking_states WHERE booking_id = b.id)"
        )
        return {row[0]: row[1:] for row in rows}


def test_new_bookings_are_created_with_everything_the_export_said(store: Store) -> None:
    row = booking_row("R1", room_type="DLX", adr=120.5, rooms=2.0, status=int(BookingStatus.CANCELLED), status_on="2017-02-01")
    assert apply(store, 1, [row]) == UpsertCounts(created=1)
    with store.read() as connection:
        ((found,),) = bookings.iterate_states(connection, 1)
    assert found[1:4] == ("R1", "2016-12-01", "2017-02-01")
    assert dict(zip(STATE_COLUMNS, found[4:], strict=True)) == dict(zip(STATE_COLUMNS, row[3:], strict=True))


def test_importing_the_same_export_again_adds_nothing(store: Store) -> None:
    rows = [booking_row(f"R{i}") for i in range(50)]
    apply(store, 1, rows)
    before = states(store)
    assert apply(store, 1, rows) == UpsertCounts(unchanged=50)
    assert apply(store, 2, rows) == UpsertCounts(unchanged=50)
    assert states(store) == before


def test_a_change_becomes_a_new_state_and_the_old_one_stays(store: Store) -> None:
    apply(store, 1, [booking_row("R1", room_type="A"), booking_row("R2", room_type="A")])
    assert apply(store, 5, [booking_row("R1", room_type="B"), booking_row("R2", room_type="A")]) == UpsertCounts(
        changed=1, unchanged=1
    )
    assert states(store) == [("R1", "2017-02-01", "A"), ("R1", "2017-02-05", "B"), ("R2", "2017-02-01", "A")]


def test_an_older_export_never_overwrites_a_newer_state(store: Store) -> None:
    apply(store, 5, [booking_row("R1", "2016-12-05", room_type="B")])
    assert apply(store, 1, [booking_row("R1", "2016-12-01", room_type="A")]) == UpsertCounts(older=1)
    assert newest(store)["R1"][:2] == ("2016-12-05", "2017-02-05")
    assert states(store) == [("R1", "2017-02-01", "A"), ("R1", "2017-02-05", "B")]


def test_an_older_export_that_agrees_shows_since_when_the_state_holds(store: Store) -> None:
    apply(store, 5, [booking_row("R1", room_type="A")])
    assert apply(store, 3, [booking_row("R1", room_type="A")]) == UpsertCounts(older=1)
    assert states(store) == [("R1", "2017-02-03", "A")]


def test_an_older_export_between_two_showings_does_not_become_the_newest_state(store: Store) -> None:
    apply(store, 1, [booking_row("R1", room_type="A")])
    apply(store, 9, [booking_row("R1", room_type="A")])
    assert apply(store, 5, [booking_row("R1", room_type="B")]) == UpsertCounts(older=1)
    assert states(store) == [("R1", "2017-02-01", "A"), ("R1", "2017-02-05", "B"), ("R1", "2017-02-09", "A")]


def test_a_corrected_export_of_the_same_day_replaces_the_first(store: Store) -> None:
    apply(store, 1, [booking_row("R1", room_type="A")])
    assert apply(store, 1, [booking_row("R1", "2016-11-11", room_type="B")]) == UpsertCounts(changed=1)
    assert states(store) == [("R1", "2017-02-01", "B")]
    assert newest(store)["R1"][0] == "2016-11-11"


def test_of_two_rows_of_one_reservation_in_an_export_the_later_counts(store: Store) -> None:
    rows = [booking_row("R1", room_type=room) for room in "ABBC"]
    assert apply(store, 1, rows).accepted == 4
    assert states(store) == [("R1", "2017-02-01", "C")]
    assert apply(store, 2, [*rows, rows[0]], chunk=2).accepted == 5
    assert states(store) == [("R1", "2017-02-01", "C"), ("R1", "2017-02-02", "A")]


def test_the_bookings_of_two_hotels_with_equal_numbers_stay_apart(store: Store) -> None:
    apply(store, 1, [booking_row("1", room_type="A")], hotel="City Hotel")
    assert apply(store, 1, [booking_row("1", room_type="B")], hotel="Resort Hotel") == UpsertCounts(created=1)
    assert states(store, 1) == [("1", "2017-02-01", "A")]
    assert states(store, 2) == [("1", "2017-02-01", "B")]
    with store.read() as connection:
        assert (bookings.count(connection, 1), len(next(bookings.iterate_states(connection, 2)))) == (1, 1)
        assert bookings.arrivals_by_day(connection, 1) == bookings.arrivals_by_day(connection, 2) != []
        assert bookings.arrivals_by_day(connection, 3) == []


def test_reservation_numbers_may_hold_any_sign(store: Store) -> None:
    odd = ["00012", "12", "é-7", "a'b\"c", "🛏", " 12 "]
    rows = [booking_row(number) for number in odd]
    assert apply(store, 1, rows).created == len(odd)
    assert apply(store, 2, rows).unchanged == len(odd)


def test_rows_are_taken_a_chunk_at_a_time(store: Store) -> None:
    taken = 0

    def export() -> Iterator[tuple[object, ...]]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield booking_row(str(number))

    with store.write() as connection:
        hotel, file = new_property(connection), new_import(connection)
        ahead = []
        connection.set_trace_callback(lambda sql: ahead.append(taken) if sql.startswith("INSERT INTO bookings") else None)
        bookings.apply(connection, hotel, file, day(1), export(), chunk=100)
        connection.set_trace_callback(None)
    assert min(ahead) == 100
    with store.read() as connection:
        assert [len(part) for part in bookings.iterate_states(connection, hotel, chunk=300)] == [300, 300, 300, 100]


def test_an_export_that_breaks_off_leaves_nothing(store: Store) -> None:
    def export() -> Iterator[tuple[object, ...]]:
        yield from (booking_row(str(number)) for number in range(25))
        raise EOFError("the file ends here")

    with pytest.raises(EOFError), store.write() as connection:
        bookings.apply(connection, new_property(connection), new_import(connection), day(1), export(), chunk=10)
    with store.read() as connection:
        assert connection.execute("SELECT count(*) FROM bookings").fetchone() == (0,)


def test_a_booking_without_an_import_is_impossible(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.write() as connection:
        bookings.apply(connection, new_property(connection), 77, day(1), [booking_row("R1")])


exports = st.dictionaries(
    st.integers(1, 9), st.dictionaries(st.sampled_from(["R1", "R2", "R3", "R4"]), st.sampled_from("ABC"), min_size=1), min_size=1
)


@given(exports, st.data(), st.integers(1, 3))
def test_any_order_and_repetition_of_exports_gives_the_same_newest_states(
    shown: dict[int, dict[str, str]], data: st.DataObject, chunk: int
) -> None:
    order = data.draw(st.permutations(sorted(shown)))
    order += data.draw(st.lists(st.sampled_from(sorted(shown)), max_size=4))
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "hotelml.db", FixedClock(NOW)) as store:
        for number in order:
            rows = [booking_row(reservation, room_type=room) for reservation, room in shown[number].items()]
            counts = apply(store, number, rows, chunk)
            assert counts.accepted == len(rows)
        found, told = newest(store), states(store)
        assert store.check() == []
    latest = {
        reservation: max(number for number in shown if reservation in shown[number])
        for rows in shown.values()
        for reservation in rows
    }
    assert {name: (row[1], row[3]) for name, row in found.items()} == {
        name: (day(number).isoformat(), shown[number][name]) for name, number in latest.items()
    }
    assert all(row[2] == row[4] for row in found.values()), "the booking's fingerprint is that of its newest state"
    # Every stored state was shown by the export of the day it is stored under, and neighbours differ.
    assert all(shown[int(str(as_of)[-2:])][str(name)] == room for name, as_of, room in told)
    assert all((a[0], a[2]) != (b[0], b[2]) for a, b in pairwise(told))
