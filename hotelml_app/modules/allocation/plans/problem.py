"""The desk's task in numbers: stays that need a room, rooms by nights, and what each choice costs.

Costs are points; ``costs`` says what a point stands for. A plan gives each stay the position of its room or NOBODY's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Plan = NDArray[np.int64]
"""Per stay the position of the room it is given, shape (stays,); NO_ROOM where it is refused."""

NO_ROOM = -1


@dataclass(frozen=True)
class Together:
    """Two stays, by position, that want rooms with a door between them, and the points lost where they get none."""

    one: int
    other: int
    points: float


@dataclass(frozen=True)
class Problem:
    """Stays and rooms of the coming nights; night 0 is the first one after the business date.

    ``first`` and ``end`` are per stay the first night and the day it leaves. ``points[i, r]`` is what room ``r`` costs
    for stay ``i``, infinite where it cannot be given; ``refusal`` is the cost of no room. ``current`` is the room a stay
    has already been told, or NO_ROOM. ``closed[r, n]`` marks nights on which a room is not to be had whoever asks, ``kind``
    is the number of a room's type. Free stretches count over the nights before ``look``, at ``stretch`` points each.
    ``doors`` are pairs of rooms.
    """

    first: Ints
    end: Ints
    points: Floats
    refusal: Floats
    current: Ints
    closed: Flags
    kind: Ints
    look: int
    stretch: float = 1.0
    together: tuple[Together, ...] = ()
    doors: tuple[tuple[int, int], ...] = ()

    def __len__(self) -> int:
        return len(self.first)

    @property
    def rooms(self) -> int:
        """How many rooms there are."""
        return len(self.closed)

    @property
    def nights(self) -> int:
        """How many nights are planned."""
        return self.closed.shape[1]

    def possible(self) -> Flags:
        """Return which room could be given to which stay if there were no other stays, shape (stays, rooms)."""
        shut = np.zeros((self.rooms, self.nights + 1), dtype=np.int64)
        np.cumsum(self.closed, axis=1, out=shut[:, 1:])
        open_throughout = (shut[:, self.end] == shut[:, self.first]).T
        return np.asarray(np.isfinite(self.points) & open_throughout, dtype=bool)

    def part(self, stays: Ints, rooms: Ints) -> Problem:
        """Return the problem of some stays and rooms alone; wishes for two rooms are kept where both stays are among them."""
        room_at, stay_at = np.full(self.rooms + 1, NO_ROOM), np.full(len(self), NO_ROOM)
        room_at[rooms], stay_at[stays] = np.arange(len(rooms)), np.arange(len(stays))
        pairs = [Together(int(stay_at[p.one]), int(stay_at[p.other]), p.points) for p in self.together]
        doors = [(int(room_at[a]), int(room_at[b])) for a, b in self.doors]
        return replace(
            self,
            first=self.first[stays],
            end=self.end[stays],
            points=self.points[np.ix_(stays, rooms)],
            refusal=self.refusal[stays],
            current=room_at[self.current[stays]],
            closed=self.closed[rooms],
            kind=self.kind[rooms],
            together=tuple(pair for pair in pairs if NO_ROOM not in (pair.one, pair.other)),
            doors=tuple(door for door in doors if NO_ROOM not in door),
        )

    def alone(self) -> Problem:
        """Return the problem without wishes for two rooms."""
        return replace(self, together=(), doors=())

    def taken(self, plan: Plan) -> Flags:
        """Return the rooms by nights that a plan or a closure takes. Raises ValueError where it gives a room twice."""
        given = np.flatnonzero(plan != NO_ROOM)
        steps = np.zeros((self.rooms, self.nights + 1), dtype=np.int64)
        np.add.at(steps, (plan[given], self.first[given]), 1)
        np.add.at(steps, (plan[given], self.end[given]), -1)
        guests = np.cumsum(steps, axis=1)[:, : self.nights] + self.closed
        if (guests > 1).any():
            raise ValueError(f"room {int(np.argmax((guests > 1).any(axis=1)))} would be given twice")
        return np.asarray(guests > 0, dtype=bool)

    def cost(self, plan: Plan) -> float:
        """Return the points of a plan: refusals, choices, wishes for two rooms, free stretches."""
        given = plan != NO_ROOM
        chosen = self.points[np.flatnonzero(given), plan[given]].sum() + self.refusal[~given].sum()
        apart = sum(pair.points for pair in self.together if not self.connected(plan, pair))
        return float(chosen + apart + self.stretch * self.free_stretches(plan))

    def free_stretches(self, plan: Plan) -> int:
        """Return how often a room falls free within the nights looked at; the more, the shorter what can still be sold."""
        taken = self.taken(plan)[:, : self.look]
        return int((taken[:, :-1] & ~taken[:, 1:]).sum())

    def connected(self, plan: Plan, pair: Together) -> bool:
        """Tell whether two stays get rooms with a door between them."""
        return self.door_between(int(plan[pair.one]), int(plan[pair.other]))

    def door_between(self, room: int, other: int) -> bool:
        """Tell whether there is a door between two rooms."""
        return (room, other) in self.doors or (other, room) in self.doors

    def moved(self, plan: Plan) -> Flags:
        """Return which stays get another room than they were told."""
        return (self.current != NO_ROOM) & (plan != NO_ROOM) & (plan != self.current)

    def by_arrival(self) -> Iterator[int]:
        """Yield the stays by first night, those with a room told before the others, then the longest."""
        told = self.current != NO_ROOM
        for stay in np.lexsort((self.first - self.end, ~told, self.first)):
            yield int(stay)
