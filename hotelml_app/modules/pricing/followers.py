"""Who pays the rate of the day: guests whose rates move when it moves, as against those with a contract.

The test: within a month, do the rates of a kind of guest move along with the rate of the night, as the others' do? Where
nothing moves, words that the trade uses for contracts decide.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.pricing.leads import Floats, Integers
from hotelml_app.modules.pricing.rate_levels import Levels, Stays, left_over
from hotelml_app.modules.pricing.year import YearPattern

CONTRACT_WORDS = ("contract", "corporate", "negotiat", "offline", "tour op", "crew", "complement", "house use", "wholesale")
WINDOW_DAYS = 28
FEWEST_BOOKINGS = 60
FEWEST_WINDOWS = 3
FOLLOWS_FROM = 0.7
"""A kind of guest follows where its rates move at least so far as those of the kinds that do on the whole."""

MOVES_FROM = 0.02
"""Nights whose log rates spread less than this do not move: there is nothing to follow. So it is with
those of one month: where a house has only begun to move its rates, chance would decide in all the months before."""

Flags = NDArray[np.bool_]


def by_words(units: tuple[str, ...], rooms: Floats) -> Flags:
    """Return which units pay the rate of the day, told by their names; all of them where hardly any would be left."""
    follows = np.array([not any(word in unit.lower() for word in CONTRACT_WORDS) for unit in units], dtype=bool)
    return follows if rooms[follows].sum() > 0.2 * rooms.sum() else np.ones(len(units), dtype=bool)


def by_moves(stays: Stays, year: YearPattern, levels: Levels, follows: Flags) -> Flags:
    """Return which units' rates move with the nights'; ``follows`` is what was thought before, and holds where nothing tells."""
    slopes = _slopes(stays, year, levels)
    known = ~np.isnan(slopes)
    rooms = np.bincount(stays.booked.unit, stays.booked.rooms, len(slopes)) * (known & follows)
    if not rooms.any():
        return follows
    order = np.argsort(np.where(known, slopes, np.inf))
    running = np.cumsum(rooms[order])
    usual = float(slopes[order][np.searchsorted(running, running[-1] / 2)])
    found: Flags = np.where(known, slopes > FOLLOWS_FROM * float(np.clip(usual, 0.5, 1.2)), follows)
    return found


def _slopes(stays: Stays, year: YearPattern, levels: Levels) -> Floats:
    """Return how far each unit's log rates move with the night's, 1 being in step; NaN where there are too few bookings."""
    booked = stays.booked
    moved = stays.mean(levels.night[stays.night])
    rate = left_over(stays, year, levels) + moved
    window = (booked.arrival - stays.first) // WINDOW_DAYS
    found = np.full(len(booked.units), np.nan)
    for unit in range(len(found)):
        rows = booked.unit == unit
        if rows.sum() >= FEWEST_BOOKINGS:
            found[unit] = _middle_slope(moved[rows], rate[rows], window[rows])
    return found


def _middle_slope(x: Floats, y: Floats, window: Integers) -> float:
    """Return the weighted median over months of the slope of ``y`` on ``x``, both around the month's own mean.

    The median, because a step of the printed tariff moves contracts and the rate of the day alike, but only in few months.
    """
    count = np.maximum(np.bincount(window), 1)
    x = x - (np.bincount(window, x) / count)[window]
    y = y - (np.bincount(window, y) / count)[window]
    together, spread = np.bincount(window, x * y), np.bincount(window, x * x)
    told = (count >= 4) & (spread > MOVES_FROM**2 * count)
    if told.sum() < FEWEST_WINDOWS:
        return float("nan")
    slope, variance = together[told] / spread[told], spread[told] / count[told]
    weight = np.minimum(variance, np.median(variance)) * np.sqrt(count[told])
    order = np.argsort(slope)
    running = np.cumsum(weight[order])
    return float(slope[order][np.searchsorted(running, running[-1] / 2)])
