"""Rooms out of order are not to be sold: neither the plain rule nor learned demand counts on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from synthetic_property import OPENING, hotel, property_until

from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import PropertyData, StatedOutOfOrder
from hotelml_app.modules.pricing.history.books import rooms_out_of_order, rooms_there_are
from hotelml_app.modules.pricing.history.rates import sold_types
from hotelml_app.modules.pricing.predicting import predict
from hotelml_app.registry.bundled import BundledModels, bundled_folder

NIGHTS, CLOSED_NIGHTS = 20, 6
DAY = OPENING + timedelta(days=150)


@cache
def house() -> PropertyData:
    data = property_until(hotel(), DAY)
    history = data.history
    return replace(data, load_history=lambda: history)


def closed(rooms: float, kind: str = "") -> PropertyData:
    """Return the house with rooms out of order on the first nights."""
    stated = tuple(StatedOutOfOrder(DAY + timedelta(days=ahead), kind, rooms) for ahead in range(1, CLOSED_NIGHTS + 1))
    history = house().history
    facts = replace(house().facts, stated_out_of_order=stated)
    return PropertyData(facts, DAY, lambda: history)


@cache
def brought() -> LoadedModel:
    model = BundledModels(bundled_folder()).model("pricing")
    assert model is not None
    return model


def ask(data: PropertyData, model: LoadedModel | None) -> list[Prediction]:
    return predict(PredictionRequest(data, DAY, NIGHTS, model))


@pytest.mark.parametrize("learned", [False, True])
def test_rooms_out_of_order_are_not_expected_to_sell(learned: bool) -> None:
    model = brought() if learned else None
    kind = max(sold_types(house().history), key=lambda word: float(house().history.rooms[_of(word)].sum()))
    usual, fewer = (
        {one.target_date: one.values for one in ask(data, model) if one.key == kind} for data in (house(), closed(40.0, kind))
    )
    to_come = {night: float(str(told["expected_rooms"])) for night, told in usual.items()}
    left = {night: float(str(told["expected_rooms"])) for night, told in fewer.items()}
    nights = sorted(usual)
    assert sum(left[night] for night in nights[:CLOSED_NIGHTS]) < sum(to_come[night] for night in nights[:CLOSED_NIGHTS]) - 1
    assert left[nights[-1]] == pytest.approx(to_come[nights[-1]], rel=0.1)


def _of(kind: str) -> np.ndarray:
    return house().history.categories["room_type"].words() == kind


def test_those_of_which_nobody_says_the_type_are_shared_out_by_rooms() -> None:
    history, types = house().history, sold_types(house().history)
    assert len(types) > 1
    rooms = rooms_there_are(history, house().facts, types)
    found = rooms_out_of_order(history, closed(6.0).facts, types, NIGHTS)
    np.testing.assert_allclose(found[0], 6.0 * rooms / rooms.sum())
    assert not found[CLOSED_NIGHTS:].any()
    of_one = rooms_out_of_order(history, closed(2.0, types[1]).facts, types, NIGHTS)
    assert of_one[0].tolist() == [2.0 if word == types[1] else 0.0 for word in types]
    assert not rooms_out_of_order(history, house().facts, types, NIGHTS).any()
