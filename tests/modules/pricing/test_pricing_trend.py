"""Rates that rise from year to year: what a room is worth is told in today's money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from priced_houses import Floats, earned, learned_on, priced_house
from synthetic_property import OPENING, property_until

from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.pricing.demand_model.demand import FOLLOWERS
from hotelml_app.modules.pricing.demand_model.response import PRIOR_STEEPNESS, Prior
from hotelml_app.modules.pricing.learned import learn
from hotelml_app.modules.pricing.predicting import predict
from hotelml_app.simulator import preset, simulate

DAY = OPENING + timedelta(days=760)
NIGHTS = 60
RISE = np.log(1.2)


def inflated(data: PropertyData) -> PropertyData:
    """Return the same bookings in a currency that loses a fifth a year: everything costs, and guests earn, as much more."""
    history = data.history
    years = ((history.arrival + history.departure - 1) / 2 - day_number(DAY)) / 365
    numbers = {**history.numbers, "adr": history.numbers["adr"] * np.exp(RISE * years)}
    dearer = replace(history, numbers=numbers)
    return replace(data, load_history=lambda: dearer)


def asked(data: PropertyData) -> list[Prediction]:
    return predict(PredictionRequest(data, DAY, NIGHTS, LoadedModel.in_memory(learned_on(data, DAY))))


def logs(found: list[Prediction], name: str) -> Floats:
    """Return the log of a rate per night and type, [nights, types]."""
    return np.log(np.reshape([float(str(one.values[name])) for one in found], (NIGHTS, -1)))


def test_where_all_prices_rise_suggested_rates_rise_with_them() -> None:
    data = property_until(priced_house("resort", 31, 40, 761), DAY)
    steady, risen = asked(data), asked(inflated(data))
    expected = logs(steady, "suggested_rate") + RISE * (np.arange(NIGHTS)[:, None] + 1) / 365
    assert logs(risen, "suggested_rate").mean() == pytest.approx(expected.mean(), abs=0.03)
    assert (logs(risen, "suggested_rate") < logs(risen, "current_rate")).mean() < 0.5


def test_rates_that_rose_while_guests_did_not_go_along_are_seen_to_be_too_dear() -> None:
    base = {one.code: one.base_rate for one in preset("city").room_types}

    def dearer_every_day(night: date, code: str) -> float:
        return base[code] * float(np.exp(RISE * (night - OPENING).days / 365))

    house = simulate(seed=32, preset="city", rooms=40, days=761, start=OPENING, policy=dearer_every_day)
    found = asked(property_until(house, DAY))
    assert (logs(found, "suggested_rate") - logs(found, "current_rate")).mean() < -0.3
    assert earned(house, DAY, found).regret < 0.12


def test_guests_go_along_with_rising_rates_fully_or_not_at_all_but_never_beyond() -> None:
    data = inflated(property_until(priced_house("city", 33, 40, 761), DAY))
    every = data.history
    years = (every.arrival - day_number(DAY)) / 365
    chance = np.random.default_rng(1).random(int(every.booking.max()) + 1)[every.booking]
    for came in (np.exp(0.7 * years), np.exp(-0.7 * (years + 2.1))):
        # Far more, or far fewer, came with the years than rates can account for.
        some = every.take(chance < came)
        learned = learn(some, data.facts, Prior(), lambda done, step: None)
        a_year = np.array([7, 7 + 364])
        then, now = learned.demands[FOLLOWERS].reluctance(day_number(DAY) - a_year[::-1])
        assert -0.1 < now - then < PRIOR_STEEPNESS * learned.card.trend + 0.1
