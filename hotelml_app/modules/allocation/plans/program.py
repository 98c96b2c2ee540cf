"""The desk's task as a linear program: where its rows lie, and the entries of its columns.

Rows are the stays (each has one room or is refused), groups by nights (no more stays than open rooms), groups by days (how
many rooms fall free), and two per way of granting a wish for rooms with a door between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hotelml_app.modules.allocation.plans.alike import Alike
from hotelml_app.modules.allocation.plans.problem import Floats, Ints, Problem


@dataclass(frozen=True)
class Entries:
    """Sparse columns: ``starts`` per column into ``rows`` and ``values``."""

    starts: Ints
    rows: Ints
    values: Floats


@dataclass(frozen=True)
class Door:
    """One way to grant a wish: the two stays in the two groups; it earns the points of its wish."""

    one: tuple[int, int]
    other: tuple[int, int]
    points: float


@dataclass(frozen=True)
class Program:
    """The program of a problem whose rooms are grouped. A choice is a pair of a stay and a group."""

    problem: Problem
    alike: Alike

    @property
    def stays(self) -> int:
        """How many stays there are."""
        return len(self.problem)

    @property
    def look(self) -> int:
        """Nights with rows of their own: stays that meet later have met on the arrival of the later one."""
        return self.problem.look

    @property
    def apart(self) -> float:
        """The points of all wishes for two rooms, lost until a door earns them back."""
        return sum(pair.points for pair in self.problem.together)

    @property
    def days_at(self) -> int:
        """The first row of groups by days; a room can fall free from day 1 on."""
        return self.stays + len(self.alike) * self.look

    @property
    def doors_at(self) -> int:
        """The first row of doors."""
        return self.days_at + len(self.alike) * (self.look - 1)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.doors_at + 2 * len(self.doors)

    @cached_property
    def doors(self) -> tuple[Door, ...]:
        """All ways to grant wishes for two rooms."""
        of_room = self.alike.of_room
        return tuple(
            Door((pair.one, int(of_room[a])), (pair.other, int(of_room[b])), pair.points)
            for pair in self.problem.together
            for door in self.problem.doors
            for a, b in (door, door[::-1])
        )

    @cached_property
    def door_rows(self) -> dict[tuple[int, int], list[int]]:
        """The rows of doors per choice that they need."""
        found: dict[tuple[int, int], list[int]] = {}
        for number, door in enumerate(self.doors):
            found.setdefault(door.one, []).append(self.doors_at + 2 * number)
            found.setdefault(door.other, []).append(self.doors_at + 2 * number + 1)
        return found

    @cached_property
    def upper(self) -> Floats:
        """The most each row may be; rows of stays are exactly one, all others have no least."""
        closed = np.array([len(rooms) for rooms in self.alike.members])[:, None] - self.alike.open
        fall_free = (closed[:, 1 : self.look] - closed[:, : self.look - 1]).ravel()
        parts = (np.ones(self.stays), self.alike.open[:, : self.look].ravel(), fall_free, np.zeros(2 * len(self.doors)))
        return np.concatenate(parts).astype(np.float64)

    @cached_property
    def lower(self) -> Floats:
        """The least each row may be."""
        return np.where(np.arange(self.rows) < self.stays, 1.0, -np.inf)

    def choices(self, stays: Ints, groups: Ints) -> Entries:
        """Return the columns of choices."""
        first, end = self.problem.first[stays], self.problem.end[stays]
        nights = np.minimum(end, self.look) - first
        column = np.repeat(np.arange(len(stays)), nights)
        night = np.arange(len(column)) - np.repeat(np.cumsum(nights) - nights, nights) + first[column]
        arrives, leaves = first >= 1, end < self.look
        every = np.arange(len(stays))
        linked = self._linked(stays, groups)
        columns = (every, column, every[arrives], every[leaves], np.array([at for at, _ in linked], dtype=np.int64))
        rows = (
            stays,
            self.stays + groups[column] * self.look + night,
            (self._day(groups, first))[arrives],
            (self._day(groups, end))[leaves],
            np.array([row for _, row in linked], dtype=np.int64),
        )
        signs = (1.0, 1.0, -1.0, 1.0, -1.0)
        values = np.concatenate([np.full(len(part), sign) for part, sign in zip(columns, signs, strict=True)])
        return _entries(np.concatenate(columns), np.concatenate(rows), values, len(stays))

    def others(self) -> tuple[Entries, Floats]:
        """Return the columns that are no choices with their points: refusals, rooms falling free, doors."""
        days = len(self.alike) * (self.look - 1)
        doors = len(self.doors)
        singles = np.concatenate([np.arange(self.stays), self.days_at + np.arange(days)])
        values = np.concatenate([np.ones(self.stays), -np.ones(days), np.ones(2 * doors)])
        column = np.concatenate([np.arange(self.stays + days), self.stays + days + np.repeat(np.arange(doors), 2)])
        rows = np.concatenate([singles, self.doors_at + np.arange(2 * doors)])
        free = np.full(days, self.problem.stretch)
        points = np.concatenate([self.problem.refusal, free, [-door.points for door in self.doors]])
        return _entries(column, rows, values, self.stays + days + doors), points

    def _linked(self, stays: Ints, groups: Ints) -> list[tuple[int, int]]:
        """Return (column, row) for every choice that a door needs."""
        if not self.doors:
            return []
        pairs = enumerate(zip(stays.tolist(), groups.tolist(), strict=True))
        return [(column, row) for column, choice in pairs for row in self.door_rows.get(choice, ())]

    def _day(self, groups: Ints, day: Ints) -> Ints:
        return self.days_at + groups * (self.look - 1) + day - 1


def _entries(column: Ints, rows: Ints, values: Floats, count: int) -> Entries:
    order = np.argsort(column, kind="stable")
    starts = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(column, minlength=count), out=starts[1:])
    return Entries(starts, rows[order], values[order])
