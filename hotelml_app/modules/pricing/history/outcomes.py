"""What guests really paid on nights that have passed, beside the accepted rate that was expected and last year's.

The suggested rate itself cannot be right or wrong in hindsight: what would have happened at it is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.contract import Outcome, StoredPrediction
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.pricing.history.rates import accepted, of_type, paid_rooms


def outcomes(data: PropertyData, predictions: Sequence[StoredPrediction]) -> list[Outcome]:
    """Return the accepted rate of every predicted night that has passed and sold a room of the type."""
    today = day_number(data.as_of)
    passed = [one for one in predictions if day_number(one.target_date) <= today]
    found = []
    for room_type in sorted({str(one.values["room_type"]) for one in passed}):
        asked = [one for one in passed if one.values["room_type"] == room_type]
        nights = np.array([day_number(one.target_date) for one in asked])
        first = int(nights.min())
        rates = accepted(paid_rooms(of_type(data.history, room_type)), today, first, int(nights.max()) - first + 1).adr
        found += [
            _outcome(one, float(rate), day_of(today))
            for one, rate in zip(asked, rates[nights - first], strict=True)
            if not np.isnan(rate)
        ]
    return found


def _outcome(stored: StoredPrediction, actual: float, known_on: date) -> Outcome:
    expected, last_year = float(str(stored.values["expected_adr"])), stored.values.get("last_year_rate")
    baseline = abs(float(str(last_year)) - actual) if last_year is not None else None
    return Outcome(stored.id, actual, abs(expected - actual), known_on, baseline)
