"""What no plan can beat: prices of rooms and nights, and what every stay could save by paying them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.allocation.plans.problem import Floats, Ints, Problem
from hotelml_app.modules.allocation.plans.program import Program
from hotelml_app.modules.allocation.plans.solver import Relaxed


@dataclass(frozen=True)
class Prices:
    """Dual values of a relaxation: ``stay`` what serving each stay costs, ``night`` and ``day`` per room what a night of it
    is worth and what it changes that a room is taken from or left on a day; ``value`` the relaxation's own value."""

    value: float
    stay: Floats
    night: Floats
    day: Floats


def prices_of(program: Program, relaxed: Relaxed) -> Prices:
    """Return the dual values of a relaxation room by room; the first night and day are column 0."""
    groups, look = len(program.alike), program.look
    night = relaxed.duals[program.stays : program.days_at].reshape(groups, look)
    day = np.zeros((groups, look))
    day[:, 1:] = relaxed.duals[program.days_at : program.doors_at].reshape(groups, look - 1)
    of_room = program.alike.of_room
    return Prices(relaxed.value, relaxed.duals[: program.stays], night[of_room], day[of_room])


def reduced(problem: Problem, prices: Prices) -> Floats:
    """Return what every choice would cost beyond the prices, shape (stays, rooms); negative where it would pay.

    Wishes for two rooms are left out: their doors have prices of their own.
    """
    first, until = problem.first, np.minimum(problem.end, problem.look)
    night = np.zeros((problem.rooms, problem.look + 1))
    np.cumsum(prices.night, axis=1, out=night[:, 1:])
    day = np.zeros((problem.rooms, problem.look + 1))
    day[:, : problem.look] = prices.day
    result: Floats = problem.points - prices.stay[:, None]
    result -= (night[:, until] - night[:, first]).T
    result += (day[:, first] - day[:, until]).T
    return result


def joined(problem: Problem, parts: list[tuple[Ints, Ints, Prices]]) -> Prices:
    """Return the prices of parts, each with its stays and rooms, as prices of the whole problem."""
    stay = np.zeros(len(problem))
    night, day = np.zeros((problem.rooms, problem.look)), np.zeros((problem.rooms, problem.look))
    for stays, rooms, prices in parts:
        stay[stays], night[rooms], day[rooms] = prices.stay, prices.night, prices.day
    return Prices(sum(prices.value for _, _, prices in parts), stay, night, day)


def bound_of(problem: Problem, prices: Prices) -> float:
    """Return what no plan can beat by these prices (Lagrange): every stay takes what pays most, if anything does.

    It holds for any prices, so those of parts solved on their own will do.
    """
    beyond = np.where(problem.possible(), reduced(problem, prices), np.inf).min(axis=1, initial=np.inf)
    refused = problem.refusal - prices.stay
    return float(prices.value + np.minimum(np.minimum(beyond, refused), 0.0).sum())
