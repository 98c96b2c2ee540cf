"""The status of each row, from its word, from a yes or no about cancelling, or from the day it was cancelled."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.figures import counted
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.report_rows import flags
from hotelml_app.intake.rows.typed import FEWEST_ROWS, Typed
from hotelml_app.intake.rows.verdicts import DAMAGE_SHARE
from hotelml_app.intake.values.date_order import NO_DAY
from hotelml_app.intake.values.statuses import Odd, read_status

MOST_STATES = 20
_YES = frozenset({"1", "yes", "y", "true", "ja", "j", "si", "sí", "s", "oui", "o", "sim", "tak", "evet", "ano", "x"})
_NO = frozenset({"0", "no", "n", "false"})


def read_statuses(typed: Typed) -> NDArray[np.int8]:
    """Return the status per row; unknown and blank ones are taken as reserved and reported.

    Where no column tells the status, what has a day of cancellation is cancelled.
    """
    column, profile = typed.words.get("status"), typed.claim.profile
    if column is None or not column.labels:
        cancelled = typed.days.get("cancelled_on", np.full(len(typed), NO_DAY, dtype=np.int32)) != NO_DAY
        return np.where(cancelled, BookingStatus.CANCELLED, BookingStatus.RESERVED).astype(np.int8)
    read = [read_status(label, profile.statuses) for label in column.labels]
    typed.verdicts.ignore(
        flags(column, lambda label: read_status(label, profile.statuses) is Odd.NO_BOOKING), "rows that are no bookings"
    )
    odd = np.array([status is Odd.UNKNOWN for status in read], dtype=bool)
    typed.note_odd_cells(odd[column.codes])
    numbers = [status if isinstance(status, BookingStatus) else BookingStatus.RESERVED for status in read]
    return np.array(numbers, dtype=np.int8)[column.codes]


def find_missed(rows: BookingRows) -> None:
    """Let a yes or no about a no-show tell it of bookings that no other state is told of than that they stand."""
    flag = rows.typed.words.get("is_no_show")
    if flag is not None:
        missed = flags(flag, lambda label: label.casefold() in _YES) & (rows.status != BookingStatus.CANCELLED)
        rows.status[missed] = BookingStatus.NO_SHOW


def settle_unsaid_statuses(rows: BookingRows) -> NDArray[np.bool_]:
    """Where the status is blank or spoiled, let a yes or no about cancelling and the status's day tell it.

    Returns in which rows they did.
    """
    typed, column = rows.typed, rows.typed.words.get("status")
    if column is None or not column.labels:
        return np.zeros(len(rows), dtype=bool)
    read = [read_status(label, typed.claim.profile.statuses) for label in column.labels]
    unsaid = np.array([status in (Odd.BLANK, Odd.UNKNOWN) for status in read], dtype=bool)[column.codes]
    settled = _settle_by_flag(rows, unsaid)
    if settled.any():
        tell = counted(int(settled.sum()), "row tells", "rows tell")
        typed.notes.append(f"{tell} no status HotelML knows; whether it was cancelled stands beside it.")
    return settled


def _settle_by_flag(rows: BookingRows, unsaid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Set the status of rows that another column tells whether they were cancelled, and return which these are."""
    flag = rows.typed.words.get("is_cancelled")
    if flag is None:
        return np.zeros(len(rows), dtype=bool)
    cancelled = unsaid & flags(flag, lambda label: label.casefold() in _YES)
    stands = unsaid & flags(flag, lambda label: label.casefold() in _NO) & (rows.departure != NO_DAY)
    rows.status[cancelled] = BookingStatus.CANCELLED
    known = stands & (rows.status_on != NO_DAY)
    rows.status[known & (rows.status_on >= rows.arrival)] = BookingStatus.IN_HOUSE
    rows.status[known & (rows.status_on >= rows.departure)] = BookingStatus.CHECKED_OUT
    return cancelled | stands


def reject_spoiled_statuses(typed: Typed, settled: NDArray[np.bool_]) -> None:
    """Reject rows without a status, or with signs in its place, where nearly all rows tell one: they may be cancelled."""
    column = typed.words.get("status")
    if column is None or len(typed) < FEWEST_ROWS:
        return
    read = [read_status(label, typed.claim.profile.statuses) for label in column.labels]
    blank = np.array([status is Odd.BLANK for status in read], dtype=bool)[column.codes] & ~settled
    signs = [status is Odd.UNKNOWN and not _is_word(label) for label, status in zip(column.labels, read, strict=True)]
    spoiled = np.array(signs, dtype=bool)[column.codes] & ~settled
    if 0 < (blank | spoiled).sum() <= DAMAGE_SHARE * len(typed):
        typed.verdicts.reject(blank, "the status is missing, which nearly all other rows tell")
        typed.verdicts.reject(spoiled, "what stands in the place of the status is none")


def _is_word(label: str) -> bool:
    """Return whether a text is made of letters, as words and codes for a status are."""
    return all(sign.isalpha() or sign in " -_/.()" for sign in label) and any(map(str.isalpha, label))


def report_odd_statuses(typed: Typed, settled: NDArray[np.bool_]) -> None:
    """Name the states nobody knows, of the rows that are good: in a bad one a guest may stand where the status should."""
    column = typed.words.get("status")
    if column is None or not column.labels:
        return
    read = [read_status(label, typed.claim.profile.statuses) for label in column.labels]
    times = Counter(column.codes[typed.verdicts.taken & ~settled].tolist())
    unknown = {label: times[code] for code, label in enumerate(column.labels) if read[code] is Odd.UNKNOWN and times[code]}
    if unknown:
        # A status is a word many rows share; what stands only once may be a guest's name in the wrong column, and so may any
        # of so many words.
        shared = sorted(f'"{label}"' for label, count in unknown.items() if count > 1 and len(label) <= 24)
        names = ", ".join(shared[:8]) if len(shared) <= MOST_STATES else ""
        rows_of = counted(sum(unknown.values()), "row", "rows")
        typed.notes.append(f"Unknown status in {rows_of}, taken as reserved{': ' + names if names else ''}.")
    blank = sum(times[code] for code in range(len(column.labels)) if read[code] is Odd.BLANK)
    if blank:
        typed.notes.append(f"{counted(blank, 'row names no status and was', 'rows name no status and were')} taken as reserved.")
