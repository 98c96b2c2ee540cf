"""The suggested rates of all nights in the order of their room types, and which rates are moved for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.modules.pricing.choosing.fences import SAME, Fences, Kept
from hotelml_app.modules.pricing.choosing.rungs import Rung, in_order
from hotelml_app.modules.pricing.history.booked import Flags
from hotelml_app.modules.pricing.history.leads import Floats

HELD_BACK = 1e4
"""A rate that stands weighs so many times more where the others are to come to it."""

Table = Sequence[Sequence[Kept]]


@dataclass(frozen=True)
class Offers:
    """What the rates of the nights after ``today`` are brought in order by; tables [nights, types].

    ``below`` [types, types] tells which types are clearly cheaper than which. ``standing`` is what stands, NaN where it is not
    known, ``current`` the same with guesses. ``needed`` is the money a change of a rate has to bring, ``money`` tells what is
    still to come at a table of rates.
    """

    types: tuple[str, ...]
    below: Flags
    fences: Sequence[Sequence[Fences]]
    standing: Floats
    current: Floats
    needed: Floats
    money: Callable[[Floats], Floats]
    today: int

    def in_order(self, kept: Table) -> Table:
        """Return the rates of every night in the order of its room types.

        Rates that were left as they are stay so and the others come to them, unless the night brings more where they move along,
        by as much as their changes need to. A night in order is left as it is.
        """
        rates = _rates(kept)
        # One room more counts: where hardly any is asked for, a rate is not for nothing what it is. Where staff hold rates below
        # what a room costs, every room takes money away: a weight cannot be less than nothing.
        stake = np.maximum(self.money(rates), 0.0) + rates
        stays = np.abs(rates - self.current) <= SAME
        free, held = self._ordered(kept, stake), self._ordered(kept, np.where(stays, HELD_BACK * stake, stake))
        brings = (self.money(_rates(free)) - self.money(_rates(held))).sum(axis=1)
        more = _moved(free).astype(int) - _moved(held).astype(int)
        chosen = brings >= (self.needed * stays * more).sum(axis=1)
        return tuple(tuple(one if moves else other) for one, other, moves in zip(free, held, chosen, strict=True))

    def _ordered(self, kept: Table, stake: Floats) -> Table:
        return [in_order(self._rungs(step, row, stake), self.below) for step, row in enumerate(kept)]

    def _rungs(self, step: int, kept: Sequence[Kept], stake: Floats) -> list[Rung]:
        night, found = day_of(self.today + 1 + step), []
        for kind, one in enumerate(kept):
            fences, stands = self.fences[step][kind], float(self.standing[step, kind])
            fixed = fences.fixed_at(night, step + 1)
            known = None if np.isnan(stands) else stands
            found.append(Rung(self.types[kind], one, fences, known, float(stake[step, kind]), fixed))
        return found


def _rates(table: Table) -> Floats:
    return np.maximum(np.array([[one.rate for one in row] for row in table]), SAME)


def _moved(table: Table) -> Flags:
    return np.array([[one.for_order != 0.0 for one in row] for row in table], dtype=bool)
