"""Rates of a young house: its own nights so far, and how demand moves with the year at other hotels."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from priced_houses import earned
from synthetic_property import OPENING, hotel, property_until

from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import Prediction, PredictionRequest, TrainingContext
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.pricing.demand_model.borrowed import FEWEST_NIGHTS, UNKNOWN_SPREAD, YearBelief, beforehand_of, borrows
from hotelml_app.modules.pricing.demand_model.demand import CONTRACTS, FOLLOWERS, GROUPS
from hotelml_app.modules.pricing.demand_model.response import Prior
from hotelml_app.modules.pricing.history.year import YearPattern
from hotelml_app.modules.pricing.learned import WHOLE_YEAR_DAYS, learn
from hotelml_app.modules.pricing.predicting import predict
from hotelml_app.modules.pricing.training import train
from hotelml_app.registry.bundled import BundledModels, bundled_folder

YOUNG_DAYS = 120


@cache
def brought() -> LoadedModel:
    model = BundledModels(bundled_folder()).model("pricing")
    assert model is not None
    return model


@cache
def house(nights: int = YOUNG_DAYS) -> PropertyData:
    """Return a house so many nights after it opened."""
    data = property_until(hotel(), OPENING + timedelta(days=nights))
    history = data.history
    return replace(data, load_history=lambda: history)


def ask(data: PropertyData, model: LoadedModel | None = None, horizon: int = 60) -> list[Prediction]:
    return predict(PredictionRequest(data, data.as_of, horizon, model))


def test_a_young_house_earns_more_than_by_the_plain_rule() -> None:
    mine, rule = (earned(hotel(), house().as_of, ask(house(), model)) for model in (brought(), None))
    assert mine.regret < 0.7 * rule.regret
    assert mine.gain > rule.gain


def test_it_answers_in_its_own_name_and_says_what_is_borrowed_and_what_assumed() -> None:
    found = ask(house(), brought(), 5)
    assert {one.made_by for one in found} == {MadeBy.BUNDLED}
    assert all("other hotels" in one.why and "assumed" in one.why for one in found)
    assert {one.values["room_type"] for one in found} == {one.values["room_type"] for one in ask(house(), None, 5)}


def test_a_house_of_a_few_weeks_is_left_to_the_plain_rule() -> None:
    new = house(FEWEST_NIGHTS - 10)
    assert not borrows(new)
    assert borrows(house())
    assert ask(new, brought(), 5) == ask(new, None, 5)


def test_nothing_borrowed_has_a_price_or_a_size() -> None:
    """The same house in a currency of a hundredth gets the same rates times a hundred."""
    history = house().history
    dear = replace(
        history, numbers={**history.numbers, "adr": 100 * history.numbers["adr"], "total": 100 * history.numbers["total"]}
    )
    mine, hundredfold = (ask(data, brought(), 10) for data in (house(), replace(house(), load_history=lambda: dear)))
    rates = [np.array([float(str(one.values["suggested_rate"])) for one in found]) for found in (mine, hundredfold)]
    assert rates[1] == pytest.approx(100 * rates[0], rel=0.02)


def test_the_year_is_read_from_the_graphs() -> None:
    beliefs = beforehand_of(brought())
    assert set(beliefs) == {FOLLOWERS, CONTRACTS, GROUPS}
    weekdays = [beliefs[FOLLOWERS].mean[day] for day in ("Monday", "Wednesday", "Saturday")]
    assert len(set(weekdays)) == 3
    assert all(min(one.spread.values()) > 0 for one in beliefs.values())
    assert beforehand_of(None) == {}


def test_a_night_that_no_other_hotel_told_of_is_not_believed_to_be_special() -> None:
    pattern = YearPattern({"events": (20_000,)})
    belief = YearBelief({"Monday": 0.2, "Christmas": -1.0}, {"Monday": 0.1, "Christmas": 0.1})
    assert belief.means(pattern)[pattern.weekday][0] == 0.2
    assert belief.means(pattern)[pattern.special].tolist() == [0.0]
    assert belief.spreads(pattern)[pattern.special].tolist() == [UNKNOWN_SPREAD]
    assert len(belief.means(pattern)) == pattern.width


def test_an_own_model_of_a_young_house_is_learned_on_top_of_it() -> None:
    data = house(170)
    context = TrainingContext(data, data.as_of, ModuleTrainingConfig(), bundled=brought())
    on_top = train(context)
    assert any("other hotels" in note for note in on_top.notes)
    assert on_top.parameters["demands"] != train(replace(context, bundled=None)).parameters["demands"]


def test_a_house_that_lived_through_a_year_goes_by_its_own() -> None:
    grown, year = house(WHOLE_YEAR_DAYS + 5), beforehand_of(brought())
    alone, told = (learn(grown.history, grown.facts, Prior(), lambda done, step: None, one) for one in (None, year))
    days = np.arange(20_000, 20_020)
    assert np.array_equal(alone.demands[FOLLOWERS].level(days), told.demands[FOLLOWERS].level(days))
