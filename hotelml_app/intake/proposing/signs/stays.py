"""The dates of a stay against each other: what begins, what ends, what was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.values.date_order import NO_DAY, Days, OpenDate, order_of_column
from hotelml_app.intake.values.dates import DateOrder

AGREES = 0.97
"""Share of rows from which on two columns tell the same story; the rest are slips."""
LONGEST_USUAL_STAY = 60
_ENOUGH_STAYS = 100


@dataclass(frozen=True)
class Calendar:
    """The date columns of a file as day numbers, by position.

    ``open`` is True where nothing tells day from month; ``example`` is then a date that may be either of two days.
    """

    days: Mapping[int, Days]
    order: DateOrder | None
    open: bool
    example: OpenDate | None = None

    def share(self, first: int, last: int) -> float:
        """Return the share of rows, of those that have both days, in which ``first`` is not after ``last``."""
        early, late, both = self._both(first, last)
        return float((early[both] <= late[both]).mean()) if both.any() else 0.0

    def before(self, first: int, last: int) -> float:
        """Return the share of rows, of those that have both days, in which ``first`` is before ``last``."""
        early, late, both = self._both(first, last)
        return float((early[both] < late[both]).mean()) if both.any() else 0.0

    def length_agrees(self, arrival: int, departure: int, nights: NDArray[np.float64]) -> float:
        """Return the share of rows whose stay lasts the nights that another column tells."""
        early, late, both = self._both(arrival, departure)
        both &= ~np.isnan(nights)
        return float(((late - early)[both] == nights[both]).mean()) if both.any() else 0.0

    def usual_gap(self, first: int, last: int) -> float:
        """Return the median number of days from one column to another, NaN where no row has both."""
        early, late, both = self._both(first, last)
        return float(np.median((late - early)[both])) if both.any() else float("nan")

    def without_gaps(self, place: int, groups: NDArray[np.int32]) -> float:
        """Return the share of groups of several rows whose days follow each other, each day once."""
        days = self.days[place].astype(np.int64)
        order = np.lexsort((days, groups))
        days, same = days[order], groups[order][1:] == groups[order][:-1]
        broken = np.zeros(int(groups.max()) + 1, dtype=bool)
        broken[groups[order][1:][same & (np.diff(days) != 1)]] = True
        several = np.bincount(groups) > 1
        return float((~broken[several]).mean()) if several.any() else 0.0

    def looks_like_stays(self, arrival: int, departure: int) -> bool:
        """Return whether two columns are, in nearly all rows, a beginning and an end some nights later."""
        gap = self.usual_gap(arrival, departure)
        return self.share(arrival, departure) >= AGREES and 0 < gap <= LONGEST_USUAL_STAY

    def is_soon_after(self, arrival: int, departure: int) -> bool:
        """Return whether one day is, in nearly all rows, at least a night and at most some weeks after another."""
        early, late, both = self._both(arrival, departure)
        gaps = (late - early)[both]
        return len(gaps) >= _ENOUGH_STAYS and float(((gaps >= 1) & (gaps <= LONGEST_USUAL_STAY)).mean()) >= AGREES

    def _both(self, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
        early, late = self.days[first], self.days[last]
        return early.astype(np.int64), late.astype(np.int64), (early != NO_DAY) & (late != NO_DAY)


def calendar_of(seen: Mapping[int, Evidence], pairs: list[tuple[int, int]], usual: DateOrder | None) -> Calendar:
    """Read the date columns at these positions.

    Each column's order comes from its own numbers above 12, else from the other columns, else from ``usual``, else from
    ``pairs`` of (earlier, later) columns that only one order puts right.
    """
    own = {position: order_of_column(one.dates) if one.dates.needs_order else None for position, one in seen.items()}
    known = {order for order in own.values() if order is not None}
    shared = next(iter(known)) if len(known) == 1 else None
    asked = any(one.dates.needs_order and own[position] is None for position, one in seen.items())
    chosen = shared or (_order_by_pairs(seen, pairs) if asked else None) or usual
    fallback = chosen or DateOrder.DAY_FIRST
    days = {position: one.dates.days(own[position] or fallback) for position, one in seen.items()}
    is_open = asked and chosen is None
    examples = (one.dates.example for position, one in seen.items() if one.dates.needs_order and own[position] is None)
    return Calendar(days, chosen, is_open, next(filter(None, examples), None) if is_open else None)


def _order_by_pairs(seen: Mapping[int, Evidence], pairs: list[tuple[int, int]]) -> DateOrder | None:
    fits = {}
    for order in DateOrder:
        trial = Calendar({position: one.dates.days(order) for position, one in seen.items()}, order, False)
        fits[order] = sum(trial.share(*pair) for pair in pairs if set(pair) <= seen.keys())
    best = max(fits, key=lambda order: fits[order])
    return best if max(fits.values()) - min(fits.values()) > 0.02 else None
