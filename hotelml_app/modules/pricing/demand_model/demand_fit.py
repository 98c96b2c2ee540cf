"""Learn how many guests of a class book, by arrival day, room type and lead, and how that depends on the rate.

A Poisson regression, fitted to its posterior mode by Newton steps:

    log(expected bookings) = type + lead step + trend + season, weekday, special day + shock of the day - log(1 + exp(x))
    x = reluctance + trend + season, weekday, special day + steepness * log(rate / usual rate)

Shocks are a chain of days (see ``chain``). As all but the rate is the same for all cells of a day, sums over cells suffice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.pricing.demand_model.chain import Shock, chain_variance, shock_seen, solve_chain
from hotelml_app.modules.pricing.demand_model.response import books_share
from hotelml_app.modules.pricing.history.leads import Floats

ROUNDS, MOST_STEPS = 4, 25
ENOUGH = 1e-3
LEAST_GAIN = 1e-6


@dataclass(frozen=True)
class Cells:
    """What was booked: ``counts`` and ``open`` [days, types, steps]; ``level`` and ``taste`` are columns per day.

    ``above`` is the log of the rate over the usual one in every cell; None where the class does not pay the rate of the day.
    """

    counts: Floats
    open: Floats
    level: Floats
    taste: Floats
    above: Floats | None

    @property
    def widths(self) -> tuple[int, ...]:
        """How many unknowns there are of each kind: types, steps, level, taste, steepness."""
        types, steps = self.counts.shape[1:]
        paying = (self.taste.shape[1], 1) if self.above is not None else (0, 0)
        return (types, steps, self.level.shape[1], *paying)


@dataclass(frozen=True)
class Beliefs:
    """What is believed of the unknowns beforehand: means and precisions, in the order of ``Cells.widths``."""

    mean: Floats
    precision: Floats


Revise = Callable[[Beliefs, Floats], Beliefs]


@dataclass(frozen=True)
class DemandFit:
    """The fitted unknowns by name, their covariance, the shocks, and by how much counts clump beyond chance."""

    types: Floats
    steps: Floats
    level: Floats
    taste: Floats
    steepness: float
    covariance: Floats
    shocks: Floats
    shock: Shock
    clumping: float


@dataclass(frozen=True)
class _State:
    """Unknowns and shocks with what they expect, per cell: ``expected`` counts and the ``weary`` share that does not book."""

    unknown: Floats
    shocks: Floats
    log_rate: Floats
    expected: Floats
    weary: Floats


def fit_demand(cells: Cells, beliefs: Beliefs, revise: Revise | None = None) -> DemandFit:
    """Return the posterior mode, the spread of shocks and the clumping of counts found along with it.

    ``revise`` returns the beliefs in the light of what was found so far, once per round.
    """
    shock, clumping = Shock(), 1.0
    state = _state(cells, beliefs.mean, np.zeros(len(cells.counts)))
    for number in range(ROUNDS):
        if revise is not None and number:
            beliefs = revise(beliefs, state.unknown)
        state, covariance, variance = _climb(cells, beliefs, state, shock, clumping)
        shock = shock_seen(state.shocks, variance)
        clumping = max(1.0, float(((cells.counts - state.expected) ** 2).sum() / max(state.expected.sum(), 1e-9)))
    ends = np.cumsum(cells.widths)
    kinds, steps, level, taste, steepness = np.split(state.unknown, ends[:-1])
    slope = float(steepness[0]) if len(steepness) else 0.0
    return DemandFit(kinds, steps, level, taste, slope, covariance, state.shocks, shock, clumping)


def _state(cells: Cells, unknown: Floats, shocks: Floats) -> _State:
    kinds, steps, level, taste, steepness = np.split(unknown, np.cumsum(cells.widths)[:-1])
    daily = cells.level @ level + shocks
    log_rate = daily[:, None, None] + kinds[None, :, None] + steps[None, None, :]
    weary = np.zeros_like(cells.counts)
    if cells.above is not None:
        x = (cells.taste @ taste)[:, None, None] + steepness[0] * cells.above
        log_rate = log_rate - np.logaddexp(0.0, x)
        weary = 1.0 - books_share(x)
    return _State(unknown, shocks, log_rate, cells.open * np.exp(np.minimum(log_rate, 20.0)), weary)


def _value(cells: Cells, beliefs: Beliefs, state: _State, shock: Shock, clumping: float) -> float:
    likelihood = float((cells.counts * state.log_rate).sum() - state.expected.sum()) / clumping
    distance = state.unknown - beliefs.mean
    return likelihood - 0.5 * float(beliefs.precision @ distance**2) - shock.penalty(state.shocks)


def _climb(cells: Cells, beliefs: Beliefs, state: _State, shock: Shock, clumping: float) -> tuple[_State, Floats, Floats]:
    """Climb to the mode; return it with the unknowns' covariance and each shock's variance."""
    value = _value(cells, beliefs, state, shock, clumping)
    for _ in range(MOST_STEPS):
        step, daily, covariance, variance = _newton(cells, beliefs, state, shock, clumping)
        share = 1.0
        while share > LEAST_GAIN:
            tried = _state(cells, state.unknown + share * step, state.shocks + share * daily)
            better = _value(cells, beliefs, tried, shock, clumping)
            if better > value:
                break
            share /= 2
        else:
            break
        gain, value, state = better - value, better, tried
        if gain < ENOUGH:
            break
    return state, covariance, variance


def _newton(
    cells: Cells, beliefs: Beliefs, state: _State, shock: Shock, clumping: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the Newton step of unknowns and shocks, the covariance of the unknowns, and the shocks' own variances."""
    sums = _Sums.of(cells, state, clumping)
    uphill = sums.gradient - beliefs.precision * (state.unknown - beliefs.mean)
    daily_uphill = sums.daily_gradient - shock.pull(state.shocks)
    diagonal, beside = shock.precision(len(state.shocks))
    diagonal = diagonal + sums.daily_weight
    solved = solve_chain(diagonal, beside, np.column_stack([sums.coupling, daily_uphill]))
    through, own = solved[:, :-1], solved[:, -1]
    curvature = sums.curvature + np.diag(beliefs.precision) - sums.coupling.T @ through
    covariance: Floats = np.asarray(np.linalg.inv(curvature), dtype=np.float64)
    step = covariance @ (uphill - sums.coupling.T @ own)
    return step, own - through @ step, covariance, chain_variance(diagonal, beside)


@dataclass(frozen=True)
class _Sums:
    """Gradient and curvature of the likelihood, put together from sums over the cells of a day."""

    gradient: Floats
    curvature: Floats
    coupling: Floats
    daily_gradient: Floats
    daily_weight: Floats

    @classmethod
    def of(cls, cells: Cells, state: _State, clumping: float) -> _Sums:
        over = (cells.counts - state.expected) / clumping
        weight = state.expected / clumping
        level, taste = cells.level, cells.taste
        daily_weight, daily_over = weight.sum(axis=(1, 2)), over.sum(axis=(1, 2))
        gradient = [over.sum(axis=(0, 2)), over.sum(axis=(0, 1)), level.T @ daily_over]
        by_type, by_step = weight.sum(axis=2), weight.sum(axis=1)
        coupling = [by_type, by_step, daily_weight[:, None] * level]
        rows: list[list[Floats]] = [
            [np.diag(by_type.sum(axis=0)), weight.sum(axis=0), by_type.T @ level],
            [np.diag(by_step.sum(axis=0)), by_step.T @ level],
            [level.T @ (daily_weight[:, None] * level)],
        ]
        if cells.above is not None:
            weary = -state.weary
            moved, twice = weight * weary, weight * weary**2
            priced, priced_twice = moved * cells.above, twice * cells.above
            daily, daily_priced = moved.sum(axis=(1, 2)), priced.sum(axis=(1, 2))
            down = over * weary
            gradient += [taste.T @ down.sum(axis=(1, 2)), np.array([(down * cells.above).sum()])]
            coupling += [daily[:, None] * taste, daily_priced[:, None]]
            rows[0] += [moved.sum(axis=2).T @ taste, priced.sum(axis=(0, 2))[:, None]]
            rows[1] += [moved.sum(axis=1).T @ taste, priced.sum(axis=(0, 1))[:, None]]
            rows[2] += [level.T @ (daily[:, None] * taste), (level.T @ daily_priced)[:, None]]
            squares = twice.sum(axis=(1, 2))
            rows.append([taste.T @ (squares[:, None] * taste), (taste.T @ priced_twice.sum(axis=(1, 2)))[:, None]])
            rows.append([np.array([[(priced_twice * cells.above).sum()]])])
        return cls(np.concatenate(gradient), _symmetric(rows), np.column_stack(coupling), daily_over, daily_weight)


def _symmetric(rows: list[list[Floats]]) -> Floats:
    """Return the symmetric matrix of which the blocks on and right of the diagonal are given."""
    sizes = [row[0].shape[0] for row in rows]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    whole = np.zeros((starts[-1], starts[-1]))
    for number, row in enumerate(rows):
        for offset, block in enumerate(row):
            here, there = slice(starts[number], starts[number + 1]), slice(starts[number + offset], starts[number + offset + 1])
            whole[here, there] = block
            whole[there, here] = block.T
    return whole
