"""One review, read: its sentences with their polarity, what they speak of, and the verdict they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hotelml_app.ml.property_data import Review
from hotelml_app.modules.sentiment.languages import language_of
from hotelml_app.modules.sentiment.polarity import clauses, rated, sentence_valence, squashed, valence
from hotelml_app.modules.sentiment.sentences import BODY, NEGATIVE, PARTS, POSITIVE, TITLE, said_in, split_sentences, whole_text
from hotelml_app.modules.sentiment.word_lists import Lexicon, lexicon_of

MIXED, NEUTRAL = "mixed", "neutral"
MIXED_WITHIN = 0.04
"""A score this near to one half is no verdict."""

FIELD_VALENCE = 1.5
"""A sentence in the field for praise (or complaints) is worth at least this much, whatever its words."""

Judge = Callable[[Sequence[str], str], Sequence[float]]
"""Returns a valence (above 0: praise) per text of one language; word lists, or what a trained model puts in their place."""


@dataclass(frozen=True)
class Sentence:
    """A sentence, the field it stands in, and its valence."""

    text: str
    part: str
    valence: float


@dataclass(frozen=True)
class ReadReview:
    """What a review says. ``score`` lies in [0, 1]; ``aspects`` maps what it speaks of to positive, negative or mixed."""

    language: str
    score: float
    label: str
    aspects: dict[str, str]
    sentence: str


def by_word_lists(texts: Sequence[str], language: str) -> Sequence[float]:
    """Return the valence of each text by the word lists of its language: the sum over its sentences."""
    words = lexicon_of(language)
    return [sum(sentence_valence(sentence, words) for sentence in split_sentences(text)) + rated(text) for text in texts]


def read(review: Review, judge: Judge = by_word_lists) -> ReadReview:
    """Read one review in its own language; the fields for praise and complaints count as what they are."""
    language = language_of(whole_text(review), review.language)
    words = lexicon_of(language)
    said = [(part, text) for part in PARTS for text in split_sentences(said_in(review, part))]
    # Title and body are judged once more as a whole: what a guest means shows better in all he writes than in its parts.
    running = ". ".join(text.rstrip(".") for part, text in said if part in (TITLE, BODY))
    values = judge([running, *(text for _, text in said)], language)
    judged = [Sentence(text, part, _with_field(value, part)) for (part, text), value in zip(said, values[1:], strict=True)]
    total = (values[0] if running else 0.0) + sum(one.valence for one in judged if one.part in (POSITIVE, NEGATIVE))
    score = (1 + squashed(total)) / 2
    label = label_of(score, judged)
    return ReadReview(language, score, label, aspects_of(judged, words), _key_sentence(judged, label))


def label_of(score: float, sentences: Sequence[Sentence]) -> str:
    """Return the verdict in one word."""
    if abs(score - 0.5) > MIXED_WITHIN:
        return POSITIVE if score > 0.5 else NEGATIVE
    return MIXED if any(one.valence for one in sentences) else NEUTRAL


def aspects_of(sentences: Sequence[Sentence], words: Lexicon) -> dict[str, str]:
    """Return what the sentences speak of and how, in the order in which it is first spoken of."""
    said: defaultdict[str, list[float]] = defaultdict(list)
    for sentence in sentences:
        for clause in clauses(sentence.text, words):
            value = valence(clause.words, words) if sentence.part in (TITLE, BODY) else sentence.valence
            value = value or sentence.valence
            for match in words.aspects.matches(clause.words):
                for aspect in match.values:
                    said[str(aspect)].append(value)
    return {aspect: _tone(values) for aspect, values in said.items()}


def _tone(values: Sequence[float]) -> str:
    if any(value > 0 for value in values) and any(value < 0 for value in values):
        return MIXED
    total = sum(values)
    return POSITIVE if total > 0 else NEGATIVE if total < 0 else NEUTRAL


def _with_field(value: float, part: str) -> float:
    if part == POSITIVE:
        return max(value, FIELD_VALENCE)
    if part == NEGATIVE:
        return min(value, -FIELD_VALENCE)
    return value


def _key_sentence(sentences: Sequence[Sentence], label: str) -> str:
    """Return the sentence that speaks most clearly for the verdict, the first of equals."""
    if not sentences:
        return ""
    sign = {POSITIVE: 1, NEGATIVE: -1}.get(label, 0)
    return max(sentences, key=lambda one: one.valence * sign if sign else abs(one.valence)).text
