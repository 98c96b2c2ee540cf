"""How many rooms to sell beyond the house, night by night, and whom to walk first if too many come.

Both rest on the distribution of lost rooms: how many of the bookings that hold a room on a night will not be there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.modules.noshow.lost_rooms.overbooking import Advice, advise
from hotelml_app.modules.noshow.lost_rooms.walking import walk_plan
from hotelml_app.services.arrivals.at_risk import BooksAtRisk, as_number
from hotelml_app.services.arrivals.lost_rooms import worth_telling
from hotelml_app.services.arrivals.overbooking_views import Costs, OverbookingAdvice, OverbookingNight, OverbookingView
from hotelml_app.services.arrivals.selling_by_type import RoomTypes
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.choose_property import chosen
from hotelml_app.services.asking.words import count, day
from hotelml_app.services.errors import RoomsUnknownError
from hotelml_app.services.nights.on_books import count_nights, value_per_night
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.nights.rooms_to_sell import RoomsToSell, rooms_to_sell
from hotelml_app.services.parts import Parts
from hotelml_app.services.rates.kept import room_cost
from hotelml_app.settings.model import PropertySettings

NIGHTS = 14
MOST_NIGHTS = 28
"""The risk of a booking is known so far ahead."""

WALK_COST_NIGHTS = 2.0
"""What a walk is taken to cost where nobody said, in nights' rates: a night elsewhere, the way there, the guest's goodwill."""

SMALLEST_COST = 0.01
"""The smallest amount that is still one; a walk told to cost less than half of it would cost nothing."""

WORTH_A_PLAN = 0.05
"""Chance of too many guests from which a night's walk plan is worth having at hand."""

Floats = NDArray[np.float64]


def build(ground: Ground, nights: int = NIGHTS) -> OverbookingView:
    """Return the advice for the coming nights, and the walk plan of the first on which too many may come.

    Raises RoomsUnknownError.
    """
    house = _House(ground)
    found = house.nights(range(nights))
    chosen = next((one for one in found if one.chance_too_many > WORTH_A_PLAN), found[0])
    plan = walk_plan(house.books.guests(chosen.night), chosen.costs.walk_cost)
    return OverbookingView(ground.row.name, ground.as_of, found, chosen.night, plan)


def night_advice(ground: Ground, night: date) -> OverbookingAdvice | None:
    """Return the advice for one night, with whom to walk if too many come; None where nobody knows how many rooms there are."""
    try:
        house = _House(ground)
    except RoomsUnknownError:
        return None
    (found,) = house.nights([(night - ground.as_of).days - 1])
    return OverbookingAdvice(found, walk_plan(house.books.guests(night), found.costs.walk_cost))


def lost_on_nights(ground: Ground, nights: Sequence[date]) -> tuple[float, ...]:
    """Return how many of the rooms on the books for each night are expected to be lost, whenever their guests arrive."""
    books = BooksAtRisk(ground)
    return tuple(books.expected(books.staying(night)) for night in nights)


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Return the advice per property. Raises UsageError for an impossible number of nights, RoomsUnknownError."""
    nights = arguments.number("nights", default=NIGHTS, low=1, high=MOST_NIGHTS)
    rows = chosen(parts.store, arguments.text("property"))
    views = []
    for number, row in enumerate(rows):
        progress(number / len(rows), f"Weighing the nights of {row.name}")
        cancel.check()
        views.append(build(Ground(parts, row), nights))
    return {"properties": views}


class _House:
    """What every night's advice needs: the books, the rooms, and what staff said a mistake costs."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.books = BooksAtRisk(ground)
        self.settings = ground.parts.settings.property(ground.row.name)
        self.rooms = _rooms(ground)
        self.types = RoomTypes(ground, self.books, MOST_NIGHTS)
        self.room_cost = room_cost(ground.parts, ground.row)

    def nights(self, ahead: Sequence[int]) -> tuple[OverbookingNight, ...]:
        """Return the advice for some nights, 0 being the first one after the business date."""
        first, count = self.ground.as_of + timedelta(days=1), max(ahead) + 1
        on_books = count_nights(self.ground.data.history, first, count).on_books
        values = _room_values(self.ground, first, count)
        return tuple(self._night(first + timedelta(days=i), float(on_books[i]), float(values[i])) for i in ahead)

    def _night(self, night: date, on_books: float, rate: float) -> OverbookingNight:
        at = (night - self.ground.as_of).days - 1
        rooms, costs = self.rooms.on(at) or 0, _costs(self.settings, rate, self.room_cost)
        lost = self.books.lost(self.books.staying(night))
        most = self.settings.most_overbooked if self.settings else None
        advice = advise(lost, rooms, costs.room_value, costs.walk_cost, most)
        expected = float((lost * np.arange(len(lost))).sum())
        types = self.types.on(night, at, advice.sell_up_to - round(on_books), costs, self.books.deviation)
        return OverbookingNight(
            night=night,
            rooms=rooms,
            on_books=on_books,
            expected_lost=expected,
            lost=worth_telling(lost),
            by_room_type={one.room_type: one.expected_lost for one in types if one.room_type and one.expected_lost},
            costs=costs,
            advice=advice,
            sentence=_sentence(night, self.rooms.in_words(at), on_books, expected, advice),
            rooms_told=self.rooms.rooms.told,
            out_of_order=self.rooms.out_of_order[at],
            room_types=types,
        )


def _rooms(ground: Ground) -> RoomsToSell:
    """Return how many rooms can be sold. Raises RoomsUnknownError: the most that is booked for a night to come is no house."""
    rooms = rooms_to_sell(ground, MOST_NIGHTS)
    if rooms.rooms.count is None:
        raise RoomsUnknownError(
            f"How many rooms {ground.row.name} has is not known: no export says, and no night has passed that could tell.",
            remedy="Say in the settings how many there are, then ask again.",
        )
    return rooms


def _sentence(night: date, house: str, on_books: float, expected: float, advice: Advice) -> str:
    left = advice.sell_up_to - round(on_books)
    begin = f"{day(night)}: {round(on_books):,} on the books for {house}, {expected:.1f} likely to be lost"
    if left < 0:
        return f"{begin}; {count(-left, 'room')} more than it pays to sell, so sell none and see the walk plan."
    if advice.beyond == 0:
        return f"{begin}; do not sell beyond the house."
    return (
        f"{begin}; sell up to {advice.sell_up_to:,}, {count(advice.beyond, 'room')} beyond the house "
        f"({advice.chance_of_walking:.0%} risk of a walk if all are sold)."
    )


def _costs(settings: PropertySettings | None, usual_rate: float, room_cost: float) -> Costs:
    """Return what staff said; else an empty room misses the rate less what occupying it costs, and a walk costs nights' rates.

    Where no rate is known, that of which the walk that staff told would be the usual cost stands for it.
    """
    value = settings.room_value if settings else None
    walk = settings.walk_cost if settings else None
    if usual_rate <= 0 and walk is not None:
        usual_rate = walk / WALK_COST_NIGHTS
    rate, missed = (usual_rate, usual_rate - room_cost) if value is None else (value, value)
    walked = max(walk if walk is not None else WALK_COST_NIGHTS * max(rate, 1.0), SMALLEST_COST)
    return Costs(round(max(missed, 1.0), 2), round(walked, 2), value is not None, walk is not None, rate > 0)


def _room_values(ground: Ground, first: date, nights: int) -> Floats:
    """Return what one more room brings per night: the expected rate, or the rate on the books where none is forecast."""
    told = {one.target_date: one.payload for one in ground.given("forecast").cells("adr", "")}
    revenue, rated = value_per_night(ground.data.history, first, nights)
    booked = revenue / np.where(rated > 0, rated, np.nan)
    usual = float(np.nansum(revenue) / max(float(rated.sum()), 1.0))
    found = []
    for i in range(nights):
        expected = as_number(told.get(first + timedelta(days=i), {}).get("p50"))
        found.append(expected if expected > 0 else (booked[i] if np.isfinite(booked[i]) else usual))
    return np.array(found)
