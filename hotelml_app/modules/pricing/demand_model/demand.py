"""Demand as it was learned: how many guests of a class book for each day, and how ready they are to pay the usual rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.modules.pricing.demand_model.chain import Shock
from hotelml_app.modules.pricing.history.arrivals import Stays
from hotelml_app.modules.pricing.history.leads import Floats, Integers
from hotelml_app.modules.pricing.history.year import YearPattern, years_since

INPUT, LEVEL, RELUCTANCE = "days", "level", "reluctance"
"""Names in the exported graph: columns per day in; log bookings per room type and, of who pays the rate of the day, their
reluctance at the usual rate out."""

FOLLOWERS, CONTRACTS, GROUPS = "followers", "contracts", "groups"
"""The classes: who pays the rate of the day, who has a contract, and groups, who pay by the rate of the day but agree it."""

Ask = Callable[[Floats], Mapping[str, Floats]]
"""The graph: columns of days, shape (days, width), to its outputs."""


@dataclass(frozen=True)
class Demand:
    """One class of guests. ``steps`` are logs per lead step and kind of length.

    ``own_share`` and ``because`` say what the response rests on.
    """

    pattern: YearPattern
    until: int
    steps: Floats
    stays: Stays
    shock: Shock
    clumping: float
    steepness: float
    own_share: float
    because: str
    ask: Ask

    def columns(self, days: Integers) -> Floats:
        """Return the columns of some days: the trend in years, then the year's pattern."""
        return day_columns(self.pattern, days, self.until)

    def level(self, days: Integers) -> Floats:
        """Return the log of bookings if all who look booked, per day, type, lead step and kind of length; without shocks."""
        by_type = self.ask(self.columns(days))[LEVEL]
        found: Floats = by_type[:, :, None, None] + self.steps[None, None]
        return found

    def reluctance(self, days: Integers) -> Floats:
        """Return the reluctance at the usual rate per day."""
        return np.asarray(self.ask(self.columns(days))[RELUCTANCE][:, 0], dtype=np.float64)

    def as_dict(self) -> dict[str, Any]:
        """Return JSON-ready parameters, all but the graph."""
        return {
            "until": self.until,
            "steps": self.steps.tolist(),
            "lengths": self.stays.lengths.tolist(),
            "leads": np.round(self.stays.leads, 8).tolist(),
            "shock": [self.shock.size, self.shock.memory],
            "clumping": self.clumping,
            "steepness": self.steepness,
            "own_share": self.own_share,
            "because": self.because,
        }


def demand_from(stored: Mapping[str, Any], pattern: YearPattern, model: LoadedModel, part: str) -> Demand:
    """Return what ``as_dict`` wrote, with the graph of a loaded model."""

    def ask(columns: Floats) -> Mapping[str, Floats]:
        return {name: values.astype(np.float64) for name, values in model.run(part, {INPUT: columns}).items()}

    return Demand(
        pattern=pattern,
        until=int(stored["until"]),
        steps=np.array(stored["steps"], dtype=np.float64),
        stays=Stays(np.array(stored["lengths"], dtype=np.float64), np.array(stored["leads"], dtype=np.float64)),
        shock=Shock(*stored["shock"]),
        clumping=float(stored["clumping"]),
        steepness=float(stored["steepness"]),
        own_share=float(stored["own_share"]),
        because=str(stored["because"]),
        ask=ask,
    )


def day_columns(pattern: YearPattern, days: Integers, until: int) -> Floats:
    """Return the trend in years since ``until``, not far beyond it, then the columns of the year."""
    return np.column_stack([years_since(days, until), pattern.columns(days)])
