"""What a live model lost since it was judged, as its own answers of the last weeks tell: said to whoever judges a new one."""

from __future__ import annotations

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.monitor import records
from hotelml_app.schedule.triggers import accuracy_dropped, error_growth
from hotelml_app.services.asking.as_of import newest_day
from hotelml_app.store import Store
from hotelml_app.store.hotels import properties
from hotelml_app.training.gates import Loss


def lost_accuracy(store: Store, manifest: ModuleManifest, property_id: int) -> Loss | None:
    """Return the loss that also asks for a training, or None where the live model keeps about what it promised."""
    with store.read() as connection:
        row = properties.get(connection, property_id)
    until = newest_day(store, row, manifest)
    lately = records.showing(store, manifest, property_id, until) if until is not None else None
    why = accuracy_dropped(lately, manifest.lower_is_better) if lately is not None else ""
    if lately is None or not why:
        return None
    own, rule = (lately.recent, lately.recent_rule) if manifest.lower_is_better else (lately.recent_rule, lately.recent)
    return Loss(error_growth(lately, manifest.lower_is_better), why, own is not None and rule is not None and own > rule)
