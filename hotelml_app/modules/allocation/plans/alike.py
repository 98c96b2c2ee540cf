"""Rooms that are all the same to every stay, put together: the solver then has far less to tell apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.allocation.plans.problem import NO_ROOM, Flags, Floats, Ints, Plan, Problem


@dataclass(frozen=True)
class Alike:
    """Groups of rooms. ``of_room`` is the group of each room, ``members`` the rooms of each group in the house's order.

    ``open[g, n]`` counts the rooms of a group that are to be had on a night; ``points[i, g]`` is as in the problem.
    """

    of_room: Ints
    members: tuple[Ints, ...]
    open: Ints
    points: Floats

    def __len__(self) -> int:
        return len(self.members)


def rooms_alike(problem: Problem) -> Alike:
    """Return groups of rooms that cost every stay the same and are closed alike.

    Rooms that are closed from the first night on only, as guests in the house leave them, count as closed alike: stays
    that never exceed what is open on a night can then always be laid out room by room, in order of arrival.
    """
    ends_of_doors = {room for pair in problem.doors for room in pair} if problem.together else set()
    groups: dict[tuple[object, ...], list[int]] = {}
    pattern = _closed_later(problem.closed)
    for room in range(problem.rooms):
        alone = room if room in ends_of_doors else -1
        key = (problem.points[:, room].tobytes(), pattern[room].tobytes(), alone)
        groups.setdefault(key, []).append(room)
    members = tuple(np.array(rooms, dtype=np.int64) for rooms in groups.values())
    of_room = np.zeros(problem.rooms, dtype=np.int64)
    for number, rooms in enumerate(members):
        of_room[rooms] = number
    free = np.array([(~problem.closed[rooms]).sum(axis=0) for rooms in members], dtype=np.int64)
    points = _reachable(problem, members, free)
    return Alike(of_room, members, free.reshape(len(members), problem.nights), points)


def rooms_of_a_kind(problem: Problem) -> Alike:
    """Return groups of all rooms of a type, each stay taking its cheapest: what this allows includes every true plan.

    It leaves out that a room told to one guest, or of his liking, may be taken by another; so it only bounds.
    """
    kinds = np.unique(problem.kind)
    members = tuple(np.flatnonzero(problem.kind == kind) for kind in kinds)
    free = np.array([(~problem.closed[rooms]).sum(axis=0) for rooms in members], dtype=np.int64)
    possible = np.where(problem.possible(), problem.points, np.inf)
    points = np.stack([possible[:, rooms].min(axis=1) for rooms in members], axis=1)
    return Alike(np.searchsorted(kinds, problem.kind), members, free, points)


def laid_out(problem: Problem, alike: Alike, group: Ints) -> Plan:
    """Return a plan that gives every stay a room of its group, the one that fell free last.

    ``group`` holds a group per stay or NO_ROOM, and must not exceed what is open on any night.
    """
    plan = np.full(len(problem), NO_ROOM, dtype=np.int64)
    for number, rooms in enumerate(alike.members):
        wanted = np.flatnonzero(group == number)
        if not len(wanted):
            continue
        # Of rooms closed from the first night on, each is to be had from the day after; the others are closed alike.
        free_from = _first_open(problem.closed[rooms])
        for stay in wanted[np.argsort(problem.first[wanted], kind="stable")]:
            ready = np.flatnonzero(free_from <= problem.first[stay])
            chosen = ready[np.argmax(free_from[ready])]
            plan[stay] = rooms[chosen]
            free_from[chosen] = problem.end[stay]
    return plan


def _closed_later(closed: Flags) -> Flags:
    """Return the closed nights, without those of rooms that are closed from the first night on and then stay open."""
    from_the_first_night_only = closed.sum(axis=1) == _first_open(closed)
    return np.where(from_the_first_night_only[:, None], False, closed)


def _first_open(closed: Flags) -> Ints:
    """Return per room the first night it is open; the day after all nights where there is none."""
    return np.where(closed.all(axis=1), closed.shape[1], np.argmin(closed, axis=1))


def _reachable(problem: Problem, members: tuple[Ints, ...], free: Ints) -> Floats:
    """Return the points per stay and group; infinite where no room of the group is ever open on one of the nights."""
    first_of = np.array([rooms[0] for rooms in members], dtype=np.int64)
    shut = np.zeros((len(members), problem.nights + 1), dtype=np.int64)
    np.cumsum(free == 0, axis=1, out=shut[:, 1:])
    never = (shut[:, problem.end] > shut[:, problem.first]).T
    return np.where(never, np.inf, problem.points[:, first_of])
