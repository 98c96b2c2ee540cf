"""Events that staff told of one property: named beside the nights on every page, and learned from as holidays are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hotelml_app.core.errors import UsageError
from hotelml_app.ml.property.calendar import events_as_json, events_from
from hotelml_app.ml.property.property_data import CalendarEvent
from hotelml_app.services.asking.words import day
from hotelml_app.services.nights.event_views import EventView
from hotelml_app.services.parts import Parts
from hotelml_app.services.properties.list_properties import predict_anew
from hotelml_app.store.decided import data_settings
from hotelml_app.store.decided.staff_decisions import EVENTS
from hotelml_app.store.hotels.properties import PropertyRow

MOST_NIGHTS = 60
MOST_LETTERS = 60
WITH_EVENTS = {"forecast", "pricing"}
"""The modules that look at the calendar."""


def told(parts: Parts, row: PropertyRow) -> tuple[EventView, ...]:
    """Return what staff told, by first night."""
    with parts.store.read() as connection:
        kept = data_settings.get(connection, EVENTS, [], property_id=row.id)
    found = (EventView(one.name, one.first, one.last) for one in events_from(kept))
    return tuple(sorted(found, key=lambda one: (one.first, one.last, one.name)))


def keep(parts: Parts, row: PropertyRow, events: Iterable[EventView]) -> None:
    """Keep these events and no others, and predict with them. Raises UsageError for one without a name, or impossible nights."""
    wanted = [_checked(one) for one in dict.fromkeys(events)]
    kept = events_as_json(CalendarEvent(one.name, one.first, one.last) for one in wanted)
    with parts.store.write() as connection:
        data_settings.put(connection, EVENTS, kept, property_id=row.id)
    predict_anew(parts, row.id, WITH_EVENTS)


def by_night(events: Iterable[EventView], first: date, nights: int) -> dict[date, str]:
    """Return the events of ``nights`` nights from ``first`` on, several of one night joined by commas."""
    found: dict[date, list[str]] = {}
    for one in events:
        night, end = max(one.first, first), min(one.last, first + timedelta(days=nights - 1))
        while night <= end:
            found.setdefault(night, []).append(one.name)
            night += timedelta(days=1)
    return {night: ", ".join(names) for night, names in found.items()}


def _checked(one: EventView) -> EventView:
    name = " ".join(one.name.split())[:MOST_LETTERS]
    if not name:
        raise UsageError("An event needs a name.", remedy="Give it the name that everybody uses.")
    if one.last < one.first:
        raise UsageError(f"{name} cannot end before it begins on {day(one.first)}.", remedy="Give a later last night.")
    if (one.last - one.first).days >= MOST_NIGHTS:
        raise UsageError(f"{name} would last over {MOST_NIGHTS} nights.", remedy="Enter only the nights that stand out.")
    return EventView(name, one.first, one.last)
