"""Whether the segment given to a booking is the one its export names by the time the guest has arrived."""

from __future__ import annotations

from collections.abc import Sequence

from hotelml_app.ml.contract import Outcome, StoredPrediction
from hotelml_app.ml.property_data import PropertyData
from hotelml_app.modules.guests.examples import examples, target_column


def outcomes(data: PropertyData, predictions: Sequence[StoredPrediction]) -> list[Outcome]:
    """Return 1 for a segment that turned out right and 0 for a wrong one; the baseline names the most frequent segment.

    A booking whose export never names a segment has no outcome.
    """
    history = data.history
    booked = examples(history, target_column(history))
    known = booked.take(booked.known)
    if not len(known):
        return []
    truth = dict(zip(known.reservation_id.tolist(), known.segment.tolist(), strict=True))
    usual = _most_frequent(known.segment.tolist())
    return [
        Outcome(
            prediction_id=one.id,
            actual=float(one.values["segment"] == truth[one.values["reservation_id"]]),
            error=float(one.values["segment"] != truth[one.values["reservation_id"]]),
            known_on=data.as_of,
            baseline_error=float(usual != truth[one.values["reservation_id"]]),
        )
        for one in predictions
        if one.target_date <= data.as_of and one.values["reservation_id"] in truth
    ]


def _most_frequent(segments: list[str]) -> str:
    return max(sorted(set(segments)), key=segments.count)
