"""What the export doctor may find, as values with plain sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class FindingKind(StrEnum):
    """What is odd about an export."""

    LOST_COLUMNS = "lost columns"
    RENAMED_COLUMNS = "renamed columns"
    NEW_COLUMNS = "new columns"
    EMPTIED_COLUMNS = "emptied columns"
    NEW_ROOM_TYPES = "new room types"
    RENAMED_ROOM_TYPES = "renamed room types"
    NEW_RATE_CODES = "new rate codes"
    NEW_SEGMENTS = "new segments"
    NEW_CHANNELS = "new channels"
    NEW_CURRENCIES = "new currencies"
    NEW_STATUSES = "new statuses"
    FEWER_ROWS = "fewer rows"
    MORE_ROWS = "more rows"
    DATE_STANDS_STILL = "business date stands still"
    DATE_WENT_BACK = "business date went back"
    RATES_OUT_OF_RANGE = "rates out of range"
    REPRICED = "prices all changed"
    REVENUE_OUT_OF_RANGE = "revenue out of range"
    GONE_BOOKINGS = "bookings gone"
    NO_CANCELLED = "no cancelled bookings"
    SHORT_REACH = "no bookings far ahead"
    NO_NIGHTS = "stays without a night"
    REBOOKED = "days of booking overwritten"
    PSEUDO_ROOMS = "room types without guests"
    TOO_MANY_ROOMS = "bookings for too many rooms"
    NEW_NUMBERS = "new booking numbers"
    MANY_REJECTED = "many rejected rows"


class Severity(StrEnum):
    """How much a finding matters."""

    URGENT = "urgent"
    """A person must look, or numbers go wrong."""
    LOOK = "look"
    """It may well be right, and something can be done where it is not."""
    NOTE = "note"
    """Worth knowing, nothing to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One odd thing. ``details`` are the names it is about; ``wants_person`` is False for what may well be right.

    ``was`` and ``now`` say in a few words how it used to be and how it is in this export, "" where there is nothing to say.
    """

    kind: FindingKind
    sentence: str
    remedy: str = ""
    wants_person: bool = False
    details: tuple[str, ...] = ()
    property_name: str = ""
    was: str = ""
    now: str = ""

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        if self.wants_person:
            return Severity.URGENT
        return Severity.LOOK if self.remedy else Severity.NOTE


_OF_A_WRONG_FILE = frozenset(
    {
        FindingKind.NEW_ROOM_TYPES,
        FindingKind.NEW_CURRENCIES,
        FindingKind.RATES_OUT_OF_RANGE,
        FindingKind.REVENUE_OUT_OF_RANGE,
        FindingKind.REPRICED,
        FindingKind.GONE_BOOKINGS,
    }
)
"""What a file of another hotel, or a report that was set up otherwise, does to what is known."""

TAKE_BACK = "If it was the wrong file, take it back on the Data page."


def with_way_back(finding: Finding) -> Finding:
    """Return a finding that says how to undo the import, where a wrong file may stand behind it."""
    if not (finding.wants_person and finding.kind in _OF_A_WRONG_FILE):
        return finding
    return replace(finding, remedy=f"{finding.remedy} {TAKE_BACK}".strip())
