"""From the store to a module: everything that was put in, nothing that came later."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from real_hotels import LAST_DAY, RESORT, history, rows_of, state_row

from hotelml_app.core.bookings import CATEGORY_COLUMNS, STATE_COLUMNS
from hotelml_app.core.clock import FixedClock
from hotelml_app.ml.errors import NothingKnownError
from hotelml_app.ml.property.property_data import CalendarEvent, ClosedRoom, StatedOutOfOrder
from hotelml_app.ml.property.reading import EVENTS, property_data
from hotelml_app.ml.property.spells import history_from_states
from hotelml_app.ml.property.state_columns import StateColumnsBuilder, states_from_rows
from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings, staff_decisions
from hotelml_app.store.exported import bookings, imports, reviews, statistics
from hotelml_app.store.exported.bookings import STATE_ROW_COLUMNS
from hotelml_app.store.hotels import properties

NOW = datetime(2017, 3, 1, 5, tzinfo=UTC)
BOOKINGS = 4000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "hotelml.db", FixedClock(NOW)) as opened:
        yield opened


def imported(store: Store) -> int:
    records = []
    for row in rows_of(RESORT)[:BOOKINGS]:
        state = state_row(row, LAST_DAY)
        records.append((state[1], state[2], b"once", *state[4:]))
    with store.write() as connection:
        number = properties.ensure(connection, RESORT, NOW)
        entry = imports.record(connection, imports.ImportRow("first.csv", "0" * 64, 1, "done", received_at=NOW))
        bookings.apply(connection, number, entry, LAST_DAY, records)
        properties.set_business_date(connection, number, LAST_DAY)
        properties.ensure_room_types(connection, number, ["A", "B"])
        properties.set_room_type(connection, number, "A", name="Standard", rooms=90)
        data_settings.put(connection, EVENTS, [{"name": "Fair", "first": "2017-03-04", "last": "2017-03-06"}], number)
        told = [reviews.ReviewRow("r1", date(2017, 3, 9)), reviews.ReviewRow("r2", score=0.8)]
        reviews.apply(connection, number, entry, LAST_DAY, told)
        statistics.apply(connection, number, entry, [statistics.NightlyRow(date(2017, 2, 27), LAST_DAY, rooms_sold=80.0)])
    return number


def test_a_stay_priced_in_total_has_a_rate_per_room_and_night() -> None:
    known = {"booking_id": 1, "reservation_id": "R1", "booked_on": "2017-01-02", "as_of": "2017-01-02"}
    row = {**dict.fromkeys(STATE_ROW_COLUMNS), **known, "status": 0, "arrival": "2017-02-01", "departure": "2017-02-04"}
    told = {**row, "total": 600.0, "rooms": 2.0}
    builder = StateColumnsBuilder()
    builder.add(
        [tuple(told.values()), tuple({**row, "booking_id": 2, "reservation_id": "R2", "adr": 80.0, "total": 600.0}.values())]
    )
    read = history_from_states("Harbour House", date(2017, 1, 2), builder.build())
    assert read.numbers["adr"].tolist() == [100.0, 80.0]


def test_the_history_read_from_the_store_is_the_one_that_was_imported(store: Store) -> None:
    data = property_data(store, imported(store))
    wanted = {row["booking_id"] for row in rows_of(RESORT)[:BOOKINGS]}
    everything = history(RESORT)
    expected = everything.take(np.isin(everything.reservation_ids[everything.booking].astype(str), list(wanted)))
    read = data.history
    assert data.as_of == read.business_date == LAST_DAY
    for name in ("known_from", "known_to", "status", "arrival", "departure"):
        np.testing.assert_array_equal(getattr(read, name), getattr(expected, name))
    for name, column in expected.categories.items():
        assert read.categories[name].words().tolist() == column.words().tolist()
    for name, numbers in expected.numbers.items():
        np.testing.assert_array_equal(read.numbers[name], numbers)


def test_facts_reviews_and_events_come_along(store: Store) -> None:
    data = property_data(store, imported(store))
    assert data.facts.name == RESORT
    assert [(one.code, one.rooms) for one in data.facts.room_types] == [("A", 90), ("B", None)]
    assert data.facts.events == (CalendarEvent("Fair", date(2017, 3, 4), date(2017, 3, 6)),)
    assert [one.key for one in data.reviews] == ["r2"]


def test_rooms_that_exports_state_count_where_nobody_told(store: Store) -> None:
    number, night = imported(store), date(2017, 2, 27)
    told = [statistics.NightlyRow(night, night, kind, capacity=rooms) for kind, rooms in (("", 150.0), ("A", 95.0), ("B", 60.0))]
    with store.write() as connection:
        statistics.apply(connection, number, 1, told)
        properties.update(connection, number, clear_rooms=True)
    facts = property_data(store, number).facts
    assert facts.rooms == 150
    assert [(one.code, one.rooms) for one in facts.room_types] == [("A", 90), ("B", 60)]


def test_asked_as_of_an_earlier_day_nothing_later_is_known(store: Store) -> None:
    data = property_data(store, imported(store), date(2016, 3, 1))
    assert data.history.business_date == date(2016, 3, 1)
    assert data.history.known_from.max() <= (date(2016, 3, 1) - date(1970, 1, 1)).days


def test_a_property_without_an_export_says_so(store: Store) -> None:
    with store.write() as connection:
        number = properties.ensure(connection, "Nothing yet", NOW)
    with pytest.raises(NothingKnownError, match="Nothing yet"):
        property_data(store, number)


def test_rows_in_chunks_give_the_same_arrays_as_rows_at_once() -> None:
    rows = [state_row(row, LAST_DAY) for row in rows_of(RESORT)[:700]]
    builder = StateColumnsBuilder()
    for start in range(0, 700, 99):
        builder.add(rows[start : start + 99])
    builder.add([])
    at_once, in_chunks = states_from_rows(rows), builder.build()
    np.testing.assert_array_equal(at_once.booking, in_chunks.booking)
    np.testing.assert_array_equal(at_once.arrival, in_chunks.arrival)
    assert at_once.categories["segment"].labels == in_chunks.categories["segment"].labels
    assert len(states_from_rows([]).booking) == 0


def test_states_come_packed_from_the_store_as_they_are_one_by_one(store: Store) -> None:
    odd = ('"both"', "back\\slash", "two\nlines", "a\0b", "Café ☕ 𝔸", "1", "null", "", "[]")
    known = {"reservation_id": "", "booked_on": "2017-01-02", "fingerprint": b"", "status": 0, "status_on": None}
    days = {"arrival": "2017-02-01", "departure": "2017-02-04"}
    fields = ("reservation_id", "booked_on", "fingerprint", *STATE_COLUMNS)
    words = dict.fromkeys((*CATEGORY_COLUMNS, "guest_key"), odd[1])
    records = []
    for number, word in enumerate(odd * 3):
        name = CATEGORY_COLUMNS[number % len(CATEGORY_COLUMNS)]
        told = {**known, **days, **words, "adr": 0.1 + 0.2, "reservation_id": f"R{number}", name: word, "meal": word}
        records.append(tuple(told.get(field) for field in fields))
    with store.write() as connection:
        hotel = properties.ensure(connection, "Odd Words", NOW)
        entry = imports.record(connection, imports.ImportRow("odd.csv", "0" * 64, 1, "done", received_at=NOW))
        bookings.apply(connection, hotel, entry, LAST_DAY, records)
    one_by_one, packed = StateColumnsBuilder(), StateColumnsBuilder()
    with store.read() as connection:
        for rows in bookings.iterate_states(connection, hotel, chunk=4):
            one_by_one.add(rows)
        for rows in bookings.iterate_packed_states(connection, hotel, chunk=4):
            packed.add_packed(rows)
    expected, found = one_by_one.build(), packed.build()
    assert found.categories["meal"].words().tolist() == [*odd * 3]
    for name, column in expected.categories.items():
        assert found.categories[name].labels == column.labels
        np.testing.assert_array_equal(found.categories[name].codes, column.codes)
    for name, numbers in expected.numbers.items():
        np.testing.assert_array_equal(found.numbers[name], numbers)
    for name in ("booking", "as_of", "status", "status_on", "arrival", "departure", "booked_on", "reservation_ids"):
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))


def test_a_long_history_never_lies_in_memory_twice() -> None:
    rows = [state_row(row, LAST_DAY) for row in rows_of(RESORT)[:1000]]
    builder = StateColumnsBuilder()
    builder.add(rows)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(40):
            builder.add(rows)
        tracemalloc.reset_peak()
        states = builder.build()
        kept, peak = (value - before for value in tracemalloc.get_traced_memory())
    finally:
        tracemalloc.stop()
    told = [states.booking, states.as_of, states.status, states.status_on, states.arrival, states.departure]
    told += [column.codes for column in states.categories.values()]
    size = sum(column.nbytes for column in (*told, *states.numbers.values()))
    assert peak < 1.5 * size
    assert kept < 1.3 * size


def test_rooms_that_staff_or_an_export_take_out_of_order_come_along(store: Store) -> None:
    number, first, later = imported(store), date(2017, 3, 2), date(2017, 3, 9)
    closed = [{"room": room, "from": first.isoformat(), "to": later.isoformat()} for room in ("101", "102", "9001")]
    wishes = {"rooms": {"102": "B", "9001": ""}, "out_of_order": closed, "locks": {}}
    with store.write() as connection:
        data_settings.put(connection, staff_decisions.options_of("allocation"), wishes, number)
        ahead = statistics.NightlyRow(LAST_DAY + timedelta(days=2), LAST_DAY, "A", rooms_sold=3.0, out_of_order=4.0)
        statistics.apply(connection, number, 1, [ahead, replace(ahead, stay_date=LAST_DAY)])
    facts = property_data(store, number).facts
    assert facts.closed_rooms == (ClosedRoom("101", first, later), ClosedRoom("102", first, later, "B"))
    assert facts.stated_out_of_order == (StatedOutOfOrder(LAST_DAY + timedelta(days=2), "A", 4.0),)
    assert not facts.rooms_by_staff
    with store.write() as connection:
        properties.update(connection, number, rooms=90)
    assert property_data(store, number).facts.rooms_by_staff
