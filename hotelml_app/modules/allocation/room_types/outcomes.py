"""Whether guests were given the type they booked, as far as an allocation had said how likely that was."""

from __future__ import annotations

from collections.abc import Sequence

from hotelml_app.ml.contract import Outcome, StoredPrediction
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.allocation.room_types.past import types_given


def outcomes(data: PropertyData, predictions: Sequence[StoredPrediction]) -> list[Outcome]:
    """Return 1 for a guest who was given the type he booked and 0 for another, with squared errors (Brier's).

    The baseline is what the share by booked type said on the same day. A booking whose guest did not come, or whose
    export never says what he was given, has no outcome.
    """
    history = data.history
    past = types_given(history) if len(history) else None
    if past is None:
        return []
    ids = history.reservation_ids[history.booking[past.spell]].tolist()
    as_booked = dict(zip(map(str, ids), (~past.changed).tolist(), strict=True))
    found = []
    for one in predictions:
        said, plain = one.values.get("p_as_booked"), one.values.get("p_as_booked_by_share")
        came = as_booked.get(str(one.values["reservation_id"]))
        if one.target_date > data.as_of or came is None or said is None or plain is None:
            continue
        errors = [(float(str(p)) - float(came)) ** 2 for p in (said, plain)]
        found.append(Outcome(one.id, float(came), errors[0], data.as_of, errors[1]))
    return found
