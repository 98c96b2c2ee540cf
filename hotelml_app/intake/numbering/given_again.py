"""Numbers that a PMS gives again: last year's 1042 has left, this year's 1042 is somebody else.

The later stay gets a number of its own, "1042 (2026)", and keeps it: which one a row means is told by its days.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number, day_of
from hotelml_app.intake.readers.tables.table import Column, column_of
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.values.date_order import NO_DAY
from hotelml_app.store.exported.known_stays import KnownStay

OVER = (BookingStatus.CHECKED_OUT, BookingStatus.NO_SHOW)
"""What stands so has had its stay; no change moves it."""
LATER_DAYS = 30
"""Days between a stay that is over and one under the same number from which on they are two, where no booking day is told."""
EARLIER_DAYS = 180
"""Days between two booking days from which on they are of two bookings; the known one may only be that of the first export."""

Stay = tuple[int, int, int, int]
"""Booking day (NO_DAY where it is not said), arrival and departure as day numbers, status."""


@dataclass
class Apart:
    """The numbers of a table's rows, told apart; ``given`` are the further numbers of each one, the oldest first."""

    ids: Column
    given: dict[str, list[str]] = field(default_factory=dict)
    rows: int = 0


StaysOf = Callable[[Iterable[str]], Mapping[str, KnownStay]]


def tell_apart(
    rows: BookingRows,
    wanted: NDArray[np.intp],
    booked: Mapping[str, str],
    given: Mapping[str, Sequence[str]],
    stays_of: StaysOf,
) -> Apart:
    """Give rows that mean another stay than the known one of their number, or than another row's, a number of their own.

    ``booked`` has the booking day of each known number, ``given`` what earlier files led to, ``stays_of`` looks stays up.
    """
    found = Apart(rows.ids, {number: list(others) for number, others in given.items()})
    doubtful = _doubtful(rows, wanted, booked, given)
    if not len(doubtful):
        return found
    texts = {int(row): rows.ids.text(int(row)) for row in doubtful}
    bases = set(texts.values())
    looked_up = stays_of([*bases, *(other for base in bases for other in found.given.get(base, ()))])
    known = {number: stay_of(stay) for number, stay in looked_up.items()}
    changed: dict[int, str] = {}
    for row in sorted(texts, key=lambda row: (int(rows.arrival[row]), row)):
        base, stay = texts[row], _stay(rows, row)
        number = _number(base, stay, known, found.given, booked)
        known[number] = stay
        if number != base:
            changed[row] = number
    if changed:
        labels = [rows.ids.text(row) for row in range(len(rows))]
        for row, number in changed.items():
            labels[row] = number
        found.ids, found.rows = column_of(labels), len(changed)
    return found


def _doubtful(
    rows: BookingRows, wanted: NDArray[np.intp], booked: Mapping[str, str], given: Mapping[str, Sequence[str]]
) -> NDArray[np.intp]:
    """Return the rows whose number stands twice, was given again before, or is known with another booking day or none."""
    codes, labels = rows.ids.codes[wanted], rows.ids.labels
    times = np.bincount(codes, minlength=len(labels))
    days = np.full(len(labels), NO_DAY, dtype=np.int64)
    for code in np.unique(codes).tolist() if booked else ():
        if (day := booked.get(labels[code])) is not None:
            days[code] = np.datetime64(day, "D").astype(np.int64)
    before = days[codes]
    said = rows.booked_said[wanted]
    # Where no booking day is told, the known one lies on or before the known arrival.
    far = np.where(said, np.abs(rows.booked_on[wanted] - before) > 1, np.abs(rows.arrival[wanted] - before) >= LATER_DAYS)
    odd = (times[codes] > 1) | ((before != NO_DAY) & far)
    if given:
        odd |= np.array([label in given for label in labels], dtype=bool)[codes]
    return wanted[odd & np.array([bool(label) for label in labels], dtype=bool)[codes]]


def _number(base: str, stay: Stay, known: Mapping[str, Stay], given: dict[str, list[str]], booked: Mapping[str, str]) -> str:
    candidates = [number for number in (base, *given.get(base, ())) if number in known]
    same = [number for number in candidates if not are_two(known[number], stay)]
    if same:
        return min(same, key=lambda number: abs(known[number][1] - stay[1]))
    if not candidates:
        return base
    number = number_of_its_own(base, stay, {*candidates, *booked})
    given.setdefault(base, []).append(number)
    return number


def number_of_its_own(base: str, stay: Stay, taken: Container[str]) -> str:
    """Return the further number of a stay, such as "1042 (2026)"."""
    name = f"{base} ({day_of(stay[1]).year})"
    return name if name not in taken else next(n for i in range(2, 1000) if (n := f"{name[:-1]}, {i})") not in taken)


def are_two(known: Stay, told: Stay) -> bool:
    """Return whether a row tells of another booking than the known one of its number."""
    booked, arrival, departure, status = told
    if arrival >= known[2]:
        if booked != NO_DAY:
            # What is known as the day of booking may be that of the first export; made before it was the booking anyway.
            return booked > known[2] or booked - known[0] >= EARLIER_DAYS
        return known[3] in OVER and arrival >= known[2] + LATER_DAYS
    if departure <= known[1]:
        if booked != NO_DAY:
            return departure < known[0] and known[0] - booked >= EARLIER_DAYS
        return status in OVER and known[1] >= departure + LATER_DAYS
    return False


def _stay(rows: BookingRows, row: int) -> Stay:
    booked = int(rows.booked_on[row]) if rows.booked_said[row] else int(NO_DAY)
    return booked, int(rows.arrival[row]), int(rows.departure[row]), int(rows.status[row])


def stay_of(stay: KnownStay) -> Stay:
    """Return a known stay as numbers."""
    return day_number(stay.booked_on), day_number(stay.arrival), day_number(stay.departure), int(stay.status)
