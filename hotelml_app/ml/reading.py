"""From the store to what modules see: the one place where SQLite rows become a property's data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number
from hotelml_app.ml.errors import NothingKnownError
from hotelml_app.ml.history import History
from hotelml_app.ml.property_data import NightlyStatistics, PropertyData, PropertyFacts, Review, RoomTypeFacts
from hotelml_app.ml.spells import history_from_states
from hotelml_app.ml.state_columns import StateColumnsBuilder
from hotelml_app.store import Store, bookings, properties, reviews, statistics

_ROW_ID = 1
"""Stored rows begin with the booking's row number, which modules have no use for."""


def property_facts(store: Store, property_id: int) -> PropertyFacts:
    """Return what is known of the property itself."""
    with store.read() as connection:
        row = properties.get(connection, property_id)
        types = properties.room_types(connection, property_id)
    return PropertyFacts(
        id=row.id,
        name=row.name,
        country=row.country,
        currency=row.currency,
        rooms=row.rooms,
        room_types=tuple(RoomTypeFacts(t.code, t.name, t.rooms) for t in types),
        business_date=row.business_date,
    )


def property_data(store: Store, property_id: int, as_of: date | None = None) -> PropertyData:
    """Return one property's data as known at the end of ``as_of`` (default: its business date); tables are read when asked for.

    Raises NothingKnownError where no export of the property was ever imported.
    """
    facts = property_facts(store, property_id)
    if facts.business_date is None:
        raise NothingKnownError(
            f"No export of {facts.name} has been imported yet.", remedy="Drop one into its folder, or use: hotelml import FILE"
        )
    day = min(as_of, facts.business_date) if as_of else facts.business_date
    return PropertyData(
        facts=facts,
        as_of=day,
        load_history=lambda: read_history(store, facts),
        load_reviews=lambda: read_reviews(store, property_id),
        load_statistics=lambda: read_statistics(store, property_id, day),
    )


def read_history(store: Store, facts: PropertyFacts) -> History:
    """Return all spells of a property; memory is bounded by the arrays themselves."""
    builder = StateColumnsBuilder()
    with store.read() as connection:
        for chunk in bookings.iterate_states(connection, facts.id):
            builder.add([row[_ROW_ID:] for row in chunk])
    return history_from_states(facts.name, facts.business_date or date.min, builder.build())


def read_reviews(store: Store, property_id: int) -> Sequence[Review]:
    """Return all reviews of a property, oldest first."""
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


def read_statistics(store: Store, property_id: int, as_of: date) -> NightlyStatistics | None:
    """Return the nightly statistics known at the end of ``as_of``, or None where no export carried any."""
    with store.read() as connection:
        rows = statistics.all(connection, property_id, as_of)
    if not rows:
        return None

    def numbers(values: list[float | None]) -> NDArray[np.float64]:
        return np.array(values, dtype=np.float64)

    return NightlyStatistics(
        stay_date=np.array([day_number(row.stay_date) for row in rows], dtype=np.int32),
        as_of=np.array([day_number(row.as_of) for row in rows], dtype=np.int32),
        room_type=tuple(row.room_type for row in rows),
        rooms_sold=numbers([row.rooms_sold for row in rows]),
        capacity=numbers([row.capacity for row in rows]),
        out_of_order=numbers([row.out_of_order for row in rows]),
        adr=numbers([row.adr for row in rows]),
        revenue=numbers([row.revenue for row in rows]),
        arrivals=numbers([row.arrivals for row in rows]),
    )
