"""Bookings whose price the exports do not tell say nothing of the rate; they are no rooms given away for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from synthetic_property import DAY, hotel, property_until

from hotelml_app.ml.contract import Prediction, PredictionRequest, StoredPrediction
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.forecast.outcomes import outcomes
from hotelml_app.modules.forecast.predicting import predict

ASKED = DAY - timedelta(days=30)


def with_rates_of(one_in: int) -> PropertyData:
    """Return a small hotel whose exports price only every ``one_in``th booking; none where that is 0."""
    data = property_until(hotel(), DAY)
    history = data.history
    known = (history.booking % one_in == 0) if one_in else np.zeros(len(history), dtype=bool)
    numbers = {name: np.where(known, history.numbers[name], np.nan) for name in ("adr", "total")}
    partly = replace(history, numbers={**history.numbers, **numbers})
    return replace(data, load_history=lambda: partly)


def middles(answers: Sequence[Prediction], metric: str) -> np.ndarray:
    return np.array([one.values["p50"] for one in answers if (one.values["metric"], one.values["room_type"]) == (metric, "")])


def asked(data: PropertyData, day: date) -> list[Prediction]:
    return predict(PredictionRequest(data.at(day), day, 28))


def judged(data: PropertyData, metric: str) -> dict[date, float]:
    """Return what came of the nights after ASKED, as the outcomes say."""
    kept = [StoredPrediction(n, ASKED, one.target_date, one.key, "", one.values) for n, one in enumerate(asked(data, ASKED))]
    house = {one.id: one.target_date for one in kept if (one.values["metric"], one.values["room_type"]) == (metric, "")}
    return {house[one.prediction_id]: one.actual for one in outcomes(data, kept) if one.prediction_id in house}


@pytest.mark.parametrize("metric", ["adr", "revenue"])
def test_every_other_price_tells_as_much_as_all_of_them(metric: str) -> None:
    every, half = (middles(asked(with_rates_of(one_in), DAY), metric) for one_in in (1, 2))
    assert half.sum() == pytest.approx(every.sum(), rel=0.06)
    assert np.abs(half / every - 1).max() < 0.3


@pytest.mark.parametrize("metric", ["adr", "revenue"])
def test_what_came_is_told_from_the_known_prices(metric: str) -> None:
    every, half = (judged(with_rates_of(one_in), metric) for one_in in (1, 2))
    assert half.keys() == every.keys()
    assert sum(half.values()) == pytest.approx(sum(every.values()), rel=0.06)


def test_rooms_given_away_months_ahead_do_not_tell_the_rate_of_those_to_come() -> None:
    data = property_until(hotel(), DAY)
    history = data.history
    far = history.arrival > history.today + 60
    free = replace(
        history, numbers=history.numbers | {name: np.where(far, 0.0, history.numbers[name]) for name in ("adr", "total")}
    )
    usual, given = (
        middles(predict(PredictionRequest(one, DAY, 90)), "adr")[70:] for one in (data, replace(data, load_history=lambda: free))
    )
    assert (given > 0.35 * usual).all(), "about half of all rooms are booked by then"


def test_where_no_price_is_known_neither_rate_nor_revenue_is() -> None:
    data = with_rates_of(0)
    assert np.isnan(middles(asked(data, DAY), "adr")).all()
    assert np.isnan(middles(asked(data, DAY), "revenue")).all()
    assert not np.isnan(middles(asked(data, DAY), "rooms_sold")).any()
    assert judged(data, "adr") == judged(data, "revenue") == {}
    assert len(judged(data, "rooms_sold")) == 28
