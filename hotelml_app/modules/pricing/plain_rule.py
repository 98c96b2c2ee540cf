"""The plain rule: the blended base rate, moved by pace and fullness, kept within its limits. It needs no training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.ml.contract import Prediction
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyFacts
from hotelml_app.modules.pricing.choosing.curves import CURVE
from hotelml_app.modules.pricing.choosing.fences import Fences, Kept, Worth, fences_of, room_cost_of
from hotelml_app.modules.pricing.choosing.in_order import Offers, Table
from hotelml_app.modules.pricing.choosing.reasons import plain_reasons
from hotelml_app.modules.pricing.choosing.worth import ASSUMED_DOUBT, needed_gain
from hotelml_app.modules.pricing.demand_model.response import PRIOR_STEEPNESS, Prior, books_share
from hotelml_app.modules.pricing.history.base_rates import BaseRates, base_rates
from hotelml_app.modules.pricing.history.booked import booked_rooms
from hotelml_app.modules.pricing.history.books import rooms_out_of_order
from hotelml_app.modules.pricing.history.ladder import learn_ladder
from hotelml_app.modules.pricing.history.leads import Floats
from hotelml_app.modules.pricing.history.plain_demand import PlainDemand, demand_ahead
from hotelml_app.modules.pricing.history.rates import (
    GUESSED,
    LOOK_BACK_DAYS,
    SAID,
    accepted,
    money_or_none,
    most_rooms,
    of_type,
    paid_rooms,
)
from hotelml_app.modules.pricing.history.settled import settled_rates
from hotelml_app.modules.pricing.past_rates.followers import by_words

WHY = "The rates guests accepted for this night and the same weekday last year, moved by how strongly the night is booked."
BASIS = "a plain rule; how guests answer the rate is assumed"
WHOSE = "from this hotel's own nights"
FLOOR_QUANTILE, CEILING_QUANTILE = 0.05, 0.98


@dataclass(frozen=True)
class TypeOutlook:
    """All that the suggestions of one room type rest on; ``ends_at`` is the accepted rate in the end, ``rooms`` can be sold."""

    room_type: str
    base: BaseRates
    ends_at: Floats
    demand: PlainDemand
    fences: Fences
    rooms: Floats
    room_cost: float


def plain_predictions(
    history: History, facts: PropertyFacts, room_types: Sequence[str], nights: int, options: Mapping[str, object]
) -> list[Prediction]:
    """Return the plain rule's answers for some room types. Raises RateFenceError."""
    outlooks = [_outlook(history, facts, room_type, nights, options) for room_type in room_types]
    asked = [[_asked(one, step, day_of(history.today + 1 + step)) for one in outlooks] for step in range(nights)]
    kept: Table = [[one.kept() for one in row] for row in asked]
    if len(outlooks) > 1:
        kept = _in_order(history, outlooks, asked).in_order(kept)
    return [_prediction(one, rate) for row, rates in zip(asked, kept, strict=True) for one, rate in zip(row, rates, strict=True)]


def accepted_rates(booked: History, nights: int) -> tuple[BaseRates, Floats]:
    """Return what is known of every coming night's rate, and the rate that guests will have accepted for it in the end.

    ``booked`` are the bookings of one room type.
    """
    return _accepted_rates(booked, paid_rooms(booked), nights)


def _accepted_rates(booked: History, paid: History, nights: int) -> tuple[BaseRates, Floats]:
    base = _never_unknown(base_rates(paid, booked.today, nights), paid)
    settled = settled_rates(booked, paid, base.on_books, nights)
    return base, np.where(np.isnan(settled), base.base, settled)


def plain_rooms(history: History, facts: PropertyFacts, room_type: str, nights: int) -> Floats:
    """Return the rooms that the plain rule expects to sell in the end on every coming night."""
    outlook = _outlook(history, facts, room_type, nights, {})
    return np.minimum(outlook.demand.expected_share * outlook.rooms, np.maximum(outlook.rooms, outlook.demand.on_books))


def _outlook(history: History, facts: PropertyFacts, room_type: str, nights: int, options: Mapping[str, object]) -> TypeOutlook:
    booked, today = of_type(history, room_type), history.today
    told = {one.code: one.rooms for one in facts.room_types if one.rooms}
    there_are = float(told.get(room_type) or most_rooms(booked, today))
    rooms = np.maximum(there_are - rooms_out_of_order(history, facts, (room_type,), nights)[:, 0], 0.0)
    paid = paid_rooms(booked)
    past = accepted(paid, today, today - LOOK_BACK_DAYS + 1, LOOK_BACK_DAYS).adr
    base, ends_at = _accepted_rates(booked, paid, nights)
    return TypeOutlook(
        room_type=room_type,
        base=base,
        ends_at=ends_at,
        demand=demand_ahead(booked, today, nights, rooms, told=room_type in told),
        fences=fences_of(room_type, own_limits(past), WHOSE, options, facts.currency),
        rooms=rooms,
        room_cost=room_cost_of(options),
    )


def own_limits(nightly: Floats) -> tuple[float, float]:
    """Return floor and ceiling as quantiles of what guests accepted on past nights; open where nothing is known."""
    paid = nightly[~np.isnan(nightly)]
    if not len(paid):
        return 0.0, float("inf")
    return float(np.quantile(paid, FLOOR_QUANTILE)), float(np.quantile(paid, CEILING_QUANTILE))


def _never_unknown(rates: BaseRates, paid: History) -> BaseRates:
    """Fill nights about which nothing is known with the mean rate of the room type."""
    mean = float(np.average(paid.numbers["adr"], weights=paid.rooms))
    return replace(rates, base=np.where(np.isnan(rates.base), mean, rates.base))


def _asked(outlook: TypeOutlook, step: int, night: date) -> _Asked:
    base, told = float(outlook.base.base[step]), outlook.fences.standing_at(night)
    return _Asked(outlook, step, night, base, told if told is not None else base)


def _in_order(history: History, outlooks: Sequence[TypeOutlook], asked: Sequence[Sequence[_Asked]]) -> Offers:
    """Return what brings the rates of every night in the order of its room types."""
    types = tuple(one.room_type for one in outlooks)
    booked = booked_rooms(history, types)
    rooms = np.bincount(booked.unit, booked.rooms, len(booked.units)).astype(np.float64)

    def money(rates: Floats) -> Floats:
        cells = zip(asked, rates.tolist(), strict=True)
        return np.array([[one.still_leaves(rate) for one, rate in zip(*row, strict=True)] for row in cells])

    current, needed = (np.array([[getattr(one, name) for one in row] for row in asked]) for name in ("current", "needed"))
    return Offers(
        types=types,
        below=learn_ladder(booked, by_words(booked.units, rooms)[booked.unit], history.today),
        fences=[[one.fences for one in outlooks] for _ in asked],
        standing=current,
        current=current,
        needed=needed,
        money=money,
        today=history.today,
    )


def _prediction(at: _Asked, kept: Kept) -> Prediction:
    outlook, step, base, current = at.outlook, at.step, at.base, at.current
    fences = outlook.fences
    values = {
        "stay_date": at.night,
        "room_type": outlook.room_type,
        "current_rate": round(current, 2),
        "current_from": GUESSED if fences.standing_at(at.night) is None else SAID,
        "suggested_rate": kept.rate,
        "expected_rooms": round(at.rooms(kept.rate), 2),
        "expected_revenue": round(at.money(kept.rate), 2),
        "current_rooms": round(at.rooms(current), 2),
        "current_revenue": round(at.money(current), 2),
        "expected_adr": round(float(outlook.ends_at[step]), 2),
        "otb_rate": money_or_none(outlook.base.on_books[step]),
        "last_year_rate": money_or_none(outlook.base.last_year[step]),
        "floor": money_or_none(fences.floor),
        "ceiling": money_or_none(fences.ceiling),
        "rounding": fences.rounding,
        "basis": BASIS,
        "reasons": plain_reasons(outlook.base, outlook.demand, step, kept, fences.written),
        "room_cost": outlook.room_cost,
        "own_share": 0.0,
        "elasticity": Prior().elasticity,
        "waterfall": _waterfall(outlook.demand, step, base, kept),
        "curve": [[round(kept.rate * f, 2), round(at.rooms(kept.rate * f), 2), round(at.money(kept.rate * f), 2)] for f in CURVE],
    }
    return Prediction(outlook.room_type or "all", at.night, values, MadeBy.STATISTICAL, WHY)


@dataclass(frozen=True)
class _Asked:
    """Rooms and money of one night at any rate: pickup as usual at the base rate, answering the rate as assumed of any hotel.

    ``current`` is the rate that stands now as staff said, else the base rate.
    """

    outlook: TypeOutlook
    step: int
    night: date
    base: float
    current: float

    def kept(self) -> Kept:
        """Return the rate to charge, within the limits of its room type alone."""
        wanted = self.base * (1 + float(self.outlook.demand.move[self.step]))
        fences = self.outlook.fences
        return fences.keep(wanted, self.current, self.night, self.step + 1, self._worth(fences.limited(wanted)))

    def rooms(self, rate: float) -> float:
        """Return the rooms sold in the end."""
        return self._on_books() + self.to_come(rate)

    def money(self, rate: float) -> float:
        """Return the money they bring."""
        paid = self.outlook.base.on_books[self.step]
        return self._on_books() * float(self.base if np.isnan(paid) else paid) + self.to_come(rate) * rate

    @property
    def needed(self) -> float:
        """The money a change of the rate needs to bring."""
        share = self.outlook.fences.least_gain * (1 + ASSUMED_DOUBT)
        stands, current = (np.array(money) for money in (self.to_come(self.current) * self.current, self.current))
        return float(needed_gain(np.array(share), stands, current))

    def _worth(self, wanted: float) -> Worth | None:
        """Return what a change of the rate is expected to bring, and needs to; None for a night that fills up.

        How many it will turn away the rule can only guess: what a dearer room brings there is more than it can tell.
        """
        if self.outlook.demand.fills_up[self.step] > 0:
            return None
        return Worth(self.current, self.still_leaves(wanted) - self.still_leaves(self.current), self.needed)

    def still_leaves(self, rate: float) -> float:
        """Return what is left of the money still to come, once the rooms sold for it are paid."""
        return self.to_come(rate) * (rate - self.outlook.room_cost)

    def _on_books(self) -> float:
        return float(self.outlook.demand.on_books[self.step])

    def to_come(self, rate: float) -> float:
        """Return the rooms of them that are not yet booked."""
        rooms = float(self.outlook.rooms[self.step])
        left = max(rooms - self._on_books(), 0.0)
        usual = max(float(self.outlook.demand.expected_share[self.step]) * rooms - self._on_books(), 0.0)
        answered = [
            books_share(np.array(Prior().reluctance + PRIOR_STEEPNESS * np.log(x))) for x in (max(rate, 0.01) / self.base, 1.0)
        ]
        sold = usual * float(answered[0] / answered[1])
        # Whom a dearer room turns away, others replace as surely as the night fills up.
        replaced = max(usual - sold, 0.0) * float(self.outlook.demand.fills_up[self.step])
        return min(sold + replaced, left)


def _waterfall(demand: PlainDemand, step: int, base: float, kept: Kept) -> dict[str, float]:
    moves = {
        "base": round(base, 2),
        "season": 0.0,
        "weekday": 0.0,
        "events": 0.0,
        "demand": round(base * float(demand.fullness_move[step]), 2),
        "pace": round(base * float(demand.pace_move[step]), 2),
    }
    return {**moves, "fences": round(kept.rate - kept.for_order - sum(moves.values()), 2), "order": kept.for_order}
