"""Which bookings cannot be: days that are missing, out of order or out of all reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from hotelml_app.core.clock import day_number
from hotelml_app.core.figures import counted
from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.readers.tables.table import is_total_word
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.report_rows import flags
from hotelml_app.intake.rows.showing import shown
from hotelml_app.intake.rows.typed import Typed
from hotelml_app.intake.rows.usual_prices import usual_prices
from hotelml_app.intake.values.date_order import NO_DAY, Days
from hotelml_app.intake.values.numbers import is_cut

FIRST_DAY = date(1990, 1, 1)
YEARS_AHEAD = 5
MAX_NIGHTS = 1100
_DAYS_A_YEAR = 365.25


def check(rows: BookingRows, today: date) -> None:
    """Reject rows whose days are missing, unreadable or not plausible, and note odd rates."""
    typed, verdicts, profile = rows.typed, rows.typed.verdicts, rows.typed.claim.profile
    if "reservation_id" in typed.words and "" in rows.ids.labels:
        verdicts.reject(flags(rows.ids, lambda text: not text), "the booking has no number")
    if "reservation_id" in typed.words and any("E+" in label for label in rows.ids.labels):
        verdicts.reject(flags(rows.ids, is_cut), "a spreadsheet cut the booking number down to its first digits; export it anew")
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


def leave_out_negative_rooms(rows: BookingRows) -> None:
    """Blank numbers of rooms below zero, as credits have them: they would take rooms off the books of others."""
    below = rows.numbers["rooms"] < 0
    if below.any():
        many = int(below.sum())
        begin = "1 booking is for fewer than no rooms; that number was left out, and it counts"
        begins = f"{many} bookings are for fewer than no rooms; those numbers were left out, and each counts"
        rows.typed.notes.append(f"{begin if many == 1 else begins} as one room.")
        rows.numbers["rooms"] = np.where(below, np.nan, rows.numbers["rooms"])


def ignore_totals(rows: BookingRows) -> None:
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
        rows.typed.notes.append(
            f"{counted(int(odd.sum()), 'row has', 'rows have')} an implausible status date, which was left out."
        )
        rows.status_on[odd] = NO_DAY


def _implausible(what: str, days: Days) -> Callable[[int], str]:
    return lambda row: f"the {what} {_day(days[row])} is not plausible"


def _note_odd_rates(rows: BookingRows, profile: ExportProfile) -> None:
    rates = rows.numbers["adr"]
    usual = usual_prices(rows, rates)
    odd = int((rows.taken & ((rates < 0) | (rates > 20 * usual))).sum())
    if odd:
        noun, verb = ("rate", "is") if odd == 1 else ("rates", "are")
        plain = np.unique(usual[np.isfinite(usual)])
        told = f" {plain[0]:.0f}" if len(plain) == 1 else ""
        rows.typed.notes.append(f"{odd} {noun} {verb} negative or over 20 times the usual{told or ' one'}; kept as written.")


def _day(number: np.int32) -> str:
    moment = np.datetime64(int(number), "D")
    return str(moment)
