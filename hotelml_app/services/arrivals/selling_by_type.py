"""How many rooms of each type to sell on a night, so that together they are as many as the house is to sell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.ml.property.out_of_order import out_of_order
from hotelml_app.ml.property.room_numbers import type_given
from hotelml_app.modules.allocation.house.inventory import inventory
from hotelml_app.modules.noshow.lost_rooms.by_room_type import TypeAdvice, TypeBooks, share_out
from hotelml_app.modules.noshow.lost_rooms.shared_fate import lost_rooms_by_part
from hotelml_app.services.arrivals.at_risk import BooksAtRisk, as_number
from hotelml_app.services.arrivals.lost_rooms import worth_telling
from hotelml_app.services.arrivals.overbooking_views import Costs, OverbookingType
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rooms import kept as rooms_kept

Floats = NDArray[np.float64]

_NOTHING = TypeAdvice(sell_more=0, beyond=0, chance_of_another=0.0)
"""Of no type in particular nothing is to be sold, and any room will do."""


class RoomTypes:
    """The room types of a house, the simplest first, and what is booked of each on the coming nights."""

    def __init__(self, ground: Ground, risky: BooksAtRisk, nights: int) -> None:
        history, facts = ground.data.history, ground.data.facts
        options = rooms_kept.read(ground.parts, ground.row).options
        house = inventory(history, facts, options)
        now = history.take((history.known_from <= history.today) & (history.known_to > history.today) & history.occupying)
        # Who was moved up is in a better room than was booked, and that one is not free.
        inside = now.status == BookingStatus.IN_HOUSE
        kinds = np.where(inside, type_given(now), now.categories["room_type"].words())
        # A new wing, or a type that is called otherwise from now on: booked, but nobody slept in it yet.
        booked = {*house.types, *kinds[(now.arrival <= history.today + nights) & (now.departure > history.today + 1)].tolist()}
        on_ladder = tuple(kind for kind in house.ladder if kind in booked)
        self.names = (*on_ladder, *sorted(booked - {*on_ladder, ""}))
        self.ranked = len(on_ladder)
        self._rooms = [len(house.of_type(kind)) for kind in self.names]
        self._closed = [out_of_order(history, facts, nights).of(kind).round().astype(int) for kind in self.names]
        agreed = options.get("overbooking")
        self._agreed: Mapping[str, object] = agreed if isinstance(agreed, Mapping) else {}
        told = ((one.payload, one.target_date) for one in ground.given("forecast").rows)
        self._forecast = {
            (str(said.get("metric")), str(said.get("room_type") or ""), night): as_number(said.get("p50")) for said, night in told
        }
        self._risky = risky
        self._part_at_risk = self._numbered(risky.books.categories["room_type"].words())
        self._part = self._numbered(kinds)
        self._now = now

    def _numbered(self, kinds: NDArray[np.str_]) -> NDArray[np.int64]:
        """Return the place of each type; what is booked without one comes behind all others."""
        places = {kind: place for place, kind in enumerate(self.names)}
        return np.array([places.get(kind, len(places)) for kind in kinds.tolist()], dtype=np.int64)

    def on(self, night: date, at: int, sell_more: int, costs: Costs, deviation: float) -> tuple[OverbookingType, ...]:
        """Return the advice per type; ``at`` counts nights from the first one after the business date.

        Types that have no room and no booking for the night are left out. What is booked without a type comes last.
        """
        types, expected, of_no_type = self._books(night, at, deviation)
        advice = share_out(sell_more, types, self.ranked, costs.room_value, costs.walk_cost)
        told = [
            OverbookingType(
                room_type=kind,
                rooms=booked.rooms,
                on_books=booked.on_books,
                expected_lost=round(float(lost), 2),
                lost=worth_telling(booked.lost),
                advice=to_sell,
                out_of_order=there_are - booked.rooms,
            )
            for kind, booked, lost, to_sell, there_are in zip(self.names, types, expected, advice, self._rooms, strict=True)
            if there_are or booked.on_books
        ]
        return (*told, of_no_type) if told and of_no_type.on_books else tuple(told)

    def _books(self, night: date, at: int, deviation: float) -> tuple[list[TypeBooks], Floats, OverbookingType]:
        """Return the books of each type, how many rooms of it are expected to be lost, and what is booked without a type."""
        day, count = day_number(night), len(self.names)
        staying = (self._now.arrival <= day) & (self._now.departure > day)
        on_books = np.bincount(self._part[staying], self._now.rooms[staying], count + 1).round().astype(int).tolist()
        rows = self._risky.staying(night)
        part, p_lost, rooms = self._part_at_risk[rows], self._risky.p_lost[rows], self._risky.books.rooms[rows]
        expected: Floats = np.asarray(np.bincount(part, p_lost * rooms, count + 1), dtype=np.float64)
        alone = [(i,) for i in range(count + 1)]
        better = [tuple(range(i, self.ranked)) or (i,) for i in range(count)]
        lost = lost_rooms_by_part(p_lost, rooms, part, [*alone, *better], deviation)
        types = [
            TypeBooks(
                rooms=max(self._rooms[i] - int(self._closed[i][at]), 0),
                on_books=on_books[i],
                lost=lost[i],
                lost_or_better=lost[count + 1 + i],
                to_come=max(self._told("rooms_sold", kind, night) - float(on_books[i] - expected[i]), 0.0),
                rate=self._told("adr", kind, night) or self._told("adr", "", night) or 1.0,
                most_beyond=self._agreed_beyond(kind),
            )
            for i, kind in enumerate(self.names)
        ]
        untold = round(float(expected[count]), 2)
        return types, expected[:count], OverbookingType("", 0, on_books[count], untold, worth_telling(lost[count]), _NOTHING)

    def _told(self, metric: str, kind: str, night: date) -> float:
        """Return what the forecast expects of a type; 0 where it says nothing."""
        return max(self._forecast.get((metric, kind, night), 0.0), 0.0)

    def _agreed_beyond(self, kind: str) -> int | None:
        """Return how many rooms of a type staff allow to be sold beyond those there are, None where they did not say."""
        told = self._agreed.get(kind)
        return int(told) if isinstance(told, (int, float)) else None
