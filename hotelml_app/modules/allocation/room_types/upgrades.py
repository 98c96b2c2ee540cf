"""How likely each guest is to be given which type: by a model, else by how often it happened so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hotelml_app.ml.calibration import logit, sigmoid
from hotelml_app.ml.errors import OutdatedModelError
from hotelml_app.ml.onnx.sklearn_to_onnx import INPUT, OUTPUT
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.history import History
from hotelml_app.modules.allocation.house.stays import Stay
from hotelml_app.modules.allocation.plans.problem import Floats
from hotelml_app.modules.allocation.room_types.borrowed import FEWEST_KNOWN, knows_enough, leaned
from hotelml_app.modules.allocation.room_types.past import FEATURES, LONGEST_DAYS, Past, Spells

if TYPE_CHECKING:
    from hotelml_app.ml.onnx.sessions import LoadedModel


@dataclass(frozen=True)
class Chance:
    """``types`` are the chances of each type; ``as_booked`` that of the booked one, ``plain`` the same by its share alone."""

    types: Mapping[str, float]
    as_booked: float
    plain: float
    by_model: bool


def chances_of(
    model: LoadedModel | None, history: History, arrivals: Sequence[Stay], ladder: tuple[str, ...]
) -> dict[str, Chance]:
    """Return the chances by reservation, for those that name a type; empty where too little is known of the past."""
    asked = [stay for stay in arrivals if stay.room_type]
    today = history.today
    past = Past(history, ladder, today)
    if not asked or len(past.given.spell) < FEWEST_KNOWN:
        return {}
    spells = np.array([stay.spell for stay in asked], dtype=np.intp)
    plain = past.shares_by_type(spells, today)
    changed, by_model = plain.copy(), np.zeros(len(asked), dtype=bool)
    if model is not None and model.made_by is MadeBy.BUNDLED:
        if knows_enough(past.given, today):
            by_model = history.arrival[spells] <= today + LONGEST_DAYS
            changed[by_model] = _borrowed(model, past, today, spells[by_model])
    elif model is not None:
        by_model = history.arrival[spells] <= today + LONGEST_DAYS
        changed[by_model] = p_changed(model, past.features(spells[by_model], today))
    instead = past.kinds_given(today)
    return {
        stay.reservation_id: Chance(_types(stay.room_type, float(p), instead), 1 - float(p), 1 - float(share), bool(learned))
        for stay, p, share, learned in zip(asked, changed, plain, by_model, strict=True)
    }


def _borrowed(model: LoadedModel, past: Past, today: int, spells: Spells) -> Floats:
    """Return the shares of this hotel leaned towards whom another hotel's desk would rather give another type.

    All bookings of the coming days are asked however few are wanted: one is likelier to be moved than the others.
    """
    everyone = np.union1d(past.expected(today, LONGEST_DAYS), spells)
    odds = logit(p_changed(model, past.features(everyone, today)))
    return leaned(past.shares_by_type(everyone, today), odds)[np.searchsorted(everyone, spells)]


def p_changed(model: LoadedModel, features: np.ndarray) -> Floats:
    """Return the probability of another type than booked for rows of features. Raises OutdatedModelError."""
    if tuple(model.parameters["features"]) != FEATURES:
        raise OutdatedModelError("it looks at other features")
    odds = np.zeros(len(features))
    if len(features):
        for member in model.parameters["members"]:
            given = np.asarray(model.run(str(member["part"]), {INPUT: features})[OUTPUT], dtype=np.float64)
            odds += float(member["weight"]) * logit(given[:, 1])
    return sigmoid(odds)


def _types(booked: str, p_other: float, instead: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    return {booked: 1 - p_other, **{kind: p_other * share for kind, share in instead.get(booked, {}).items()}}
