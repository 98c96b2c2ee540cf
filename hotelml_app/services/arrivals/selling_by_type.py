"""How many rooms of each type to sell on a night, so that together they are as many as the house is to sell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.ml.out_of_order import out_of_order
from hotelml_app.ml.room_numbers import type_given
from hotelml_app.modules.allocation.inventory import inventory
from hotelml_app.modules.noshow.by_room_type import TypeBooks, share_out
from hotelml_app.modules.noshow.shared_fate import lost_rooms_by_part
from hotelml_app.services.arrivals.at_risk import BooksAtRisk, as_number
from hotelml_app.services.arrivals.lost_rooms import worth_telling
from hotelml_app.services.arrivals.overbooking_views import Costs, OverbookingType
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rooms import kept as rooms_kept

Floats = NDArray[np.float64]


class RoomTypes:
    """The room types of a house, the simplest first, and what is booked of each on the coming nights."""

    def __init__(self, ground: Ground, risky: BooksAtRisk, nights: int) -> None:
        history, facts = ground.data.history, ground.data.facts
        options = rooms_kept.read(ground.parts, ground.row).options
        house = inventory(history, facts, options)
        self.names = tuple(kind for kind in house.types if kind)
        self.ranked = sum(kind in house.ladder for kind in self.names)
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
        now = history.take((history.known_from <= history.today) & (history.known_to > history.today) & history.occupying)
        # Who was moved up is in a better room than was booked, and that one is not free.
        inside = now.status == BookingStatus.IN_HOUSE
        self._part = self._numbered(np.where(inside, type_given(now), now.categories["room_type"].words()))
        self._now = now

    def _numbered(self, kinds: NDArray[np.str_]) -> NDArray[np.int64]:
        """Return the place of each type; those that the house has no rooms of come behind all others."""
        places = {kind: place for place, kind in enumerate(self.names)}
        return np.array([places.get(kind, len(places)) for kind in kinds.tolist()], dtype=np.int64)

    def on(self, night: date, at: int, sell_more: int, costs: Costs, deviation: float) -> tuple[OverbookingType, ...]:
        """Return the advice per type; ``at`` counts nights from the first one after the business date."""
        types, expected = self._books(night, at, deviation)
        advice = share_out(sell_more, types, self.ranked, costs.room_value, costs.walk_cost)
        return tuple(
            OverbookingType(
                room_type=kind,
                rooms=booked.rooms,
                on_books=booked.on_books,
                expected_lost=round(float(lost), 2),
                lost=worth_telling(booked.lost),
                advice=told,
                out_of_order=there_are - booked.rooms,
            )
            for kind, booked, lost, told, there_are in zip(self.names, types, expected, advice, self._rooms, strict=True)
        )

    def _books(self, night: date, at: int, deviation: float) -> tuple[list[TypeBooks], Floats]:
        """Return the books of each type, and how many rooms of it are expected to be lost."""
        day, count = day_number(night), len(self.names)
        staying = (self._now.arrival <= day) & (self._now.departure > day)
        on_books = np.bincount(self._part[staying], self._now.rooms[staying], count + 1)[:count].round().astype(int).tolist()
        rows = self._risky.staying(night)
        part, p_lost, rooms = self._part_at_risk[rows], self._risky.p_lost[rows], self._risky.books.rooms[rows]
        expected: Floats = np.asarray(np.bincount(part, p_lost * rooms, count + 1)[:count], dtype=np.float64)
        alone = [(i,) for i in range(count)]
        better = [tuple(range(i, self.ranked)) or (i,) for i in range(count)]
        lost = lost_rooms_by_part(p_lost, rooms, part, [*alone, *better], deviation)
        types = [
            TypeBooks(
                rooms=max(self._rooms[i] - int(self._closed[i][at]), 0),
                on_books=on_books[i],
                lost=lost[i],
                lost_or_better=lost[count + i],
                to_come=max(self._told("rooms_sold", kind, night) - float(on_books[i] - expected[i]), 0.0),
                rate=self._told("adr", kind, night) or self._told("adr", "", night) or 1.0,
                most_beyond=self._agreed_beyond(kind),
            )
            for i, kind in enumerate(self.names)
        ]
        return types, expected

    def _told(self, metric: str, kind: str, night: date) -> float:
        """Return what the forecast expects of a type; 0 where it says nothing."""
        return max(self._forecast.get((metric, kind, night), 0.0), 0.0)

    def _agreed_beyond(self, kind: str) -> int | None:
        """Return how many rooms of a type staff allow to be sold beyond those there are, None where they did not say."""
        told = self._agreed.get(kind)
        return int(told) if isinstance(told, (int, float)) else None
