"""Simulated hotels whose best rates are known: learn from what they exported, suggest, and see what would be earned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from synthetic_property import OPENING, property_until

from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import Prediction, PredictionRequest, TrainingContext
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import TrainedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.pricing.predicting import predict
from hotelml_app.modules.pricing.training import train
from hotelml_app.simulator import SyntheticHotel, TablePolicy, rate_card, simulate

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Earned:
    """Expected revenue of what is booked from now on: the share missed of the best, and gained over one rate all year."""

    regret: float
    gain: float


def priced_house(preset: str, seed: int, rooms: int, days: int, policy: str | None = None) -> SyntheticHotel:
    """Return a hotel that set its rates by ``policy`` so far, None for as houses do."""
    return simulate(seed=seed, preset=preset, rooms=rooms, days=days, start=OPENING, policy=policy, property_name="Pensão Amparo")


def suggested(house: SyntheticHotel, day: date, nights: int, **options: object) -> list[Prediction]:
    """Return the suggestions of a model trained on what the hotel exported on ``day``."""
    data = property_until(house, day)
    return predict(PredictionRequest(data, day, nights, LoadedModel.in_memory(learned_on(data, day)), options))


def learned_on(data: PropertyData, day: date) -> TrainedModel:
    """Return what is learned from everything known on ``day``."""
    return train(TrainingContext(data, day, ModuleTrainingConfig()))


def earned(house: SyntheticHotel, day: date, found: list[Prediction]) -> Earned:
    """Return what the suggestions would earn on their nights."""
    truth, nights = house.truth.pricing, sorted({one.target_date for one in found})
    ours, best, static = (
        truth.expected_revenue(policy, nights, as_of=day) for policy in (as_policy(house, found), "oracle", "static")
    )
    return Earned(1 - ours / best, ours / static - 1)


def left_after(house: SyntheticHotel, day: date, found: list[Prediction], room_cost: float) -> float:
    """Return what the suggestions would leave on their nights once every occupied room is paid."""
    nights = sorted({one.target_date for one in found})
    return house.truth.pricing.expected_contribution(as_policy(house, found), nights, room_cost=room_cost, as_of=day)


def as_policy(house: SyntheticHotel, found: list[Prediction]) -> TablePolicy:
    """Return the suggestions as rates that a simulated hotel charges."""
    types = tuple(one.code for one in house.plan.room_types)
    rates = {(one.target_date, str(one.values["room_type"])): float(str(one.values["suggested_rate"])) for one in found}
    return rate_card(house.start, types, rates)
