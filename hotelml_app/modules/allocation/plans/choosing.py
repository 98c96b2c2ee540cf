"""Solve one program: its relaxation, then integer programs over the few choices that the relaxation leaves open."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.allocation.plans import solver
from hotelml_app.modules.allocation.plans.bounds import Prices, prices_of, reduced
from hotelml_app.modules.allocation.plans.problem import NO_ROOM, Flags, Floats, Ints
from hotelml_app.modules.allocation.plans.program import Program

NEAR = 2.0
"""Points beyond the prices up to which a choice is worth a thought: two free stretches."""

CLOSE = 0.01
"""Points; what is this close to the bound is the best."""

MOST_CHOICES = 12_000
"""Choices that an integer program is asked about at once; with more it seldom ends in time."""

_WHOLE, _NONE = 1 - 1e-6, 1e-6
_RELAXATION_SHARE = 0.8


@dataclass(frozen=True)
class Chosen:
    """Per stay its group or NO_ROOM, the points of that, and what the relaxation says; ``bound`` is this program's alone."""

    groups: Ints
    cost: float
    bound: float
    prices: Prices


def choose(program: Program, deadline: float) -> Chosen | None:
    """Return the best choice of groups found before ``deadline``; None where not even the relaxation was solved."""
    choices = np.isfinite(program.alike.points)
    stays, groups = np.nonzero(choices)
    relaxed = solver.relax(program, stays, groups, _RELAXATION_SHARE * _left(deadline))
    if relaxed is None:
        return None
    prices = prices_of(program, relaxed)
    taken, beyond = np.zeros(choices.shape), _beyond(program, prices)
    taken[stays, groups] = relaxed.taken
    settled = _settled(program, taken)
    begin = np.where(settled[:, None], taken > _WHOLE, False)
    found = _pick(program, (taken > _NONE) | (~settled[:, None] & (beyond <= NEAR)), begin, deadline)
    if found is None:
        return None
    best, cost, bound = found[0], found[1], relaxed.value
    reach = min(max(NEAR, cost - bound), _furthest(beyond[choices]))
    worth = choices & (beyond < reach)
    if cost > bound + CLOSE and worth.any():
        again = _pick(program, worth | best, best, deadline)
        if again is not None:
            best, cost = again[0], min(cost, again[1])
            # A choice left out would cost ``reach`` or more beyond the relaxation.
            bound = max(bound, min(again[2], bound + reach))
    return Chosen(np.where(best.any(axis=1), best.argmax(axis=1), NO_ROOM), cost, bound, prices)


def _furthest(beyond: Floats) -> float:
    """Return how far beyond the prices choices may be so that they are not too many at once; without end for a few."""
    return float(np.partition(beyond, MOST_CHOICES)[MOST_CHOICES]) if len(beyond) > MOST_CHOICES else np.inf


def _pick(program: Program, choices: Flags, begin: Flags, deadline: float) -> tuple[Flags, float, float] | None:
    """Return the choices taken, their points and the bound among them; None where there was no time."""
    stays, groups = np.nonzero(choices)
    answer = solver.pick(program, stays, groups, begin[stays, groups], _left(deadline))
    if answer is None:
        return None
    best = np.zeros(choices.shape, dtype=bool)
    best[stays[answer.chosen], groups[answer.chosen]] = True
    return best, answer.cost, answer.bound


def _settled(program: Program, taken: Floats) -> Flags:
    """Return the stays whose group the relaxation leaves no doubt about; those that want two rooms stay open."""
    settled = taken.max(axis=1, initial=0.0) > _WHOLE
    for pair in program.problem.together:
        settled[[pair.one, pair.other]] = False
    return np.asarray(settled, dtype=bool)


def _beyond(program: Program, prices: Prices) -> Floats:
    """Return what each choice costs beyond the prices, shape (stays, groups); nothing where a wish for two rooms may need it."""
    rooms = np.array([members[0] for members in program.alike.members], dtype=np.int64)
    beyond = reduced(program.problem, prices)[:, rooms]
    # A group that only bounds is cheaper for a stay than its first room.
    with np.errstate(invalid="ignore"):
        beyond = beyond - program.problem.points[:, rooms] + program.alike.points
    for choice in program.door_rows:
        beyond[choice] = 0.0
    return np.where(np.isfinite(program.alike.points), beyond, np.inf)


def _left(deadline: float) -> float:
    return max(deadline - time.monotonic(), 0.05)
