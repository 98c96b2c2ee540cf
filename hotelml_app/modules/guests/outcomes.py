"""Whether the segment given to a booking is the one its export names by the time the guest has arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from hotelml_app.ml.contract import Outcome, StoredPrediction
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.guests.examples import named_examples, target_column
from hotelml_app.modules.guests.lookups import Lookups


def outcomes(data: PropertyData, predictions: Sequence[StoredPrediction]) -> list[Outcome]:
    """Return 1 for a segment that turned out right and 0 for a wrong one.

    The baseline is what all other bookings with the same details say today; it knows more than the prediction did. A
    booking whose export never names a segment has no outcome.
    """
    history = data.history
    known = named_examples(history, target_column(history))
    due = {str(one.values["reservation_id"]): one for one in predictions if one.target_date <= data.as_of}
    asked = known.take(np.array([name in due for name in known.reservation_id.tolist()], dtype=bool))
    if not len(asked):
        return []
    truth = dict(zip(asked.reservation_id.tolist(), asked.segment.tolist(), strict=True))
    rule = dict(zip(truth, (answer.segment for answer in Lookups(known).answers(asked)), strict=True))
    return [
        _outcome(one, truth, rule, data.as_of) for one in predictions if one.target_date <= data.as_of and _name(one) in truth
    ]


def _outcome(one: StoredPrediction, truth: Mapping[str, str], rule: Mapping[str, str], known_on: date) -> Outcome:
    actual = truth[_name(one)]
    right = one.values["segment"] == actual
    return Outcome(one.id, float(right), float(not right), known_on, float(rule[_name(one)] != actual))


def _name(one: StoredPrediction) -> str:
    return str(one.values["reservation_id"])
