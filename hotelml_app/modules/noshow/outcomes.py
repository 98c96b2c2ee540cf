"""What came of predicted risks once the arrival day has passed: squared errors, the model's beside the base rate's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import Outcome, StoredPrediction
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.noshow.base_rates import base_rates
from hotelml_app.modules.noshow.books import Books, lay_out
from hotelml_app.modules.noshow.scoring import LONGEST_DAYS
from hotelml_app.modules.noshow.snapshots import ends


def outcomes(data: PropertyData, predictions: Sequence[StoredPrediction]) -> list[Outcome]:
    """Return 1 for a booking that was lost and 0 for one that came, with the squared error of ``p_lost`` (Brier's).

    The mean absolute error would reward saying that nobody is ever lost. Bookings whose end is not known, because they
    moved to a later arrival or left the books, have no outcome.
    """
    passed = [one for one in predictions if one.target_date <= data.as_of and one.values.get("p_lost") is not None]
    if not passed or not len(data.history):
        return []
    history = data.history
    books, end = lay_out(history), ends(history)
    number = {str(name): at for at, name in enumerate(history.reservation_ids)}
    base = _BaseRateAnswers(books, passed)
    found = []
    for one in passed:
        booking = number.get(str(one.values["reservation_id"]))
        if booking is None or not end.known[booking]:
            continue
        lost, said = float(end.lost[booking]), float(str(one.values["p_lost"]))
        error, plain = (said - lost) ** 2, (base.at(one.as_of, one.target_date) - lost) ** 2
        found.append(Outcome(one.id, lost, error, data.as_of, plain))
    return found


class _BaseRateAnswers:
    """The base rate as it stood on the days predictions were made, counted once per day."""

    def __init__(self, books: Books, passed: Sequence[StoredPrediction]) -> None:
        # As far ahead as the rule looks when it is asked: the days around one count for it.
        longest = max(LONGEST_DAYS, *((one.target_date - one.as_of).days for one in passed))
        days = {one.as_of for one in passed}
        ahead = np.arange(longest + 1)
        self._rates = {day: base_rates(books, day_number(day), longest).p_lost(ahead) for day in days}

    def at(self, as_of: date, arrival: date) -> float:
        return float(self._rates[as_of][(arrival - as_of).days])
