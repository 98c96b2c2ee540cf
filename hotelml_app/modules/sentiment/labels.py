"""What there is to learn from: texts whose verdict the guest gave himself, by the field he wrote in or by his score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hotelml_app.ml.property.property_data import PropertyData, Review
from hotelml_app.modules.sentiment.languages import language_of
from hotelml_app.modules.sentiment.sentences import NEGATIVE, POSITIVE, said_in, split_sentences, whole_text

CLEARLY_GOOD, CLEARLY_BAD = 0.8, 0.55
"""Scores, in [0, 1], from which a whole review counts as praise, or up to which as a complaint; between them it is both.

Four of five stars are praise, two are a complaint, three are both.
"""


@dataclass(frozen=True)
class LabelledText:
    """A text, whether it praises, and the day it was written (None where the export does not say).

    ``whole`` is a whole review, judged by its score; otherwise it is a field for praise or complaints.
    """

    text: str
    praise: bool
    language: str
    day: date | None
    whole: bool = False


def labelled_texts(reviews: Iterable[Review]) -> list[LabelledText]:
    """Return the fields for praise and complaints, and whole reviews with a clear score, in the order of the reviews."""
    found: list[LabelledText] = []
    for review in reviews:
        whole = whole_text(review)
        language = language_of(whole, review.language)
        fields = {part: said_in(review, part) for part in (POSITIVE, NEGATIVE)}
        found += [LabelledText(text, part == POSITIVE, language, review.reviewed_on) for part, text in fields.items() if text]
        if whole and whole not in fields.values() and review.score is not None and not CLEARLY_BAD < review.score < CLEARLY_GOOD:
            praise = review.score >= CLEARLY_GOOD
            # All that a pleased guest wrote may be what was amiss: his score does not make praise of it.
            if fields[NEGATIVE if praise else POSITIVE].rstrip(".") != whole:
                found.append(LabelledText(whole, praise, language, review.reviewed_on, whole=True))
    return found


def count_points(data: PropertyData) -> int:
    """Return how many sentences a guest judged himself, by his score or by the field he wrote them in."""
    return sum(_judged_sentences(review) for review in data.reviews)


def _judged_sentences(review: Review) -> int:
    fields = [review.positive, review.negative]
    if review.score is not None:
        fields += [review.title, review.body]
    return sum(len(split_sentences(text)) for text in fields)
