"""The business date of an export: the hotel's own day at whose end it was made, never the PC's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number, day_of
from hotelml_app.intake.readers.tables.sheet import HeadRow
from hotelml_app.intake.values.date_order import NO_DAY, Days
from hotelml_app.intake.values.dates import DateOrder, NumericDate, read_date, sure_day
from hotelml_app.intake.values.words import clean, header_word

AFTERWARDS_DAYS = 31
"""A status dated longer after the stay than this is a slip of the pen, not news."""

AHEAD_DAYS = 180
"""Clocks stand wrong by weeks more often than business dates do; by half a year it is the year that is mistyped."""

FEWEST_EVENTS = 10
"""In smaller files nothing is usual."""
USUAL_DAYS, BELIEVED_SHARE = 30, 0.2
"""Days by which is judged how much happens each day, and the share of it without which later days are slips."""

FEWEST_ARRIVALS, STILL_EXPECTED = 3, 0.2
"""On each of two days, and how many of the earlier one may still be expected: desks check some guests in late."""

COLUMN, HEADER, FILE_NAME, LATEST_EVENT = "column", "header", "file name", "latest event"

_LABELS = (
    "business date",
    "hotel date",
    "system date",
    "extract date",
    "report date",
    "export date",
    "geschäftsdatum",
    "hoteldatum",
    "stand",
    "fecha hotel",
    "fecha de negocio",
    "date hôtelière",
    "date hoteliere",
    "data contabile",
    "data hotel",
)
_LABELLED = re.compile(rf"({'|'.join(_LABELS)})\s*[:=]?\s*(.*)", re.IGNORECASE)
_IN_NAME = re.compile(
    r"(?<!\d)(?:(?P<iso>(?:19|20)\d{2}[-_. ]?\d{2}[-_. ]?\d{2})(?:[-_. T]?\d{4}(?:\d{2})?)?"
    r"|(?P<other>\d{2}[-_. ]\d{2}[-_. ](?:19|20)\d{2}|\d{4}(?:19|20)\d{2}))(?!\d)"
)


def in_preamble(head: Sequence[HeadRow], header: HeadRow, order: DateOrder | None = None) -> date | None:
    """Return the day that a labelled cell above the header names, like ``Business Date: 2017-02-28``.

    ``order`` is that of the dates below, where something tells it.
    """
    for row in head[: max(0, header.index)]:
        for position, cell in enumerate(row.cells):
            match = _LABELLED.fullmatch(header_word(cell))
            if match is None:
                continue
            candidates = [match[2], *row.cells[position + 1 :]]
            days = [day for text in candidates if (day := sure_day(clean(text), order))]
            if days:
                return days[0]
    return None


def may_be(stated: date, latest_event: date | None, today: date) -> bool:
    """Tell whether an export may be of the day it states: one far ahead of the PC's day and of all that happened is a slip.

    Believed, it would make every later export look old. Where bookings lie as far ahead, it is the PC's clock that stands wrong.
    """
    return stated <= max(today, latest_event or today) + timedelta(days=AHEAD_DAYS)


def in_name(file_name: str) -> list[date]:
    """Return the distinct days that a file name may mean, in both orders where that is open; between points it is not."""
    found: list[date] = []
    for match in _IN_NAME.finditer(file_name):
        digits = re.sub(r"\D", "", match["iso"] or match["other"])
        if match["iso"]:
            day = read_date(digits)
            found += [day] if isinstance(day, date) else []
        else:
            numeric = NumericDate(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
            orders = [DateOrder.DAY_FIRST] if "." in match["other"] else list(DateOrder)
            found += [day for order in orders if (day := numeric.as_date(order))]
    return list(dict.fromkeys(found))


def are_dated_apart(names: Sequence[str]) -> bool:
    """Return whether documents of these names seem to be exports of different days."""
    days = [tuple(in_name(name)) for name in names]
    return len(names) > 1 and all(days) and len(set(days)) == len(days)


def from_name(file_name: str, latest_event: date | None, today: date) -> date | None:
    """Return the one day in a file name that is neither after today nor before the file's latest event, or None."""
    fitting = [day for day in in_name(file_name) if day <= today and (latest_event is None or day >= latest_event)]
    return fitting[0] if len(fitting) == 1 else None


def is_still_to_come(day: date, status: NDArray[np.int8], arrival: Days) -> bool:
    """Tell whether a day had not begun when an export was made: all who arrive that day are expected, of the day before few.

    Files are called by the day on which they were printed; in the morning the hotel's day before has just ended.
    """
    begun = np.isin(status, (BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT, BookingStatus.NO_SHOW))
    expected = status == BookingStatus.RESERVED
    due, before = arrival == day_number(day), arrival == day_number(day) - 1
    waiting, came, late = (int((on & are).sum()) for on, are in ((due, expected), (before, begun), (before, expected)))
    return not (due & begun).any() and min(waiting, came) >= FEWEST_ARRIVALS and late <= STILL_EXPECTED * came


def events(status: NDArray[np.int8], booked_on: Days, status_on: Days, arrival: Days, departure: Days) -> Days:
    """Return the days on which anything in the rows surely happened; stays to come do not count."""
    arrived = np.isin(status, (BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT, BookingStatus.NO_SHOW))
    left = status == BookingStatus.CHECKED_OUT
    unsaid = status_on == NO_DAY
    happened = (
        booked_on,
        np.where(status_on <= departure + AFTERWARDS_DAYS, status_on, NO_DAY),
        np.where(arrived & unsaid, arrival, NO_DAY),
        np.where(left & unsaid, departure, NO_DAY),
    )
    return np.concatenate([days[days != NO_DAY] for days in happened]).astype(np.int32)


def believed(days: Days, today: date) -> tuple[date | None, int]:
    """Return the latest of some days on which something happened, and how many later ones are slips.

    A day after today is one where only a few lie so far ahead of all others: a mistyped year would otherwise make every later
    export look old. Where many do, it is the PC's clock that stands wrong.
    """
    if not len(days):
        return None, 0
    ordered = np.sort(days)
    known = int(np.searchsorted(ordered, day_number(today) + 1, side="right"))
    if known == len(ordered) or known < FEWEST_EVENTS:
        return day_of(int(ordered[-1])), 0
    last = int(ordered[known - 1])
    a_day = (known - int(np.searchsorted(ordered, last - USUAL_DAYS, side="right"))) / USUAL_DAYS
    for place in range(len(ordered) - 1, known - 1, -1):
        if place + 1 - known >= BELIEVED_SHARE * a_day * (int(ordered[place]) - last):
            return day_of(int(ordered[place])), len(ordered) - 1 - place
    return day_of(last), len(ordered) - known


def from_column(days: Days, today: date) -> tuple[date, int] | None:
    """Return the latest day of a business-date column and how many different days it holds, or None where it holds none."""
    said = days[days != NO_DAY]
    latest, _ = believed(said, today)
    return (latest, len(np.unique(said))) if latest is not None else None
