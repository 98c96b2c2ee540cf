"""Rates of one night in the order of the ladder: a room type that is clearly dearer is not suggested below a simpler one.

Rates out of order meet where they lie nearest to what each was best at, weighed by what is at stake (pooling of those that
violate the order, after Burdakov, Sysoev, Grimvall and Hussian 2006); then each takes the nearest rate that its limits, its
rounding and its smallest change leave.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.pricing.choosing.fences import SAME, Fences, Kept
from hotelml_app.modules.pricing.history.booked import Flags
from hotelml_app.modules.pricing.history.leads import Floats, Integers

HELD = 1e6
"""Rates that are locked or frozen weigh so many times more than any other: the others come to them."""

RAISED = "{rate} by itself, raised to cost no less than {other}, which is usually cheaper"
LOWERED = "{rate} by itself, lowered to cost no more than {other}, which is usually dearer"
STAYS_ABOVE = "{rate} would be less than {other}, which is usually cheaper: stays as it is"
STAYS_BELOW = "{rate} would be more than {other}, which is usually dearer: stays as it is"


@dataclass(frozen=True)
class Rung:
    """A room type on one night: the rate ``kept`` so far, the one that ``stands`` (None: not known), what is at ``stake``.

    ``fixed`` rates are not moved.
    """

    room_type: str
    kept: Kept
    fences: Fences
    stands: float | None
    stake: float
    fixed: bool

    def near(self, aim: float, least: float = 0.0, most: float = math.inf) -> float | None:
        """Return the rate nearest to ``aim`` between two others that may be suggested; None where there is none."""
        if self.fixed:
            return self.kept.rate if least - SAME <= self.kept.rate <= most + SAME else None
        return self.fences.nearest(aim, least, most, self.stands, self.kept.rate)


def in_order(rungs: Sequence[Rung], below: Flags) -> tuple[Kept, ...]:
    """Return the rates of a night in the order of ``below`` [types, types], of which also holds what follows from it.

    Where any rates that may be suggested keep the order, these do; else pairs that cannot be kept are let go. A night in order
    is left as it is.
    """
    before = np.array([one.kept.rate for one in rungs])
    if not _broken(before, below).any():
        return tuple(one.kept for one in rungs)
    weight = np.array([one.stake for one in rungs])
    weight[[one.fixed for one in rungs]] = HELD * weight.max()
    # A dearer type has more below it than a simpler one.
    order = np.argsort(below.sum(axis=0), kind="stable")
    while True:
        rates = _charged(rungs, _pooled(before, weight, below, order), below, order)
        broken = _broken(rates, below)
        if not broken.any():
            return tuple(_said(rungs, rates, below, at) for at in range(len(rungs)))
        below = below & ~broken


def _charged(rungs: Sequence[Rung], aims: Floats, below: Flags, order: Integers) -> Floats:
    """Return rates that may be suggested near those aimed at: upwards each above those below it, then downwards, then back.

    Back: a rate that was moved further than the order asks for returns towards what it was.
    """
    rates = aims.copy()
    for at in order:
        least = float(rates[below[:, at]].max(initial=0.0))
        rates[at] = _first(rungs[at].near(float(aims[at]), least), rungs[at].near(math.inf), rungs[at].kept.rate)
    for at in order[::-1]:
        most = float(rates[below[at]].min(initial=math.inf))
        if rates[at] > most + SAME:
            rates[at] = _first(rungs[at].near(most, 0.0, most), float(rates[at]))
    for at in order:
        least, most = float(rates[below[:, at]].max(initial=0.0)), float(rates[below[at]].min(initial=math.inf))
        rates[at] = _first(rungs[at].near(rungs[at].kept.rate, least, most), float(rates[at]))
    return rates


def _first(*rates: float | None) -> float:
    return next(one for one in rates if one is not None)


def _broken(rates: Floats, below: Flags) -> Flags:
    found: Flags = below & (rates[:, None] > rates[None, :] + SAME)
    return found


def _pooled(rates: Floats, weight: Floats, below: Flags, order: Integers) -> Floats:
    """Return rates in order, each block of those that broke it at their weighted mean in logs."""
    level, block = np.log(np.maximum(rates, SAME)), np.arange(len(rates))
    mean, done = level.copy(), np.zeros(len(rates), dtype=bool)
    for at in order:
        done[at] = True
        while True:
            own = block == block[at]
            before = below[:, own].any(axis=1) & done & ~own
            worst = int(np.argmax(np.where(before, mean, -np.inf)))
            if not before.any() or mean[worst] <= mean[at]:
                break
            own |= block == block[worst]
            block[own] = block[at]
            mean[own] = np.average(level[own], weights=weight[own])
    found: Floats = np.where(mean == level, rates, np.exp(mean))
    return found


def _said(rungs: Sequence[Rung], rates: Floats, below: Flags, at: int) -> Kept:
    """Return a rate with why it was moved, naming the type that it met: the one that lay furthest on the other side."""
    one, rate = rungs[at], float(rates[at])
    before = one.kept.rate
    if abs(rate - before) <= SAME:
        return one.kept
    words, tied, far = (RAISED, below[:, at], 1.0) if rate > before else (LOWERED, below[at], -1.0)
    if one.stands is not None and abs(rate - one.stands) <= SAME:
        words = STAYS_ABOVE if rate > before else STAYS_BELOW
    other = max(np.flatnonzero(tied).tolist(), key=lambda number: far * float(rates[number]))
    return Kept(
        rate, words.format(rate=one.fences.written(before), other=rungs[other].room_type), for_order=round(rate - before, 2)
    )
