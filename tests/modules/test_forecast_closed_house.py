"""A house that is closed for a season: its empty nights do not vouch for those after it opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
from synthetic_property import DAY, hotel, property_until

from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import PredictionRequest
from hotelml_app.ml.history import History
from hotelml_app.modules.forecast.books import CLOSED_NIGHTS, Books
from hotelml_app.modules.forecast.predicting import predict
from hotelml_app.modules.forecast.risk import learn_risk_classes

CLOSED_SINCE, OPENS = DAY - timedelta(days=110), DAY + timedelta(days=30)


@cache
def closed_in_winter() -> History:
    """Return the history of a small hotel that nobody booked for the nights between two seasons."""
    history = property_until(hotel(), DAY).history
    open_nights = (history.departure <= day_number(CLOSED_SINCE)) | (history.arrival >= day_number(OPENS))
    return history.take(open_nights)


def test_nights_after_the_opening_may_fill_beyond_their_books() -> None:
    data = replace(property_until(hotel(), DAY), load_history=closed_in_winter)
    house = {
        one.target_date: one.values
        for one in predict(PredictionRequest(data, DAY, 90))
        if (one.values["metric"], one.values["room_type"]) == ("rooms_sold", "")
    }
    quiet = [values["p90"] for night, values in house.items() if night < OPENS]
    booked = [(values["p50"], values["p90"]) for night, values in house.items() if night >= OPENS and values["p50"] > 1]
    assert np.median(quiet) < 0.1
    assert len(booked) > 10
    assert all(most > middle + 0.5 for middle, most in booked)


def test_a_house_is_closed_on_many_empty_nights_in_a_row_and_not_on_a_few() -> None:
    history = closed_in_winter()
    books = Books.of(history, learn_risk_classes(history))
    first, closed = day_number(CLOSED_SINCE) - books.first, books.closed
    assert closed[first : books.today + 1].all()
    assert not closed[books.today + 1 :].any()
    before = closed[:first]
    assert not before[books.rooms[:first, 0] > 0].any()
    assert before.sum() < CLOSED_NIGHTS * 2
    assert not np.isnan(books.rooms[: books.today + 1, 0]).any()
