"""The latest day on which anything in a file happened: no export can be older than that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from hotelml_app.core.clock import day_number
from hotelml_app.intake.dating import business_date
from hotelml_app.intake.file_content import Part
from hotelml_app.intake.profile import Kind
from hotelml_app.intake.rows.statistics_rows import known_until
from hotelml_app.intake.values.date_order import NO_DAY, Days

USUAL_DAYS, HARDLY = 7, 0.2
"""Days by which is judged how much happens each day, and the share of it that comes together before the night audit."""


def latest_event(parts: Sequence[Part], today: date) -> tuple[date | None, int]:
    """Return the latest day on which anything in the file happened, and how many days after today are slips of the pen."""
    happened = [days for part in parts if (days := _events(part, today)) is not None]
    if not happened:
        return None, 0
    return business_date.believed(np.concatenate(happened), today)


def hardly_begun(parts: Sequence[Part], day: date, today: date) -> bool:
    """Return whether far less happened on a day than on those before it: until the night audit, some book after midnight."""
    happened = [days for part in parts if (days := _events(part, today)) is not None]
    ago = day_number(day) - np.concatenate(happened) if happened else np.zeros(0)
    usual = ((ago > 0) & (ago <= USUAL_DAYS)).sum() / USUAL_DAYS
    return bool((ago == 0).sum() <= HARDLY * usual)


def _events(part: Part, today: date) -> Days | None:
    taken, rows = part.typed.verdicts.taken, part.bookings
    if rows is not None:
        booked = rows.booked_on if rows.booked_said.any() else np.full(len(rows), NO_DAY, dtype=np.int32)
        stays = (column[taken] for column in (booked, rows.status_on, rows.arrival, rows.departure))
        return business_date.events(rows.status[taken], *stays)
    if part.claim.profile.kind is Kind.STATISTICS:
        day = known_until(part.typed, today)
        return np.array([day_number(day)] if day else [], dtype=np.int32)
    if "reviewed_on" in part.typed.days:
        days = part.typed.days["reviewed_on"][taken]
        return days[days != NO_DAY]
    return None
