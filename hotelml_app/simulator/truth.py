"""What is really true of a synthetic hotel: who came, who was lost, what was wanted at any rate, which rates earn most."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.bookings import Bookings, State, state_at
from hotelml_app.simulator.desk import Standing
from hotelml_app.simulator.errors import SimulationError
from hotelml_app.simulator.losses import intensity_left
from hotelml_app.simulator.market import Market
from hotelml_app.simulator.policies import Policy, Selling
from hotelml_app.simulator.pricing_truth import PricingTruth
from hotelml_app.simulator.requests import NEVER, Requests

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Risk:
    """The true risk of bookings on the books at the end of a day, parallel arrays."""

    reservation_id: NDArray[np.object_]
    arrival: Ints
    p_cancel: Floats
    p_no_show: Floats

    @property
    def p_lost(self) -> Floats:
        """Probability of being cancelled or not shown up for."""
        return self.p_cancel + self.p_no_show


@dataclass(frozen=True)
class Truth:
    """The whole truth. Days are dates outside and counted from the opening inside."""

    market: Market
    bookings: Bookings
    requests: Requests
    standing: Ints
    selling: Selling
    days: int
    policy: Policy

    @cached_property
    def final(self) -> State:
        """All bookings as they stood at the end of the last business day."""
        return state_at(self.bookings, self.days - 1)

    @cached_property
    def pricing(self) -> PricingTruth:
        """Demand, expected revenue and the best rates."""
        return PricingTruth(self.market, self.selling, self.days, self._survivors)

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.bookings.reservation_id.tolist())}

    def row(self, reservation_id: str) -> int:
        """Return the position of a booking. Raises SimulationError for an unknown one."""
        if reservation_id not in self._row_of:
            raise SimulationError(f"There is no booking {reservation_id}.", remedy="Ask for one from an export of this hotel.")
        return self._row_of[reservation_id]

    def _number(self, day: date) -> int:
        return (day - self.market.calendar.opening).days

    def type_number(self, code: str | None) -> int | None:
        """Return the position of a room type, None for the whole house. Raises SimulationError for an unknown code."""
        codes = [room_type.code for room_type in self.market.plan.room_types]
        if code is not None and code not in codes:
            raise SimulationError(f"There is no room type '{code}'.", remedy=f"Room types: {', '.join(codes)}.")
        return None if code is None else codes.index(code)

    def _sleeping(self, state: State, night: int, room_type: str | None) -> NDArray[np.bool_]:
        here = state.holds_room & (state.arrival <= night) & (night < state.departure)
        kind = self.type_number(room_type)
        return here if kind is None else here & (self.bookings.room_type[state.rows] == kind)

    def rooms_sold(self, night: date, room_type: str | None = None) -> int:
        """Return the rooms really slept in (for nights after the last business day: on the books then), by booked type."""
        return int(self._sleeping(self.final, self._number(night), room_type).sum())

    def on_books(self, night: date, day: date, room_type: str | None = None) -> int:
        """Return the rooms on the books for a night as known at the end of ``day``."""
        return int(self._sleeping(state_at(self.bookings, self._number(day)), self._number(night), room_type).sum())

    def arrivals(self, day: date) -> int:
        """Return the bookings that really arrived."""
        return int((self.final.holds_room & (self.final.arrival == self._number(day))).sum())

    def revenue(self, night: date) -> float:
        """Return the room revenue of a night."""
        return float(self.final.adr[self._sleeping(self.final, self._number(night), None)].sum())

    def nightly(self, first: date, last: date) -> dict[str, list[float]]:
        """Return rooms sold, arrivals, revenue and ADR of each night from ``first`` to ``last``."""
        nights = [first + timedelta(days=step) for step in range((last - first).days + 1)]
        sold, revenue = [self.rooms_sold(night) for night in nights], [self.revenue(night) for night in nights]
        return {
            "rooms_sold": [float(rooms) for rooms in sold],
            "arrivals": [float(self.arrivals(night)) for night in nights],
            "revenue": revenue,
            "adr": [money / rooms if rooms else 0.0 for money, rooms in zip(revenue, sold, strict=True)],
        }

    def lost(self, reservation_id: str) -> str:
        """Return how a booking was lost: "cancelled", "no-show", "walked", or "" where it was not."""
        row = self.row(reservation_id)
        if self.bookings.lost_on[row] == NEVER:
            return ""
        if self.bookings.walked[row]:
            return "walked"
        return "no-show" if self.bookings.lost_as[row] == BookingStatus.NO_SHOW else "cancelled"

    def risk(self, day: date) -> Risk:
        """Return the exact probabilities of loss of all bookings that lie ahead at the end of ``day``.

        A booking whose dates were moved is certain to come; walks are not counted.
        """
        number = self._number(day)
        state = state_at(self.bookings, number)
        ahead = state.take((state.status == BookingStatus.RESERVED) & (state.arrival > number))
        b, rows = self.bookings, ahead.rows
        fixed = b.shifted_on[rows] <= number
        left = np.maximum(b.arrival[rows] - number, 0)
        intensity = intensity_left(b.hazard[rows], b.arrival[rows] - b.booked_on[rows], left)
        p_cancel = np.where(fixed, 0.0, 1 - np.exp(-intensity))
        p_no_show = np.where(fixed, 0.0, (1 - p_cancel) * b.miss[rows])
        return Risk(b.reservation_id[rows], ahead.arrival, p_cancel, p_no_show)

    def _survivors(self, day: int) -> Floats:
        """Return the rooms on the books at the end of ``day`` that are expected to come, per night and type."""
        opening = self.market.calendar.opening
        risk = self.risk(opening + timedelta(days=day))
        chance = dict(zip(risk.reservation_id.tolist(), (1 - risk.p_lost).tolist(), strict=True))
        state = state_at(self.bookings, day)
        table = np.zeros_like(self.market.reference)
        for row in np.flatnonzero(state.holds_room & (state.departure > day)):
            booking = state.rows[row]
            stays = chance.get(self.bookings.reservation_id[booking], 1.0)
            table[max(state.arrival[row], 0) : state.departure[row], self.bookings.room_type[booking]] += stays
        return table

    def outcomes_of_requests(self) -> dict[str, int]:
        """Return how many rooms were asked for and what became of them."""
        return {standing.name.lower(): int((self.standing == standing).sum()) for standing in Standing}

    def demand(self, stay_date: date, room_type: str, rate: float, *, as_of: date | None = None, net: bool = False) -> float:
        """Return the rooms wanted for a night at a rate; see PricingTruth.demand."""
        return self.pricing.demand(stay_date, room_type, rate, as_of=as_of, net=net)

    def oracle_rate(self, stay_date: date, room_type: str, *, as_of: date | None = None) -> float:
        """Return the rate that earns most; see PricingTruth.oracle_rate."""
        return self.pricing.oracle_rate(stay_date, room_type, as_of=as_of)

    def expected_revenue(
        self, policy: Policy | Callable[[date, str], float] | str, dates: Iterable[date], *, as_of: date | None = None
    ) -> float:
        """Return the expected room revenue of some nights under a policy; see PricingTruth.expected_revenue."""
        return self.pricing.expected_revenue(policy, dates, as_of=as_of)
