"""How many rooms to sell beyond the house, night by night, and whom to walk first if too many come.

Both rest on the distribution of lost rooms: how many of the bookings that hold a room on a night will not be there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.ml.history import History
from hotelml_app.modules.noshow.overbooking import Advice, advise
from hotelml_app.modules.noshow.shared_fate import lost_rooms_together
from hotelml_app.modules.noshow.walking import Guest, walk_plan
from hotelml_app.services.arrivals.lost_rooms import shared_deviation
from hotelml_app.services.arrivals.overbooking_views import Costs, OverbookingAdvice, OverbookingNight, OverbookingView
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.choose_property import chosen
from hotelml_app.services.asking.words import count, day
from hotelml_app.services.errors import RoomsUnknownError
from hotelml_app.services.nights.on_books import count_nights, value_per_night
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.nights.rooms_to_sell import RoomsToSell, rooms_to_sell
from hotelml_app.services.rates.kept import room_cost
from hotelml_app.settings.model import PropertySettings

if TYPE_CHECKING:
    from hotelml_app.services.appliance import Appliance

NIGHTS = 14
MOST_NIGHTS = 28
"""The risk of a booking is known so far ahead."""

WALK_COST_NIGHTS = 2.0
"""What a walk is taken to cost where nobody said, in nights' rates: a night elsewhere, the way there, the guest's goodwill."""

SMALLEST_COST = 0.01
"""The smallest amount that is still one; a walk told to cost less than half of it would cost nothing."""

WORTH_A_PLAN = 0.05
"""Chance of too many guests from which a night's walk plan is worth having at hand."""

DIRECT = ("direct", "website", "phone", "walk-in")

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
    books = _Risky(ground)
    return tuple(books.expected(books.staying(night)) for night in nights)


def answer(appliance: Appliance, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Return the advice per property. Raises UsageError for an impossible number of nights, RoomsUnknownError."""
    nights = arguments.number("nights", default=NIGHTS, low=1, high=MOST_NIGHTS)
    rows = chosen(appliance.parts.store, arguments.text("property"))
    views = []
    for number, row in enumerate(rows):
        progress(number / len(rows), f"Weighing the nights of {row.name}")
        cancel.check()
        views.append(build(Ground(appliance.parts, row), nights))
    return {"properties": views}


class _House:
    """What every night's advice needs: the books, the rooms, and what staff said a mistake costs."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.books = _Risky(ground)
        self.settings = ground.parts.settings.property(ground.row.name)
        self.rooms = _rooms(ground)
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
        rows = self.books.staying(night)
        lost = self.books.lost(rows)
        most = self.settings.most_overbooked if self.settings else None
        advice = advise(lost, rooms, costs.room_value, costs.walk_cost, most)
        expected = float((lost * np.arange(len(lost))).sum())
        return OverbookingNight(
            night=night,
            rooms=rooms,
            on_books=on_books,
            expected_lost=expected,
            lost=tuple(lost[: _last_seen(lost)].round(6).tolist()),
            by_room_type=self.books.by_room_type(rows),
            costs=costs,
            advice=advice,
            sentence=_sentence(night, self.rooms.in_words(at), on_books, expected, advice),
            rooms_told=self.rooms.rooms.told,
            out_of_order=self.rooms.out_of_order[at],
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


class _Risky:
    """The bookings that hold a room and have not arrived, with the risk of each; unknown risks count as none."""

    def __init__(self, ground: Ground) -> None:
        self.books: History = ground.books
        told = {str(one.payload.get("reservation_id")): one.payload for one in ground.given("noshow").rows}
        ids = [str(self.books.reservation_ids[number]) for number in self.books.booking]
        self.ids = ids
        self.p_lost: Floats = np.array([_number(told.get(one, {}).get("p_lost")) for one in ids])
        self.deviation = shared_deviation(ground)

    def staying(self, night: date) -> NDArray[np.bool_]:
        """Return which of them hold a room on a night."""
        wanted = day_number(night)
        result: NDArray[np.bool_] = (self.books.arrival <= wanted) & (self.books.departure > wanted)
        return result

    def lost(self, rows: NDArray[np.bool_]) -> Floats:
        """Return the probability of losing 0, 1, 2… rooms of some bookings."""
        return lost_rooms_together(self.p_lost[rows], self.books.rooms[rows], self.deviation)

    def expected(self, rows: NDArray[np.bool_]) -> float:
        """Return how many rooms of some bookings are lost on average."""
        return float(self.p_lost[rows] @ self.books.rooms[rows])

    def by_room_type(self, rows: NDArray[np.bool_]) -> dict[str, float]:
        """Return the rooms expected to be lost per booked type, types that lose none left out."""
        column = self.books.categories["room_type"]
        sums = np.bincount(column.codes[rows], (self.p_lost * self.books.rooms)[rows], minlength=len(column.labels))
        return {
            label: round(float(total), 2) for label, total in zip(column.labels, sums, strict=True) if label and total > 0.005
        }

    def guests(self, night: date) -> tuple[Guest, ...]:
        """Return those who arrive on a night as candidates for a walk."""
        books = self.books
        arriving = np.flatnonzero(books.arrival == day_number(night))
        number = {name: np.nan_to_num(books.numbers[name]) for name in ("previous_stays", "repeated_guest", "children")}
        wishes = np.nan_to_num(books.numbers["special_requests"])
        channel, rooms, nights = books.categories["channel"], books.rooms, books.nights
        return tuple(
            Guest(
                reservation_id=self.ids[i],
                nights=int(nights[i]),
                nights_short=1,
                rooms=int(rooms[i]),
                stayed_before=bool(number["previous_stays"][i] > 0 or number["repeated_guest"][i] > 0),
                children=bool(number["children"][i] > 0),
                wishes=bool(wishes[i] > 0),
                direct=channel.labels[channel.codes[i]].casefold() in DIRECT,
                certain=False,
            )
            for i in arriving
        )


def _last_seen(lost: Floats) -> int:
    """Return how many entries are worth telling; what lies beyond one in a hundred thousand is nothing to look at."""
    seen = np.flatnonzero(lost > 1e-5)
    return (int(seen[-1]) if len(seen) else 0) + 1


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
        expected = _number(told.get(first + timedelta(days=i), {}).get("p50"))
        found.append(expected if expected > 0 else (booked[i] if np.isfinite(booked[i]) else usual))
    return np.array(found)


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
