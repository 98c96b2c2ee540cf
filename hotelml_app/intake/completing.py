"""What an export does not tell at all, out of what is known: a report that lost a column must not wipe what it told before."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import CATEGORY_COLUMNS, NUMBER_COLUMNS, BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.intake.proposing.proposal import role_words
from hotelml_app.intake.readers.tables.table import Column
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.records import Rows, state_prints
from hotelml_app.intake.values.date_order import NO_DAY, Days
from hotelml_app.ml.property.untold.emptied import NIGHTS, Emptied, find_emptied
from hotelml_app.store.exported import known_stays

PRICES = {"adr": "total", "total": "adr"}
"""Each price with the other that tells it: where that one changed, what is known of the first is no longer true."""
_ALWAYS_ASKED = ("status", "status_on", "arrival", "departure")


@dataclass(frozen=True, slots=True)
class Kept:
    """Bookings completed with what was known of them: how many there are, and the columns they have it from."""

    rows: BookingRows
    bookings: int = 0
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """The states of the wanted bookings: ``places`` are their rows of the export, ``values`` those of each column."""

    places: Rows
    values: dict[str, tuple[object, ...]]
    same_stay: NDArray[np.bool_]

    def numbers(self, name: str) -> NDArray[np.float64]:
        """Return a column of numbers, NaN where nothing is known."""
        return np.array([np.nan if value is None else value for value in self.values[name]], dtype=np.float64)


def keep_known(connection: sqlite3.Connection, property_id: int, rows: BookingRows, wanted: Rows, as_of: date) -> Kept:
    """Fill the columns an export does not have from the states known on its business date, or the first ones after it.

    A column that is there and blank counts as said. Where the status is not told, what is known stands, unless the export
    tells of cancellations by their days.
    """
    missing = tuple(name for name in (*CATEGORY_COLUMNS, *NUMBER_COLUMNS) if _is_missing(rows, name))
    missing = known_stays.filled_columns(connection, property_id, missing)
    unbooked = not _tells(rows, "booked_on") or not rows.booked_said[wanted].any()
    without_status, without_day = not _tells(rows, "status", "is_cancelled"), not _tells(rows, "status_on", "cancelled_on")
    if not len(wanted) or not (missing or unbooked or without_status or without_day):
        return Kept(rows)
    known = _known(connection, property_id, rows, wanted, as_of, missing)
    if not len(known.places):
        return Kept(rows)
    completed = replace(rows, words=dict(rows.words), numbers=dict(rows.numbers))
    touched, columns = np.zeros(len(rows), dtype=bool), []
    filled = {name: _filled(completed, name, known, _still_true(rows, name, known)) for name in missing}
    if without_status:
        filled["status"] = _kept_status(completed, known)
    if without_day:
        _keep_status_day(completed, known)
    if unbooked:
        _keep_booking_day(completed, known)
    for name, where in filled.items():
        touched |= where
        columns += [name] if where.any() else []
    return Kept(completed, int(touched.sum()), tuple(columns))


def kept_notes(kept: Mapping[tuple[str, ...], int]) -> list[str]:
    """Return what staff are told of completed bookings: a sentence for each lack of columns, from how many bookings had it."""
    return [
        f"The export does not say {', '.join(map(role_words, columns))}; what was known of {bookings:,} bookings is kept."
        for columns, bookings in kept.items()
        if bookings
    ]


@dataclass
class Untold:
    """Of the first export of a hotel: how many bookings it has, how many tell no day of booking, how many are cancelled and do
    not tell since when, and which columns it empties of lost bookings or fills at arrival.
    """

    bookings: int = 0
    unbooked: int = 0
    cancelled: int = 0
    emptied: Emptied = field(default_factory=Emptied)

    def add(self, rows: BookingRows, wanted: Rows, as_of: date) -> None:
        """Count the wanted bookings of a part."""
        undated = (rows.status[wanted] == BookingStatus.CANCELLED) & (rows.status_on[wanted] == NO_DAY)
        self.bookings += len(wanted)
        self.unbooked += int((~rows.booked_said[wanted]).sum())
        self.cancelled += int(undated.sum())
        ahead = rows.arrival[wanted] > day_number(as_of)
        found = find_emptied(rows.status[wanted], ahead, lambda name: _is_blank(rows, name)[wanted])
        self.emptied = found if found.at_loss or found.until_arrival else self.emptied

    def notes(self) -> list[str]:
        """Return what staff are told of the days that are missing, and what is taken instead."""
        found = []
        if self.bookings and self.unbooked == self.bookings:
            found.append(
                "The export does not say when its bookings were made. HotelML assumes usual lead times that fit today's books; "
                "an export with the days of booking makes the forecast better from the first day on."
            )
        if self.cancelled:
            found.append(
                f"The export does not say when {self.cancelled:,} of the bookings were cancelled. HotelML assumes usual days "
                "between booking and arrival; an export with the days of cancellation lets it learn how late guests cancel."
            )
        if lost := dict.fromkeys(_said(name) for names in self.emptied.at_loss.values() for name in names):
            found.append(
                f"For bookings that were cancelled or did not come, the export leaves out: {', '.join(lost)}. HotelML uses "
                "what it knew of them before, or what bookings for about the same days have."
            )
        if self.emptied.until_arrival:
            found.append(
                f"Only for guests who have arrived, the export gives: {', '.join(map(_said, self.emptied.until_arrival))}. For "
                "bookings to come, HotelML does without."
            )
        return found


def _is_blank(rows: BookingRows, name: str) -> NDArray[np.bool_]:
    if name == NIGHTS:
        return np.asarray(rows.departure <= rows.arrival)
    if name in NUMBER_COLUMNS:
        return np.asarray(np.nan_to_num(rows.numbers[name]) == 0)
    column = rows.words[name]
    return np.array([not label for label in column.labels], dtype=bool)[column.codes]


def _said(name: str) -> str:
    return "nights" if name == NIGHTS else role_words(name)


def complete_booked_on(connection: sqlite3.Connection, property_id: int, rows: BookingRows, wanted: Rows, as_of: date) -> Days:
    """Return booking days without gaps: where the export does not say, the earliest day by which the booking was surely made."""
    unsaid = wanted[~rows.booked_said[wanted]]
    if not len(unsaid):
        return rows.booked_on
    complete = rows.booked_on.copy()
    status_on = np.where(rows.status_on[unsaid] == NO_DAY, day_number(as_of), rows.status_on[unsaid])
    complete[unsaid] = np.minimum(np.minimum(rows.arrival[unsaid], status_on), day_number(as_of))
    known = known_stays.numbers(connection, property_id)
    for row in unsaid.tolist() if known else ():
        earlier = known.get(rows.ids.text(row))
        if earlier is not None:
            complete[row] = min(int(complete[row]), day_number(date.fromisoformat(earlier)))
    return complete


def _tells(rows: BookingRows, *roles: str) -> bool:
    return any(role in rows.typed.words or role in rows.typed.days for role in roles)


def _is_missing(rows: BookingRows, name: str) -> bool:
    """Return whether the export has no such column, nor was it worked out from others."""
    typed = rows.typed
    if name in NUMBER_COLUMNS:
        return name not in typed.numbers and bool(np.isnan(rows.numbers[name]).all())
    return name not in typed.words and not any(rows.words[name].labels)


def _known(
    connection: sqlite3.Connection, property_id: int, rows: BookingRows, wanted: Rows, as_of: date, missing: Sequence[str]
) -> _Known:
    row_of = {rows.ids.text(row): row for row in wanted.tolist()}
    names = tuple(dict.fromkeys((*_ALWAYS_ASKED, *missing, *(PRICES[name] for name in missing if name in PRICES))))
    states = known_stays.values_at(connection, property_id, as_of, names, list(row_of))
    found = [(row_of[number], *values) for number, *values in states]
    places = np.array([one[0] for one in found], dtype=np.intp)
    columns = list(zip(*found, strict=True))[1:] if found else [()] * (2 + len(names))
    values = dict(zip(("fingerprint", "booked_on", *names), columns, strict=True))
    same = (_days(values["arrival"]) == rows.arrival[places]) & (_days(values["departure"]) == rows.departure[places])
    return _Known(places, values, same)


def _days(texts: Sequence[object]) -> Days:
    return np.array([NO_DAY if text is None else day_number(date.fromisoformat(str(text))) for text in texts], dtype=np.int32)


def _filled(rows: BookingRows, name: str, known: _Known, still: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Fill one column where what is known of it ``still`` holds, and return in which rows."""
    where = np.zeros(len(rows), dtype=bool)
    if name in NUMBER_COLUMNS:
        before = known.numbers(name)
        use = still & ~np.isnan(before)
        rows.numbers[name] = rows.numbers[name].copy()
        rows.numbers[name][known.places[use]] = before[use]
    else:
        labels: dict[str, int] = {"": 0}
        codes = np.array([labels.setdefault(str(word), len(labels)) for word in known.values[name]], dtype=np.int32)
        use = still & (codes > 0)
        column = np.zeros(len(rows), dtype=np.int32)
        column[known.places[use]] = codes[use]
        rows.words[name] = Column(column, list(labels))
    where[known.places[use]] = True
    return where


def _still_true(rows: BookingRows, name: str, known: _Known) -> NDArray[np.bool_]:
    """Return of which known bookings an untold column may be kept: a price, only where the nights and the other price stand."""
    other = PRICES.get(name)
    if other is None:
        return np.ones(len(known.places), dtype=bool)
    still = known.same_stay if name == "total" else np.ones(len(known.places), dtype=bool)
    if other in rows.typed.numbers:
        still = still & (rows.numbers[other][known.places] == known.numbers(other))
    return still


def _kept_status(rows: BookingRows, known: _Known) -> NDArray[np.bool_]:
    before, where = np.array(known.values["status"], dtype=np.int8), np.zeros(len(rows), dtype=bool)
    use = (rows.status[known.places] == BookingStatus.RESERVED) & (before != BookingStatus.RESERVED)
    if "cancelled_on" in rows.typed.days:
        use &= before != BookingStatus.CANCELLED
    rows.status = rows.status.copy()
    rows.status[known.places[use]] = before[use]
    where[known.places[use]] = True
    return where


def _keep_status_day(rows: BookingRows, known: _Known) -> None:
    same = rows.status[known.places] == np.array(known.values["status"], dtype=np.int8)
    rows.status_on = rows.status_on.copy()
    rows.status_on[known.places[same]] = _days(known.values["status_on"])[same]


def _keep_booking_day(rows: BookingRows, known: _Known) -> None:
    """Take the known day of booking as said where earlier exports said it: the booking has not changed by being told less."""
    rows.booked_on, rows.booked_said = rows.booked_on.copy(), rows.booked_said.copy()
    derived = rows.booked_on[known.places]
    rows.booked_on[known.places], rows.booked_said[known.places] = _days(known.values["booked_on"]), True
    prints = state_prints(rows, known.places, rows.booked_on)
    same = np.array([new == old for new, old in zip(prints, known.values["fingerprint"], strict=True)], dtype=bool)
    rows.booked_said[known.places] = same
    rows.booked_on[known.places[~same]] = derived[~same]
