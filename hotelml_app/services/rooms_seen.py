"""The most rooms ever sold on one night, per house and room type: counted once per import, then remembered."""

from __future__ import annotations

from hotelml_app.services import nights
from hotelml_app.services.parts import Parts
from hotelml_app.store import data_settings, imports
from hotelml_app.store.properties import PropertyRow

_NAME = "rooms_seen"


def remembered(parts: Parts, row: PropertyRow) -> dict[str, int]:
    """Return what was counted last, by room type with the house under ""; empty where nothing was counted yet."""
    with parts.store.read() as connection:
        kept = data_settings.get(connection, _NAME, property_id=row.id)
    return _rooms(kept)


def counted(parts: Parts, row: PropertyRow) -> dict[str, int]:
    """Return the same as of the newest import, counting again where one came since."""
    with parts.store.read() as connection:
        kept = data_settings.get(connection, _NAME, property_id=row.id)
        latest = imports.latest_done(connection, row.id)
    stand = latest.id if latest else 0
    if isinstance(kept, dict) and kept.get("import") == stand:
        return _rooms(kept)
    if row.business_date is None:
        return {}
    history = parts.property_data(row).history
    kinds = ("", *(label for label in history.categories["room_type"].labels if label))
    found = {kind: nights.most_sold(nights.of_room_type(history, kind)) for kind in kinds}
    rooms = {kind: count for kind, count in found.items() if count is not None}
    if parts.writes:
        with parts.store.write() as connection:
            data_settings.put(connection, _NAME, {"import": stand, "rooms": rooms}, property_id=row.id)
    return rooms


def _rooms(kept: object) -> dict[str, int]:
    rooms = kept.get("rooms") if isinstance(kept, dict) else None
    return {str(kind): int(count) for kind, count in rooms.items()} if isinstance(rooms, dict) else {}
