"""Day first or month first? Decided for a whole column by all its rows together, never row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number
from hotelml_app.intake.readers.tables.table import Column
from hotelml_app.intake.values.dates import DateOrder, NumericDate, read_date
from hotelml_app.intake.values.turned_dates import may_be_turned, order_before, turned_back
from hotelml_app.intake.values.words import clean
from hotelml_app.intake.values.year_first import begin_with_year, may_begin_with_year, with_year_first

NO_DAY = np.int32(-(2**31))
"""The day number of a cell that is blank or no date."""

Days = NDArray[np.int32]
BOTH = (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True)
class OpenDate:
    """A date as it stands in a file that may be either of two days."""

    text: str
    day_first: date
    month_first: date

    @property
    def question(self) -> str:
        """Return "Is 03/04/2026 the 3rd of April or the 4th of March?"."""
        return f"Is {self.text} the {_spoken(self.day_first)} or the {_spoken(self.month_first)}?"


def _spoken(day: date) -> str:
    ending = "th" if day.day in (11, 12, 13) else _ENDINGS.get(day.day % 10, "th")
    return f"{day.day}{ending} of {_MONTHS[day.month - 1]}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class DateColumn:
    """A column of dates, each distinct text read once.

    ``turned`` is the order it was written in before a spreadsheet took days for months, None where none did. With
    ``year_first`` its dates begin with a year of two digits.
    """

    column: Column
    read: Sequence[date | NumericDate | None]
    turned: DateOrder | None = None
    year_first: bool = False

    @classmethod
    def of(cls, column: Column) -> DateColumn:
        """Read every distinct text of a column."""
        read = [read_date(label) for label in column.labels]
        if begin_with_year(column.labels, read):
            return cls(column, with_year_first(read), year_first=True)
        return cls(column, read)._turned(order_before(column.labels, read))

    def beside_years_first(self) -> DateColumn:
        """Return the column with the year first like another one of its file, where it may be written so, too."""
        if self.year_first or not may_begin_with_year(self.column.labels, self.read):
            return self
        return DateColumn(self.column, with_year_first(self.read), year_first=True)

    def like(self, turned: DateOrder) -> DateColumn:
        """Return the column turned back like another one of its file, where it may have been turned, too."""
        found = self.turned is None and may_be_turned(self.column.labels, self.read, turned)
        return self._turned(turned) if found else self

    def _turned(self, order: DateOrder | None) -> DateColumn:
        if order is None:
            return self
        return DateColumn(self.column, turned_back(self.column.labels, self.read, order), order)

    def label_days(self, order: DateOrder) -> Days:
        """Return the day number of every distinct text under an order."""
        return np.array([_number(value, order) for value in self.read], dtype=np.int32)

    def days(self, order: DateOrder) -> Days:
        """Return the day number of every row under an order."""
        return self.label_days(order)[self.column.codes] if self.read else np.full(len(self.column), NO_DAY, np.int32)

    def rows_read(self, order: DateOrder) -> int:
        """Return how many rows are dates under an order, of those whose order is open."""
        open_labels = np.array([isinstance(value, NumericDate) for value in self.read], dtype=bool)
        if not open_labels.any():
            return 0
        good = open_labels & (self.label_days(order) != NO_DAY)
        return int(good[self.column.codes].sum())

    def only_in_the_other(self, order: DateOrder) -> NDArray[np.bool_]:
        """Return which rows are dates under the other order alone."""
        other = next(one for one in BOTH if one is not order)
        if not self.read:
            return np.zeros(len(self.column), dtype=bool)
        alone = (self.label_days(order) == NO_DAY) & (self.label_days(other) != NO_DAY)
        return alone[self.column.codes]

    @property
    def unreadable(self) -> NDArray[np.bool_]:
        """Which rows say something that is no date under any order."""
        bad = [value is None and bool(label) for value, label in zip(self.read, self.column.labels, strict=True)]
        return np.array(bad, dtype=bool)[self.column.codes] if bad else np.zeros(len(self.column), dtype=bool)

    @property
    def needs_order(self) -> bool:
        """True where some text is a date that reads differently by the order; 31/02/2024 is none under either."""
        return any(_reads_twice(value) for value in self.read)

    @property
    def example(self) -> OpenDate | None:
        """The first date that is a good one in either order, but another; None where there is none."""
        codes, rows = np.unique(self.column.codes, return_index=True)
        for code in codes[np.argsort(rows)].tolist():
            value = self.read[code]
            if isinstance(value, NumericDate) and _reads_twice(value):
                either, other = (value.as_date(order) for order in BOTH)
                if either is not None and other is not None:
                    return OpenDate(clean(self.column.labels[code]), either, other)
        return None

    @property
    def open_rows(self) -> NDArray[np.bool_]:
        """Which rows hold a date that reads differently by the order."""
        if not self.read:
            return np.zeros(len(self.column), dtype=bool)
        return np.array([_reads_twice(value) for value in self.read], dtype=bool)[self.column.codes]


def _reads_twice(value: date | NumericDate | None) -> bool:
    return isinstance(value, NumericDate) and value.as_date(BOTH[0]) != value.as_date(BOTH[1])


def _number(value: date | NumericDate | None, order: DateOrder) -> int:
    day = value.as_date(order) if isinstance(value, NumericDate) else value
    return day_number(day) if day is not None else int(NO_DAY)


def order_of_column(column: DateColumn) -> DateOrder | None:
    """Return the order under which more rows are dates, or None where both read equally many."""
    by_day, by_month = (column.rows_read(order) for order in BOTH)
    if by_day == by_month:
        return None
    return DateOrder.DAY_FIRST if by_day > by_month else DateOrder.MONTH_FIRST


def decide_orders(
    columns: Mapping[str, DateColumn], nights: NDArray[np.float64] | None = None, default: DateOrder | None = None
) -> dict[str, DateOrder | None]:
    """Return the order of each column; None where nothing in the file tells it and there is no default.

    Evidence, strongest first: a number above 12 in the column itself; stays that would end before they begin, or not last
    their nights; the order of the file's other date columns.
    """
    decided = {name: order_of_column(column) if column.needs_order else None for name, column in columns.items()}
    undecided = [name for name, column in columns.items() if column.needs_order and decided[name] is None]
    if not undecided:
        return {name: order or DateOrder.DAY_FIRST for name, order in decided.items()}
    by_stays = _order_by_stays(columns, decided, nights)
    known = {order for order in decided.values() if order is not None}
    by_siblings = known.pop() if len(known) == 1 else None
    for name in undecided:
        stay = by_stays if name in ("arrival", "departure") else None
        decided[name] = stay or by_siblings or by_stays or default
    return {name: order or (None if columns[name].needs_order else DateOrder.DAY_FIRST) for name, order in decided.items()}


def _order_by_stays(
    columns: Mapping[str, DateColumn], decided: Mapping[str, DateOrder | None], nights: NDArray[np.float64] | None
) -> DateOrder | None:
    """Return the order that makes clearly more sense of the stays, or None."""
    sense = {order: _sensible_stays(columns, decided, nights, order) for order in BOTH}
    if None in sense.values() or sense[BOTH[0]] == sense[BOTH[1]]:
        return None
    return max(BOTH, key=lambda order: sense[order] or 0)


def _sensible_stays(
    columns: Mapping[str, DateColumn],
    decided: Mapping[str, DateOrder | None],
    nights: NDArray[np.float64] | None,
    order: DateOrder,
) -> int | None:
    """Count what fits under an order: stays that last their nights or at least do not end early, bookings made before arrival."""
    days = {name: column.days(decided[name] or order) for name, column in columns.items()}
    if "arrival" not in days:
        return None
    arrival, fits = days["arrival"], 0
    if "departure" in days:
        both = (arrival != NO_DAY) & (days["departure"] != NO_DAY)
        length = days["departure"].astype(np.int64) - arrival
        good = (length == nights) if nights is not None else (length >= 0) & (length <= 60)
        fits += int((both & good).sum())
    if "booked_on" in days:
        both = (arrival != NO_DAY) & (days["booked_on"] != NO_DAY)
        fits += int((both & (days["booked_on"] <= arrival)).sum())
    return fits
