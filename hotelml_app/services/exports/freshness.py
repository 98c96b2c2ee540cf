"""How old the data behind a page is."""

from __future__ import annotations

from datetime import date, timedelta

from hotelml_app.core.clock import Clock
from hotelml_app.core.events import LONG_AGO_DAYS
from hotelml_app.core.written_days import said_day
from hotelml_app.services.asking.words import count, day
from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels.properties import PropertyRow

FRESH_DAYS = 1
"""After the night audit of day D the PC shows D + 1: that is as fresh as an export can be."""


def today_of(clock: Clock) -> date:
    """Return the PC's date, in its own time zone."""
    return clock.now().astimezone().date()


def freshness(store: Store, clock: Clock, row: PropertyRow) -> Freshness:
    """Say which export the property's data come from and how many days its business date lies back."""
    with store.read() as connection:
        latest = imports.latest_done(connection, row.id)
    return Freshness(
        business_date=row.business_date,
        export_name=latest.file_name if latest else "",
        imported_at=(latest.finished_at or latest.received_at) if latest else None,
        days_old=(today_of(clock) - row.business_date).days if row.business_date else None,
    )


def is_stale(fresh: Freshness) -> bool:
    """Return whether an export is missing: the business date lies more than one day back."""
    return fresh.days_old is not None and fresh.days_old > FRESH_DAYS


def tonight_words(fresh: Freshness, night: date) -> str:
    """Return "Tonight" where that is true on this PC's date, else the night's own date, how long ago it was, and a colon.

    An export of the day that is still going on speaks of the night after it.
    """
    if fresh.days_old is None or fresh.days_old == FRESH_DAYS:
        return "Tonight"
    if not is_stale(fresh):
        return "Tomorrow night" if fresh.days_old == FRESH_DAYS - 1 else f"{_day(fresh, night)}:"
    gone = fresh.days_old - FRESH_DAYS
    ago = "yesterday" if gone == 1 else f"{gone} days ago"
    return f"{_day(fresh, night)} ({ago}):" if gone <= LONG_AGO_DAYS else f"{_day(fresh, night)}:"


def nights_passed(fresh: Freshness) -> int:
    """Return how many of the nights after the newest export have passed, so that nothing is left to decide about them.

    None counts where no export came for a long time: such data are looked at as those of their own day.
    """
    gone = (fresh.days_old or 0) - FRESH_DAYS
    return gone if 0 < gone <= LONG_AGO_DAYS else 0


def nights_words(fresh: Freshness, nights: int) -> str:
    """Return "the coming 14 nights", or where an export is missing how many of them are left, and from which night on."""
    if fresh.business_date is None or not is_stale(fresh):
        return f"the coming {count(nights, 'night')}"
    gone = nights_passed(fresh)
    first = fresh.business_date + timedelta(days=FRESH_DAYS + gone)
    return f"the {count(max(nights - gone, 0), 'night')} from {_day(fresh, first)}"


def ahead_words(fresh: Freshness, nights: int, unit: str = "night") -> str:
    """Return "next 14 nights", or from which night on they are where an export is missing: some of them have passed."""
    if fresh.business_date is None or not is_stale(fresh):
        return f"next {count(nights, unit)}"
    return f"{count(nights, unit)} from {_day(fresh, fresh.business_date + timedelta(days=FRESH_DAYS))}"


def stale_words(fresh: Freshness) -> str:
    """Return the sentence about missing exports, or "" where the data are fresh."""
    if fresh.days_old is None or fresh.business_date is None or not is_stale(fresh):
        return ""
    return f"The newest export is from the end of {_day(fresh, fresh.business_date)} ({count(fresh.days_old, 'day')} ago)."


def _day(fresh: Freshness, value: date) -> str:
    """Return a day, with its year where this PC's date lies in another."""
    if fresh.business_date is None or fresh.days_old is None:
        return day(value)
    today = fresh.business_date + timedelta(days=fresh.days_old)
    return day(value) if value.year == today.year else said_day(value)
