"""Days that are not like others: public holidays of the country, and what the user knows of the town.

Holidays come from the ``holidays`` package, loaded when a country is asked for; without the package, or for a country it does
not know, there are none. Nothing here is needed for a prediction: models carry the special days they were trained with.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from hotelml_app.ml.property.property_data import CalendarEvent

log = logging.getLogger(__name__)

LONGEST_EVENT_DAYS = 366


def special_days(country: str, first: date, last: date, events: Iterable[CalendarEvent] = ()) -> dict[date, str]:
    """Return the special days from ``first`` to ``last`` with their names, in order; an event goes before a holiday."""
    found = {day: name for day, name in _holidays_of(country, first.year, last.year) if first <= day <= last}
    for event in events:
        days = min((event.last - event.first).days, LONGEST_EVENT_DAYS)
        for offset in range(days + 1):
            day = event.first + timedelta(days=offset)
            if first <= day <= last:
                found[day] = event.name
    return dict(sorted(found.items()))


def events_from(stored: object) -> tuple[CalendarEvent, ...]:
    """Return events from their JSON form, a list of ``{"name", "first", "last"}``; what cannot be read is left out."""
    if not isinstance(stored, Sequence) or isinstance(stored, str):
        return ()
    read = (_event_from(one) for one in stored)
    return tuple(event for event in read if event is not None)


def events_as_json(events: Iterable[CalendarEvent]) -> list[dict[str, str]]:
    """Return events in the form ``events_from`` reads."""
    return [{"name": one.name, "first": one.first.isoformat(), "last": one.last.isoformat()} for one in events]


def _event_from(stored: object) -> CalendarEvent | None:
    if not isinstance(stored, Mapping):
        return None
    try:
        first = date.fromisoformat(str(stored["first"]))
        last = date.fromisoformat(str(stored.get("last") or stored["first"]))
        return CalendarEvent(str(stored.get("name") or "event"), first, max(first, last))
    except (KeyError, ValueError) as error:
        log.warning("an event in the calendar cannot be read (%s): %r", error, stored)
        return None


@lru_cache(maxsize=32)
def _holidays_of(country: str, first_year: int, last_year: int) -> tuple[tuple[date, str], ...]:
    if not country:
        return ()
    try:
        import holidays
    except ImportError:
        log.info("public holidays are unknown: the package for them is not installed")
        return ()
    try:
        known = holidays.country_holidays(country.upper(), years=range(first_year, last_year + 1))
    except (NotImplementedError, KeyError) as error:
        log.info("public holidays of %s are unknown: %s", country, error)
        return ()
    return tuple(sorted(known.items()))
