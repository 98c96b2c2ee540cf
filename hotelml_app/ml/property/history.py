"""The booking history of one property, answerable as of the end of any past day.

A *spell* is a stretch of days during which a booking stood in one state: it is known from the end of ``known_from``
up to, not including, the end of ``known_to``. Everything a module may learn from or predict with is derived from
spells, so that training and prediction cannot know more than the hotel did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import OCCUPYING
from hotelml_app.core.clock import day_number

FOREVER = np.int32(2**31 - 1)
"""``known_to`` of a state that still holds."""

Days = NDArray[np.int32]
Rooms = NDArray[np.float64]
Column = TypeVar("Column")


def or_one(rooms: Rooms) -> Rooms:
    """Return rooms, one where the export did not say."""
    return np.where(np.isnan(rooms), 1.0, rooms)


@dataclass(frozen=True)
class Category:
    """A column of words: ``labels[codes[i]]`` is the word of spell ``i``; label 0 is always ""."""

    codes: NDArray[np.int32]
    labels: tuple[str, ...]

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Category:
        """Return the same column for some rows."""
        return Category(self.codes[rows], self.labels)

    def words(self) -> NDArray[np.str_]:
        """Return the words, one per spell."""
        return np.asarray(self.labels, dtype=str)[self.codes]

    def code(self, label: str) -> int:
        """Return the code of a word, or -1 where no spell has it."""
        return self.labels.index(label) if label in self.labels else -1


class ChosenRows(Mapping[str, Column]):
    """Columns by name with some of their rows only, each cut when it is first asked for.

    Most questions look at a few columns; all of them cut at once would take as much memory as the history itself.
    """

    def __init__(self, columns: Mapping[str, Column], cut: Callable[[Column], Column]) -> None:
        self._columns, self._cut = columns, cut
        self._found: dict[str, Column] = {}

    def __getitem__(self, name: str) -> Column:
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._cut(self._columns[name])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


@dataclass(frozen=True)
class History:
    """All spells of one property, parallel arrays of equal length; days count from 1970-01-01.

    ``booking`` numbers the bookings 0…; ``reservation_ids`` and ``booked_on`` are per booking, all else per spell.
    ``numbers`` are float64 with NaN where the export said nothing. ``reconstructed`` marks spells that no export
    showed but that follow from the dates in a later one; what is filled in at check-in is blank there.
    """

    property_name: str
    business_date: date
    reservation_ids: NDArray[np.object_]
    booked_on: Days
    booking: NDArray[np.int32]
    known_from: Days
    known_to: Days
    status: NDArray[np.int8]
    arrival: Days
    departure: Days
    categories: Mapping[str, Category]
    numbers: Mapping[str, NDArray[np.float64]]
    reconstructed: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.booking)

    @property
    def today(self) -> int:
        """The business date as a day number."""
        return day_number(self.business_date)

    @property
    def rooms(self) -> Rooms:
        """Rooms per spell; one where the export did not say."""
        return or_one(self.numbers["rooms"])

    @property
    def nights(self) -> NDArray[np.int32]:
        """Nights per spell; a day use has none."""
        return self.departure - self.arrival

    @property
    def lead(self) -> NDArray[np.int32]:
        """Days from booking to arrival, per spell."""
        return self.arrival - self.booked_on[self.booking]

    @cached_property
    def occupying(self) -> NDArray[np.bool_]:
        """True where the spell holds a room."""
        return np.isin(self.status, np.array(OCCUPYING, dtype=np.int8))

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> History:
        """Return the same history with some of the spells; bookings keep their numbers."""
        if rows.dtype == np.bool_:
            # Counted once for all columns: mostly a few rows of a long history are asked for.
            rows = np.flatnonzero(rows)
        return replace(
            self,
            booking=self.booking[rows],
            known_from=self.known_from[rows],
            known_to=self.known_to[rows],
            status=self.status[rows],
            arrival=self.arrival[rows],
            departure=self.departure[rows],
            categories=ChosenRows(self.categories, lambda column: column.take(rows)),
            numbers=ChosenRows(self.numbers, lambda column: column[rows]),
            reconstructed=self.reconstructed[rows],
        )

    def as_of(self, day: date) -> History:
        """Return what was known at the end of ``day``: later spells are gone, running ones are open again."""
        number = day_number(day)
        began = self.known_from <= number
        # Asked as of today, as mostly, nothing is left out: then the arrays are shared, not copied.
        known = self if began.all() else self.take(began)
        return replace(
            known,
            business_date=min(day, self.business_date),
            known_to=np.where(known.known_to > number, FOREVER, known.known_to),
        )

    def alive_at(self, day: date) -> NDArray[np.bool_]:
        """Return the spells that hold at the end of ``day``: one per booking known then."""
        number = day_number(day)
        return (self.known_from <= number) & (self.known_to > number)

    def on_the_books(self, day: date, horizon: int | None = None) -> History:
        """Return the spells that hold a room, have not arrived by the end of ``day``, and were known then.

        ``horizon`` leaves out arrivals more days ahead.
        """
        number = day_number(day)
        rows = self.alive_at(day) & self.occupying & (self.arrival > number)
        if horizon is not None:
            rows &= self.arrival <= number + horizon
        return self.take(rows)
