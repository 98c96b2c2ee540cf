"""What is told of a past day: what was said then of the nights after it, beside what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hotelml_app.services.exports.data_views import Freshness


class SaidFrom(StrEnum):
    """Where the answers of a past day come from."""

    KEPT = "kept"
    WORKED_OUT = "worked out now"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ReplayNight:
    """One night after the day, in rooms.

    ``on_books``, ``pickup`` (the plain rule) and ``last_year`` (364 days before) are as they were known on that day. ``p10`` to
    ``p90`` are None where nothing was said, ``came`` is None for a night that has not passed.
    """

    night: date
    on_books: float
    p10: float | None
    p50: float | None
    p90: float | None
    pickup: float | None
    last_year: float | None
    came: float | None
    event: str

    @property
    def inside(self) -> bool | None:
        """Whether what came lay within the 80 % band; None where that cannot be said."""
        if self.came is None or self.p10 is None or self.p90 is None:
            return None
        return self.p10 <= self.came <= self.p90

    @property
    def off_by(self) -> float | None:
        """What came minus what was expected."""
        return None if self.came is None or self.p50 is None else self.came - self.p50


@dataclass(frozen=True, slots=True)
class LostThen:
    """Rooms on the books that day whose arrival has passed since, up to ``last``, and how many of them did not come.

    ``low`` to ``high`` held what was expected in 8 of 10 cases, ``plain`` is what the plain rule would have said.
    ``untold`` are rooms of bookings that moved to another day: nobody can tell of these, and they are counted nowhere else.
    """

    last: date
    rooms: float
    expected: float
    low: int
    high: int
    lost: float
    plain: float
    untold: float


@dataclass(frozen=True, slots=True)
class ReplayView:
    """One past day. ``first_day`` to ``last_day`` can be looked at; of ``kept_days`` what was said is kept.

    ``in_hindsight`` is true where what was worked out now comes from what has since learned from these nights. ``passed``
    counts the nights with an outcome; ``expected``, ``came`` and ``plain`` are their totals, None where not known.
    """

    property_name: str
    day: date
    first_day: date
    last_day: date
    kept_days: tuple[date, ...]
    sentence: str
    detail: str
    origin: str
    lost_sentence: str
    lost_origin: str
    said_from: SaidFrom
    in_hindsight: bool
    made_by: str
    can_work_out: bool
    nights: tuple[ReplayNight, ...]
    passed: int
    inside: int
    expected: float | None
    came: float | None
    plain: float | None
    lost: LostThen | None
    freshness: Freshness
