"""Stand-ins for the schedule's neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.property.property_data import PropertyData


@dataclass
class Lately:
    recent: float | None
    expected: float | None
    nights: int
    recent_rule: float | None = None
    expected_rule: float | None = None


@dataclass
class FakeMonitor:
    """Remembers what it was asked to judge, and says of the live model what the test wants."""

    matched: list[tuple[str, int, date]] = field(default_factory=list)
    lately: Lately | None = None

    def match(self, manifest: ModuleManifest, property_id: int, data: PropertyData) -> int:
        self.matched.append((manifest.name, property_id, data.as_of))
        return 0

    def showing(self, manifest: ModuleManifest, property_id: int, until: date) -> Lately | None:
        return self.lately


@dataclass
class FakeTrainer:
    """Takes orders and does nothing."""

    orders: list[tuple[str, int, str]] = field(default_factory=list)

    def submit(self, module: str, property_id: int, *, asked_by: str) -> int:
        self.orders.append((module, property_id, asked_by))
        return len(self.orders)
