"""One property as modules see it, read from the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from hotelml_app.ml.errors import NothingKnownError
from hotelml_app.ml.property.calendar import events_from
from hotelml_app.ml.property.history import Category, History
from hotelml_app.ml.property.property_data import (
    ClosedRoom,
    PropertyData,
    PropertyFacts,
    Review,
    RoomTypeFacts,
    StatedOutOfOrder,
)
from hotelml_app.ml.property.spells import history_from_states
from hotelml_app.ml.property.state_columns import StateColumnsBuilder
from hotelml_app.ml.property.untold.booking_days import with_likely_booking_days
from hotelml_app.ml.property.untold.emptied import as_not_emptied
from hotelml_app.ml.property.untold.room_counts import believed
from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings, room_type_names
from hotelml_app.store.decided.staff_decisions import EVENTS, options_of
from hotelml_app.store.exported import bookings, imports, reviews, statistics
from hotelml_app.store.hotels import properties

ROOM_WISHES = options_of("allocation")
"""The data setting that holds what staff want of the rooms; it lists rooms and those out of order."""


def property_data(store: Store, property_id: int, as_of: date | None = None) -> PropertyData:
    """Return a property as known at the end of ``as_of`` (default: its business date); the rest is read on first use.

    Raises NothingKnownError where no export brought a business date yet and no day is given.
    """
    facts = property_facts(store, property_id)
    day = as_of or facts.business_date
    if day is None:
        raise NothingKnownError(
            f"No export of {facts.name} has been read yet.", remedy="Put an export of its bookings into the drop folder."
        )
    return PropertyData(
        facts,
        day,
        load_history=lambda: read_history(store, facts),
        load_reviews=lambda: read_reviews(store, property_id),
    )


def property_facts(store: Store, property_id: int) -> PropertyFacts:
    """Return what is known of a property itself."""
    with store.read() as connection:
        row = properties.get(connection, property_id)
        types = properties.room_types(connection, property_id)
        events = data_settings.get(connection, EVENTS, [], property_id)
        wishes = data_settings.get(connection, ROOM_WISHES, {}, property_id)
        coming = row.business_date + timedelta(days=1) if row.business_date is not None else None
        stated_closed = statistics.out_of_order_ahead(connection, property_id, coming) if coming is not None else []
        stated = statistics.rooms_stated(connection, property_id)
        newest_import = imports.last_done(connection, property_id)
    return PropertyFacts(
        id=row.id,
        name=row.name,
        country=row.country,
        currency=row.currency,
        rooms=row.rooms or stated.get(""),
        room_types=tuple(RoomTypeFacts(one.code, one.name, one.rooms or stated.get(one.code)) for one in types),
        business_date=row.business_date,
        events=events_from(events),
        newest_import=newest_import,
        rooms_by_staff=bool(row.rooms),
        closed_rooms=_closed_rooms(wishes if isinstance(wishes, dict) else {}),
        stated_out_of_order=tuple(StatedOutOfOrder(*one) for one in stated_closed),
    )


def _closed_rooms(wishes: Mapping[str, Any]) -> tuple[ClosedRoom, ...]:
    """Return the rooms that staff took out of order; those that they list as no rooms of the house are none."""
    types, found = wishes.get("rooms") or {}, []
    for one in wishes.get("out_of_order") or ():
        room = str(one["room"])
        if types.get(room) != "":
            first, until = (date.fromisoformat(one[name]) for name in ("from", "to"))
            found.append(ClosedRoom(room, first, until, types.get(room, "")))
    return tuple(found)


def read_history(store: Store, facts: PropertyFacts) -> History:
    """Read all booking states of a property, a chunk at a time, as its history up to the business date.

    Numbers of rooms that no booking of this house can be for are left out, days of booking that are not told are taken as
    they usually lie, and what cancelling empties as it was before.
    """
    builder = StateColumnsBuilder()
    with store.read() as connection:
        for rows in bookings.iterate_packed_states(connection, facts.id):
            builder.add_packed(rows)
        names = room_type_names.renamed(connection, facts.id)
    told = builder.build()
    if names:
        told = replace(told, categories=_with_present_names(told.categories, names))
    states = with_likely_booking_days(as_not_emptied(believed(told, facts.rooms)))
    newest = facts.business_date or date.fromordinal(1)
    return history_from_states(facts.name, newest, states)


def _with_present_names(categories: Mapping[str, Category], names: Mapping[str, str]) -> dict[str, Category]:
    """Return the columns of words with room types under the names they have now."""
    return {**categories, **{name: _renamed(categories[name], names) for name in ("room_type", "assigned_room_type")}}


def _renamed(column: Category, names: Mapping[str, str]) -> Category:
    present = [names.get(label, label) for label in column.labels]
    labels = tuple(dict.fromkeys(present))
    places = np.array([labels.index(label) for label in present], dtype=np.int32)
    return Category(places[column.codes], labels)


def read_reviews(store: Store, property_id: int) -> tuple[Review, ...]:
    """Read all reviews of a property, oldest first."""
    with store.read() as connection:
        rows = reviews.all(connection, property_id)
    return tuple(
        Review(
            key=row.key,
            reviewed_on=row.reviewed_on,
            score=row.score,
            title=row.title,
            positive=row.positive,
            negative=row.negative,
            body=row.body,
            language=row.language,
            source=row.source,
        )
        for row in rows
    )
