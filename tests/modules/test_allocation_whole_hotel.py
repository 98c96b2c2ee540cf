"""Rooms for the arrivals of a whole invented hotel, and of any bookings whatever."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic_property import DAY, history_until, hotel, property_until

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.property.history import History
from hotelml_app.modules.allocation.house.inventory import count_points
from hotelml_app.modules.allocation.predicting import predict


@settings(max_examples=12)
@given(st.integers(0, 300))
def test_no_room_is_ever_given_to_two_guests_on_one_night(offset: int) -> None:
    synthetic = hotel()
    day = synthetic.last_day - timedelta(days=offset)
    data = property_until(synthetic, day)
    history = data.history
    found = predict(PredictionRequest(data, day, 14))
    taken = Counter(night for one in found for night in _room_nights(one))
    taken.update(_nights_in_house(history, day))
    assert max(taken.values(), default=1) == 1


def _room_nights(one: Prediction) -> list[tuple[str, int]]:
    first, last = day_number(one.values["arrival"]), day_number(one.values["departure"])  # type: ignore[arg-type]
    rooms = [room for room in str(one.values["suggested_room"]).split(", ") if room]
    return [(room, night) for room in rooms for night in range(first, max(last, first + 1))]


def _nights_in_house(history: History, day: date) -> set[tuple[str, int]]:
    today = day_number(day)
    here = history.alive_at(day) & (history.status == BookingStatus.IN_HOUSE)
    rooms = history.categories["room"].words()
    return {(str(rooms[row]), night) for row in np.flatnonzero(here) for night in range(today + 1, history.departure[row])}


def test_arrivals_are_those_on_the_books_and_each_has_a_reason() -> None:
    data = property_until(hotel(), DAY)
    found = predict(PredictionRequest(data, DAY, 14))
    books = data.history.on_the_books(DAY)
    due = books.reservation_ids[books.booking[books.arrival <= day_number(DAY) + 14]]
    assert sorted(one.key for one in found) == sorted(due.tolist())
    assert all(one.values["reason"] for one in found)


def test_stays_that_show_a_room_are_what_there_is_to_learn_from() -> None:
    data = property_until(hotel(), DAY)
    stayed = history_until(hotel(), DAY).categories["room"].codes > 0
    assert count_points(data) == len(np.unique(data.history.booking[stayed & (data.history.nights > 0)]))
