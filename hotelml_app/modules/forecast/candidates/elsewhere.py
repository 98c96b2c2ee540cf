"""Booking curves of other hotels as one more candidate beside a hotel's own: trees that come along with HotelML.

A hotel in its first year has not seen every season. How books fill from week to week is much the same elsewhere, and trees that
learned it at other hotels err in other places. Rates are left out: they come in other currencies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.sklearn_to_onnx import INPUT, OUTPUT, on_grid
from hotelml_app.ml.onnx.trained import MadeBy, OnnxPart
from hotelml_app.modules.forecast.candidates.blend import NO_NIGHTS
from hotelml_app.modules.forecast.candidates.boosting import rooms_of
from hotelml_app.modules.forecast.candidates.features import NAMES, FeatureRows

PART = "elsewhere"

LEFT_OUT = ("rate",)
"""Features that trees for other hotels do not look at."""

FARTHEST_DAYS = 41
"""Beyond so many days ahead it counts for nothing: what is booked months ahead differs from house to house."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Elsewhere:
    """The trees of ``model``, which learned from nights up to the day number ``until``; ``learned_from`` says whose."""

    model: LoadedModel
    until: int
    learned_from: str

    def predict(self, rows: FeatureRows, first: int) -> Values:
        """Return rooms sold, NaN from days that were learned from and beyond FARTHEST_DAYS; ``first`` is the books' first day."""
        answer = np.full(len(rows), np.nan)
        asked = (rows.now + first >= self.until) & (rows.horizon <= FARTHEST_DAYS)
        if asked.any():
            target = self.model.run(PART, {INPUT: on_grid(rows.features[asked])})[OUTPUT].ravel()
            said, on_books = rooms_of(rows.on_books[asked], rows.unit[asked], target), rows.on_books[asked]
            # Other hotels know nothing of a house that is closed: where it expects no booking, they bring none.
            answer[asked] = np.where(rows.new[asked] > 0, said, np.minimum(said, on_books))
        return answer

    def part(self, sample: FeatureRows) -> OnnxPart:
        """Return the trees as a part of a hotel's own model, with their answers to ``sample``."""
        asked = {INPUT: on_grid(sample.features)}
        return OnnxPart(PART, self.model.graph(PART), asked, {OUTPUT: self.model.run(PART, asked)[OUTPUT]})

    def told(self) -> str:
        """Return in words that it is part of the blend, and whose bookings it is owed to."""
        return f"The blend asks trees that learned at other hotels as well ({self.learned_from})."

    def as_dict(self) -> dict[str, Any]:
        """Return JSON-ready parameters."""
        return {"until": self.until, "learned_from": self.learned_from}


def brought_along(bundled: LoadedModel | None, nights: int) -> Elsewhere | None:
    """Return the trees for other hotels in the model brought along, for a hotel that knows so many nights of its own.

    None where it has none that look at today's features, or the hotel knows enough to do without.
    """
    if bundled is None or PART not in bundled.card or tuple(bundled.card.get("features", ())) != NAMES or nights >= NO_NIGHTS:
        return None
    told = bundled.card[PART]
    return Elsewhere(bundled, day_number(date.fromisoformat(told["as_of"])), f"{told['source']}; {told['licence']}")


def part_of(model: LoadedModel) -> Elsewhere | None:
    """Return the trees for other hotels that a hotel's own model took in; None where it has none."""
    told: Mapping[str, Any] | None = model.parameters.get("elsewhere")
    if model.made_by is not MadeBy.OWN or told is None:
        return None
    return Elsewhere(model, int(told["until"]), str(told["learned_from"]))


def without_rates(features: Values) -> Values:
    """Return features to learn from for other hotels: what never changes, no tree looks at."""
    blind = features.copy()
    blind[:, [NAMES.index(name) for name in LEFT_OUT]] = 0.0
    return blind
