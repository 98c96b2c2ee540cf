"""Learning how guests answer the rate, on simulated hotels whose answer is known."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from priced_houses import earned, priced_house
from synthetic_property import OPENING, hotel, property_until

from hotelml_app.core.clock import day_number
from hotelml_app.core.jobs import Cancelled
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import Prediction, PredictionRequest, TrainingContext
from hotelml_app.ml.onnx.artifacts import read_artifact
from hotelml_app.ml.onnx.parity import check_parity
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy, TrainedModel
from hotelml_app.modules.pricing import MANIFEST
from hotelml_app.modules.pricing.choosing.reasons import beside_the_rule, in_words
from hotelml_app.modules.pricing.demand_model.trust import SELDOM_MOVED, trust_in
from hotelml_app.modules.pricing.errors import HyperparameterError, ShortHistoryError
from hotelml_app.modules.pricing.history.arrivals import books_by_type
from hotelml_app.modules.pricing.history.booked import booked_rooms
from hotelml_app.modules.pricing.history.leads import COUNT
from hotelml_app.modules.pricing.history.rates import sold_types
from hotelml_app.modules.pricing.history.year import plain_year
from hotelml_app.modules.pricing.learned import first_day
from hotelml_app.modules.pricing.past_rates.rate_card import learn_rate_card
from hotelml_app.modules.pricing.predicting import predict
from hotelml_app.modules.pricing.training import train
from hotelml_app.simulator import DatedPolicy, RandomisedPolicy, StaticPolicy, SyntheticHotel, simulate
from hotelml_app.training.duel import came_of

DAY = OPENING + timedelta(days=520)
NIGHTS = 40


@cache
def house(policy: str | None = None) -> SyntheticHotel:
    return priced_house("city", 11, 30, 521, policy)


@cache
def trained(policy: str | None = None) -> TrainedModel:
    return train(TrainingContext(property_until(house(policy), DAY), DAY, ModuleTrainingConfig()))


def asked(policy: str | None = None, nights: int = NIGHTS, day: date = DAY, **options: object) -> list[Prediction]:
    model = LoadedModel.in_memory(trained(policy))
    return predict(PredictionRequest(property_until(house(policy), DAY), day, nights, model, options))


@cache
def suggestions() -> list[Prediction]:
    return asked()


def reasons_of(one: Prediction) -> tuple[str, ...]:
    return one.values["reasons"]  # type: ignore[return-value]


def number(one: Prediction, name: str) -> float:
    return float(str(one.values[name]))


def test_suggestions_earn_more_than_one_rate_all_year_and_nearly_the_best_there_is() -> None:
    found = earned(house(), DAY, suggestions())
    assert found.regret < 0.05
    assert found.gain > 0.02


def test_a_hotel_whose_rates_never_moved_is_priced_by_the_prior_and_says_so() -> None:
    found = asked("static")
    assert number(found[0], "own_share") < 0.05
    assert "assumed" in str(found[0].values["basis"])
    assert "hardly moved" in str(found[0].values["basis"])
    assert number(found[0], "elasticity") == pytest.approx(1.4, abs=0.6)
    assert earned(house("static"), DAY, found).regret < 0.07


def test_a_hotel_whose_rates_moved_by_chance_learns_from_its_own() -> None:
    assert number(suggestions()[0], "own_share") > 0.5
    assert "own rates" in str(suggestions()[0].values["basis"])


def test_contracts_are_not_taken_for_the_rate_of_the_day_where_a_house_has_only_begun_to_move_its_rates() -> None:
    moving = DatedPolicy(((430, RandomisedPolicy(0.05)),), before=StaticPolicy())
    begun = simulate(seed=7, preset="city", rooms=24, days=486, start=OPENING, policy=moving)
    data = property_until(begun, begun.last_day)
    first, today = first_day(data.history), data.history.today
    booked = booked_rooms(data.history, sold_types(data.history))
    card = learn_rate_card(booked, plain_year(first, today), first, today)
    assert "Corporate|Contract" in booked.units
    assert not any("Contract" in unit for unit in card.followers)
    assert "Online TA|Transient" in card.followers


def test_steps_of_the_printed_tariff_do_not_make_followers_of_contracts() -> None:
    opened = hotel_by_tariff()
    history = property_until(opened, opened.last_day).history
    booked = booked_rooms(history, sold_types(history))
    first = first_day(history)
    card = learn_rate_card(booked, plain_year(first, history.today), first, history.today)
    assert not any("Contract" in unit for unit in card.followers)
    assert "Online TA|Transient" in card.followers


def hotel_by_tariff() -> SyntheticHotel:
    return simulate(seed=12, preset="city", rooms=24, days=431, start=OPENING, policy="tariff")


@pytest.mark.parametrize(("every", "share"), [(1, 1.0), (90, 0.0)])
def test_rates_that_moved_on_a_few_days_only_tell_nothing_of_what_guests_answer(every: int, share: float) -> None:
    days = 400
    steps = np.random.default_rng(5).normal(0, 0.1, days)[np.arange(days) // every]
    above = np.broadcast_to(steps[:, None, None], (days, 1, COUNT))
    found = trust_in(np.array(above), np.ones((days, 1, COUNT)), -2 * np.array(above[:, 0]))
    assert found.share == pytest.approx(share)
    assert found.because == ("" if share else SELDOM_MOVED)


def test_every_answer_is_complete_and_finite() -> None:
    for one in suggestions():
        assert set(one.values) >= set(MANIFEST.columns)
        assert one.made_by is MadeBy.OWN
        for name in ("suggested_rate", "current_rate", "expected_rooms", "expected_revenue", "current_rooms", "current_revenue"):
            assert math.isfinite(number(one, name))
            assert number(one, name) >= 0
        assert number(one, "floor") <= number(one, "suggested_rate") <= number(one, "ceiling")


def test_the_steps_of_the_waterfall_add_up_to_the_rate() -> None:
    for one in suggestions():
        steps: dict[str, float] = one.values["waterfall"]  # type: ignore[assignment]
        assert list(steps) == ["base", "season", "weekday", "events", "demand", "pace", "fences", "order"]
        assert sum(steps.values()) == pytest.approx(number(one, "suggested_rate"), abs=0.05)


def test_the_dearer_the_night_the_fewer_rooms_it_sells() -> None:
    for one in suggestions():
        rate, rooms, money, in_all = np.array(one.values["curve"]).T
        assert np.all(np.diff(rate) > 0)
        assert np.all(np.diff(rooms) <= 0.01)
        assert np.all(np.isfinite(money))
        assert np.all(np.isfinite(in_all))
        assert number(one, "expected_rooms") == pytest.approx(float(rooms[rate == number(one, "suggested_rate")][0]), abs=0.02)


def test_the_curve_is_highest_near_the_suggested_rate_where_no_limit_holds_it() -> None:
    falls = [(one, one.values["waterfall"]) for one in suggestions()]
    free = [one for one, fall in falls if abs(fall["fences"]) + abs(fall["order"]) < 1]  # type: ignore[index]
    assert len(free) >= 20
    missed = [np.array(one.values["curve"])[:, 3].max() / number(one, "expected_revenue") - 1 for one in free]
    assert np.median(missed) < 0.005
    assert np.quantile(missed, 0.9) < 0.01


def test_limits_of_staff_hold_for_what_was_learned_too() -> None:
    night = DAY + timedelta(days=9)
    locked = {night.isoformat(): {"STD": 77}}
    found = asked(nights=20, floor={"STD": 90}, ceiling=140, rounding=5, freeze_days=2, locked=locked)
    for one in found:
        rate, room_type = number(one, "suggested_rate"), one.values["room_type"]
        if one.target_date == night and room_type == "STD":
            assert rate == 77
        else:
            assert rate <= 140
            assert rate >= (90 if room_type == "STD" else 0)
            left_alone = rate == pytest.approx(number(one, "current_rate"), abs=0.01)
            assert rate % 5 == 0 or left_alone or (one.target_date - DAY).days <= 2


def test_a_rate_that_staff_say_to_charge_is_the_current_one() -> None:
    night = DAY + timedelta(days=5)
    found = asked(nights=6, current={night.isoformat(): 123.0})
    assert {number(one, "current_rate") for one in found if one.target_date == night} == {123.0}


def test_the_exported_graphs_answer_as_the_fit_and_nothing_but_json_is_kept_beside_them() -> None:
    report = check_parity(trained())
    assert report.rows >= 1000
    assert report.largest_difference < 1e-9
    stored = json.loads(json.dumps(trained().parameters, allow_nan=False))
    assert set(stored["demands"]) >= {"followers"}


def test_what_is_learned_is_judged_on_later_days_beside_last_year_and_the_books() -> None:
    board = trained().evaluation
    assert [one.name for one in board.candidates] == ["learned demand", "last year's rate", "rate on the books", "plain rule"]
    primary = [one for one in trained().measures if one.name == MANIFEST.primary_measure]
    assert primary
    assert all(one.baseline_value is not None and one.value < one.baseline_value for one in primary)


def test_nothing_learned_or_booked_later_is_needed_to_answer_for_an_earlier_day() -> None:
    early = DAY - timedelta(days=30)
    model, data = LoadedModel.in_memory(trained()), property_until(house(), DAY)
    assert predict(PredictionRequest(data, early, 10, model)) == predict(PredictionRequest(data.at(early), early, 10, model))


def test_the_rate_that_guests_accept_is_foretold_alike_by_every_model() -> None:
    """Only because it is need trainings not ask each of several models from many days to tell who errs less."""
    data, brought = property_until(house(), DAY), read_artifact(Path(__file__).parents[3] / "models" / "pricing")
    origins = [DAY - timedelta(days=days) for days in (40, 20)]
    rule, own, borrowed = (came_of(MANIFEST, data, one, origins) for one in (None, LoadedModel.in_memory(trained()), brought))
    assert not MANIFEST.errors_by_model
    assert len(rule) > 100
    assert rule == own == borrowed


def test_a_room_type_that_was_not_sold_yet_gets_no_rate_of_an_earlier_day() -> None:
    known = property_until(house(), DAY)
    history, opened = known.history, DAY - timedelta(days=60)
    column = history.categories["room_type"]
    later = history.booked_on[history.booking] >= day_number(opened)
    young = history.take(later | (column.codes != column.code("DLX")))
    data = replace(known, load_history=lambda: young)
    model = LoadedModel.in_memory(trained())
    for day, types in ((opened - timedelta(days=30), 3), (DAY, 4)):
        assert len({one.key for one in predict(PredictionRequest(data, day, 7, model))}) == types


def test_no_bookings_are_taken_for_those_of_a_type_that_is_not_there() -> None:
    history = property_until(house(), DAY).history
    known = booked_rooms(history, ("STD", "SUP"))
    with_gone = booked_rooms(history, ("STD", "SUP", "GONE"))
    assert np.bincount(with_gone.room_type, minlength=3).tolist() == [*np.bincount(known.room_type).tolist(), 0]
    types = sold_types(history)
    whole, beside = (books_by_type(history, names, history.today - 6, 7, 0) for names in (types, (*types, "GONE")))
    assert beside[:-1].tolist() == whole.tolist()
    assert not beside[-1].any()


def test_reasons_name_no_cents_where_the_currency_has_none() -> None:
    data = property_until(house(), DAY)
    model, fences = LoadedModel.in_memory(trained()), {"room_cost": 21.0, "floor": {"STD": 95.0}}
    in_yen = replace(data, facts=replace(data.facts, currency="JPY"))
    said = [
        " ".join(reason for one in predict(PredictionRequest(asked_of, DAY, NIGHTS, model, fences)) for reason in reasons_of(one))
        for asked_of in (in_yen, data)
    ]
    assert [re.search(r"\d\.\d\d", one) is not None for one in said] == [False, True]
    assert "an occupied room costs 21, " in said[0]


def test_a_run_is_told_in_sentences() -> None:
    first, *rest = in_words(suggestions())
    assert f"over {NIGHTS} nights would change" in first
    assert rest


def test_a_short_history_is_refused_in_words() -> None:
    day = OPENING + timedelta(days=20)
    with pytest.raises(ShortHistoryError) as told:
        train(TrainingContext(property_until(hotel(), day), day, ModuleTrainingConfig()))
    assert told.value.remedy


@pytest.mark.parametrize("settings", [{"prior_elasticty": 1.2}, {"prior_elasticity": 0}, {"prior_elasticity": "much"}])
def test_a_setting_that_makes_no_sense_is_bad_usage(settings: dict[str, object]) -> None:
    with pytest.raises(HyperparameterError):
        train(TrainingContext(property_until(house(), DAY), DAY, ModuleTrainingConfig(hyperparameters=settings)))


def test_training_tells_how_far_it_is_and_can_be_cancelled() -> None:
    told = []

    def stop(done: float, step: str) -> None:
        told.append((done, step))
        if len(told) == 3:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        train(TrainingContext(property_until(house(), DAY), DAY, ModuleTrainingConfig(), progress=stop))
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (0.13, "13% more"),
        (-0.2, "20% fewer"),
        (0.99, "99% more"),
        (5.78, "6.8 times as many"),
        (0.001, "as many"),
    ],
)
def test_how_a_night_is_asked_for_is_said_as_people_would(ahead: float, words: str) -> None:
    assert beside_the_rule(ahead) == words
