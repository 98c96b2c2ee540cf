"""How far the house has gone with its rates on comparable nights: what guests do further out, nothing of its own tells.

Comparable are nights of the same room type at the same time of the year. What season, weekday and special nights move is in
the usual rate already: nights are compared by what was charged for them beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.pricing.history.booked import Booked
from hotelml_app.modules.pricing.history.leads import Floats, Integers
from hotelml_app.modules.pricing.history.year import YEAR, night_range
from hotelml_app.modules.pricing.past_rates.rate_card import RateCard

MEMORY_DAYS, AHEAD_DAYS = 1100, 120
"""Nights so far back and, as far as they are booked, so far ahead show what was charged."""

SEASON_DAYS = 45
LOW_QUANTILE, HIGH_QUANTILE = 0.05, 0.95
"""One night in twenty is left out at either end: a single fair or a slip of the hand is no habit of the house."""

MARGIN = 1 / 3
"""A suggestion may go so far beyond: a house that never tries another rate never learns what it does. On simulated hotels with
one rate all year the best revenue is missed by 2 per cent without any such limit, by 3 with a quarter, by 4 with a tenth."""

FEWEST_NIGHTS = 25
"""With fewer of a room type, the nights of all types at that time of the year are looked at, and then those of all the year."""

STEP_DAYS = 7
"""Nights of one week share their comparable nights."""


@dataclass(frozen=True)
class Reach:
    """Logs over the usual rate, tables [nights, types]: the ``least`` and the ``most`` a suggestion may be."""

    least: Floats
    most: Floats


@dataclass(frozen=True)
class _Charged:
    """Nights of a room type with a rate, parallel arrays: the day in the ``year``, the ``room_type``, the log over the usual."""

    year: Floats
    room_type: Integers
    above: Floats

    def range_at(self, day: float, kind: int) -> tuple[float, float]:
        """Return the lowest and the highest log over the usual rate at a time of the year, without the odd nights."""
        apart = np.abs((self.year - day + YEAR / 2) % YEAR - YEAR / 2)
        near, same = apart <= SEASON_DAYS, self.room_type == kind
        for rows in (near & same, near, same, np.ones_like(same)):
            if rows.sum() >= FEWEST_NIGHTS:
                low, high = np.quantile(self.above[rows], (LOW_QUANTILE, HIGH_QUANTILE))
                return min(float(low), 0.0), max(float(high), 0.0)
        return 0.0, 0.0


def reach_of(card: RateCard, booked: Booked, today: int, nights: int) -> Reach:
    """Return how far suggestions for the ``nights`` nights after ``today`` may go, from what was charged until then."""
    seen = _charged(card, booked, today)
    least, most = np.empty((nights, len(card.types))), np.empty((nights, len(card.types)))
    for first in range(0, nights, STEP_DAYS):
        week = slice(first, first + STEP_DAYS)
        for kind in range(len(card.types)):
            low, high = seen.range_at((today + 1 + first + STEP_DAYS // 2) % YEAR, kind)
            least[week, kind], most[week, kind] = low + np.log(1 - MARGIN), high + np.log(1 + MARGIN)
    return Reach(least, most)


def _charged(card: RateCard, booked: Booked, today: int) -> _Charged:
    """Read the rate of every night and room type beside the usual one from the bookings that begin on it.

    Bookings differ for reasons of their own: few of them tell of a night only as far as nights differ more than they do.
    """
    first, days, types = today - MEMORY_DAYS, MEMORY_DAYS + AHEAD_DAYS, len(card.types)
    plan = card.plan_levels(booked)[booked.plan]
    inside = (booked.arrival >= first) & (booked.arrival < first + days)
    told = booked.priced & card.follows(booked) & ~np.isnan(plan) & inside
    rows, level = booked.take(told), plan[told]
    row = rows.arrival - first
    usual = np.vstack([np.zeros((1, types)), np.cumsum(card.usual(night_range(first, 2 * days)), axis=0)])
    length = np.minimum(rows.nights, days)
    over_stay = (usual[row + length, rows.room_type] - usual[row, rows.room_type]) / length
    rest = np.log(rows.rate) - level - over_stay
    spreads = card.spreads
    house, _ = _means(rest, rows.rooms, row, days, (spreads.booking / spreads.night) ** 2)
    cell = row * types + rows.room_type
    own, sold = _means(rest - house[row], rows.rooms, cell, days * types, (spreads.booking / spreads.night_of_type) ** 2)
    told_of = np.flatnonzero(sold)
    year = ((first + told_of // types) % YEAR).astype(np.float64)
    return _Charged(year, told_of % types, house[told_of // types] + own[told_of])


def _means(values: Floats, rooms: Floats, group: Integers, groups: int, doubt: float) -> tuple[Floats, Floats]:
    """Return each group's mean, nearer to zero the fewer rooms it has beside ``doubt``, and its rooms."""
    weight = np.bincount(group, rooms, groups)
    mean: Floats = np.bincount(group, rooms * values, groups) / (weight + doubt)
    return mean, weight.astype(np.float64)
