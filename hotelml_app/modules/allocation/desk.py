"""The desk's task made of bookings: every room that is needed becomes a stay of the problem, every choice gets its points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.allocation.house.inventory import Inventory, Room
from hotelml_app.modules.allocation.house.stays import Stay
from hotelml_app.modules.allocation.house.wishes import Wishes, rooms_named
from hotelml_app.modules.allocation.plans import costs
from hotelml_app.modules.allocation.plans.problem import NO_ROOM, Flags, Floats, Problem, Together

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
    rooms that staff locked but that are not to be had, by reservation. ``guests_until`` is per room, by position, the day
    number up to which a guest stays in it who is not to be moved.
    """

    house: Inventory
    wishes: Wishes
    rooms: tuple[Room, ...]
    needs: tuple[Need, ...]
    locked: tuple[tuple[Need, int], ...]
    problem: Problem
    refused_locks: Mapping[str, tuple[str, ...]]
    guests_until: Mapping[int, int]
    due: Mapping[int, str]
    """Of these rooms those whose guest no export shows to have checked in, with his reservation."""

    def in_pms(self, stay: Stay) -> list[int]:
        """Return the positions of the rooms that the PMS shows for a stay."""
        position = {room.number: index for index, room in enumerate(self.house.rooms)}
        return [position[number] for number in rooms_named(stay.room, position) if number in position]

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
        self._guests_until: dict[int, int] = {}
        self._due: dict[int, str] = {}

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
        problem = self._problem(needs, locked, closed)
        return Desk(
            self._house,
            self._wishes,
            self._rooms,
            tuple(needs),
            tuple(locked),
            problem,
            self._refused,
            self._guests_until,
            self._due,
        )

    def _keep_guests(self, staying: Sequence[Stay], closed: Flags) -> tuple[list[Need], list[Need]]:
        """Close the rooms of guests in the house; return those who may be moved, and those whose room no export shows."""
        movable, floating = [], []
        of_stay = [(stay, self._places(stay)) for stay in staying]
        sharing = Counter(room for _, rooms in of_stay for room in rooms)
        for stay, rooms in of_stay:
            if self._wishes.move_guests and len(rooms) == stay.rooms and all(sharing[room] == 1 for room in rooms):
                movable += [Need(stay, number, room, promised=True, guest=True) for number, room in enumerate(rooms)]
                continue
            for room in rooms:
                closed[room, self._nights(stay.arrival, stay.last_day, closed.shape[1])] = True
                self._guests_until[room] = max(stay.last_day, self._guests_until.get(room, 0))
                if stay.due:
                    self._due[room] = stay.reservation_id
            floating += [Need(stay, number, guest=True) for number in range(len(rooms), stay.rooms)]
        return movable, floating

    def _places(self, stay: Stay) -> list[int]:
        """Return the rooms of the house that the PMS shows for a stay, those that staff locked it to where it shows none."""
        told = rooms_named(stay.room, self._position) or self._wishes.locks.get(stay.reservation_id, ())
        return [self._position[number] for number in told if number in self._position]

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
            needs += list(self._told(stay, missing, {room for need, room in locked if need.stay is stay}))
        return locked, needs

    def _told(self, stay: Stay, missing: Sequence[int], locked: set[int]) -> Iterator[Need]:
        promised = [self._position.get(number) for number in rooms_named(stay.room, self._position)]
        suggested = [self._position.get(number) for number in self._wishes.previous.get(stay.reservation_id, ())]
        # What the booking is locked to it has; the others of its rooms are for what it still needs.
        promised, suggested = ([room for room in rooms if room not in locked] for rooms in (promised, suggested))
        for place, number in enumerate(missing):
            by_pms = promised[place] if place < len(promised) else None
            before = suggested[place] if place < len(suggested) else None
            room = by_pms if by_pms is not None else before
            told = NO_ROOM if room is None else room
            yield Need(stay, number, told, promised=by_pms is not None, suggested=NO_ROOM if before is None else before)

    def _problem(self, needs: Sequence[Need], locked: Sequence[tuple[Need, int]], closed: Flags) -> Problem:
        points = np.array([self._points(need) for need in needs]).reshape(len(needs), len(self._rooms))
        doors = tuple((self._position[a], self._position[b]) for a, b in self._wishes.doors)
        at = {need.stay.reservation_id: index for index, need in enumerate(needs) if need.number == 0}
        held = {need.stay.reservation_id: room for need, room in locked if need.number == 0}
        together = []
        for pair in self._wishes.together:
            lost = costs.WISH * pair.weight
            if pair.one in at and pair.other in at:
                together.append(Together(at[pair.one], at[pair.other], lost))
            for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
                if one in at and other in held:
                    beside = [b if a == held[other] else a for a, b in doors if held[other] in (a, b)]
                    points[at[one]] += np.where(np.isin(np.arange(len(self._rooms)), beside), 0.0, lost)
        return Problem(
            first=np.array([max(need.stay.arrival - self._first_night, 0) for need in needs], dtype=np.int64),
            end=np.array([need.stay.last_day - self._first_night for need in needs], dtype=np.int64),
            points=points,
            refusal=self._refusals(needs, closed),
            current=np.array([need.told for need in needs], dtype=np.int64),
            closed=closed,
            kind=self._kind_of,
            look=self._horizon,
            stretch=costs.STRETCH,
            together=tuple(together),
            doors=doors,
        )

    def _points(self, need: Need) -> Floats:
        stay, house = need.stay, len(self._house.rooms)
        if need.guest and need.told == NO_ROOM:
            # His type is known and full of rooms, or nothing is known of where he is.
            own = self._kind_of == self._kinds.get(stay.room_type, -1)
            points = np.where(own | ~own[:house].any(), 0.0, np.inf)
            points[house:] = np.inf
            return points
        by_type = dict(self._type_points(stay))
        decided = self._rooms[need.told].room_type if need.told != NO_ROOM else stay.given_type
        if decided:
            by_type[decided] = 0.0
        points = np.array([by_type.get(kind, np.inf) for kind in self._kinds])[self._kind_of]
        liked = self._wishes.liked.get(stay.reservation_id)
        if liked:
            points += costs.wish_points(liked, tuple(room.features for room in self._rooms))
        points[house:] += self._waiting(need, {stay.room_type, decided} - {""})[house:]
        if need.told != NO_ROOM:
            moved = costs.GUEST_MOVED if need.guest else costs.PROMISE_BROKEN if need.promised else costs.SUGGESTION_CHANGED
            points[: need.told] += moved
            points[need.told + 1 :] += moved
            if need.suggested not in (NO_ROOM, need.told):
                points[need.suggested] -= costs.SUGGESTION_KEPT
        return points

    def _waiting(self, need: Need, types: set[str]) -> Floats:
        """Return what waiting costs per room: it is for bookings of the types whose overbooking was allowed."""
        own = np.isin(self._kind_of, [self._kinds[kind] for kind in types if kind in self._kinds]) if types else True
        return np.where(own & (not need.guest), costs.WAITING, np.inf) + np.zeros(len(self._rooms))

    def _refusals(self, needs: Sequence[Need], closed: Flags) -> Floats:
        points = np.zeros(len(needs))
        has_room, has_none = np.zeros(len(needs), dtype=bool), np.zeros(len(needs), dtype=bool)
        for index, need in enumerate(needs):
            stay = need.stay
            if not need.guest:
                points[index] = costs.refusal(stay.last_day - stay.arrival)
                continue
            points[index] = costs.guest_out(stay.last_day - self._first_night)
            nights = self._nights(stay.arrival, stay.last_day, closed.shape[1])
            has_room[index] = need.told != NO_ROOM and not closed[need.told, nights].any()
            has_none[index] = not has_room[index]
        # Nobody is put out of his room so that another guest, who can stay in none, has it.
        points[has_room] += points[has_none].sum()
        return points

    def _nights(self, first: int, end: int, nights: int) -> slice:
        low, high = first - self._first_night, end - self._first_night
        return slice(min(max(low, 0), nights), min(max(high, 0), nights))
