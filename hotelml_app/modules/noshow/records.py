"""How often bookings of a kind were lost late at this hotel in the last year: plain counts that reasons are held against."""

from __future__ import annotations

import numpy as np

from hotelml_app.modules.noshow.books import Books, Flags, Floats, Groups
from hotelml_app.modules.noshow.features import PRIOR_BOOKINGS, late_ends

SAME_BOOKINGS = 0.8
"""Share of all bookings of two kinds that are of both from which on the two are one fact."""


class Records:
    """The bookings of the year up to ``day`` whose late end is known."""

    def __init__(self, books: Books, day: int) -> None:
        self._books = books
        self._late = late_ends(books, day)
        self._lost: Flags = books.lost[self._late]
        self._ratios: dict[tuple[str, str], tuple[Floats, Floats]] = {}
        self._alike: dict[tuple[object, object], bool] = {}

    def of(self, kind: str, spell: int, within: str = "") -> tuple[float, float]:
        """Return (bookings, log of their share lost over that of the house, or of their group ``within`` another kind).

        The share of few bookings is drawn towards what it is held against.
        """
        if (kind, within) not in self._ratios:
            groups = self._books.kinds[kind]
            whole = self._books.kinds[within] if within else np.zeros(len(groups), dtype=np.int32)
            self._ratios[kind, within] = self.ratio(groups, whole)
        counts, ratios = self._ratios[kind, within]
        return float(counts[spell]), float(ratios[spell])

    def ratio(self, groups: Groups, whole: Groups) -> tuple[Floats, Floats]:
        """Return the same for all spells, of any grouping and the one it is held against."""
        house = (float(self._lost.sum()) + 1.0) / (len(self._lost) + 10.0)
        of_whole, _ = self._share(whole, np.full(len(whole), house))
        of_group, count = self._share(groups, of_whole)
        return count, np.log(of_group / of_whole)

    def same_bookings(self, one: tuple[str, int], other: tuple[str, int]) -> bool:
        """Tell whether two groups, each a kind and its number, are nearly the same bookings."""
        if (one, other) not in self._alike:
            first, second = (self._books.kinds[kind][self._late] == number for kind, number in (one, other))
            either = int((first | second).sum())
            self._alike[one, other] = either > 0 and int((first & second).sum()) >= SAME_BOOKINGS * either
        return self._alike[one, other]

    def _share(self, groups: Groups, prior: Floats) -> tuple[Floats, Floats]:
        """Return per spell the share lost of its group, drawn to ``prior``, and how many bookings that rests on."""
        size = int(groups.max(initial=0)) + 1
        count = np.bincount(groups[self._late], minlength=size)[groups].astype(np.float64)
        lost = np.bincount(groups[self._late], weights=self._lost, minlength=size)[groups]
        return (lost + PRIOR_BOOKINGS * prior) / (count + PRIOR_BOOKINGS), count
