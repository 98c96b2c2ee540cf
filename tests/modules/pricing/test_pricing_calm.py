"""Rates are not moved for little, nor further than the house has ever gone: what was left alone or held says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from priced_houses import Floats, learned_on, priced_house
from synthetic_property import OPENING, property_until

from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.pricing.choosing import worth
from hotelml_app.modules.pricing.choosing.fences import Worth, fences_of
from hotelml_app.modules.pricing.history.booked import Booked, Flags, booked_rooms
from hotelml_app.modules.pricing.learned import Learned
from hotelml_app.modules.pricing.past_rates.comparable import MARGIN, reach_of
from hotelml_app.modules.pricing.predicting import predict

DAY = OPENING + timedelta(days=430)
NIGHT = date(2024, 8, 31)


@cache
def told() -> tuple[LoadedModel, PropertyData]:
    data = property_until(priced_house("city", 12, 24, 431, "static"), DAY)
    return LoadedModel.in_memory(learned_on(data, DAY)), data


def asked(**options: object) -> list[Prediction]:
    model, data = told()
    return predict(PredictionRequest(data, DAY, 60, model, options))


def column(found: list[Prediction], name: str) -> Floats:
    return np.array([float(str(one.values[name])) for one in found])


def moves_of(found: list[Prediction]) -> Flags:
    moves: Flags = np.abs(column(found, "suggested_rate") / column(found, "current_rate") - 1) > 0.01
    return moves


def why_of(one: Prediction) -> str:
    reasons = one.values["reasons"]
    assert isinstance(reasons, tuple)
    return "; ".join(reasons)


def test_a_house_that_never_tried_another_rate_is_not_sent_far_from_it() -> None:
    found = asked(least_gain=0, smallest_change=0)
    rate, usual = column(found, "suggested_rate"), column(found, "current_rate")
    assert np.all(np.abs(rate / usual - 1) < MARGIN + 0.03)
    assert any("held at" in why and "comparable nights" in why for why in map(why_of, found))


def test_a_rate_that_stands_rises_by_half_at_most() -> None:
    night = (DAY + timedelta(days=9)).isoformat()
    low, usual = (
        next(one for one in asked(current=told_now) if one.target_date.isoformat() == night and one.key == "STD")
        for told_now in ({night: {"STD": 55}}, {})
    )
    assert float(str(usual.values["suggested_rate"])) > 85
    assert low.values["suggested_rate"] == pytest.approx(82.5, abs=1)
    assert "rises by half or falls by a third at most" in why_of(low)


def test_a_rate_that_is_only_guessed_says_so_and_is_not_led_further_than_one_that_is_known() -> None:
    data = property_until(priced_house("city", 301, 30, 431), DAY)
    model = LoadedModel.in_memory(learned_on(data, DAY))
    found = predict(PredictionRequest(data, DAY, 90, model, {}))
    guesses = [one for one in found if one.values["current_from"] == "guessed"]
    assert 30 < len(guesses) < len(found)
    assert any(one.values["current_from"] == "booked" for one in found)
    moved = column(guesses, "suggested_rate") / column(guesses, "current_rate")
    assert moved.min() > 2 / 3 - 0.01
    assert 1.45 < moved.max() < 1.51, "before, one rose by two thirds"
    assert any("rises by half or falls by a third" in why_of(one) for one in guesses)
    first = guesses[0]
    told = {first.target_date.isoformat(): {first.key: first.values["current_rate"]}}
    said = predict(PredictionRequest(data, DAY, 90, model, {"current": told}))
    assert (
        next(one for one in said if (one.target_date, one.key) == (first.target_date, first.key)).values["current_from"] == "said"
    )


def test_rates_that_go_up_and_down_from_night_to_night_are_levelled_together(monkeypatch: pytest.MonkeyPatch) -> None:
    zigzag: dict[str, dict[str, int]] = {}
    for one in asked():
        up = (one.target_date - DAY).days % 2
        night = zigzag.setdefault(one.target_date.isoformat(), {})
        night[one.key] = round(float(str(one.values["current_rate"])) * (1.25 if up else 0.8))
    levelled = asked(current=zigzag)
    together = gain_of(levelled)
    monkeypatch.setattr(worth, "MUCH_MORE", np.inf)
    each = gain_of(asked(current=zigzag))
    assert together.sum() > 1.3 * each.sum() > 0
    lost = np.flatnonzero(moves_of(levelled) & (together < -10))
    assert len(lost)
    assert all("less on this night" in why_of(levelled[at]) for at in lost)


def gain_of(found: list[Prediction]) -> Floats:
    return column(found, "expected_revenue") - column(found, "current_revenue")


def test_limits_of_staff_go_before_what_was_ever_charged() -> None:
    assert set(column(asked(floor=500, ceiling=500), "suggested_rate")) == {500.0}


@pytest.mark.parametrize("least", [0.01, 0.04])
def test_a_rate_moves_only_where_its_night_earns_what_that_takes(least: float) -> None:
    found = asked(least_gain=least)
    moved = [one for one, moves in zip(found, moves_of(found), strict=True) if moves]
    gain = column(moved, "expected_revenue") - column(moved, "current_revenue")
    assert 0 < len(moved) < len(asked(least_gain=0))
    assert np.mean(gain > least * column(moved, "current_rate")) > 0.95
    assert any("stays as it is" in why_of(one) for one in found if one not in moved)


@pytest.mark.parametrize("options", [{}, {"rounding": 10}, {"ceiling": 80}])
def test_a_rate_that_is_said_to_stay_is_the_current_one_even_where_that_is_only_guessed(options: dict[str, object]) -> None:
    stays = [one for one in asked(**options) if "stays as it is" in why_of(one)]
    assert stays
    assert [one.values["suggested_rate"] for one in stays] == [one.values["current_rate"] for one in stays]


def test_the_more_a_change_has_to_bring_the_fewer_are_made() -> None:
    moved = [int(moves_of(asked(least_gain=share)).sum()) for share in (0, 0.01, 0.05)]
    assert moved[0] > moved[1] > moved[2]


def test_a_change_that_brings_too_little_is_named_with_what_it_would_bring() -> None:
    limits = fences_of("DBL", (50.0, 300.0), "own", {})
    kept = limits.keep(115.0, 100.0, NIGHT, 10, Worth(100.0, gain=4.0, needed=9.0))
    assert kept.rate == 100.0
    assert "115.00" in kept.because
    assert "4.00" in kept.because
    assert limits.keep(115.0, 100.0, NIGHT, 10, Worth(100.0, gain=9.0, needed=9.0)).rate == 115.0
    assert "not expected to bring more" in limits.keep(115.0, 100.0, NIGHT, 10, Worth(100.0, gain=-1.0, needed=9.0)).because
    assert limits.keep(115.0, None, NIGHT, 10, Worth(100.4, gain=1.0, needed=9.0)).rate == 100.0


def test_a_rate_outside_the_limits_moves_however_little_that_brings() -> None:
    limits = fences_of("DBL", (50.0, 300.0), "own", {"ceiling": 90})
    assert limits.keep(115.0, 100.0, NIGHT, 10, Worth(100.0, gain=-4.0, needed=9.0)).rate == 90.0


@given(st.floats(10, 400), st.floats(10, 400), st.floats(0, 500))
@settings(deadline=None)
def test_the_limits_of_a_night_stay_within_those_of_staff(one: float, other: float, wanted: float) -> None:
    staff = fences_of("DBL", (0.0, 1000.0), "own", {"floor": 80, "ceiling": 120, "rounding": 0.01})
    night = staff.within(min(one, other), max(one, other), "as ever")
    assert staff.floor <= night.floor <= night.ceiling <= staff.ceiling
    assert night.floor - 0.005 <= night.keep(wanted, None, NIGHT, 10).rate <= night.ceiling + 0.005


def most_after(dearer: Callable[[Booked, int], Flags]) -> float:
    """Return the highest share of the usual rate, this week, had some bookings been made at half as much again."""
    model, data = told()
    card, today = Learned.of(model, data.facts.events).card, data.history.today
    booked = booked_rooms(data.history, card.types)
    rate = np.where(dearer(booked, today), 1.5 * booked.rate, booked.rate)
    return float(np.exp(reach_of(card, replace(booked, rate=rate), today, 7).most.max()))


def test_what_was_often_charged_at_this_time_of_the_year_may_be_suggested_again() -> None:
    never = most_after(lambda booked, today: np.zeros(len(booked), dtype=bool))
    lately = most_after(lambda booked, today: (booked.arrival % 4 == 0) & (booked.arrival > today - 40))
    at_another_time = most_after(lambda booked, today: (booked.arrival % 4 == 0) & (np.abs(booked.arrival - today + 180) < 80))
    assert never == pytest.approx(1 + MARGIN, abs=0.03)
    assert lately > 1.2 * never
    assert at_another_time == pytest.approx(never, abs=0.01)


def test_for_the_price_of_a_coffee_no_rate_moves() -> None:
    share, current = np.array(0.0075), np.array(60.0)
    nearly_nothing, three_rooms, fifty = (worth.needed_gain(share, np.array(stands), current) for stands in (5.0, 175.0, 3_000.0))
    assert nearly_nothing == three_rooms == pytest.approx(1.8)
    assert fifty == pytest.approx(0.0075 * 3_060)
    assert worth.needed_gain(np.array(0.0), np.array(5.0), current) == 0, "staff want every change"
