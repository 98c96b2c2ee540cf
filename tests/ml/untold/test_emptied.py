"""Columns that a PMS empties when a booking is cancelled, or fills at check-in: no sign of who will come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from real_hotels import CITY, RESORT, rows_of, state_row, tool

from hotelml_app.core.bookings import NUMBER_COLUMNS, STATE_COLUMNS, BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.ml.property.booking_curves import on_books_matrix
from hotelml_app.ml.property.history import Category
from hotelml_app.ml.property.spells import StateColumns, history_from_states
from hotelml_app.ml.property.state_columns import states_from_rows
from hotelml_app.ml.property.untold.emptied import as_not_emptied

EXPORT = date(2016, 11, 30)
TODAY = date(2025, 6, 30)
HELD, GONE, OUT = (int(one) for one in (BookingStatus.RESERVED, BookingStatus.CANCELLED, BookingStatus.CHECKED_OUT))


@cache
def told(hotel: str) -> StateColumns:
    """Return the states of one full export."""
    seen = (tool("replay").as_known_on(row, EXPORT) for row in rows_of(hotel))
    rows = [state for row in seen if row and (state := state_row(row, EXPORT)) is not None]
    return states_from_rows(sorted(rows, key=lambda state: (str(state[0]), str(state[3]))))


def emptied_when_cancelled(states: StateColumns) -> StateColumns:
    """Return what an export leaves that sets nights, price, room type and guests of cancelled bookings to nothing."""
    gone = states.status == BookingStatus.CANCELLED
    zero = {name: np.where(gone, 0.0, states.numbers[name]) for name in ("adr", "adults")}
    types = states.categories["room_type"]
    blank = Category(np.where(gone, 0, types.codes).astype(np.int32), types.labels)
    return replace(
        states,
        departure=np.where(gone, states.arrival, states.departure).astype(np.int32),
        numbers={**states.numbers, **zero},
        categories={**states.categories, "room_type": blank},
    )


def on_books(states: StateColumns, ahead: int) -> float:
    """Return the rooms on the books so many days before the past eight weeks' nights."""
    known = history_from_states("Hotel", EXPORT, states)
    return float(np.nansum(on_books_matrix(known, day_number(EXPORT) - 56, 56, ahead)[:, ahead]))


@pytest.mark.parametrize("hotel", [RESORT, CITY])
def test_exports_that_tell_all_are_left_as_they_are(hotel: str) -> None:
    assert as_not_emptied(told(hotel)) is told(hotel)


@pytest.mark.parametrize("hotel", [RESORT, CITY])
def test_cancelled_bookings_look_again_like_others_before_they_were_cancelled(hotel: str) -> None:
    true, emptied = told(hotel), emptied_when_cancelled(told(hotel))
    found = as_not_emptied(emptied)
    rooms = on_books(true, 14)
    assert abs(on_books(found, 14) - rooms) < min(0.05 * rooms, abs(on_books(emptied, 14) - rooms) / 4)
    gone = true.status == BookingStatus.CANCELLED
    for name in ("adr", "adults"):
        assert (found.numbers[name][gone] > 0).all()
        assert found.numbers[name][gone].mean() == pytest.approx(true.numbers[name][~gone].mean(), rel=0.15)
        np.testing.assert_array_equal(found.numbers[name][~gone], true.numbers[name][~gone])
    assert (found.categories["room_type"].codes[gone] > 0).all()
    np.testing.assert_array_equal(found.departure[~gone], true.departure[~gone])


def seen(number: int, as_of: date, arrival: date, nights: int = 2, **told: object) -> tuple[object, ...]:
    stay = {"status": HELD, "arrival": arrival.isoformat(), "departure": (arrival + timedelta(days=nights)).isoformat()}
    known = {**dict.fromkeys(NUMBER_COLUMNS), **stay, "room_type": "DBL", "total": 200.0, **told}
    booked = (arrival - timedelta(days=40)).isoformat()
    return (number, f"R{number}", booked, as_of.isoformat(), *(known.get(name, "") for name in STATE_COLUMNS))


def house(lost: Mapping[str, object], coming: Mapping[str, object], *further: tuple[object, ...]) -> StateColumns:
    """Return forty bookings each that came, that were lost, and that are to come."""
    rows = []
    for n in range(40):
        past, ahead = TODAY - timedelta(days=5 + n), TODAY + timedelta(days=1 + n)
        rows.append(seen(3 * n, TODAY, past, status=OUT))
        rows.append(seen(3 * n + 1, TODAY, past, **{"status": GONE, "nights": 2, **lost}))
        rows.append(seen(3 * n + 2, TODAY, ahead, **coming))
    return states_from_rows([*rows, *further])


def test_the_price_of_a_stay_fits_its_own_nights() -> None:
    found = as_not_emptied(house({"total": 0.0, "nights": 5}, {}))
    gone = found.status == GONE
    assert found.numbers["total"][gone].tolist() == [500.0] * 40
    assert found.numbers["total"][~gone].tolist() == [200.0] * 80


def test_what_was_known_of_the_booking_itself_comes_first() -> None:
    before = seen(900, TODAY - timedelta(days=20), TODAY + timedelta(days=9), nights=7, total=990.0, room_type="SUI")
    after = seen(900, TODAY, TODAY + timedelta(days=9), nights=0, status=GONE, total=0.0, room_type="SUI")
    found = as_not_emptied(house({"total": None, "nights": 0}, {}, before, after))
    assert found.numbers["total"][-2:].tolist() == [990.0, 990.0]
    assert (found.departure - found.arrival)[-1] == 7


@pytest.mark.parametrize("lost", [{"total": 0.0}, {}])
def test_what_is_filled_at_arrival_is_known_of_nobody_before(lost: dict[str, object]) -> None:
    states = as_not_emptied(house(lost, {"total": 0.0, "segment": ""}))
    history = history_from_states("Casa", TODAY, states)
    standing = history.status == HELD
    assert np.isnan(history.numbers["total"][standing]).all()
    assert (history.numbers["total"][history.status == OUT] == 200.0).all()


@pytest.mark.parametrize(("lost", "coming"), [({}, {}), ({"rate_code": "FREE"}, {}), ({"total": 0.0}, {"total": 0.0})])
def test_only_what_tells_the_lost_apart_from_all_others_was_emptied(lost: dict[str, object], coming: dict[str, object]) -> None:
    states = house(lost, coming)
    found = as_not_emptied(states)
    assert (found.numbers["total"][states.status == OUT] == 200.0).all()
    assert (found is states) is not ("total" in lost)
