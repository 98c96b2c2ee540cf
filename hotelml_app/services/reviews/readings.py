"""The reviews of a property, read once per import and model: in which language, and what each says of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.property_data import Review
from hotelml_app.ml.property.reading import read_reviews
from hotelml_app.modules.sentiment import BEFORE_DAYS, LATELY_DAYS
from hotelml_app.modules.sentiment.model_judge import judge_of
from hotelml_app.modules.sentiment.reading import by_word_lists
from hotelml_app.modules.sentiment.sayings import Saying
from hotelml_app.registry.answers import by_live_model
from hotelml_app.services.exports.freshness import today_of
from hotelml_app.services.parts import Parts
from hotelml_app.services.reviews.kept_readings import KeptReadings, reader_of
from hotelml_app.store.exported import reviews
from hotelml_app.store.hotels.properties import PropertyRow

MODULE = "sentiment"
CHART_DAYS = 731
MOST_READ = 4_000
"""Reviews that are read at most, the newest: a thousand that were never read take half a second."""


@dataclass(frozen=True)
class Reading:
    """One review with its day (the newest one of all where it names none), its language and what it says."""

    review: Review
    day: date
    language: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class Readings:
    """The reviews of the last two years, the oldest first; ``newest`` is the day lately ends on, ``known`` counts all,
    ``maker`` is what read them: own:VERSION, bundled:VERSION or statistical.
    """

    all: tuple[Reading, ...]
    newest: date
    known: int
    maker: str = str(MadeBy.STATISTICAL)

    def between(self, first_days_ago: int, last_days_ago: int, language: str) -> list[Reading]:
        """Return those less than ``first_days_ago`` and at least ``last_days_ago`` days before the newest."""
        low, high = self.newest - timedelta(days=first_days_ago), self.newest - timedelta(days=last_days_ago)
        return [one for one in self.all if low < one.day <= high and language in ("", one.language)]

    def lately(self, language: str) -> list[Reading]:
        """Return the newest."""
        return self.between(LATELY_DAYS, 0, language)

    def before(self, language: str) -> list[Reading]:
        """Return what they are held against."""
        return self.between(LATELY_DAYS + BEFORE_DAYS, LATELY_DAYS, language)


def readings_of(parts: Parts, row: PropertyRow) -> Readings:
    """Return the reviews of a property, read; the second time they are at hand. They need no bookings beside them."""
    return by_live_model(parts.registry, row.id, MODULE, lambda model: _read(parts, row, model))


def _read(parts: Parts, row: PropertyRow, model: LoadedModel | None) -> Readings:
    judge = by_word_lists if model is None else judge_of(model)
    maker = str(MadeBy.STATISTICAL) if model is None else f"{model.made_by}:{model.version}"

    def compute() -> Readings:
        known = read_reviews(parts.store, row.id)
        newest = newest_day(known, row.business_date or today_of(parts.clock))
        since, read_since = newest - timedelta(days=CHART_DAYS), newest - timedelta(days=LATELY_DAYS + BEFORE_DAYS)
        dated = sorted(((one.reviewed_on or newest, one) for one in known), key=lambda pair: pair[0])
        recent = [(day, one) for day, one in dated if day > since][-MOST_READ:]
        kept = KeptReadings(parts.layout.cache / "reviews" / f"{row.id}.json", reader_of(model))
        found = [Reading(one, day, *kept.read(one, judge, day > read_since)) for day, one in recent]
        if parts.writes:
            kept.save()
        return Readings(tuple(found), newest, len(known), maker)

    with parts.store.read() as connection:
        stand = (reviews.stand(connection, row.id), row.business_date, maker)
    return parts.memory.derived(("reviews read", row.id), stand, compute)


def newest_day(known: Sequence[Review], otherwise: date) -> date:
    """Return the day of the newest review, ``otherwise`` where none has a day."""
    return max((one.reviewed_on for one in known if one.reviewed_on is not None), default=otherwise)
