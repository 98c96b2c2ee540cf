"""What the export doctor may find, as values with plain sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What is odd about an export."""

    LOST_COLUMNS = "lost columns"
    NEW_COLUMNS = "new columns"
    EMPTIED_COLUMNS = "emptied columns"
    NEW_ROOM_TYPES = "new room types"
    NEW_RATE_CODES = "new rate codes"
    NEW_SEGMENTS = "new segments"
    NEW_CHANNELS = "new channels"
    NEW_STATUSES = "new statuses"
    FEWER_ROWS = "fewer rows"
    MORE_ROWS = "more rows"
    DATE_STANDS_STILL = "business date stands still"
    DATE_WENT_BACK = "business date went back"
    RATES_OUT_OF_RANGE = "rates out of range"
    REVENUE_OUT_OF_RANGE = "revenue out of range"
    MANY_REJECTED = "many rejected rows"


@dataclass(frozen=True, slots=True)
class Finding:
    """One odd thing. ``details`` are the names it is about; ``wants_person`` is False for what may well be right."""

    kind: FindingKind
    sentence: str
    remedy: str = ""
    wants_person: bool = False
    details: tuple[str, ...] = ()
    property_name: str = ""
