"""How demand moves with the year at other hotels: what is believed here until the house's own nights show it.

How many guests come, when they book, how long they stay and what they pay are the house's own from the first weeks on; season
and weekdays of a year that it has not lived through are not. Nothing borrowed has a unit: all are logs beside the usual.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.pricing.demand_model.demand import INPUT, LEVEL
from hotelml_app.modules.pricing.history.leads import Floats
from hotelml_app.modules.pricing.history.rates import paid_rooms
from hotelml_app.modules.pricing.history.year import YearPattern

if TYPE_CHECKING:
    from hotelml_app.ml.onnx.sessions import LoadedModel

FEWEST_NIGHTS = 56
"""Nights since the first priced arrival below which not even the house's own level of demand is known."""

BORROWED_TREND_SPREAD = 0.05
"""How far demand may grow in a year, in logs: from a few months, trend and season cannot be told apart."""

UNKNOWN_SPREAD = 0.3
"""How far a special night may differ that no other hotel told of."""


@dataclass(frozen=True)
class YearBelief:
    """Per column of the year: how demand moves there at other hotels, in logs, and how far hotels differ in it."""

    mean: Mapping[str, float]
    spread: Mapping[str, float]

    def means(self, pattern: YearPattern) -> Floats:
        """Return the means in the order of a pattern's columns; none for a night no other hotel told of."""
        return np.array([self.mean.get(name, 0.0) for name in pattern.names])

    def spreads(self, pattern: YearPattern) -> Floats:
        """Return the spreads in the same order."""
        return np.array([self.spread.get(name, UNKNOWN_SPREAD) for name in pattern.names])


Beforehand = Mapping[str, YearBelief]
"""What is believed per class of guests; classes that are not in it are learned from the house alone."""


def generalised(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters without what belongs to one hotel: its rate card, and how many guests of each class there are."""
    return {name: parameters[name] for name in ("columns", "spreads")}


def beforehand_of(model: LoadedModel | None) -> Beforehand:
    """Return what a model brought along says; nothing where there is none."""
    if model is None:
        return {}
    columns = [str(name) for name in model.parameters["columns"]]
    spreads: Mapping[str, Any] = model.parameters["spreads"]
    # The graph is a line in the columns of a day, the first of which is the trend: each column alone shows its slope.
    alone = np.vstack([np.zeros(len(columns) + 1), np.eye(len(columns) + 1)[1:]])
    found = {}
    for name, spread in spreads.items():
        said = np.asarray(model.run(name, {INPUT: alone})[LEVEL], dtype=np.float64)[:, 0]
        means = dict(zip(columns, (said[1:] - said[0]).tolist(), strict=True))
        found[name] = YearBelief(means, dict(zip(columns, map(float, spread), strict=True)))
    return found


def borrows(data: PropertyData) -> bool:
    """Tell whether enough nights are known for a borrowed year."""
    return knows_enough(data.history)


def knows_enough(history: History) -> bool:
    """Tell whether enough nights are known for a borrowed year."""
    paid = paid_rooms(history) if len(history) else history
    return len(paid) > 0 and history.today - int(paid.arrival.min()) >= FEWEST_NIGHTS
