"""Which room types are dearer than which is read from the house's own nights, and suggested rates keep to it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from priced_houses import learned_on, priced_house
from synthetic_property import OPENING, property_until, small_history

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.pricing.choosing import in_order
from hotelml_app.modules.pricing.history.booked import booked_rooms
from hotelml_app.modules.pricing.history.ladder import learn_ladder
from hotelml_app.modules.pricing.predicting import predict

TODAY, DAY, NIGHTS = date(2024, 5, 1), OPENING + timedelta(days=430), 40
CHANCE = np.random.default_rng(7).normal(0, 0.1, 400)


def sold(types: dict[str, float], days: int, spread: float = 0.3, **words: object) -> list[dict[str, object]]:
    """A room of each type every night, all dearer on some nights than on others and each a little for itself."""
    found = []
    for back in range(1, days + 1):
        day = TODAY - timedelta(days=back)
        for number, (name, rate) in enumerate(types.items()):
            charged = rate * float(np.exp(5 * CHANCE[back] + spread * CHANCE[(back * 7 + number * 131) % 400]))
            found.append(stay(f"{name}{back}{words}", day, name, charged, **words))
    return found


def stay(name: str, day: date, room_type: str, rate: float, **words: object) -> dict[str, object]:
    told = {"reservation_id": name, "arrival": day, "departure": day + timedelta(days=1), "room_type": room_type}
    return {**told, "adr": rate, "status": BookingStatus.CHECKED_OUT, **words}


def tied(bookings: list[dict[str, object]], *types: str, follows: bool = True) -> list[tuple[str, str]]:
    booked = booked_rooms(small_history(bookings, TODAY), types)
    below = learn_ladder(booked, np.full(len(booked), follows), day_number(TODAY))
    return [(types[low], types[high]) for low, high in np.argwhere(below).tolist()]


def test_types_that_clearly_differ_on_the_same_nights_are_tied_and_others_are_not() -> None:
    bookings = sold({"STD": 100.0, "TWN": 100.5, "SUI": 140.0}, 200, spread=1.0)
    assert tied(bookings, "STD", "TWN", "SUI") == [("STD", "SUI"), ("TWN", "SUI")]


def test_a_few_weeks_are_not_enough() -> None:
    assert tied(sold({"STD": 100.0, "SUI": 140.0}, 40), "STD", "SUI") == []
    assert tied(sold({"STD": 100.0, "SUI": 140.0}, 100), "STD", "SUI") == [("STD", "SUI")]


def test_a_type_sold_in_dear_times_only_is_not_thought_dearer() -> None:
    both = [one for one in sold({"STD": 100.0}, 300) if one["arrival"] < TODAY - timedelta(days=100)]  # type: ignore[operator]
    dear = [one for one in sold({"TWN": 170.0}, 300) if one["arrival"] >= TODAY - timedelta(days=100)]  # type: ignore[operator]
    assert tied([*both, *dear], "STD", "TWN") == []


def test_other_terms_are_not_compared() -> None:
    assert tied([*sold({"STD": 80.0}, 200, meal="RO"), *sold({"TWN": 120.0}, 200, meal="HB")], "STD", "TWN") == []


def test_groups_and_guests_with_a_contract_do_not_count() -> None:
    bookings = sold({"STD": 100.0, "SUI": 140.0}, 200)
    assert tied(bookings, "STD", "SUI", follows=False) == []
    asked = [{**one, "rooms": 5.0, "booked_on": one["arrival"] - timedelta(days=30)} for one in bookings]  # type: ignore[operator]
    assert tied(asked, "STD", "SUI") == []


@cache
def told() -> tuple[LoadedModel, PropertyData]:
    data = property_until(priced_house("airport", 12, 24, 431), DAY)
    return LoadedModel.in_memory(learned_on(data, DAY)), data


def asked(*, trained: bool = True, **options: object) -> dict[date, dict[str, Prediction]]:
    model, data = told()
    found: dict[date, dict[str, Prediction]] = {}
    for one in predict(PredictionRequest(data, DAY, NIGHTS, model if trained else None, options)):
        found.setdefault(one.target_date, {})[str(one.values["room_type"])] = one
    return found


def number(one: Prediction, name: str) -> float:
    return float(str(one.values[name]))


def upside_down(found: dict[date, dict[str, Prediction]]) -> list[tuple[Prediction, Prediction]]:
    """The simpler and the dearer type of each pair in which it is suggested above it; the types of this house are a ladder."""
    names = [one.code for one in priced_house("airport", 12, 24, 1).plan.room_types]
    pairs = [(low, high) for at, low in enumerate(names) for high in names[at + 1 :]]
    both = [(night[low], night[high]) for night in found.values() for low, high in pairs]
    return [(low, high) for low, high in both if number(low, "suggested_rate") > number(high, "suggested_rate") + 0.005]


def test_types_advised_one_by_one_come_upside_down_and_together_they_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not upside_down(asked())
    monkeypatch.setattr(in_order, "in_order", lambda rungs, below: tuple(one.kept for one in rungs))
    assert len(upside_down(asked())) >= 3


def test_the_plain_rule_keeps_the_order_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not upside_down(asked(trained=False))
    monkeypatch.setattr(in_order, "in_order", lambda rungs, below: tuple(one.kept for one in rungs))
    assert upside_down(asked(trained=False))


@pytest.mark.parametrize("trained", [True, False])
def test_what_was_moved_for_the_order_is_a_step_of_its_own_and_counted_in_all_figures(trained: bool) -> None:
    moved = [one for night in asked(trained=trained).values() for one in night.values() if one.values["waterfall"]["order"]]  # type: ignore[index]
    assert moved
    for one in moved:
        steps: dict[str, float] = one.values["waterfall"]  # type: ignore[assignment]
        assert sum(steps.values()) == pytest.approx(number(one, "suggested_rate"), abs=0.05)
        assert any("usually" in str(reason) for reason in one.values["reasons"])  # type: ignore[attr-defined]
        at_it = next(point for point in one.values["curve"] if abs(point[0] - number(one, "suggested_rate")) < 0.006)  # type: ignore[attr-defined]
        assert at_it[1] == pytest.approx(number(one, "expected_rooms"), abs=0.011)
        assert at_it[2] == pytest.approx(number(one, "expected_revenue"), abs=0.011)


@settings(max_examples=12, deadline=None)
@given(st.dictionaries(st.integers(1, NIGHTS), st.floats(60, 260), max_size=12), st.integers(0, 6), st.integers(1, 5))
def test_only_locks_frozen_nights_and_limits_leave_the_order_broken(locks: dict[int, float], freeze: int, rounding: int) -> None:
    names = [one.code for one in priced_house("airport", 12, 24, 1).plan.room_types]
    locked = {(DAY + timedelta(days=step)).isoformat(): {names[step % len(names)]: rate} for step, rate in locks.items()}
    found = asked(locked=locked, freeze_days=freeze, rounding=rounding)
    for low, high in upside_down(found):
        ahead = (low.target_date - DAY).days
        at_the_end = number(low, "suggested_rate") - number(low, "floor") < 2 * rounding
        at_the_top = number(high, "ceiling") - number(high, "suggested_rate") < 2 * rounding
        assert ahead <= freeze or ahead in locks or (at_the_end and at_the_top)
    for step, rate in locks.items():
        assert number(found[DAY + timedelta(days=step)][names[step % len(names)]], "suggested_rate") == rate
