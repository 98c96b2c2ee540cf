"""What a review says of each part of the stay, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass

from hotelml_app.ml.property_data import Review
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
    language = written_in(review)
    words = lexicon_of(language)
    said = [(part, text) for part in PARTS for text in split_sentences(said_in(review, part))]
    found = []
    for (part, text), value in zip(said, judge([text for _, text in said], language) if said else (), strict=True):
        sentence = Sentence(text, part, _in_field(value or sentence_valence(text, words), part))
        found += [Saying(aspect, tone, without_contacts(text)) for aspect, tone in aspects_of([sentence], words).items()]
    return tuple(found)


def _in_field(value: float, part: str) -> float:
    """Return a valence that says at least what the field says in which the sentence stands."""
    if part == POSITIVE:
        return max(value, FIELD_VALENCE)
    return min(value, -FIELD_VALENCE) if part == NEGATIVE else value
