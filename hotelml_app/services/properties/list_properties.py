"""The properties in a home, and what staff say of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.modules import discover
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.nights import rooms_seen
from hotelml_app.services.parts import Parts
from hotelml_app.services.properties.views import PropertyView
from hotelml_app.store.corrected import missing
from hotelml_app.store.exported import statistics
from hotelml_app.store.hotels import currencies, properties
from hotelml_app.store.hotels.properties import PropertyRow, RoomTypeRow

LOOK_AT_HOUSE = frozenset(("forecast", "pricing", "allocation"))
"""The modules that look at what staff say of the house: its country, and how many rooms there are of which type."""


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Return all properties with their rooms."""
    return {"properties": list_properties(parts)}


def list_properties(parts: Parts) -> tuple[PropertyView, ...]:
    """Return every property in the order they came, with its rooms as of the newest import."""
    with parts.store.read() as connection:
        rows = properties.all(connection)
    return tuple(property_view(parts, row, rooms_seen.counted(parts, row)) for row in rows)


def property_view(parts: Parts, row: PropertyRow, seen: Mapping[str, int]) -> PropertyView:
    """Return one property with its room types: (code, rooms as told, most rooms sold on one night)."""
    with parts.store.read() as connection:
        stated = statistics.rooms_stated(connection, row.id)
        kinds = properties.room_types(connection, row.id)
        missing_cancelled = missing.may_be_cancelled(connection, row.id)
    return PropertyView(
        name=row.name,
        country=row.country,
        currency=row.currency,
        rooms=row.rooms,
        rooms_seen=seen.get(""),
        rooms_stated=stated,
        business_date=row.business_date,
        room_types=tuple((kind.code, kind.rooms, seen.get(kind.code)) for kind in kinds),
        missing_cancelled=missing_cancelled,
    )


def update_property(parts: Parts, view: PropertyView) -> None:
    """Keep what staff say of a property and its room types, and predict with it; what was only seen is not stored."""
    with parts.store.write() as connection:
        row = properties.by_name(connection, view.name)
        before = _house(row, properties.room_types(connection, row.id))
        properties.update(
            connection,
            row.id,
            country=view.country,
            rooms=view.rooms,
            clear_rooms=view.rooms is None,
        )
        currencies.tell(connection, row.id, view.currency, parts.clock.now())
        for code, rooms, _ in view.room_types:
            known = {kind.code: kind.name for kind in properties.room_types(connection, row.id)}
            properties.set_room_type(connection, row.id, code, name=known.get(code, ""), rooms=rooms)
        other_books = view.missing_cancelled != missing.may_be_cancelled(connection, row.id)
        if other_books:
            missing.let(connection, row.id, be_cancelled=view.missing_cancelled)
        after = _house(properties.get(connection, row.id), properties.room_types(connection, row.id))
    if other_books or before != after:
        predict_anew(parts, row.id, set(discover()) if other_books else LOOK_AT_HOUSE)


def predict_anew(parts: Parts, property_id: int, modules: Collection[str]) -> bool:
    """Let go of what is kept in memory of a property, and have modules predict with what staff just said of it.

    Return whether they will: nobody works behind a command.
    """
    parts.memory.forget(property_id)
    return parts.upkeep is not None and parts.upkeep.predict_soon(property_id, set(modules))


def _house(row: PropertyRow, kinds: Sequence[RoomTypeRow]) -> tuple[object, ...]:
    """Return what modules are told of the house itself."""
    return row.country, row.currency, row.rooms, {kind.code: kind.rooms for kind in kinds}
