"""What the schedule needs of its neighbours, the trainer and the monitor, which it does not know itself."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.property.property_data import PropertyData


class Showing(Protocol):
    """How a live model did lately, in its own measure, beside what its card promised; None where not known."""

    @property
    def recent(self) -> float | None:
        """The measure over the nights judged lately."""

    @property
    def expected(self) -> float | None:
        """The same measure on the model's card."""

    @property
    def nights(self) -> int:
        """How many nights were judged."""

    @property
    def recent_rule(self) -> float | None:
        """The plain rule's measure over the same nights."""

    @property
    def expected_rule(self) -> float | None:
        """The plain rule's measure on the model's card."""


class Judges(Protocol):
    """The monitor."""

    def match(self, manifest: ModuleManifest, property_id: int, data: PropertyData) -> int:
        """Compare predictions whose day has passed with what happened and return how many."""

    def showing(self, manifest: ModuleManifest, property_id: int, until: date) -> Showing | None:
        """Return how the live model did lately, None where no model is live."""


class Submits(Protocol):
    """The trainer's ``submit``."""

    def __call__(self, module: str, property_id: int, *, asked_by: str) -> int:
        """Queue a training and return its job id."""
