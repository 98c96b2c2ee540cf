"""How much losses of one arrival day go together: groups, flights and weather take many rooms at once.

Bookings that each stand for themselves would make the number of lost rooms too certain. So a day carries one unknown of its own,
a normal deviation of all its log-odds; how large it is usually is read from the latest arrival days, of which each lost a number
that scatters like a negative binomial (Hilbe 2011, chapter 8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from math import lgamma

import numpy as np

from hotelml_app.ml.calibration import logit, sigmoid
from hotelml_app.modules.noshow.books import Floats, Integers
from hotelml_app.modules.noshow.lost_rooms.distribution import lost_rooms_distribution

EXPECTED, HOW_SURE = 0.4, 0.4
"""What the standard deviation in log-odds is taken to be, and how surely, until the arrival days themselves have told."""

MOVES = 0.3
"""By how much, in log-odds, the level of losses moves from the weeks it was read from to those to come.

Read from two real and two simulated hotels, March to August: without it four intervals in five held three in four.
"""

STRANGE_DAYS = 0.02
"""Share of days on which anything may happen, so that one cancelled congress does not make every day a gamble."""

_GRID = np.linspace(0.0, 1.6, 33)

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
_SHARES = _WEIGHTS / _WEIGHTS.sum()
_WIDENING = (16 * np.sqrt(3) / (15 * np.pi)) ** 2
"""Of the logistic-normal mean, E[sigmoid(a + s z)] = sigmoid(a / sqrt(1 + c s^2)) nearly (MacKay 1992, equation 10)."""

_STEPS = 4
"""From the approximation on, so many take even a chance of 1e-5 to the last digit."""


@dataclass(frozen=True)
class DayLosses:
    """Past arrival days, parallel arrays: rooms lost, rooms expected to be lost, the variance if each stood alone."""

    lost: Floats
    expected: Floats
    variance: Floats


def day_losses(group: Integers, p_lost: Floats, lost: Floats, rooms: Floats) -> DayLosses:
    """Return losses per group of bookings (one arrival day seen from one day)."""
    _, inverse = np.unique(group, return_inverse=True)
    return DayLosses(
        lost=_summed(inverse, rooms * lost),
        expected=_summed(inverse, rooms * p_lost),
        variance=_summed(inverse, rooms**2 * p_lost * (1 - p_lost)),
    )


def _summed(group: Integers, values: Floats) -> Floats:
    return np.asarray(np.bincount(group, values), dtype=np.float64)


def shared_deviation(days: DayLosses, independent_days: int) -> float:
    """Return the standard deviation (in log-odds) that days to come have of their own.

    It is what is likely from how the past days scattered around what was expected of them, on average over all that it may be,
    with what the level ``MOVES`` on top. ``independent_days`` tells how many different arrival days stand behind the groups.
    """
    odds = -0.5 * ((_GRID - EXPECTED) / HOW_SURE) ** 2
    known = days.expected > 0
    if known.any():
        lost, expected, variance = days.lost[known, None], days.expected[known, None], days.variance[known, None]
        # A deviation s of the log-odds moves the expected number by about s times the sum of p (1 - p).
        scatter = variance + (_GRID[None, :] * variance) ** 2
        anything = STRANGE_DAYS / np.maximum(4 * expected, 5.0)
        likely = np.log((1 - STRANGE_DAYS) * np.exp(_log_likelihood(lost, expected, scatter)) + anything)
        odds = odds + likely.sum(axis=0) * independent_days / int(known.sum())
    share = np.exp(odds - odds.max())
    return float(np.hypot((_GRID * share).sum() / share.sum(), MOVES))


def _log_likelihood(lost: Floats, expected: Floats, variance: Floats) -> Floats:
    """Return the log-probability of so many lost rooms of a negative binomial with a mean and a variance."""
    size = expected**2 / (np.maximum(variance, expected * (1 + 1e-3)) - expected)
    ways = _log_gamma(lost + size) - _log_gamma(size) - _log_gamma(lost + 1)
    return np.asarray(ways + size * np.log(size / (size + expected)) + lost * np.log(expected / (size + expected)))


_log_gamma = np.vectorize(lgamma, otypes=[np.float64])


def _middle_odds(p_lost: Floats, deviation: float) -> Floats:
    """Return the log-odds on a usual day that leave each booking its chance over all days.

    The approximation alone takes a twentieth and more off small chances, and most are small; Newton's steps from there end
    at the chance itself.
    """
    wanted = logit(p_lost)
    odds = wanted * np.sqrt(1 + _WIDENING * deviation**2)
    for _ in range(_STEPS):
        by_day = sigmoid(odds[:, None] + deviation * _NODES[None, :])
        mean, slope = by_day @ _SHARES, (by_day * (1 - by_day)) @ _SHARES
        odds = odds - (logit(mean) - wanted) * mean * (1 - mean) / slope
    return np.asarray(odds, dtype=np.float64)


def lost_rooms_together(p_lost: Floats, rooms: Floats, deviation: float) -> Floats:
    """Return the probability of losing 0, 1, 2… rooms of a day, shape (total rooms + 1,); the mean stays what the bookings say.

    Raises ValueError as ``lost_rooms_distribution`` does, and for a negative deviation.
    """
    shares, by_day = _kinds_of_days(p_lost, deviation)
    parts = [share * lost_rooms_distribution(chances, rooms) for share, chances in zip(shares, by_day, strict=True)]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float64)


def lost_rooms_by_part(
    p_lost: Floats, rooms: Floats, part: Integers, sums: Sequence[Sequence[int]], deviation: float
) -> list[Floats]:
    """Return the same for each of ``sums``, the numbers of the parts of the house whose losses count together.

    ``part`` is that of each booking. What a day has of its own it has for all of them. Raises ValueError likewise.
    """
    shares, by_day = _kinds_of_days(p_lost, deviation)
    found = [np.zeros(int(rooms[np.isin(part, one)].sum()) + 1) for one in sums]
    for share, chances in zip(shares, by_day, strict=True):
        alone = {number: lost_rooms_distribution(chances[part == number], rooms[part == number]) for number in {*chain(*sums)}}
        for total, numbers in zip(found, sums, strict=True):
            total += share * reduce(np.convolve, (alone[number] for number in numbers), np.ones(1))
    return found


def _kinds_of_days(p_lost: Floats, deviation: float) -> tuple[Floats, list[Floats]]:
    """Return how likely each kind of day is, and each booking's chance of being lost on it."""
    chances = np.asarray(p_lost, dtype=np.float64)
    if deviation < 0:
        raise ValueError("a deviation cannot be negative")
    if deviation == 0 or not len(chances):
        return np.ones(1), [chances]
    odds = _middle_odds(chances, deviation)
    return _SHARES, [sigmoid(odds + deviation * node) for node in _NODES]
