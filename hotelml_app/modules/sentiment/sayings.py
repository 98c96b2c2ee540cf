"""What a review says of each part of the stay, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules.sentiment.languages import language_of
from hotelml_app.modules.sentiment.polarity import sentence_valence
from hotelml_app.modules.sentiment.reading import FIELD_VALENCE, Judge, Sentence, aspects_of, by_word_lists
from hotelml_app.modules.sentiment.sentences import (
    NEGATIVE,
    PARTS,
    POSITIVE,
    said_in,
    split_sentences,
    whole_text,
    without_contacts,
)
from hotelml_app.modules.sentiment.word_lists import lexicon_of


class Spoken(NamedTuple):
    """An aspect that is spoken of and how, and where: from ``start`` up to, not including, ``stop`` in a field of a review."""

    aspect: str
    tone: str
    part: str
    start: int
    stop: int


@dataclass(frozen=True)
class Saying:
    """A sentence, what it speaks of, and whether that is positive, negative, mixed or neutral."""

    aspect: str
    tone: str
    text: str


def written_in(review: Review) -> str:
    """Return the language of a review, "" where it cannot be told."""
    return language_of(whole_text(review), review.language)


def sayings(review: Review, judge: Judge = by_word_lists) -> tuple[Saying, ...]:
    """Return every sentence of a review under each aspect it speaks of, in the order they are written."""
    return sayings_at(review, spoken_of(review, written_in(review), judge))


def sayings_at(review: Review, spoken: Iterable[Spoken]) -> tuple[Saying, ...]:
    """Return the sentences of what is known to be spoken of."""
    return tuple(
        Saying(one.aspect, one.tone, without_contacts(getattr(review, one.part)[one.start : one.stop])) for one in spoken
    )


def spoken_of(review: Review, language: str, judge: Judge) -> tuple[Spoken, ...]:
    """Return what a review, written in a language, speaks of."""
    words, said = lexicon_of(language), list(_sentences(review))
    found = []
    judged = judge([text for text, *_ in said], language) if said else ()
    for (text, part, start), value in zip(said, judged, strict=True):
        sentence = Sentence(text, part, _in_field(value or sentence_valence(text, words), part))
        of = aspects_of([sentence], words).items()
        found += [Spoken(aspect, tone, part, start, start + len(text)) for aspect, tone in of]
    return tuple(found)


def _sentences(review: Review) -> Iterator[tuple[str, str, int]]:
    """Yield every sentence, the field it stands in, and where it begins."""
    for part in PARTS:
        field, start = getattr(review, part), 0
        for text in split_sentences(said_in(review, part)):
            start = field.index(text, start)
            yield text, part, start
            start += len(text)


def _in_field(value: float, part: str) -> float:
    """Return a valence that says at least what the field says in which the sentence stands."""
    if part == POSITIVE:
        return max(value, FIELD_VALENCE)
    return min(value, -FIELD_VALENCE) if part == NEGATIVE else value
