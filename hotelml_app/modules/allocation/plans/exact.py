"""The best plan there is, or the best that was found in time with what it may at most be off.

A small house is solved in one piece. In a large one a program over room types first says who gets which; then the rooms
of each type are solved in small parts, then the whole house as far as its relaxation ends in time, and what is left of the
time goes to small parts that are cut anew each time. Prices of rooms and nights hold for the whole house, whatever they
were taken from, and so does the bound they give.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from hotelml_app.core.jobs import CancelToken
from hotelml_app.modules.allocation.plans import solver
from hotelml_app.modules.allocation.plans.alike import rooms_of_a_kind
from hotelml_app.modules.allocation.plans.choosing import CLOSE, choose
from hotelml_app.modules.allocation.plans.greedy import best_fit, filled_up, first_fit
from hotelml_app.modules.allocation.plans.parts import Part, around_refused, by_kind, improved, whole_house, wished_together
from hotelml_app.modules.allocation.plans.problem import NO_ROOM, Ints, Plan, Problem
from hotelml_app.modules.allocation.plans.program import Program

WHOLE = 12_000
"""Choices of a room up to which a house is solved in one piece and nothing else is tried."""

WHOLE_IN_TIME = 200_000
"""Choices up to which a house is tried in one piece once a good plan is there; its relaxation takes about a second."""

PART_ROOMS = 30
"""Rooms of a part in the first pass: the time for a part grows faster than its rooms."""

SPLIT_SHARE, BRIEF_SHARE, HELP_SHARE = 0.4, 0.2, 0.5
"""Shares of the time left: for saying who gets which type, and for the first pass in small parts, brief before all else."""

GROWTH, FRUITLESS = 4.0, 2
"""How many times as long a pass may take in parts twice as large; passes that bring nothing, after which none are tried."""


class Status(StrEnum):
    """What is known of a plan."""

    OPTIMAL = "optimal"
    TIME_LIMIT = "time limit"
    PLAIN_RULE = "plain rule"


@dataclass(frozen=True)
class Solved:
    """A plan with its points and the points that no plan can go below."""

    plan: Plan
    cost: float
    bound: float
    status: Status
    seconds: float

    @property
    def gap(self) -> float:
        """How much of its points the plan may at most be off, in [0, 1]."""
        return max(self.cost - self.bound, 0.0) / self.cost if self.cost > CLOSE else 0.0


def solve(problem: Problem, limit_s: float, cancel: CancelToken | None = None) -> Solved:
    """Return the best plan found within ``limit_s`` seconds; never worse than first fit and best fit. Raises Cancelled."""
    started = time.monotonic()
    search = _Search(problem, started + limit_s, cancel or CancelToken())
    exact = solver.available() and len(problem) > 0
    if exact and not search.done:
        search.run()
    status = Status.OPTIMAL if search.done else Status.TIME_LIMIT if exact else Status.PLAIN_RULE
    cost = problem.cost(search.plan)
    return Solved(search.plan, cost, min(search.bound, cost), status, time.monotonic() - started)


class _Search:
    """The best plan and the best bound so far."""

    def __init__(self, problem: Problem, deadline: float, cancel: CancelToken) -> None:
        self._problem, self._deadline, self._cancel = problem, deadline, cancel
        self.plan = min((best_fit(problem), first_fit(problem)), key=problem.cost)
        alone = np.where(problem.possible(), problem.points, np.inf).min(axis=1, initial=np.inf)
        self.bound = float(np.minimum(alone, problem.refusal).sum())

    @property
    def done(self) -> bool:
        """True where nothing better can be found."""
        return self._problem.cost(self.plan) <= self.bound + CLOSE

    def run(self) -> None:
        """Improve the plan until it is the best or the time is over."""
        problem, choices = self._problem, int(self._problem.possible().sum())
        if choices <= WHOLE:
            self._improve(self.plan, whole_house(problem), 1.0)
            return
        # A plan that keeps to the split may begin worse than the plain rules, which upgrade whoever comes first.
        home, plan = self._split()
        if problem.together:
            self._improve(self.plan, wished_together(problem, self.plan), BRIEF_SHARE)
        if choices <= WHOLE_IN_TIME:
            self._improve(plan, by_kind(problem, plan, home, PART_ROOMS, seed=1), BRIEF_SHARE)
            if not self.done:
                self._improve(self.plan, whole_house(problem), 1.0)
            plan = self.plan
        self._pass_by_pass(home, plan)

    def _pass_by_pass(self, home: Ints, plan: Plan) -> None:
        """Improve a plan part by part, cut anew and larger each time, until the time is over or nothing more comes of it."""
        rooms, fruitless, seed = PART_ROOMS, 0, 1
        while not self.done and fruitless < FRUITLESS and time.monotonic() < self._deadline:
            before, started = self._problem.cost(plan), time.monotonic()
            plan = self._improve(plan, by_kind(self._problem, plan, home, rooms, seed), 1.0)
            plan = self._improve(plan, around_refused(self._problem, plan, home, 2 * rooms), HELP_SHARE)
            seed += 1
            larger = rooms < self._problem.rooms and GROWTH * (time.monotonic() - started) < self._deadline - time.monotonic()
            if larger:
                rooms, fruitless = 2 * rooms, 0
                continue
            fruitless = 0 if self._problem.cost(plan) < before - CLOSE else fruitless + 1
            plan = self.plan

    def _split(self) -> tuple[Ints, Plan]:
        """Say who gets which type; return per stay the type it belongs to, and a plan by best fit that keeps to it."""
        problem = self._problem
        program = Program(problem.alone(), rooms_of_a_kind(problem))
        kinds = np.unique(problem.kind)
        home = kinds[program.alike.points.argmin(axis=1)]
        found = choose(program, self._until(SPLIT_SHARE))
        if found is None:
            return home, self.plan
        self.bound = max(self.bound, found.bound)
        home = np.where(found.groups == NO_ROOM, home, kinds[found.groups])
        own = problem.kind[None, :] == home[:, None]
        return home, best_fit(replace(problem, points=np.where(own, problem.points, np.inf)))

    def _improve(self, plan: Plan, parts: list[Part], share: float) -> Plan:
        """Return the plan improved part by part; it is taken, with what is left given out, where it is the best so far."""
        found = improved(self._problem, plan, parts, self._until(share), self._cancel)
        self.bound = max(self.bound, found.bound)
        self.plan = min((self.plan, filled_up(self._problem, found.plan)), key=self._problem.cost)
        return found.plan

    def _until(self, share: float) -> float:
        now = time.monotonic()
        return now + share * max(self._deadline - now, 0.0)
