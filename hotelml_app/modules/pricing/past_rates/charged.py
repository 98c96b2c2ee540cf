"""What was, and is, charged for each night: the flexible rate of the day as the bookings made at it show.

A group agreed one rate with the house: all its rooms together tell of the rate of the day what one room does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.pricing.history.booked import Booked
from hotelml_app.modules.pricing.history.leads import COUNT, Floats, step_of
from hotelml_app.modules.pricing.history.year import night_range
from hotelml_app.modules.pricing.past_rates.rate_card import RateCard
from hotelml_app.modules.pricing.past_rates.rate_levels import Levels, Stays, left_over, solve_nights

OLD_AFTER_DAYS = 7.0
"""A booking counts half beside one made this many days later, where rates have been changed meanwhile."""


@dataclass(frozen=True)
class Charged:
    """Logs of the flexible rate of the nights from ``first`` on; ``usual`` [nights, types], ``by_lead`` [nights, types, steps].

    ``now`` is the rate the latest bookings of a night were made at, NaN where there are none.
    """

    first: int
    usual: Floats
    by_lead: Floats
    now: Floats

    def over_stays(self, shares: Floats) -> Floats:
        """Return by how much the mean rate of stays that begin on a night lies above the usual one, shape as ``by_lead``.

        ``shares`` is the weight of a stay's 1st, 2nd, … night over all lengths of stay.
        """
        above = self.by_lead - self.usual[:, :, None]
        found = np.zeros_like(above)
        for step, share in enumerate(shares):
            found += share * np.concatenate([above[step:], np.repeat(above[-1:], min(step, len(above)), axis=0)])[: len(above)]
        return found


def charged(card: RateCard, booked: Booked, first: int, nights: int) -> Charged:
    """Return what was charged for the nights ``first`` to ``first + nights - 1``, read from the bookings that touch them."""
    plan = card.plan_levels(booked)
    known = card.follows(booked) & ~np.isnan(plan)[booked.plan]
    days = night_range(first, nights)
    usual = card.usual(days)
    stays = Stays.of(card.without_trend(booked.take(known)), first, nights)
    levels = Levels(card.room_type, np.nan_to_num(plan), card.year, np.zeros(nights), np.zeros(usual.shape))
    levels = solve_nights(stays, card.pattern, levels, card.spreads)
    nightly = usual + levels.night[:, None] + levels.night_of_type
    rest = left_over(stays, card.pattern, levels)
    doubt = 4 * (card.spreads.booking / card.spreads.night) ** 2
    moved = _moved_by_lead(stays, rest, nights, doubt)
    return Charged(first, usual, nightly[:, :, None] + moved, nightly + _moved_lately(stays, rest, nights, doubt))


def _moved_by_lead(stays: Stays, rest: Floats, nights: int, doubt: float) -> Floats:
    """Return by how much each lead step's rate lies above the night's; where nothing was sold, as in the step before it."""
    types = stays.types
    step = step_of(stays.booked.lead)[stays.stay]
    cell = stays.cell * COUNT + step
    weight = (stays.share * stays.booked.tells)[stays.stay]
    size = (nights, types, COUNT)
    told = np.bincount(cell, weight, nights * types * COUNT).reshape(size)
    moved = np.bincount(cell, weight * rest[stays.stay], nights * types * COUNT).reshape(size) / (told + doubt)
    moved[told == 0] = np.nan
    # Time runs from long leads to short ones: a rate stands until it is changed.
    for later in range(COUNT - 2, -1, -1):
        moved[:, :, later] = np.where(np.isnan(moved[:, :, later]), moved[:, :, later + 1], moved[:, :, later])
    for earlier in range(1, COUNT):
        moved[:, :, earlier] = np.where(np.isnan(moved[:, :, earlier]), moved[:, :, earlier - 1], moved[:, :, earlier])
    return np.nan_to_num(moved)


def _moved_lately(stays: Stays, rest: Floats, nights: int, doubt: float) -> Floats:
    """Return by how much the latest bookings' rate lies above the night's, shape (nights, types); NaN where there are none."""
    made = stays.booked.booked_on[stays.stay]
    size = nights * stays.types
    newest = np.full(size, -(2**31), dtype=np.int64)
    np.maximum.at(newest, stays.cell, made)
    weight = (stays.share * stays.booked.tells)[stays.stay] * 0.5 ** ((newest[stays.cell] - made) / OLD_AFTER_DAYS)
    told = np.bincount(stays.cell, weight, size)
    moved = np.bincount(stays.cell, weight * rest[stays.stay], size) / (told + doubt)
    found: Floats = np.where(told > 0, moved, np.nan).reshape(nights, stays.types)
    return found
