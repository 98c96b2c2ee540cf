"""The monitor as other parts hold it: one object over one store."""

from __future__ import annotations

from datetime import date

from hotelml_app.collector import DataCollector
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.monitor import outcomes, records
from hotelml_app.monitor.records import LiveShowing
from hotelml_app.store import Store


class Monitor:
    """Judges predictions and remembers how they did."""

    def __init__(self, store: Store, collector: DataCollector | None = None) -> None:
        self._store = store
        self._collector = collector

    def match(self, manifest: ModuleManifest, property_id: int, data: PropertyData) -> int:
        """Compare predictions whose day has passed with what happened and return how many."""
        return outcomes.match_outcomes(self._store, manifest, property_id, data, self._collector)

    def showing(self, manifest: ModuleManifest, property_id: int, until: date) -> LiveShowing | None:
        """Return how the live model did lately, None where no model is live."""
        return records.showing(self._store, manifest, property_id, until)
