"""Who is given another type, as leaned by what other hotels' desks do: the order is borrowed, the level is the house's own."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from synthetic_property import DAY, OPENING, hotel, property_until

from hotelml_app.core.clock import day_number
from hotelml_app.ml.calibration import logit
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.errors import DamagedModelError
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.modules.allocation.house.inventory import ladder
from hotelml_app.modules.allocation.house.stays import arriving
from hotelml_app.modules.allocation.predicting import predict
from hotelml_app.modules.allocation.room_types.borrowed import BELIEVED, FEWEST_NIGHTS, borrows, leaned
from hotelml_app.modules.allocation.room_types.past import LONGEST_DAYS
from hotelml_app.modules.allocation.room_types.upgrades import Chance, chances_of
from hotelml_app.registry.bundled import BundledModels, bundled_folder


@cache
def brought() -> LoadedModel:
    model = BundledModels(bundled_folder()).model("allocation")
    assert model is not None
    return model


def ask(nights: int, model: LoadedModel | None = None) -> list[Prediction]:
    """Ask so many nights after the house opened."""
    day = OPENING + timedelta(days=nights)
    return predict(PredictionRequest(property_until(hotel(), day), day, 3, model))


@cache
def chances(horizon: int, model: LoadedModel | None = None) -> dict[str, Chance]:
    history = property_until(hotel(), DAY).history
    today = day_number(DAY)
    return chances_of(model, history, arriving(history, today, today + horizon), ladder(history))


def test_it_answers_in_its_own_name_once_enough_nights_are_known() -> None:
    found = ask(FEWEST_NIGHTS + 10, brought())
    assert MadeBy.BUNDLED in {one.made_by for one in found}
    assert all("other hotels" in one.why for one in found if one.made_by is MadeBy.BUNDLED)
    assert borrows(property_until(hotel(), OPENING + timedelta(days=FEWEST_NIGHTS + 10)))


def test_a_younger_house_is_left_to_its_own_shares() -> None:
    young = FEWEST_NIGHTS - 10
    assert not borrows(property_until(hotel(), OPENING + timedelta(days=young)))
    assert ask(young, brought()) == ask(young)


def test_the_level_stays_the_houses_own_and_the_order_is_borrowed() -> None:
    mine = chances(LONGEST_DAYS, brought())
    assert np.mean([one.as_booked for one in mine.values()]) == pytest.approx(
        np.mean([one.plain for one in mine.values()]), abs=1e-3
    )
    assert all(one.by_model for one in mine.values())
    assert len({one.as_booked for one in mine.values()}) > len({one.plain for one in mine.values()})
    assert all(sum(one.types.values()) == pytest.approx(1) for one in mine.values())


def test_a_chance_is_the_same_however_far_was_asked() -> None:
    near, far = chances(3, brought()), chances(LONGEST_DAYS + 10, brought())
    assert near
    assert near == {name: far[name] for name in near}
    assert not all(one.by_model for one in far.values()), "further ahead nothing was learned"


def test_shares_lean_as_far_as_they_are_believed() -> None:
    plain, odds = np.full(4, 0.2), np.array([-1.0, 0.0, 0.0, 1.0])
    found = leaned(plain, odds)
    assert found.mean() == pytest.approx(0.2)
    assert logit(found[3]) - logit(found[0]) == pytest.approx(2 * BELIEVED)
    assert found[1] == found[2]
    assert len(leaned(np.zeros(0), np.zeros(0))) == 0


def test_a_model_of_another_version_is_not_believed() -> None:
    old = LoadedModel("old", MadeBy.BUNDLED, {}, {**brought().parameters, "features": ["lead"]}, {})
    with pytest.raises(DamagedModelError):
        chances(3, old)
