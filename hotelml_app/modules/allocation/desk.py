"""The desk's task made of bookings: every room that is needed becomes a stay of the problem, every choice gets its points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.allocation import costs
from hotelml_app.modules.allocation.inventory import Inventory, Room
from hotelml_app.modules.allocation.problem import NO_ROOM, Flags, Floats, Problem, Together
from hotelml_app.modules.allocation.stays import Stay
from hotelml_app.modules.allocation.wishes import Wishes

TypePoints = Callable[[Stay], Mapping[str, float]]
"""Returns the points of every type a stay may be given."""


@dataclass(frozen=True)
class Need:
    """One room that a booking needs, the ``number``-th of it. ``told`` is the room it was told, ``promised`` by the PMS.

    ``suggested`` is the room it was suggested the last time.
    """

    stay: Stay
    number: int
    told: int = NO_ROOM
    promised: bool = False
    guest: bool = False
    suggested: int = NO_ROOM


@dataclass(frozen=True)
class Desk:
    """``needs`` are the stays of ``problem`` in order; ``locked`` are needs whose room staff chose, with that room.

    ``rooms`` are those of the house and behind them places to wait where overbooking is allowed. ``refused_locks`` are
    rooms that staff locked or the PMS promises but that are not to be had, by reservation.
    """

    house: Inventory
    wishes: Wishes
    rooms: tuple[Room, ...]
    needs: tuple[Need, ...]
    locked: tuple[tuple[Need, int], ...]
    problem: Problem
    refused_locks: Mapping[str, tuple[str, ...]]

    def waiting(self, room: int) -> bool:
        """Tell whether a position is no room but a place to wait for one."""
        return room >= len(self.house.rooms)


class DeskBuilder:
    """Lays bookings, closures and wishes out as a problem. Nights count from ``first_night``."""

    def __init__(self, house: Inventory, wishes: Wishes, first_night: int, horizon: int, type_points: TypePoints) -> None:
        self._house, self._wishes, self._first_night, self._horizon = house, wishes, first_night, horizon
        self._type_points = type_points
        self._position = {room.number: index for index, room in enumerate(house.rooms)}
        waiting = [Room("", kind, named=False) for kind, count in wishes.overbooking.items() for _ in range(count)]
        self._rooms = (*house.rooms, *waiting)
        self._kinds = {name: number for number, name in enumerate(dict.fromkeys(room.room_type for room in self._rooms))}
        self._kind_of = np.array([self._kinds[room.room_type] for room in self._rooms], dtype=np.int64)
        self._refused: dict[str, tuple[str, ...]] = {}

    def build(self, arrivals: Sequence[Stay], staying: Sequence[Stay]) -> Desk:
        """Return the desk's task for the arrivals of the horizon and the guests in the house."""
        last = max((stay.last_day for stay in (*arrivals, *staying)), default=self._first_night)
        nights = max(last - self._first_night, self._horizon)
        closed = np.zeros((len(self._rooms), nights), dtype=bool)
        for entry in self._wishes.closed:
            closed[self._position[entry.room], self._nights(entry.first, entry.end, nights)] = True
        movable, floating = self._keep_guests(staying, closed)
        locked, needs = self._keep_locks(arrivals, closed)
        needs = [*needs, *movable, *floating]
        return Desk(
            self._house, self._wishes, self._rooms, tuple(needs), tuple(locked), self._problem(needs, closed), self._refused
        )

    def _keep_guests(self, staying: Sequence[Stay], closed: Flags) -> tuple[list[Need], list[Need]]:
        """Close the rooms of guests in the house; return those who may be moved, and those whose room no export shows."""
        movable, floating = [], []
        sharing = Counter(stay.room for stay in staying)
        for stay in staying:
            room = self._position.get(stay.room)
            if room is None:
                floating += [Need(stay, number, guest=True) for number in range(stay.rooms)]
            elif self._wishes.move_guests and sharing[stay.room] == 1:
                movable.append(Need(stay, 0, room, promised=True, guest=True))
            else:
                closed[room, self._nights(stay.arrival, stay.last_day, closed.shape[1])] = True
        return movable, floating

    def _keep_locks(self, arrivals: Sequence[Stay], closed: Flags) -> tuple[list[tuple[Need, int]], list[Need]]:
        """Close the rooms that staff locked to bookings; return those, and the needs that are still to be met."""
        locked, needs = [], []
        for stay in arrivals:
            wanted = self._wishes.locks.get(stay.reservation_id, ())
            missing = []
            for number in range(stay.rooms):
                room = self._position.get(wanted[number]) if number < len(wanted) else None
                nights = self._nights(stay.arrival, stay.last_day, closed.shape[1])
                if room is not None and not closed[room, nights].any():
                    closed[room, nights] = True
                    locked.append((Need(stay, number), room))
                    continue
                if number < len(wanted):
                    self._refused[stay.reservation_id] = (*self._refused.get(stay.reservation_id, ()), wanted[number])
                missing.append(number)
            needs += list(self._told(stay, missing, {room for _, room in locked}))
        return locked, needs

    def _told(self, stay: Stay, missing: Sequence[int], locked: set[int]) -> Iterator[Need]:
        promised = [part.strip() for part in stay.room.split(",")] if stay.room not in self._position else [stay.room]
        suggested = self._wishes.previous.get(stay.reservation_id, ())
        for number in missing:
            by_pms = self._position.get(promised[number]) if number < len(promised) else None
            before = self._position.get(suggested[number]) if number < len(suggested) else None
            room = by_pms if by_pms is not None else before
            if room in locked:
                room = None
            told = NO_ROOM if room is None else room
            yield Need(stay, number, told, promised=by_pms is not None, suggested=NO_ROOM if before is None else before)

    def _problem(self, needs: Sequence[Need], closed: Flags) -> Problem:
        points = np.array([self._points(need) for need in needs]).reshape(len(needs), len(self._rooms))
        at = {(need.stay.reservation_id, need.number): index for index, need in enumerate(needs)}
        pairs = ((pair, at.get((pair.one, 0)), at.get((pair.other, 0))) for pair in self._wishes.together)
        together = [
            Together(one, other, costs.WISH * p.weight) for p, one, other in pairs if one is not None and other is not None
        ]
        return Problem(
            first=np.array([max(need.stay.arrival - self._first_night, 0) for need in needs], dtype=np.int64),
            end=np.array([need.stay.last_day - self._first_night for need in needs], dtype=np.int64),
            points=points,
            refusal=np.array([self._refusal(need) for need in needs], dtype=np.float64),
            current=np.array([need.told for need in needs], dtype=np.int64),
            closed=closed,
            kind=self._kind_of,
            look=self._horizon,
            stretch=costs.STRETCH,
            together=tuple(together),
            doors=tuple((self._position[a], self._position[b]) for a, b in self._wishes.doors),
        )

    def _points(self, need: Need) -> Floats:
        stay, house = need.stay, len(self._house.rooms)
        if need.guest and need.told == NO_ROOM:
            # His type is known and full of rooms, or nothing is known of where he is.
            own = self._kind_of == self._kinds.get(stay.room_type, -1)
            return np.where(own | ~own.any(), 0.0, np.inf)
        by_type = dict(self._type_points(stay))
        decided = self._rooms[need.told].room_type if need.told != NO_ROOM else stay.given_type
        if decided:
            by_type[decided] = 0.0
        points = np.array([by_type.get(kind, np.inf) for kind in self._kinds])[self._kind_of]
        liked = self._wishes.liked.get(stay.reservation_id)
        if liked:
            points += costs.wish_points(liked, tuple(room.features for room in self._rooms))
        points[house:] = np.inf if need.guest else points[house:] + costs.WAITING
        if need.told != NO_ROOM:
            moved = costs.GUEST_MOVED if need.guest else costs.PROMISE_BROKEN if need.promised else costs.SUGGESTION_CHANGED
            points[: need.told] += moved
            points[need.told + 1 :] += moved
            if need.suggested not in (NO_ROOM, need.told):
                points[need.suggested] -= costs.SUGGESTION_KEPT
        return points

    def _refusal(self, need: Need) -> float:
        return costs.FLOATING_GUEST if need.guest else costs.refusal(need.stay.last_day - need.stay.arrival)

    def _nights(self, first: int, end: int, nights: int) -> slice:
        low, high = first - self._first_night, end - self._first_night
        return slice(min(max(low, 0), nights), min(max(high, 0), nights))
