"""What is, and was, on the books: the matrices of nights and leads that every forecast reads from.

All matrices have shape (nights, MAX_LEAD + 1); see ``ml.booking_curves``. Nights count from ``first``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.beginnings import first_arrival
from hotelml_app.ml.property.booking_curves import BookedNights, nightly_rate, rooms_sold
from hotelml_app.ml.property.closed_house import CLOSED_NIGHTS, closed_after, empty_runs
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.untold.losses_told import losses_told_from
from hotelml_app.ml.property.untold.room_counts import BEYOND_TOLD, SLIPS
from hotelml_app.modules.forecast.on_books.risk import CLASSES, RiskClasses, stayed
from hotelml_app.modules.forecast.on_books.trailing import OpenNights
from hotelml_app.modules.forecast.on_books.yearly_closing import closes_again

AHEAD = 90
"""Nights ahead of the business date that are looked at."""

BESIDE = 7
"""Nights beyond those, which the last of them are compared with."""

MAX_LEAD = AHEAD + 63
"""Days before a night from which its booking curve is followed."""

RECENT = 800
"""Nights before the business date that a prediction needs: its replay, the weeks before that, and last year's."""

RISKIEST = 2
"""Of the risk classes, those whose bookings fall away most: about a quarter of all bookings."""

YOUNG_NIGHTS = 28

YEARS = 6
"""Older nights say nothing about the next ones that younger ones do not say better."""

MISTYPED_SHARE = 0.0005

ROOM_TYPE, SEGMENT = "room_type", "segment"
"""What the house may be split by."""

Matrix = NDArray[np.float64]


@dataclass
class Books:
    """The books of one property at one business date. Build it with ``Books.of``."""

    history: History
    booked: BookedNights
    risk: RiskClasses
    special: Mapping[int, str]
    by: str = ROOM_TYPE
    house: float | None = None

    @classmethod
    def of(
        cls,
        history: History,
        risk: RiskClasses,
        *,
        recent: int | None = None,
        special: Mapping[int, str] | None = None,
        by: str = ROOM_TYPE,
        house: float | None = None,
    ) -> Books:
        """Lay out the books of ``history``; ``recent`` limits how many past nights, ``special`` names days by day number.

        ``by`` is the category, room type or segment, whose parts the house is split into; ``house`` the rooms there are, where
        that is known.
        """
        first = first_night(history)
        if recent is not None:
            first = max(first, history.today - recent)
        nights = history.today + AHEAD + BESIDE - first + 1
        return cls(history, BookedNights.of(history, first, nights, MAX_LEAD), risk, special or {}, by, house)

    @property
    def first(self) -> int:
        """The day number of the first night."""
        return self.booked.first_night

    @property
    def today(self) -> int:
        """The business date as a row."""
        return self.history.today - self.first

    @cached_property
    def told_from(self) -> int:
        """The row from which the history tells who was lost; on earlier ones nothing seems to fall away from the books."""
        return min(max(losses_told_from(self.history) - self.first, 0), self.today)

    @property
    def nights_told(self) -> int:
        """How many nights have passed of which the history tells all."""
        return self.today - self.told_from

    @cached_property
    def rooms(self) -> Matrix:
        """Rooms on the books."""
        return self.booked.matrix(self.history.rooms)

    @cached_property
    def risky(self) -> Matrix:
        """Rooms on the books in the riskiest RISKIEST classes."""
        return self.booked.matrix(self.history.rooms, (self._classes < RISKIEST)[self.booked.spell])

    def by_risk(self) -> Iterator[tuple[Matrix, Matrix]]:
        """Yield rooms on the books per risk class, and of those the rooms that also stayed that night.

        What stayed is right for nights up to the business date. One class at a time: all of them together are most of the
        memory that a prediction takes.
        """
        group = self._classes[self.booked.spell]
        for number in range(CLASSES):
            within = group == number
            yield self.booked.matrix(self.history.rooms, within), self.booked.matrix(self.history.rooms, within & self._kept)

    @cached_property
    def value(self) -> Matrix:
        """What the ``priced`` rooms bring, in money per night."""
        return self.booked.matrix(self._weights["value"])

    @cached_property
    def all_priced(self) -> bool:
        """Whether every booking has a price; then ``priced`` is ``rooms``."""
        return not bool(np.isnan(nightly_rate(self.history)[self.history.occupying]).any())

    @cached_property
    def priced(self) -> Matrix:
        """Rooms on the books whose price is known."""
        return self.rooms if self.all_priced else self.booked.matrix(self._weights["priced"])

    @cached_property
    def none_free(self) -> bool:
        """Whether no room with a price is given away; then ``paid`` is ``priced``."""
        return not bool((nightly_rate(self.history)[self.history.occupying] == 0).any())

    @cached_property
    def paid(self) -> Matrix:
        """Of the ``priced`` rooms those that cost anything."""
        return self.priced if self.none_free else self.booked.matrix(self._weights["paid"])

    @cached_property
    def arrivals(self) -> Matrix:
        """Rooms on the books that arrive on the night itself."""
        return self.booked.matrix(self.history.rooms, self._arriving)

    @cached_property
    def kept_arrivals(self) -> Matrix:
        """Of the arrivals on the books, rooms that also stayed; right for nights up to the business date."""
        return self.booked.matrix(self.history.rooms, self._arriving & self._kept)

    @cached_property
    def peak(self) -> NDArray[np.float64]:
        """The most rooms sold on any night up to each night, at least one; the earliest nights included.

        A house that has hardly sold yet is measured by its rooms, or by what is on its books where those are more or not known.
        """
        start = first_night(self.history)
        sold = rooms_sold(self.history, start, self.history.today - start + 1)
        ahead = self._filled_ahead.max(initial=self.house or 1.0) if len(sold) <= YOUNG_NIGHTS else 1.0
        highest = np.maximum.accumulate(np.maximum(sold, ahead))
        rows = np.clip(np.arange(self.booked.nights) + self.first - start, 0, len(highest) - 1)
        return highest[rows]

    def fullest_night(self, house: float) -> float:
        """Return the most rooms sold on any night, at least ``house``: far beyond it, what a single booking is for counts not.

        Where several bookings go so far, the house takes groups and has more rooms than that.
        """
        start = first_night(self.history)
        booked = BookedNights.of(self.history, start, self.history.today - start + 1, 0)
        rooms, largest = self.history.rooms[booked.spell], np.zeros(booked.nights)
        sold = np.bincount(booked.row, rooms, booked.nights)
        np.maximum.at(largest, booked.row, rooms)
        alone = (sold > BEYOND_TOLD * house) & (sold - largest <= house)
        lifting = booked.spell[alone[booked.row] & (rooms == largest[booked.row])]
        if len(np.unique(self.history.booking[lifting])) > SLIPS:
            return float(sold.max())
        return float(np.where(alone, house, sold).max(initial=house))

    @cached_property
    def closed(self) -> NDArray[np.bool_]:
        """True for passed nights on which the house was closed, as far as its sales tell."""
        found = np.zeros(self.booked.nights, dtype=bool)
        for begin, end in self._empty_runs:
            found[begin:end] = end - begin >= self._closed_after
        return found

    @cached_property
    def _empty_runs(self) -> list[tuple[int, int]]:
        """First row of each run of passed nights without a guest, and the row after it."""
        return empty_runs(self.rooms[:, 0])

    @cached_property
    def _closed_after(self) -> int:
        """So many empty nights in a row are a closed house."""
        return closed_after(self._empty_runs, self.today + 1)

    @cached_property
    def open_nights(self) -> OpenNights:
        """The nights by which the next ones are judged."""
        return OpenNights(self.closed, self._closed_after)

    @cached_property
    def reopens_in(self) -> NDArray[np.int64]:
        """Days from each night to the next that anybody had booked by then, where the house was closed or is to open; else 0."""
        found = np.zeros(self.booked.nights, dtype=np.int64)
        filled, nights = np.nan_to_num(self.rooms), self.open_nights
        rows = np.flatnonzero(self.closed)
        for now in rows[nights.empty(rows) == 0].tolist():
            lead = np.arange(1, min(MAX_LEAD + 1, self.booked.nights - now))
            booked = np.flatnonzero(filled[now + lead, lead] > 0)
            found[now] = lead[booked[0]] if len(booked) else self.booked.nights
        if not found[self.today] and not filled[: self.today + 1, 0].any():
            # Nobody ever came: it is to open on the first night that anybody booked, unless that is near enough to be chance.
            opens = int(np.argmax(np.append(self._filled_ahead > 0, True))) + 1
            found[self.today] = opens if opens > CLOSED_NIGHTS else 0
        return found

    def known_closed(self, now: NDArray[np.int64], horizon: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of which nights, ``horizon`` days after ``now``, the house is known to be closed.

        Nobody booked up to them, or it was closed a year before and nobody booked it now.
        """
        result: NDArray[np.bool_] = horizon < self.reopens_in[now]
        again = self._closes_again
        for row in again.keys() & set(now.tolist()):
            asked = (now == row) & (horizon < len(again[row]))
            result[asked] |= again[row][horizon[asked]]
        return result

    @cached_property
    def _closes_again(self) -> dict[int, NDArray[np.bool_]]:
        closed = [(begin, end) for begin, end in self._empty_runs if end - begin >= self._closed_after and begin > 0]
        return closes_again(self.rooms, closed, self.today, AHEAD + BESIDE)

    @property
    def _filled_ahead(self) -> NDArray[np.float64]:
        """Rooms on the books now for each night to come."""
        lead = np.arange(1, AHEAD + 1)
        return self.rooms[self.today + lead, lead]

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The room types (or segments) that anybody ever booked, "" for bookings without one first."""
        return self.history.categories[self.by].labels

    def of_part(self, what: str, number: int) -> Matrix:
        """Return ``rooms``, ``arrivals``, ``priced``, ``paid`` or ``value`` of one of ``parts``, by its place there."""
        within = (self.history.categories[self.by].codes == number)[self.booked.spell]
        weight = self._weights.get(what, self.history.rooms)
        return self.booked.matrix(weight, within & self._arriving if what == "arrivals" else within)

    @cached_property
    def _classes(self) -> NDArray[np.int64]:
        return self.risk.classes(self.history)

    @cached_property
    def _weights(self) -> Mapping[str, NDArray[np.float64]]:
        """What a spell puts on the books of a night: money, rooms with a price, and rooms that cost anything."""
        rate, rooms = nightly_rate(self.history), self.history.rooms
        money = np.nan_to_num(rate)
        return {"value": rooms * money, "priced": np.where(np.isnan(rate), 0.0, rooms), "paid": np.where(money > 0, rooms, 0.0)}

    @cached_property
    def _arriving(self) -> NDArray[np.bool_]:
        return self.booked.row + self.first == self.history.arrival[self.booked.spell]

    @cached_property
    def _kept(self) -> NDArray[np.bool_]:
        """True where a spell's night is one its booking really stayed, as last known."""
        history, spell = self.history, self.booked.spell
        last = np.zeros(len(history.booked_on), dtype=np.int64)
        last[history.booking] = np.arange(len(history))  # spells of a booking are in order: the latest one remains
        final, night = last[history.booking[spell]], self.booked.row + self.first
        here = (history.arrival[final] <= night) & (night < history.departure[final])
        result: NDArray[np.bool_] = here & stayed(history)[history.booking[spell]]
        return result


def first_night(history: History) -> int:
    """Return the first night of the history proper, at most YEARS back; the business date where nobody arrived before it."""
    arrivals = history.arrival[history.occupying]
    if not len(arrivals):
        return history.today
    # One booking with a mistyped year must not add years of empty nights; in a small house it is more than that share.
    start = max(int(np.quantile(arrivals, MISTYPED_SHARE, method="lower")), first_arrival(arrivals, history.today))
    return min(max(start, history.today - round(365.25 * YEARS)), history.today)
