"""Bookings out of typed columns: stays from whatever the layout gives, statuses, checks."""

from __future__ import annotations

from datetime import date

import numpy as np

from hotelml_app.core.bookings import CATEGORY_COLUMNS, NUMBER_COLUMNS
from hotelml_app.intake.readers.tables.table import Column
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.damage import reject_damaged
from hotelml_app.intake.rows.grains import keep_one_row_each, settle_rooms
from hotelml_app.intake.rows.plausible import check, ignore_totals, leave_out_negative_rooms
from hotelml_app.intake.rows.status_rows import (
    find_missed,
    read_statuses,
    reject_spoiled_statuses,
    report_odd_statuses,
    settle_unsaid_statuses,
)
from hotelml_app.intake.rows.stays import derive_stay, no_days
from hotelml_app.intake.rows.typed import Typed
from hotelml_app.intake.values.date_order import NO_DAY, Days


def read_bookings(typed: Typed, today: date) -> BookingRows:
    """Return the bookings of a table, each row checked; what is wrong with a row is in ``typed.verdicts``."""
    derive_stay(typed)
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
    leave_out_negative_rooms(rows)
    find_missed(rows)
    settle_rooms(rows)
    adjust = typed.claim.profile.adjustment()
    if adjust is not None:
        adjust(rows)
    ignore_totals(rows)
    reject_damaged(rows)
    check(rows, today)
    reject_spoiled_statuses(typed, settled)
    report_odd_statuses(typed, settled)
    keep_one_row_each(rows)
    return rows


def _no_words(rows: int) -> Column:
    return Column(np.zeros(rows, dtype=np.int32), [""])


def _status_days(typed: Typed) -> Days:
    """Return the day of each status; where only cancellations are dated, theirs."""
    said = typed.days.get("status_on", no_days(len(typed)))
    cancelled_on = typed.days.get("cancelled_on")
    return said.copy() if cancelled_on is None else np.where(said == NO_DAY, cancelled_on, said).astype(np.int32)
