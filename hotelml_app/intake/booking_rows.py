"""Bookings out of typed columns: stays from whatever the layout gives, statuses, checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import CATEGORY_COLUMNS, NUMBER_COLUMNS, BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.intake.grains import keep_one_row_each, settle_rooms
from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.readers.table import Column, is_total_word
from hotelml_app.intake.showing import shown
from hotelml_app.intake.typed import Typed, flags
from hotelml_app.intake.values.date_order import NO_DAY, Days
from hotelml_app.intake.values.dates import month_number
from hotelml_app.intake.values.statuses import Odd, read_status

FIRST_DAY = date(1990, 1, 1)
YEARS_AHEAD = 5
MAX_NIGHTS = 1100
MOST_STATES = 20
_DAYS_A_YEAR = 365.25


@dataclass
class BookingRows:
    """The bookings of one table, one per row; rows that are not taken hold whatever was read."""

    typed: Typed
    ids: Column
    status: NDArray[np.int8]
    booked_on: Days
    arrival: Days
    departure: Days
    status_on: Days
    booked_said: NDArray[np.bool_]
    words: dict[str, Column] = field(default_factory=dict)
    numbers: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.typed)

    @property
    def taken(self) -> NDArray[np.bool_]:
        """Which rows are good bookings."""
        return self.typed.verdicts.taken


def read_bookings(typed: Typed, today: date) -> BookingRows:
    """Return the bookings of a table, each row checked; what is wrong with a row is in ``typed.verdicts``."""
    _derive_stay(typed)
    rows = BookingRows(
        typed,
        ids=typed.words.get("reservation_id", _no_words(len(typed))),
        status=_statuses(typed),
        booked_on=typed.days["booked_on"],
        arrival=typed.days["arrival"],
        departure=typed.days["departure"],
        status_on=typed.days.get("status_on", _no_days(len(typed))).copy(),
        booked_said=typed.days["booked_on"] != NO_DAY,
        words={name: typed.words.get(name, _no_words(len(typed))) for name in CATEGORY_COLUMNS},
        numbers={name: typed.numbers.get(name, np.full(len(typed), np.nan)) for name in NUMBER_COLUMNS},
    )
    if "currency" not in typed.words and typed.currency is not None:
        rows.words["currency"] = typed.currency
    settle_rooms(rows)
    adjust = typed.claim.profile.adjustment()
    if adjust is not None:
        adjust(rows)
    _check(rows, today)
    _report_odd(typed)
    keep_one_row_each(rows)
    return rows


def _no_words(rows: int) -> Column:
    return Column(np.zeros(rows, dtype=np.int32), [""])


def _no_days(rows: int) -> Days:
    return np.full(rows, NO_DAY, dtype=np.int32)


def _derive_stay(typed: Typed) -> None:
    """Fill in arrival from its parts, departure from the nights, the booking day from the lead time."""
    days, numbers = typed.days, typed.numbers
    if "arrival" not in days and {"arrival_year", "arrival_day"} <= numbers.keys() and "arrival_month" in typed.words:
        days["arrival"] = _from_parts(numbers["arrival_year"], typed.words["arrival_month"], numbers["arrival_day"])
    arrival = days.setdefault("arrival", _no_days(len(typed)))
    days["departure"] = _shifted(days.get("departure"), arrival, numbers.get("nights"))
    lead = numbers.get("lead_days")
    days["booked_on"] = _shifted(days.get("booked_on"), arrival, -lead if lead is not None else None)


def _from_parts(years: NDArray[np.float64], months: Column, days: NDArray[np.float64]) -> Days:
    month = np.array([month_number(label) or 0 for label in months.labels], dtype=np.int64)[months.codes]
    whole = (np.mod(years, 1) == 0) & (np.mod(days, 1) == 0) & (month > 0) & (years >= 1) & (years <= 9999)
    year = np.where(whole, years, 1970).astype(np.int64)
    day = np.where(whole, days, 1).astype(np.int64)
    starts = ((year - 1970) * 12 + np.where(whole, month, 1) - 1).astype("datetime64[M]")
    length = ((starts + 1).astype("datetime64[D]") - starts.astype("datetime64[D]")).astype(np.int64)
    first = starts.astype("datetime64[D]").astype(np.int64)
    good = whole & (day >= 1) & (day <= length)
    return np.where(good, first + day - 1, NO_DAY).astype(np.int32)


def _shifted(said: Days | None, base: Days, offset: NDArray[np.float64] | None) -> Days:
    """Return ``said``, and where it says nothing ``base`` plus whole days."""
    result = said if said is not None else _no_days(len(base))
    if offset is None:
        return result
    usable = (result == NO_DAY) & (base != NO_DAY) & (np.abs(offset) < 40_000) & (np.mod(offset, 1) == 0)
    return np.where(usable, base + np.where(usable, offset, 0).astype(np.int64), result).astype(np.int32)


def _statuses(typed: Typed) -> NDArray[np.int8]:
    """Return the status per row; unknown and blank ones are taken as reserved and reported."""
    column, profile = typed.words.get("status"), typed.claim.profile
    if column is None or not column.labels:
        return np.full(len(typed), BookingStatus.RESERVED, dtype=np.int8)
    read = [read_status(label, profile.statuses) for label in column.labels]
    typed.verdicts.ignore(
        flags(column, lambda label: read_status(label, profile.statuses) is Odd.NO_BOOKING), "rows that are no bookings"
    )
    numbers = [status if isinstance(status, BookingStatus) else BookingStatus.RESERVED for status in read]
    return np.array(numbers, dtype=np.int8)[column.codes]


def _report_odd(typed: Typed) -> None:
    """Name the states nobody knows, of the rows that are good: in a bad one a guest may stand where the status should."""
    column = typed.words.get("status")
    if column is None:
        return
    read = [read_status(label, typed.claim.profile.statuses) for label in column.labels]
    times = Counter(column.codes[typed.verdicts.taken].tolist())
    unknown = {label: times[code] for code, label in enumerate(column.labels) if read[code] is Odd.UNKNOWN and times[code]}
    if unknown:
        # A status is a word many rows share; what stands only once may be a guest's name in the wrong column, and so may any
        # of so many words.
        shared = sorted(f'"{label}"' for label, count in unknown.items() if count > 1 and len(label) <= 24)
        names = ", ".join(shared[:8]) if len(shared) <= MOST_STATES else ""
        typed.notes.append(f"Unknown status in {sum(unknown.values())} rows, taken as reserved{': ' + names if names else ''}.")
    blank = sum(times[code] for code in range(len(column.labels)) if read[code] is Odd.BLANK)
    if blank:
        typed.notes.append(f"{blank} rows name no status and were taken as reserved.")


def _check(rows: BookingRows, today: date) -> None:
    typed, verdicts, profile = rows.typed, rows.typed.verdicts, rows.typed.claim.profile
    _ignore_totals(rows)
    if "reservation_id" in typed.words and "" in rows.ids.labels:
        verdicts.reject(flags(rows.ids, lambda text: not text), "the booking has no number")
    for role, what in (("arrival", "arrival"), ("departure", "departure")):
        _check_date_is_there(rows, role, what, getattr(rows, role))
    booked_unreadable = ~typed.blank("booked_on") & (rows.booked_on == NO_DAY)
    verdicts.reject(booked_unreadable, lambda row: f"the booking date cannot be read: {shown(typed.text('booked_on', row))}")
    _check_plausible(rows, today)
    late = rows.departure < rows.arrival
    verdicts.reject(late, lambda row: f"departure {_day(rows.departure[row])} lies before arrival {_day(rows.arrival[row])}")
    long = rows.departure.astype(np.int64) - rows.arrival > MAX_NIGHTS
    verdicts.reject(long, lambda row: f"a stay of {int(rows.departure[row]) - int(rows.arrival[row])} nights is not plausible")
    after = rows.booked_said & (rows.booked_on > rows.departure)
    verdicts.reject(after, lambda row: f"booked on {_day(rows.booked_on[row])}, after the departure {_day(rows.departure[row])}")
    _note_odd_rates(rows, profile)


def _ignore_totals(rows: BookingRows) -> None:
    """Set aside rows without a stay that name a total somewhere."""
    dateless = (rows.arrival == NO_DAY) & (rows.departure == NO_DAY)
    if dateless.any():
        total = np.zeros(len(rows), dtype=bool)
        for column in rows.typed.table.columns.values():
            total |= flags(column, is_total_word)
        rows.typed.verdicts.ignore(dateless & total, "totals")


def _check_date_is_there(rows: BookingRows, role: str, what: str, days: Days) -> None:
    typed, verdicts = rows.typed, rows.typed.verdicts
    gone = days == NO_DAY
    if not gone.any():
        return
    if role in typed.claim.places:
        verdicts.reject(gone & typed.blank(role), f"the {what} date is missing")
        verdicts.reject(gone, lambda row: f"the {what} date cannot be read: {shown(typed.text(role, row))}")
    verdicts.reject(gone, lambda row: f"the {what} date cannot be made out{_parts(typed, role, row)}")


def _parts(typed: Typed, role: str, row: int) -> str:
    names = ("arrival_year", "arrival_month", "arrival_day") if role == "arrival" else ("nights",)
    said = [shown(typed.text(name, row)) for name in names if name in typed.claim.places]
    return f" of {', '.join(said)}" if said else ""


def _check_plausible(rows: BookingRows, today: date) -> None:
    """Reject days long ago and far ahead, seen from today or from the file's own middle: a PC's clock may be wrong."""
    taken = rows.taken & (rows.arrival != NO_DAY)
    middle = int(np.median(rows.arrival[taken])) if taken.any() else day_number(today)
    first, last = day_number(FIRST_DAY), max(day_number(today), middle) + int(YEARS_AHEAD * _DAYS_A_YEAR)
    for what, days in (("arrival", rows.arrival), ("departure", rows.departure), ("booking date", rows.booked_on)):
        odd = (days != NO_DAY) & ((days < first) | (days > last))
        rows.typed.verdicts.reject(odd, _implausible(what, days))
    odd = rows.taken & (rows.status_on != NO_DAY) & ((rows.status_on < first) | (rows.status_on > last))
    if odd.any():
        rows.typed.notes.append(f"{int(odd.sum())} rows have an implausible status date, which was left out.")
        rows.status_on[odd] = NO_DAY


def _implausible(what: str, days: Days) -> Callable[[int], str]:
    return lambda row: f"the {what} {_day(days[row])} is not plausible"


def _note_odd_rates(rows: BookingRows, profile: ExportProfile) -> None:
    rates = rows.numbers["adr"][rows.taken]
    said = rates[~np.isnan(rates)]
    if not len(said):
        return
    usual = float(np.median(said[said > 0])) if (said > 0).any() else 0.0
    odd = int((said < 0).sum()) + int((said > 20 * usual).sum() if usual else 0)
    if odd:
        noun, verb = ("rate", "is") if odd == 1 else ("rates", "are")
        rows.typed.notes.append(f"{odd} {noun} {verb} negative or over 20 times the usual {usual:.0f}; kept as written.")


def _day(number: np.int32) -> str:
    moment = np.datetime64(int(number), "D")
    return str(moment)
