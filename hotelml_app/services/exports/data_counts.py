"""How much there is to learn from, counted once per import."""

from __future__ import annotations

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.services.parts import Parts, stand_of
from hotelml_app.store.properties import PropertyRow


def count_points(parts: Parts, row: PropertyRow, manifest: ModuleManifest) -> int:
    """Return a module's examples in one property's data; 0 where nothing was read yet."""
    if row.business_date is None:
        return 0

    def count() -> int:
        found = manifest.load(manifest.count_points)(manifest.data_of(parts.property_data(row)))
        assert isinstance(found, int), "count_points returns a number"
        return found

    return parts.memory.derived((manifest.name, row.id), stand_of(parts.store, row), count)
