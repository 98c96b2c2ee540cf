"""One booking of years before the rest, mistyped or left over, does not make a young house an old one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from synthetic_property import DAY, OPENING, hotel, property_until

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import PredictionRequest
from hotelml_app.ml.property.beginnings import EMPTY_DAYS, MOST_STRAY_DAYS, first_arrival
from hotelml_app.ml.property.history import FOREVER
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.forecast.on_books.books import first_night
from hotelml_app.modules.noshow.books import lay_out
from hotelml_app.modules.noshow.snapshots import first_useful_day
from hotelml_app.modules.pricing.learned import first_day
from hotelml_app.modules.pricing.predicting import predict as price

YOUNG = OPENING + timedelta(days=200)
LONG_BEFORE_DAYS = 1500


def with_one_of_long_before(data: PropertyData) -> PropertyData:
    """Return the same house, one of whose stays was years ago."""
    history = data.history
    left = np.flatnonzero(history.status == BookingStatus.CHECKED_OUT)[len(history) // 8]
    moved = np.where(history.booking == history.booking[left], LONG_BEFORE_DAYS, 0).astype(np.int32)
    booked_on = history.booked_on.copy()
    booked_on[history.booking[left]] -= LONG_BEFORE_DAYS
    old = replace(
        history,
        booked_on=booked_on,
        arrival=history.arrival - moved,
        departure=history.departure - moved,
        known_from=history.known_from - moved,
        known_to=np.where(history.known_to == FOREVER, FOREVER, history.known_to - moved).astype(np.int32),
    )
    return replace(data, load_history=lambda: old)


@pytest.mark.parametrize("rooms", [6, 24])
def test_the_house_begins_where_it_did(rooms: int) -> None:
    data = property_until(hotel(rooms=rooms), DAY)
    usual, old = data.history, with_one_of_long_before(data).history
    assert abs(first_night(old) - first_night(usual)) <= 1
    assert abs(first_day(old) - first_day(usual)) <= 1
    assert abs(first_useful_day(lay_out(old), 35) - first_useful_day(lay_out(usual), 35)) <= 1


def test_its_rates_are_not_raised_beside_a_year_in_which_it_was_not_there() -> None:
    data = property_until(hotel(), YOUNG)
    usual, old = (
        np.array([one.values["suggested_rate"] for one in price(PredictionRequest(known, YOUNG, 60))])
        for known in (data, with_one_of_long_before(data))
    )
    assert np.abs(old / usual - 1).mean() < 0.01


def test_a_house_begins_with_its_first_arrival() -> None:
    today = day_number(DAY)
    assert first_arrival(np.array([today - 3, today - 90, today + 20]), today) == today - 90
    assert first_arrival(np.array([today + 5]), today) == today
    assert first_arrival(np.zeros(0, dtype=np.int32), today) == today


def test_a_house_that_was_open_and_then_closed_for_years_keeps_what_it_knew() -> None:
    today = day_number(DAY)
    since = np.arange(today - 50, today)
    before = np.arange(MOST_STRAY_DAYS + 1) + today - 50 - 2 * EMPTY_DAYS
    assert first_arrival(np.concatenate([before, since]), today) == before[0]
    assert first_arrival(np.concatenate([before[1:], since]), today) == today - 50
    assert first_arrival(np.concatenate([before[:1] + EMPTY_DAYS, since]), today) == before[0] + EMPTY_DAYS
