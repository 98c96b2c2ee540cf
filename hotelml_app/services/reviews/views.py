"""What the Reviews page shows: plain values, ready to be drawn. Scores run from 0 to 10, shares from 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hotelml_app.modules import sentiment
from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.learning.views import MadeByView

LATELY_DAYS = sentiment.LATELY_DAYS
"""Days up to the newest review that the page calls lately."""


@dataclass(frozen=True, slots=True)
class ScoreMonthView:
    """One month of the chart; ``score`` is None where no guest gave one."""

    first_day: date
    reviews: int
    score: float | None


@dataclass(frozen=True, slots=True)
class SayingView:
    """A sentence about one aspect; ``tone`` is positive, negative, mixed or neutral, ``score`` what its guest gave in all."""

    text: str
    tone: str
    day: date | None
    language: str
    source: str
    score: float | None


@dataclass(frozen=True, slots=True)
class AspectView:
    """What guests say of one part of the stay: ``liked`` lately and before, each of so many mentions with a clear tone.

    ``trend`` is better, worse, same or unknown; the first two only where the change is more than chance. ``sayings`` are
    the newest first, no more than can be read; ``said`` counts all of them, lately and before.
    """

    name: str
    mentions: int
    liked: float | None
    mentions_before: int
    liked_before: float | None
    trend: str
    sayings: tuple[SayingView, ...]
    said: int


@dataclass(frozen=True, slots=True)
class ReviewsView:
    """The Reviews page, of all languages or of one. ``languages`` pairs a code with how many reviews are written in it;
    ``newest`` is the day of the newest.
    """

    property_name: str
    sentence: str
    freshness: Freshness
    made_by: MadeByView
    total: int
    lately: int
    score: float | None
    score_before: float | None
    months: tuple[ScoreMonthView, ...]
    aspects: tuple[AspectView, ...]
    language: str
    languages: tuple[tuple[str, int], ...]
    newest: date | None = None
