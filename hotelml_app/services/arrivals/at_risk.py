"""The bookings that may be lost before they arrive, with the risk of each."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number
from hotelml_app.ml.property.history import History
from hotelml_app.modules.noshow.lost_rooms.shared_fate import lost_rooms_together
from hotelml_app.modules.noshow.lost_rooms.walking import Guest
from hotelml_app.services.arrivals.lost_rooms import shared_deviation
from hotelml_app.services.nights.page_ground import Ground

DIRECT = ("direct", "website", "phone", "walk-in")

Floats = NDArray[np.float64]


class BooksAtRisk:
    """The bookings that hold a room and have not arrived, with the risk of each; unknown risks count as none."""

    def __init__(self, ground: Ground) -> None:
        self.books: History = ground.books
        told = {str(one.payload.get("reservation_id")): one.payload for one in ground.given("noshow").rows}
        ids = [str(self.books.reservation_ids[number]) for number in self.books.booking]
        self.ids = ids
        self.p_lost: Floats = np.array([as_number(told.get(one, {}).get("p_lost")) for one in ids])
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


def as_number(value: object) -> float:
    """Return a number of a prediction, 0 where it says nothing."""
    return float(value) if isinstance(value, (int, float)) else 0.0
