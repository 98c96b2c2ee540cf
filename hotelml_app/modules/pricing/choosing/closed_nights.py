"""Nights on which the house seems to be closed: nobody is expected on them, so there is no rate to suggest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from hotelml_app.core.clock import day_of
from hotelml_app.ml.contract import Prediction
from hotelml_app.ml.property.closed_house import empty_ahead, empty_until_now
from hotelml_app.ml.property.history import History
from hotelml_app.modules.pricing.choosing.fences import dated

SEEMS_CLOSED = (
    "the house seems closed on this night (no guest for {nights} nights, and nobody booked up to it): no rate is suggested"
)


def without_closed_nights(
    said: Sequence[Prediction], history: History, nights: int, options: Mapping[str, object]
) -> list[Prediction]:
    """Return predictions in which nights before a closed house opens keep the rate that stands, with nobody expected."""
    empty = empty_until_now(history)
    if not empty:
        return list(said)
    opens = day_of(history.today + 1) + timedelta(days=empty_ahead(history, nights))
    because = SEEMS_CLOSED.format(nights=empty)
    return [_closed(one, because, options) if one.target_date < opens else one for one in said]


def _closed(one: Prediction, because: str, options: Mapping[str, object]) -> Prediction:
    values = one.values
    if one.target_date.isoformat() in dated("locked", options, str(values["room_type"])):
        return one
    rate = float(str(values["current_rate"]))
    nothing = dict.fromkeys(("expected_rooms", "expected_revenue", "current_rooms", "current_revenue"), 0.0)
    steps = dict.fromkeys(values["waterfall"], 0.0)  # type: ignore[call-overload]
    told = {
        "suggested_rate": rate,
        "reasons": (because,),
        "waterfall": {**steps, "base": rate},
        "curve": [],
        "seems_closed": True,
    }
    return replace(one, values={**values, **nothing, **told})
