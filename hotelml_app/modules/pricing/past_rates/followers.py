"""Who pays the rate of the day: guests whose rates move when it moves, as against those with a contract.

The test: from day to day, do the rates of a kind of guest move along with the rate of the night, as the others' do? Where
nothing moves, words that the trade uses for contracts decide; where there are none, moves within a month do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.pricing.history.leads import Floats, Integers
from hotelml_app.modules.pricing.history.year import YearPattern
from hotelml_app.modules.pricing.past_rates.rate_levels import Levels, Stays, left_over

CONTRACT_WORDS = ("contract", "corporate", "negotiat", "offline", "tour op", "crew", "complement", "house use", "wholesale")
FEWEST_BOOKINGS = 60
FEWEST_WINDOWS = 3
FEWEST_IN_WINDOW = 4
FOLLOWS_FROM = 0.7
"""A kind of guest follows where its rates move at least so far as those of the kinds that do on the whole."""

MOVES_FROM = 0.02
"""Nights whose log rates spread less than this do not move: there is nothing to follow. So it is with
those of one month: where a house has only begun to move its rates, chance would decide in all the months before."""

FEWEST_LEFT = 0.1
"""Moves leave no smaller share of those who were thought to follow: where nights were read from a few large groups, nobody else
moves with them."""

NO_LENGTH = 1e-9

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Windows:
    """The stretches of ``days`` days within which moves are compared, around a straight line where ``straight``.

    Of those with bookings, rates have to move in a ``share``: what moves in few of them is the season's printed tariff, which
    contracts follow too.
    """

    days: int
    straight: bool
    share: float


WEEKS, MONTHS = Windows(7, True, 0.25), Windows(28, False, 0.0)


def by_words(units: tuple[str, ...], rooms: Floats) -> Flags:
    """Return which units pay the rate of the day, told by their names; all of them where hardly any would be left."""
    follows = np.array([not any(word in unit.lower() for word in CONTRACT_WORDS) for unit in units], dtype=bool)
    return follows if rooms[follows].sum() > 0.2 * rooms.sum() else np.ones(len(units), dtype=bool)


def by_moves(stays: Stays, year: YearPattern, levels: Levels, follows: Flags) -> Flags:
    """Return which units' rates move with the nights'; ``follows`` is what was thought before, and holds where nothing tells.

    How far rates usually move is asked of hands that book, not of rooms: large groups agree what suits that one night.
    """
    slopes = _slopes(stays, year, levels, WEEKS)
    if follows.all():
        slopes = np.where(np.isnan(slopes), _slopes(stays, year, levels, MONTHS), slopes)
    known = ~np.isnan(slopes)
    tells = np.bincount(stays.booked.unit, stays.booked.tells, len(slopes)) * (known & follows)
    if not tells.any():
        return follows
    order = np.argsort(np.where(known, slopes, np.inf))
    running = np.cumsum(tells[order])
    usual = float(slopes[order][np.searchsorted(running, running[-1] / 2)])
    found: Flags = np.where(known, slopes > FOLLOWS_FROM * float(np.clip(usual, 0.5, 1.2)), follows)
    return found if tells[found].sum() > FEWEST_LEFT * tells.sum() else follows


def _slopes(stays: Stays, year: YearPattern, levels: Levels, windows: Windows) -> Floats:
    """Return how far each unit's log rates move with the night's, 1 being in step; NaN where there are too few bookings."""
    booked = stays.booked
    moved = stays.mean(levels.night[stays.night])
    rate = left_over(stays, year, levels) + moved
    day = booked.arrival - stays.first
    found = np.full(len(booked.units), np.nan)
    for unit in range(len(found)):
        rows = booked.unit == unit
        if rows.sum() >= FEWEST_BOOKINGS:
            found[unit] = _middle_slope(moved[rows], rate[rows], day[rows], windows)
    return found


def _middle_slope(x: Floats, y: Floats, day: Integers, windows: Windows) -> float:
    """Return the weighted median over windows of the slope of ``y`` on ``x``, both around the window's own mean or line.

    The median, because a step of the printed tariff moves contracts and the rate of the day alike, but only in few windows.
    """
    window = day // windows.days
    booked = np.bincount(window)
    count = np.maximum(booked, 1)
    x, y = (_around(one, day % windows.days, window, windows.straight) for one in (x, y))
    together, spread = np.bincount(window, x * y), np.bincount(window, x * x)
    enough = booked >= FEWEST_IN_WINDOW
    told = enough & (spread > MOVES_FROM**2 * count)
    if told.sum() < max(FEWEST_WINDOWS, windows.share * enough.sum()):
        return float("nan")
    slope, variance = together[told] / spread[told], spread[told] / count[told]
    weight = np.minimum(variance, np.median(variance)) * np.sqrt(count[told])
    order = np.argsort(slope)
    running = np.cumsum(weight[order])
    return float(slope[order][np.searchsorted(running, running[-1] / 2)])


def _around(values: Floats, at: Integers, window: Integers, straight: bool) -> Floats:
    """Return values around the mean of their window, or around the straight line through those of it."""
    count = np.maximum(np.bincount(window), 1)
    found: Floats = values - (np.bincount(window, values) / count)[window]
    if straight:
        along = _around(at.astype(np.float64), at, window, False)
        slope = np.bincount(window, found * along) / (np.bincount(window, along**2) + NO_LENGTH)
        found = found - slope[window] * along
    return found
