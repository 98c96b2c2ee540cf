"""A risk learned at other hotels: which of two bookings is riskier carries over, how much is lost in all does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.calibration import at_level, logit
from hotelml_app.modules.noshow.base_rates import BaseRates
from hotelml_app.modules.noshow.books import Books, Floats, Integers
from hotelml_app.modules.noshow.features import snapshot
from hotelml_app.modules.noshow.recalibration import stretch_of
from hotelml_app.modules.noshow.scoring import LONGEST_DAYS, columns_of, log_odds

if TYPE_CHECKING:
    from hotelml_app.ml.onnx.sessions import LoadedModel

BELIEVED = 0.2
"""Share of another hotel's differences between bookings, in log-odds, that is believed here."""


def generalised(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters without what belongs to one hotel: when it was learned; its level of losses is never asked for."""
    return {**parameters, "trained_until": 0}


def borrowed_risks(model: LoadedModel, books: Books, day: int, rates: BaseRates) -> tuple[NDArray[np.intp], Floats]:
    """Return the spells of all bookings that arrive within LONGEST_DAYS and their probability of being lost.

    All of them are asked however few are wanted: a booking is riskier or safer than the others of its stretch of days. Raises
    OutdatedModelError.
    """
    shot = snapshot(books, day, LONGEST_DAYS)
    base = np.asarray(rates.p_lost(shot.days_ahead, books.kinds["segment"][shot.spells]))
    return shot.spells, leaned(base, log_odds(model, shot.features[:, columns_of(model, books)]), shot.days_ahead)


def leaned(base: Floats, score: Floats, days_ahead: Integers) -> Floats:
    """Return base rates leaned towards the model's order; per stretch of days their mean stays what it was."""
    p, stretch = base.copy(), stretch_of(days_ahead)
    for at in np.unique(stretch):
        rows = stretch == at
        odds = logit(base[rows]) + BELIEVED * (score[rows] - score[rows].mean())
        p[rows] = at_level(odds, float(base[rows].mean()))
    return p
