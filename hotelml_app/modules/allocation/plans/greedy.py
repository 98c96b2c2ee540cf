"""The plain rules: first fit and best fit, one stay after the other, never looking back."""

from __future__ import annotations

import numpy as np

from hotelml_app.modules.allocation.plans.problem import NO_ROOM, Flags, Floats, Plan, Problem

_STEP = 1e3
"""A cheaper room goes before a better gap, which is never this many nights."""


def first_fit(problem: Problem) -> Plan:
    """Return a plan that gives everyone the first room, in the house's order, among the cheapest that are free."""
    return _fit(problem, _rooms_told(problem), gaps=False)


def best_fit(problem: Problem) -> Plan:
    """Return a plan that gives everyone, among the cheapest rooms, the one that leaves the fewest empty nights before it."""
    return _fit(problem, _rooms_told(problem), gaps=True)


def filled_up(problem: Problem, plan: Plan) -> Plan:
    """Return a plan that also gives by best fit what it leaves to those it refuses."""
    return _fit(problem, plan, gaps=True)


def _fit(problem: Problem, begun: Plan, gaps: bool) -> Plan:
    plan, taken = begun.copy(), problem.taken(begun)
    if not problem.rooms:
        # A house whose exports show neither rooms nor a night that was slept.
        return plan
    for stay in problem.by_arrival():
        if plan[stay] != NO_ROOM:
            continue
        first, end = int(problem.first[stay]), int(problem.end[stay])
        free = np.isfinite(problem.points[stay]) & ~taken[:, first:end].any(axis=1)
        score = problem.points[stay] * _STEP
        if gaps:
            score = score + _empty_nights_before(taken, first)
        room = int(np.argmin(np.where(free, score, np.inf)))
        if free[room] and problem.points[stay, room] < problem.refusal[stay]:
            plan[stay] = room
            taken[room, first:end] = True
    return plan


def _rooms_told(problem: Problem) -> Plan:
    """Return the plan that leaves everyone the room told, as far as those rooms are free."""
    plan = np.full(len(problem), NO_ROOM, dtype=np.int64)
    taken, possible = problem.closed.copy(), problem.possible()
    for stay in problem.by_arrival():
        room, nights = int(problem.current[stay]), slice(int(problem.first[stay]), int(problem.end[stay]))
        if room != NO_ROOM and possible[stay, room] and not taken[room, nights].any():
            plan[stay] = room
            taken[room, nights] = True
    return plan


def _empty_nights_before(taken: Flags, night: int) -> Floats:
    """Return per room how many nights it has been empty before ``night``; all of them where it was never taken."""
    if night == 0:
        return np.zeros(len(taken))
    before = taken[:, :night][:, ::-1]
    return np.where(before.any(axis=1), np.argmax(before, axis=1), night).astype(np.float64)
