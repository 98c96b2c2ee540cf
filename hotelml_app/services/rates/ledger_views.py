"""What is told of rates that staff decided on, once their nights have passed; money in the property's currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hotelml_app.services.exports.data_views import Freshness


class Outcome(StrEnum):
    """What a night brought, beside what the suggestion was expected to bring."""

    MORE = "more"
    LESS = "less"
    UNTOLD = "can't be told"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One rate of one past night and room type; ``kind`` is own, kept (left as it was) or accepted.

    ``rooms`` and ``revenue`` came in the end. What was expected of the night, as it was reckoned when staff decided, stands
    beside it: at the suggested rate and at theirs, None where that is not known. ``capacity`` are the rooms of the type, where
    they are not told the most ever sold. ``room_cost`` is what an occupied room was said to cost then. ``other_currency`` is
    the one its rates and expectations are in where the property has another by now.
    """

    night: date
    room_type: str
    kind: str
    decided_on: date
    rate: float
    current_rate: float | None
    suggested_on: date | None
    suggested_rate: float | None
    rooms: float
    revenue: float
    suggested_rooms: float | None
    suggested_revenue: float | None
    rate_rooms: float | None
    rate_revenue: float | None
    made_by: str
    capacity: int | None
    capacity_told: bool
    other_currency: str = ""
    room_cost: float = 0.0

    @property
    def brought(self) -> float:
        """What the night brought: its revenue, less what its rooms cost."""
        return self.revenue - self.room_cost * self.rooms

    @property
    def suggestion_brings(self) -> float | None:
        """What the suggestion was expected to bring, less what its rooms cost."""
        return self._left(self.suggested_rooms, self.suggested_revenue)

    @property
    def rate_brings(self) -> float | None:
        """The same of the rate that staff decided on."""
        return self._left(self.rate_rooms, self.rate_revenue)

    def _left(self, rooms: float | None, revenue: float | None) -> float | None:
        return None if revenue is None else revenue - self.room_cost * (rooms or 0.0)

    @property
    def full(self) -> bool:
        """True where no room of the type was left."""
        return self.capacity is not None and self.rooms >= self.capacity

    @property
    def apart(self) -> float | None:
        """What the night brought beyond what the suggestion was expected to; None where that cannot be told."""
        expected = self.suggestion_brings
        return None if expected is None or self.other_currency else self.brought - expected


@dataclass(frozen=True, slots=True)
class JudgedEntry:
    """An entry with what can be said of it."""

    entry: LedgerEntry
    outcome: Outcome
    verdict: str


@dataclass(frozen=True, slots=True)
class LedgerTotals:
    """Sums over entries of which it is known what was expected; ``nights`` counts each night once.

    ``revenue``, ``at_suggestion`` and ``at_rate`` are what is left of it after what occupied rooms cost, where that was said
    (``after_costs``). ``at_rate`` is None where what staff's own rates were expected to bring is not known of all.
    """

    entries: int
    nights: int
    more: int
    less: int
    untold: int
    compared: int
    revenue: float
    at_suggestion: float
    at_rate: float | None
    apart_squared: float
    after_costs: bool = False


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The ledger of a property: own rates and those left as they were, then accepted suggestions, the newest night first.

    ``waiting`` counts decisions whose night has not passed, ``next_night`` is the first of these.
    """

    property_name: str
    as_of: date
    currency: str
    sentence: str
    detail: str
    caution: str
    own: tuple[JudgedEntry, ...]
    accepted: tuple[JudgedEntry, ...]
    own_totals: LedgerTotals
    accepted_totals: LedgerTotals
    waiting: int
    next_night: date | None
    freshness: Freshness
