"""Bookings out of typed columns: stays from whatever the layout gives, statuses, checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import CATEGORY_COLUMNS, NUMBER_COLUMNS
from hotelml_app.core.clock import day_number
from hotelml_app.intake.damage import reject_damaged
from hotelml_app.intake.grains import first_and_last_nights, keep_one_row_each, settle_rooms
from hotelml_app.intake.profile import ExportProfile, Grain
from hotelml_app.intake.readers.table import Column, is_total_word
from hotelml_app.intake.report_rows import flags
from hotelml_app.intake.showing import shown
from hotelml_app.intake.status_rows import (
    find_missed,
    read_statuses,
    reject_spoiled_statuses,
    report_odd_statuses,
    settle_unsaid_statuses,
)
from hotelml_app.intake.typed import Typed
from hotelml_app.intake.values.date_order import NO_DAY, Days
from hotelml_app.intake.values.dates import month_number

FIRST_DAY = date(1990, 1, 1)
YEARS_AHEAD = 5
MAX_NIGHTS = 1100
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
        status=read_statuses(typed),
        booked_on=typed.days["booked_on"],
        arrival=typed.days["arrival"],
        departure=typed.days["departure"],
        status_on=_status_days(typed),
        booked_said=typed.days["booked_on"] != NO_DAY,
        words={name: typed.words.get(name, _no_words(len(typed))) for name in CATEGORY_COLUMNS},
        numbers={name: typed.numbers.get(name, np.full(len(typed), np.nan)) for name in NUMBER_COLUMNS},
    )
    if "currency" not in typed.words and typed.currency is not None:
        rows.words["currency"] = typed.currency
    settled = settle_unsaid_statuses(rows)
    find_missed(rows)
    settle_rooms(rows)
    adjust = typed.claim.profile.adjustment()
    if adjust is not None:
        adjust(rows)
    _check(rows, today)
    reject_spoiled_statuses(typed, settled)
    report_odd_statuses(typed, settled)
    keep_one_row_each(rows)
    return rows


def _no_words(rows: int) -> Column:
    return Column(np.zeros(rows, dtype=np.int32), [""])


def _no_days(rows: int) -> Days:
    return np.full(rows, NO_DAY, dtype=np.int32)


def _status_days(typed: Typed) -> Days:
    """Return the day of each status; where only cancellations are dated, theirs."""
    said = typed.days.get("status_on", _no_days(len(typed)))
    cancelled_on = typed.days.get("cancelled_on")
    return said.copy() if cancelled_on is None else np.where(said == NO_DAY, cancelled_on, said).astype(np.int32)


def _derive_stay(typed: Typed) -> None:
    """Fill in what is not said: arrival from its parts, a day of the stay from the other and the nights, the lead time's days."""
    days, numbers = typed.days, typed.numbers
    if "arrival" not in days and {"arrival_year", "arrival_day"} <= numbers.keys() and "arrival_month" in typed.words:
        days["arrival"] = _from_parts(numbers["arrival_year"], typed.words["arrival_month"], numbers["arrival_day"])
    if typed.claim.profile.grain is Grain.NIGHT and "arrival" not in days and "stay_date" in days:
        days["arrival"], days["departure"] = first_and_last_nights(typed)
    lead = numbers.get("lead_days")
    arrival = days.setdefault("arrival", _no_days(len(typed)))
    if "booked_on" in days and lead is not None and (arrival == NO_DAY).any():
        arrival = days["arrival"] = _agreeing(typed, _shifted(arrival, days["booked_on"], lead))
    nights = numbers.get("nights")
    if "departure" in days and nights is not None:
        arrival = days["arrival"] = _shifted(arrival, days["departure"], -nights)
    days["departure"] = _shifted(days.get("departure"), arrival, nights)
    days["booked_on"] = _shifted(days.get("booked_on"), arrival, -lead if lead is not None else None)


def _agreeing(typed: Typed, arrival: Days) -> Days:
    """Return the arrivals without those that a year, a month or a day beside them contradicts."""
    moments = np.where(arrival == NO_DAY, 0, arrival).astype("datetime64[D]")
    months = moments.astype("datetime64[M]").astype(np.int64)
    parts: dict[str, NDArray[np.int64]] = {
        "arrival_year": months // 12 + 1970,
        "arrival_month": months % 12 + 1,
        "arrival_day": (moments - moments.astype("datetime64[M]")).astype(np.int64) + 1,
    }
    contradicted = np.zeros(len(arrival), dtype=bool)
    for role, actual in parts.items():
        said = _months(typed.words[role]) if role in typed.words else typed.numbers.get(role)
        if said is not None:
            contradicted |= ~np.isnan(said) & (said != actual)
    return np.where(contradicted, NO_DAY, arrival).astype(np.int32)


def _months(column: Column) -> NDArray[np.float64]:
    numbers = [month_number(label) for label in column.labels]
    return np.array([np.nan if number is None else number for number in numbers], dtype=np.float64)[column.codes]


def _from_parts(years: NDArray[np.float64], months: Column, days: NDArray[np.float64]) -> Days:
    month = np.nan_to_num(_months(months)).astype(np.int64)
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


def _check(rows: BookingRows, today: date) -> None:
    typed, verdicts, profile = rows.typed, rows.typed.verdicts, rows.typed.claim.profile
    _ignore_totals(rows)
    reject_damaged(rows)
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
