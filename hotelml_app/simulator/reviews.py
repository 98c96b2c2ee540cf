"""Reviews of guests who stayed, sentence by sentence from phrases whose aspect and polarity are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hotelml_app.simulator.bookings import Bookings
from hotelml_app.simulator.guests import name_of
from hotelml_app.simulator.phrases import GRAMMARS, Grammar
from hotelml_app.simulator.plan import ASPECTS, HotelPlan
from hotelml_app.simulator.streams import Streams

GOOD, BAD = 1, -1
LANGUAGE_OF = {
    "DEU": "de",
    "AUT": "de",
    "CHE": "de",
    "ESP": "es",
    "PRT": "pt",
    "BRA": "pt",
    "FRA": "fr",
    "ITA": "it",
}
OFTEN = {
    "room": 1.3,
    "cleanliness": 0.9,
    "staff": 1.3,
    "food": 1.2,
    "location": 1.2,
    "facilities": 0.7,
    "value": 0.7,
    "noise": 0.6,
    "sleep": 0.6,
}
DEFAULT_QUALITY = 0.65
MOOD_SPREAD = 0.16
BOOKING_SITE, MAP_SITE = "booking site", "map site"
SCALES = {BOOKING_SITE: 10, MAP_SITE: 5}
MAP_SITE_SHARE = 0.3


@dataclass(frozen=True)
class Sentence:
    """One sentence as it stands in ``part`` of a review, with the (aspect, polarity) pairs it speaks of.

    Polarity is 1 or -1; the aspect is "" where the sentence judges the stay as a whole.
    """

    text: str
    part: str
    speaks_of: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class SyntheticReview:
    """A review with its truth. ``mood`` in [0, 1] is what the guest really felt; ``score`` is on ``scale``."""

    review_id: str
    reservation_id: str
    reviewed_on: date
    site: str
    score: float
    scale: int
    mood: float
    language: str
    title: str
    positive: str
    negative: str
    text: str
    guest_name: str
    sentences: tuple[Sentence, ...]

    @property
    def aspects(self) -> dict[str, int]:
        """The polarity of every aspect spoken of."""
        return {aspect: polarity for sentence in self.sentences for aspect, polarity in sentence.speaks_of if aspect}


class _Writer:
    """Writes reviews with one stream of random numbers."""

    def __init__(self, draw: np.random.Generator) -> None:
        self._draw = draw

    def one(self, options: tuple[str, ...]) -> str:
        return options[int(self._draw.integers(0, len(options)))]

    def phrase(self, grammar: Grammar, aspect: str, polarity: int) -> str:
        """Return a sentence about an aspect."""
        phrase = self.one((grammar.good if polarity == GOOD else grammar.bad)[aspect])
        return " ".join(phrase.format(very=self.one(grammar.very)).split())

    def apart(self, grammar: Grammar, judged: list[tuple[str, int]]) -> tuple[Sentence, ...]:
        """Return sentences in a positive and a negative part, as booking sites ask for them."""
        parts = {GOOD: "positive", BAD: "negative"}
        return tuple(Sentence(self.phrase(grammar, *pair), parts[pair[1]], (pair,)) for pair in judged)

    def together(self, grammar: Grammar, judged: list[tuple[str, int]], mood: float) -> tuple[Sentence, ...]:
        """Return running text: an opening, sentences of which some are joined by "but", a last word."""
        sentences = [Sentence(self.one(grammar.openers), "text", ())] if self._draw.random() < 0.4 else []
        for aspect, polarity in judged:
            text = self.phrase(grammar, aspect, polarity)
            last = sentences[-1] if sentences else None
            opposite = last is not None and len(last.speaks_of) == 1 and last.speaks_of[0][1] == -polarity
            if last is not None and opposite and text.split()[0] in grammar.small and self._draw.random() < 0.5:
                joined = f"{last.text.rstrip('.')}, {grammar.but} {text[0].lower()}{text[1:]}"
                sentences[-1] = Sentence(joined, "text", (*last.speaks_of, (aspect, polarity)))
            else:
                sentences.append(Sentence(text, "text", ((aspect, polarity),)))
        if mood > 0.72 and self._draw.random() < 0.6:
            sentences.append(Sentence(self.one(grammar.glad), "text", (("", GOOD),)))
        elif mood < 0.35 and self._draw.random() < 0.6:
            sentences.append(Sentence(self.one(grammar.sorry), "text", (("", BAD),)))
        return tuple(sentences)

    def title(self, grammar: Grammar, mood: float) -> str:
        """Return a title that suits the mood, or none."""
        if self._draw.random() < 0.3:
            return ""
        options = grammar.titles_good if mood > 0.68 else grammar.titles_bad if mood < 0.4 else grammar.titles_mixed
        return self.one(options)


def _quality(plan: HotelPlan, day: int) -> dict[str, float]:
    """Return the chance that a guest who left on ``day`` praises each aspect."""
    quality = {aspect: plan.quality.get(aspect, DEFAULT_QUALITY) for aspect in ASPECTS}
    for shift in plan.quality_shifts:
        if day >= shift.from_day:
            quality[shift.aspect] += shift.change
    return quality


def _judged(draw: np.random.Generator, quality: dict[str, float], lean: float) -> list[tuple[str, int]]:
    """Return the aspects a guest writes about, each with its polarity."""
    weights = np.array([OFTEN[aspect] for aspect in ASPECTS])
    count = int(draw.choice([1, 2, 3, 4, 5], p=[0.16, 0.28, 0.28, 0.18, 0.1]))
    chosen = draw.choice(len(ASPECTS), size=count, replace=False, p=weights / weights.sum())
    return [(ASPECTS[n], GOOD if draw.random() < min(max(quality[ASPECTS[n]] + lean, 0.03), 0.97) else BAD) for n in chosen]


def _mood(judged: list[tuple[str, int]], lean: float, noise: float) -> float:
    """Return how content the guest is, from what he judges and how he leans."""
    share = sum(polarity == GOOD for _, polarity in judged) / len(judged)
    return float(min(max(0.18 + 0.7 * share + 0.35 * lean + noise, 0.0), 1.0))


def write_reviews(plan: HotelPlan, bookings: Bookings, start: date, days: int, streams: Streams) -> tuple[SyntheticReview, ...]:
    """Return the reviews written by the end of the last day, in order of date."""
    chance = np.array([segment.review for segment in plan.segments])[bookings.segment]
    wants = streams.of("who reviews").random(len(bookings)) < chance
    wait = 1 + streams.of("review delay").integers(0, 9, len(bookings))
    day = bookings.final_departure + wait
    rows = np.flatnonzero(wants & bookings.stayed & (bookings.final_departure < days) & (day < days))
    found = [_review(plan, bookings, int(row), start, int(day[row]), streams) for row in rows]
    return tuple(sorted(found, key=lambda review: (review.reviewed_on, review.review_id)))


def _review(plan: HotelPlan, bookings: Bookings, row: int, start: date, day: int, streams: Streams) -> SyntheticReview:
    """Write the review of one booking; each has its own stream, so that reviews do not depend on one another."""
    reservation = str(bookings.reservation_id[row])
    draw = streams.of("review", reservation)
    writer = _Writer(draw)
    language = LANGUAGE_OF.get(str(bookings.words["country"][row]), "en")
    grammar = GRAMMARS["en" if draw.random() < 0.12 else language]
    lean = float(draw.normal(0, MOOD_SPREAD))
    judged = _judged(draw, _quality(plan, day), lean)
    mood = _mood(judged, lean, float(draw.normal(0, 0.06)))
    site = MAP_SITE if draw.random() < MAP_SITE_SHARE else BOOKING_SITE
    scale = SCALES[site]
    sentences = writer.apart(grammar, judged) if site == BOOKING_SITE else writer.together(grammar, judged, mood)
    parts = {part: " ".join(s.text for s in sentences if s.part == part) for part in ("positive", "negative", "text")}
    return SyntheticReview(
        review_id=f"V{reservation[1:]}",
        reservation_id=reservation,
        reviewed_on=start + timedelta(days=day),
        site=site,
        score=round(1 + mood * 9, 1) if scale == 10 else float(round(1 + mood * 4)),
        scale=scale,
        mood=mood,
        language=grammar.code,
        title=writer.title(grammar, mood) if site == BOOKING_SITE else "",
        guest_name=" ".join(name_of(int(bookings.person[row]))),
        sentences=sentences,
        **parts,
    )
