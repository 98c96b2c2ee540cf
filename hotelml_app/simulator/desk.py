"""The front desk, day by day: sells, cancels, moves, checks in and out, walks; rooms are finite."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from hotelml_app.simulator.changes import Changes
from hotelml_app.simulator.market import Market
from hotelml_app.simulator.policies import Policy, Selling, checked_rates
from hotelml_app.simulator.rack import Arrival, RoomRack, Why
from hotelml_app.simulator.requests import NEVER, Requests
from hotelml_app.simulator.streams import Streams

Floats = NDArray[np.float64]
NOBODY = -1
OUT_OF_ORDER_REASONS = ("water damage", "air conditioning", "painting", "lock", "carpet")


class Standing(IntEnum):
    """What has become of a request so far."""

    UNHEARD = 0
    TOO_DEAR = 1
    REFUSED_FULL = 2
    BOOKED = 3
    IN_HOUSE = 4
    CHECKED_OUT = 5
    CANCELLED = 6
    NO_SHOW = 7
    WALKED = 8


@dataclass(frozen=True)
class OutOfOrder:
    """A room that could not be sold from a day up to, not including, another; days count from the opening."""

    room: str
    from_day: int
    to_day: int
    reason: str


@dataclass
class Ledger:
    """What the desk wrote down per request; days count from the opening, NEVER means it did not happen."""

    standing: list[int]
    quoted: Floats
    arrival: list[int]
    departure: list[int]
    shifted: list[bool]
    restay_on: list[int]
    room: list[int]
    second_room: list[int]
    moved_on: list[int]
    why: list[int]
    out_of_order: list[OutOfOrder] = field(default_factory=list)


class FrontDesk:
    """Runs the hotel from the first enquiry to the end of its last business day."""

    def __init__(self, market: Market, requests: Requests, changes: Changes, policy: Policy, streams: Streams, days: int) -> None:
        self.market, self.requests, self.changes, self.policy, self.streams = market, requests, changes, policy, streams
        self.days = days
        types = market.plan.room_types
        spare = market.plan.overbooking
        self.limits = [t.rooms + round(t.rooms * (spare + t.oversell)) for t in types]
        self.house_limit = market.plan.rooms + round(market.plan.rooms * spare)
        self.books = [[0] * market.nights for _ in types]
        self.house = [0] * market.nights
        self.rack = RoomRack(types)
        count = len(requests)
        self.ledger = Ledger(
            standing=[Standing.UNHEARD] * count,
            quoted=np.zeros(count),
            arrival=requests.arrival.tolist(),
            departure=(requests.arrival + requests.nights).tolist(),
            shifted=[False] * count,
            restay_on=[int(NEVER)] * count,
            room=[NOBODY] * count,
            second_room=[NOBODY] * count,
            moved_on=[int(NEVER)] * count,
            why=[int(Why.NOT_ARRIVED)] * count,
        )
        self._types: list[int] = requests.room_type.tolist()
        self._agenda: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._mended: dict[int, list[int]] = defaultdict(list)
        self._tariff_sums = _running(market.tariff)
        self._rate_sums = self._ratio_sums = self._tariff_sums
        self._repairs = streams.of("out of order")

    def run(self) -> Ledger:
        """Live through all days and return what was written down."""
        if not len(self.requests):
            return self.ledger
        for day in range(int(self.requests.day[0]), self.days):
            for row in self._agenda["cancel"].pop(day, ()):
                self._cancel(row)
            for row in self._agenda["shift"].pop(day, ()):
                self._shift(row)
            self._sell(day)
            if day >= 0:
                self._leave(day)
                self._repair(day)
                self._move_rooms(day)
                self._check_in(day)
                for row in self._agenda["extend"].pop(day, ()):
                    self._extend(row, day)
        return self.ledger

    def _fits(self, room_type: int, first: int, end: int, rooms: int = 1) -> bool:
        """True where the type and the house can take ``rooms`` more on every night."""
        if end > len(self.house) or max(self.house[first:end]) + rooms > self.house_limit:
            return False
        return max(self.books[room_type][first:end]) + rooms <= self.limits[room_type]

    def _occupy(self, row: int, first: int, end: int, step: int) -> None:
        """Add to or take from the books of the nights from ``first`` up to ``end``."""
        books, house = self.books[self._types[row]], self.house
        for night in range(first, end):
            books[night] += step
            house[night] += step

    def _release(self, row: int, standing: Standing) -> None:
        """Take a whole booking off the books for good."""
        self._occupy(row, self.ledger.arrival[row], self.ledger.departure[row], -1)
        self.ledger.standing[row] = standing

    def _cancel(self, row: int) -> None:
        if self.ledger.standing[row] == Standing.BOOKED:
            self._release(row, Standing.CANCELLED)

    def _shift(self, row: int) -> None:
        """Move a stay to other dates where the house can take it and it is not too late."""
        book = self.ledger
        if book.standing[row] != Standing.BOOKED or self.requests.cancel_on[row] != NEVER or self.requests.no_show[row]:
            return
        first, end, step = book.arrival[row], book.departure[row], int(self.changes.shift_days[row])
        self._occupy(row, first, end, -1)
        if first + step > max(int(self.changes.shift_on[row]), -1) and self._fits(self._types[row], first + step, end + step):
            book.arrival[row], book.departure[row], book.shifted[row] = first + step, end + step, True
            self._agenda["arrive"][first + step].append(row)
        self._occupy(row, book.arrival[row], book.departure[row], +1)

    def _price(self, day: int) -> None:
        """Ask the policy for its rates, the first time or daily where it reacts."""
        if self.policy.reacts or self._rate_sums is self._tariff_sums:
            on_books = np.array(self.books, dtype=float).T
            rates = checked_rates(self.policy, Selling(self.market, self.streams, day, on_books))
            self._rate_sums, self._ratio_sums = _running(rates), _running(rates / self.market.reference)

    def _sell(self, day: int) -> None:
        """Answer the day's enquiries: quote, and book where the guest accepts and there is room."""
        asked = self.requests
        low, high = np.searchsorted(asked.day, (day, day + 1))
        if low == high:
            return
        self._price(day)
        today = slice(low, high)
        first, kind, nights = asked.arrival[today], asked.room_type[today], asked.nights[today]
        end = first + nights
        contract = np.array([part.segment.contract for part in self.market.segments])[asked.segment[today]]
        ratio = (self._ratio_sums[end, kind] - self._ratio_sums[first, kind]) / nights
        public = (self._rate_sums[end, kind] - self._rate_sums[first, kind]) / nights
        printed = (self._tariff_sums[end, kind] - self._tariff_sums[first, kind]) / nights
        self.ledger.quoted[today] = np.where(contract, printed, public)
        accepted = (asked.most[today] >= ratio).tolist()
        sizes, leads = asked.size[today].tolist(), asked.first[today].tolist()
        for offset, (leader, size) in enumerate(zip(leads, sizes, strict=True)):
            if leader:
                self._answer(int(low) + offset, size, accepted[offset])

    def _answer(self, row: int, size: int, accepted: bool) -> None:
        """Book all rooms of a party, or none."""
        book = self.ledger
        outcome = Standing.TOO_DEAR
        if accepted:
            fits = self._fits(self._types[row], book.arrival[row], book.departure[row], size)
            outcome = Standing.BOOKED if fits else Standing.REFUSED_FULL
        for one in range(row, row + size):
            book.standing[one] = outcome
            if outcome == Standing.BOOKED:
                self._occupy(one, book.arrival[one], book.departure[one], +1)
                self._agenda["arrive"][book.arrival[one]].append(one)
                for name, on in (("cancel", self.requests.cancel_on[one]), ("shift", self.changes.shift_on[one])):
                    if on != NEVER:
                        self._agenda[name][int(on)].append(one)

    def _leave(self, day: int) -> None:
        """Check out who leaves today, early or as planned."""
        book = self.ledger
        for row in self._agenda["leave early"].pop(day, ()):
            self._occupy(row, day, book.departure[row], -1)
            book.departure[row], book.restay_on[row] = day, day
            self._agenda["check out"][day].append(row)
        for row in self._agenda["check out"].pop(day, ()):
            if book.departure[row] == day and book.standing[row] == Standing.IN_HOUSE:
                book.standing[row] = Standing.CHECKED_OUT
                self.rack.give_back(self._room_now(row))

    def _room_now(self, row: int) -> int:
        """Return the room a guest has, after a move the second."""
        second = self.ledger.second_room[row]
        return self.ledger.room[row] if second == NOBODY else second

    def _repair(self, day: int) -> None:
        """Take rooms out of order on quiet days and put mended ones back."""
        for room in self._mended.pop(day, ()):
            self.rack.give_back(room)
        rooms = len(self.rack.numbers)
        faults = int(self._repairs.poisson(rooms * self.market.plan.out_of_order / 3))
        for _ in range(faults):
            room, length = int(self._repairs.integers(0, rooms)), int(self._repairs.integers(1, 6))
            reason = OUT_OF_ORDER_REASONS[int(self._repairs.integers(0, len(OUT_OF_ORDER_REASONS)))]
            if self.rack.is_free(room) and max(self.house[day : day + length]) < 0.85 * rooms:
                self.rack.take(room)
                self._mended[day + length].append(room)
                self.ledger.out_of_order.append(OutOfOrder(self.rack.numbers[room], day, day + length, reason))

    def _move_rooms(self, day: int) -> None:
        """Give guests who asked for it another room of their type, where one is free."""
        for row in self._agenda["move"].pop(day, ()):
            other = self.rack.another(self.ledger.room[row])
            if self.ledger.standing[row] == Standing.IN_HOUSE and other is not None:
                self.rack.take(other)
                self.rack.give_back(self.ledger.room[row])
                self.ledger.second_room[row], self.ledger.moved_on[row] = other, day

    def _check_in(self, day: int) -> None:
        """Receive the day's arrivals: no-shows are released, the others get a room while there is one."""
        book, asked = self.ledger, self.requests
        due = [r for r in self._agenda["arrive"].pop(day, ()) if book.standing[r] == Standing.BOOKED and book.arrival[r] == day]
        showing = [row for row in due if not asked.no_show[row] or book.shifted[row]]
        for row in set(due) - set(showing):
            self._release(row, Standing.NO_SHOW)
        waiting = [0] * len(self.books)
        for row in showing:
            waiting[self._types[row]] += 1
        for row in showing:
            waiting[self._types[row]] -= 1
            luck = float(self.changes.luck[row])
            guest = Arrival(self._types[row], bool(asked.regular[row]), int(asked.children[row]), luck)
            room, why = self.rack.assign(guest, waiting)
            book.why[row] = int(why)
            if room is None:
                self._release(row, Standing.WALKED)
                continue
            book.standing[row], book.room[row] = Standing.IN_HOUSE, room
            self._plan_stay(row, day)

    def _plan_stay(self, row: int, day: int) -> None:
        """Note when an arrived guest will leave, ask for more nights or need another room."""
        end = self.ledger.departure[row]
        self._agenda["check out"][end].append(row)
        changes = self.changes
        if 0 < changes.stay_only[row] < end - day:
            self._agenda["leave early"][day + int(changes.stay_only[row])].append(row)
        elif changes.extend[row]:
            self._agenda["extend"][end - 1].append(row)
        if 0 < changes.move_after[row] < end - day:
            self._agenda["move"][day + int(changes.move_after[row])].append(row)

    def _extend(self, row: int, day: int) -> None:
        """Let a guest stay longer where the house can take it."""
        book, more = self.ledger, int(self.changes.extend[row])
        end = book.departure[row]
        if book.standing[row] == Standing.IN_HOUSE and self._fits(self._types[row], end, end + more):
            self._occupy(row, end, end + more, +1)
            book.departure[row], book.restay_on[row] = end + more, day
            self._agenda["check out"][end + more].append(row)


def _running(table: Floats) -> Floats:
    """Return running sums over nights with a leading zero row, so that a stay's sum is one difference."""
    return np.vstack([np.zeros((1, table.shape[1])), np.cumsum(table, axis=0)])
