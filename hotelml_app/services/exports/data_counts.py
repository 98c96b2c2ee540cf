"""How much there is to learn from, counted once per import."""

from __future__ import annotations

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.services.parts import Parts, stand_of
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow


def count_points(parts: Parts, row: PropertyRow, manifest: ModuleManifest) -> int:
    """Return a module's examples in one property's data; 0 where nothing was read yet."""
    if row.business_date is None:
        return 0

    def count() -> int:
        found = manifest.load(manifest.count_points)(manifest.data_of(parts.property_data(row)))
        assert isinstance(found, int), "count_points returns a number"
        return found

    return parts.memory.derived((manifest.name, row.id), stand_of(parts.store, row), count)


def points_known(parts: Parts, manifest: ModuleManifest, property_id: int) -> int | None:
    """Return the same where it was counted since the last import, None where it would have to be counted."""
    with parts.store.read() as connection:
        row = properties.get(connection, property_id)
    found = parts.memory.found((manifest.name, row.id), stand_of(parts.store, row))
    return found if isinstance(found, int) else None


def points_of(parts: Parts, manifest: ModuleManifest, data: PropertyData) -> int:
    """Count them for a property of which the data are at hand, and remember it."""
    with parts.store.read() as connection:
        row = properties.get(connection, data.facts.id)
    return count_points(parts, row, manifest)
