"""Which column numbers the bookings, where no name tells it."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.proposing.names.header_match import folded
from hotelml_app.intake.proposing.names.header_words import OTHER
from hotelml_app.intake.proposing.signs.assigning import Assignment
from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.proposing.signs.fitting import fit
from hotelml_app.intake.proposing.signs.stays import Calendar
from hotelml_app.intake.values.date_order import NO_DAY, Days

_BARE_NAMES = frozenset({"name", "nombre", "nome", "nom", "naam", "bezeichnung"})
_ENOUGH_NUMBERS = 100
_IN_ORDER = 0.95
_ENOUGH_LINES, _SELDOM, _FAR = 30, 0.1, 0.1
_DIGITS = re.compile(r"\d{1,15}")


def deny_line_numbers(assignment: Assignment, calendar: Calendar) -> None:
    """Take the booking number from a column that counts the lines of the file: in the next export another booking has it.

    A young hotel's numbers may run from 1 without a gap, too; then the days of booking go up with them.
    """
    place = assignment.place("reservation_id")
    if place is None:
        return
    seen = assignment.heading.columns[place]
    lines = seen.per_row()
    if len(lines) < _ENOUGH_LINES or not np.array_equal(lines, lines[0] + np.arange(len(lines))) or lines[0] not in (0, 1):
        return
    booked, arrival = (calendar.days.get(-1 if one is None else one) for one in map(assignment.place, ("booked_on", "arrival")))
    if booked is not None:
        counted = _share_elsewhere(booked) > _SELDOM
    else:
        counted = arrival is not None and len(np.unique(arrival)) > 1 and not (np.diff(arrival.astype(np.int64)) < 0).any()
    if counted:
        assignment.give(place, OTHER, 0.9, "it counts the lines of the file; the same booking has another one next time")


def _share_elsewhere(days: Days) -> float:
    """Return how many of the rows would stand far from their place if the file were in the order of some days."""
    said = days[days != NO_DAY]
    places = np.argsort(np.argsort(said, kind="stable"), kind="stable")
    return float((np.abs(places - np.arange(len(said))) > _FAR * len(said)).mean()) if len(said) else 0.0


def find_number(assignment: Assignment, calendar: Calendar) -> None:
    """Find the booking number where no name tells it; else propose what no two rows share."""
    columns = assignment.heading.columns
    if assignment.place("reservation_id") is not None:
        return
    for position, seen in columns.items():
        bare = folded(assignment.heading.header.cells[position]) in _BARE_NAMES
        if bare and seen.said and seen.unique == 1.0 and seen.filled > 0.99 and all(map(_is_number, filter(None, seen.words))):
            assignment.give(position, "reservation_id", 0.9, "numbers that no two rows share stand in it, not names")
            return
    for position in assignment.free():
        seen = columns[position]
        unique = seen.said >= 10 and seen.unique > 0.999 and seen.filled > 0.99
        if unique and fit("reservation_id", seen) == 1.0 and not _holds_amounts(seen):
            grows = seen.said >= _ENOUGH_NUMBERS and _grow_in_order(assignment, calendar, seen)
            why = "no two rows have the same, and they grow as bookings are made" if grows else "no two rows have the same"
            assignment.give(position, "reservation_id", 0.75 if grows else 0.5, why)
            return


def _grow_in_order(assignment: Assignment, calendar: Calendar, seen: Evidence) -> bool:
    """Return whether numbers grow from row to row, or with the days of booking: numbers of telephones and cards do not."""
    digits = [_DIGITS.findall(text) for text in seen.words]
    values = np.array([float(found[-1]) if found else np.nan for found in digits])[seen.column.codes]
    good = ~np.isnan(values)
    orders: list[NDArray[np.float64]] = [np.arange(len(values), dtype=np.float64)]
    booked = assignment.place("booked_on")
    if booked is not None and booked in calendar.days:
        days = calendar.days[booked]
        orders.append(np.where(days == NO_DAY, np.nan, days))
    return any(_rank_correlation(values, order, good & ~np.isnan(order)) >= _IN_ORDER for order in orders)


def _rank_correlation(one: NDArray[np.float64], other: NDArray[np.float64], good: NDArray[np.bool_]) -> float:
    if good.sum() < _ENOUGH_NUMBERS or len(np.unique(one[good])) < _ENOUGH_NUMBERS or len(np.unique(other[good])) < 2:
        return 0.0
    first, last = (np.argsort(np.argsort(values[good], kind="stable"), kind="stable") for values in (one, other))
    return abs(float(np.corrcoef(first, last)[0, 1]))


def _is_number(text: str) -> bool:
    return " " not in text and any(letter.isdecimal() for letter in text)


def _holds_amounts(seen: Evidence) -> bool:
    values = seen.values[~np.isnan(seen.values)]
    return len(values) >= seen.different and bool((values % 1).any())
