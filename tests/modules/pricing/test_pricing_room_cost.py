"""What an occupied room costs: rates leave the most after it, never lie below it, and say so."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from priced_houses import left_after, priced_house, suggested
from synthetic_property import OPENING, hotel, property_until

from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.modules.pricing.choosing.reasons import in_words
from hotelml_app.modules.pricing.errors import RateFenceError
from hotelml_app.modules.pricing.predicting import predict
from hotelml_app.simulator import SyntheticHotel

DAYS = 430
DAY = OPENING + timedelta(days=DAYS)
NIGHTS = 30
COST = 40.0


@cache
def house() -> SyntheticHotel:
    return priced_house("family", 304, 16, DAYS + 1)


@cache
def rates(room_cost: float) -> list[Prediction]:
    return suggested(house(), DAY, NIGHTS, room_cost=room_cost)


def numbers(found: list[Prediction], name: str) -> np.ndarray:
    return np.array([float(str(one.values[name])) for one in found])


def by_the_rule(**options: object) -> list[Prediction]:
    house = hotel(days=200)
    day = house.start + timedelta(days=190)
    return predict(PredictionRequest(property_until(house, day), day, 20, options=options))


def test_more_is_left_where_the_cost_is_known() -> None:
    told, untold = (left_after(house(), DAY, rates(cost), COST) for cost in (COST, 0.0))
    assert told > 1.01 * untold
    assert numbers(rates(COST), "suggested_rate").mean() > numbers(rates(0.0), "suggested_rate").mean()


def test_the_gain_is_what_is_left_and_the_curve_leads_up_to_it() -> None:
    found = rates(COST)
    gain = sum(
        numbers(found, f"{when}_revenue").sum() * sign - COST * numbers(found, f"{when}_rooms").sum() * sign
        for when, sign in (("expected", 1), ("current", -1))
    )
    assert gain > 0
    sentence, *_ = in_words(found)
    assert f"({gain:+,.0f}), what occupied rooms cost taken off." in sentence
    for one in found:
        rate, rooms, money, in_all = next(p for p in one.values["curve"] if p[0] == one.values["suggested_rate"])  # type: ignore[attr-defined]
        assert in_all == pytest.approx(money - COST * rooms, abs=1.0), f"{one.target_date} at {rate}"


def test_the_reasons_name_it_and_without_one_nothing_is_said() -> None:
    assert all("an occupied room costs 40.00" in " ".join(one.values["reasons"]) for one in rates(COST))  # type: ignore[arg-type]
    assert not any("costs" in " ".join(one.values["reasons"]) for one in rates(0.0))  # type: ignore[arg-type]


def test_the_plain_rule_never_goes_below_it_unless_staff_set_a_lower_floor() -> None:
    usual = numbers(by_the_rule(), "suggested_rate")
    cost = float(np.quantile(usual, 0.9))
    dear, held = by_the_rule(room_cost=cost), by_the_rule(room_cost=cost, floor=1.0)
    assert numbers(dear, "suggested_rate").min() >= cost - 0.5
    assert any("what an occupied room costs" in " ".join(one.values["reasons"]) for one in dear)  # type: ignore[arg-type]
    assert numbers(held, "suggested_rate").min() < cost


@pytest.mark.parametrize("wrong", [-3.0, float("nan"), "ten", True])
def test_what_is_no_amount_is_refused(wrong: object) -> None:
    with pytest.raises(RateFenceError, match="room_cost"):
        by_the_rule(room_cost=wrong)
