"""The bookings of two properties that are one hotel: their histories give the answers of the whole."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hotel_rows import NOW, booking_row, day, new_import, new_property
from hypothesis import given, settings
from hypothesis import strategies as st
from joined_properties import Exports, history, put_together, take_in

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings, known_stays
from hotelml_app.store.hotels import properties

exports = st.dictionaries(
    st.integers(1, 9), st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["STD", "DLX", "FAM"]), min_size=1), min_size=1
)


def latest(connection: sqlite3.Connection, property_id: int) -> list[tuple[object, ...]]:
    told = "reservation_id, booked_on, latest_as_of, fingerprint"
    return connection.execute(f"SELECT {told} FROM bookings WHERE property_id = ? ORDER BY 1", (property_id,)).fetchall()


@settings(deadline=None, max_examples=60)
@given(exports, st.integers(1, 10), st.booleans())
def test_two_halves_of_a_history_give_the_answers_of_the_whole(shown: Exports, cut: int, newer_goes: bool) -> None:
    halves = [{n: rows for n, rows in shown.items() if ((n >= cut) is newer_goes) is here} for here in (True, False)]
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "hotelml.db", FixedClock(NOW)) as store:
        with store.write() as connection:
            whole, gone, stays = (new_property(connection, name) for name in ("Whole", "Gone", "Stays"))
            take_in(connection, whole, shown)
            for property_id, half in zip((gone, stays), halves, strict=True):
                take_in(connection, property_id, half)
            put_together(connection, gone, stays)
        assert store.check() == []
        with store.read() as connection:
            assert history(connection, stays) == history(connection, whole)
            assert latest(connection, stays) == latest(connection, whole)
            assert properties.get(connection, stays).business_date == day(max(shown))


@settings(deadline=None, max_examples=60)
@given(exports, st.data())
def test_of_exports_under_both_names_in_turn_the_newest_state_holds(shown: Exports, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(shown))))
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "hotelml.db", FixedClock(NOW)) as store:
        with store.write() as connection:
            whole, gone, stays = (new_property(connection, name) for name in ("Whole", "Gone", "Stays"))
            take_in(connection, whole, shown)
            take_in(connection, gone, {n: rows for n, rows in shown.items() if n in chosen})
            take_in(connection, stays, {n: rows for n, rows in shown.items() if n not in chosen})
            put_together(connection, gone, stays)
        with store.read() as connection:
            assert latest(connection, stays) == latest(connection, whole)
            for name, states in history(connection, stays).items():
                assert all(shown[date.fromisoformat(first).day][name] == kind for first, kind in states)


def test_a_booking_that_was_missing_under_one_name_only_was_never_cancelled(store: Store) -> None:
    with store.write() as connection:
        gone, stays = new_property(connection, "Gone"), new_property(connection, "Stays")
        for number in (1, 2):
            take_in(connection, stays, {number: {"a": "STD", "b": "STD"}})
        for number in (3, 5):
            take_in(connection, gone, {number: {"a": "STD"}})
        assumed = list(booking_row("a", status=int(BookingStatus.CANCELLED)))
        assumed[2] = known_stays.MARK + b"a"
        bookings.apply(connection, stays, new_import(connection, "without a"), day(4), [tuple(assumed)])
        put_together(connection, gone, stays)
    with store.read() as connection:
        assert history(connection, stays)["a"] == [("2017-02-01", "STD")]
