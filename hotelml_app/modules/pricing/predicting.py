"""A suggested rate per coming night and room type: the blended base rate, moved by demand, kept within its fences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.asking import known_bookings
from hotelml_app.ml.contract import MadeBy, Prediction, PredictionRequest
from hotelml_app.ml.history import History
from hotelml_app.ml.property_data import PropertyFacts
from hotelml_app.modules.pricing import MANIFEST
from hotelml_app.modules.pricing.base_rates import BaseRates, base_rates
from hotelml_app.modules.pricing.demand import Demand, demand_ahead
from hotelml_app.modules.pricing.fences import Fences, fences_of, locked_rate
from hotelml_app.modules.pricing.rates import LOOK_BACK_DAYS, accepted, most_rooms, of_type, paid_rooms, sold_types
from hotelml_app.modules.pricing.reasons import reasons_for

WHY = "The rates guests accepted for this night and the same weekday last year, moved by how strongly the night is booked."


@dataclass(frozen=True)
class TypeOutlook:
    """All that the suggestions of one room type rest on."""

    room_type: str
    base: BaseRates
    demand: Demand
    fences: Fences


def predict(request: PredictionRequest) -> list[Prediction]:
    """Return a rate for each of the ``horizon`` nights after ``as_of`` and each room type sold in the last two years.

    Options: ``floor`` and ``ceiling`` (money, or per room type), ``rounding`` (money), ``smallest_change`` (share),
    ``locked`` {ISO date: money, or per room type}.
    """
    history = known_bookings(request, MANIFEST)
    today = day_number(request.as_of)
    found = []
    for room_type in sold_types(history):
        outlook = _outlook(history, request.data.facts, room_type, today, request.horizon, request.options)
        found += [_prediction(outlook, step, day_of(today + 1 + step), request.options) for step in range(request.horizon)]
    return sorted(found, key=lambda one: one.target_date)


def _outlook(
    history: History, facts: PropertyFacts, room_type: str, today: int, horizon: int, options: Mapping[str, object]
) -> TypeOutlook:
    booked = of_type(history, room_type)
    paid = paid_rooms(booked)
    told = {one.code: one.rooms for one in facts.room_types if one.rooms}
    past = accepted(paid, today, today - LOOK_BACK_DAYS + 1, LOOK_BACK_DAYS).adr
    return TypeOutlook(
        room_type=room_type,
        base=_never_unknown(base_rates(paid, today, horizon), paid),
        demand=demand_ahead(booked, today, horizon, float(told.get(room_type) or most_rooms(booked, today))),
        fences=fences_of(room_type, past, options),
    )


def _never_unknown(rates: BaseRates, paid: History) -> BaseRates:
    """Fill nights about which nothing is known with the mean rate of the room type."""
    mean = float(np.average(paid.numbers["adr"], weights=paid.rooms))
    return replace(rates, base=np.where(np.isnan(rates.base), mean, rates.base))


def _prediction(outlook: TypeOutlook, step: int, night: date, options: Mapping[str, object]) -> Prediction:
    base, fences = float(outlook.base.base[step]), outlook.fences
    locked = locked_rate(options, night, outlook.room_type)
    move = float(outlook.demand.move[step])
    if abs(move) < fences.smallest_change:
        move = 0.0
    wanted = base * (1 + move)
    suggested = fences.rounded(wanted) if locked is None else locked
    values = {
        "stay_date": night,
        "room_type": outlook.room_type,
        "suggested_rate": suggested,
        "expected_adr": _money(base),
        "otb_rate": _money(outlook.base.on_books[step]),
        "last_year_rate": _money(outlook.base.last_year[step]),
        "floor": _money(fences.floor),
        "ceiling": _money(fences.ceiling),
        "reasons": reasons_for(outlook.base, outlook.demand, fences, step, wanted, move, locked),
    }
    return Prediction(outlook.room_type or "all", night, values, MadeBy.STATISTICAL, WHY)


def _money(value: float) -> float | None:
    return round(float(value), 2) if np.isfinite(value) else None
