"""What is shown and edited of a property."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PropertyView:
    """One property and its room types, as the Settings page edits them."""

    name: str
    country: str
    currency: str
    rooms: int | None
    rooms_seen: int | None
    business_date: date | None
    room_types: tuple[tuple[str, int | None, int | None], ...]
    rooms_stated: Mapping[str, int] = field(default_factory=dict)
    """Rooms as exports of nightly figures say, by room type with the house under ""; holds where staff said nothing."""
    missing_cancelled: bool = True
    """Whether bookings that are missing from exports without cancelled bookings may be taken as cancelled."""
