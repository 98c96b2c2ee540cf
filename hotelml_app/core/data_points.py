"""The unit of learning: one input, what came of it, and where it is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Source(StrEnum):
    """Where a training data point comes from."""

    REAL = "real"
    SYNTHETIC = "synthetic"
    HISTORICAL = "historical"


@dataclass(frozen=True, slots=True)
class TrainingDataPoint:
    """One thing a module can learn from.

    ``timestamp`` is aware UTC; ``accuracy`` lies in [0, 1] or is None while the outcome is unknown.
    ``id`` is unique: collecting the same id twice keeps the later one.
    """

    id: str
    timestamp: datetime
    module: str
    input: Mapping[str, object]
    output: Mapping[str, object]
    accuracy: float | None = None
    source: Source = Source.REAL
    property_name: str = ""
