"""An event that staff told: a fair, a concert, a match."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EventView:
    """An event and the nights it fills the town, both ``first`` and ``last`` included."""

    name: str
    first: date
    last: date
