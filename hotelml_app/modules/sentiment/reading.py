"""One review, read: its sentences with their polarity, what they speak of, and the verdict they add up to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hotelml_app.ml.property_data import Review
from hotelml_app.modules.sentiment.languages import language_of
from hotelml_app.modules.sentiment.polarity import clauses, sentence_valence, squashed, valence
from hotelml_app.modules.sentiment.word_lists import LANGUAGES, Lexicon, lexicon, words_of

POSITIVE, NEGATIVE, MIXED, NEUTRAL = "positive", "negative", "mixed", "neutral"
MIXED_WITHIN = 0.04
"""A score this near to one half is no verdict."""

FIELD_VALENCE = 1.5
"""A sentence in the field for praise (or complaints) is worth at least this much, whatever its words."""

FALLBACK_LANGUAGE = "en"
_SENTENCE_END = re.compile(r"(?<=[.!?…。])\s+|[\r\n]+|\s*[;•]\s*")


@dataclass(frozen=True)
class Sentence:
    """A sentence, the field it stands in (title, positive, negative, body), and its valence; above 0 is praise."""

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


Judge = Callable[[Sequence[Sentence], str], Sequence[float]]
"""Returns a valence per sentence of one language; what a trained model replaces."""


def by_word_lists(sentences: Sequence[Sentence], language: str) -> Sequence[float]:
    """Return the valence of each sentence by the word lists of its language."""
    words = lexicon(language if language in LANGUAGES else FALLBACK_LANGUAGE)
    return [sentence_valence(one.text, words) for one in sentences]


def read(review: Review, judge: Judge = by_word_lists) -> ReadReview:
    """Read one review in its own language; the fields for praise and complaints count as what they are."""
    language = language_of(whole_text(review), review.language)
    words = lexicon(language if language in LANGUAGES else FALLBACK_LANGUAGE)
    plain = sentences_of(review, words)
    judged = [
        Sentence(one.text, one.part, _with_field(value, one.part))
        for one, value in zip(plain, judge(plain, language), strict=True)
    ]
    score = (1 + squashed(sum(one.valence for one in judged))) / 2
    label = label_of(score, judged)
    return ReadReview(language, score, label, aspects_of(judged, words), _key_sentence(judged, label))


def whole_text(review: Review) -> str:
    """Return all a review says, fields in the order in which guests read them."""
    return "\n".join(text for text in (review.title, review.positive, review.negative, review.body) if text.strip())


def sentences_of(review: Review, words: Lexicon) -> list[Sentence]:
    """Return the sentences of a review without judging them; "nothing" in a field is no sentence."""
    found = []
    for part in ("title", POSITIVE, NEGATIVE, "body"):
        for text in _SENTENCE_END.split(getattr(review, part)):
            said = " ".join(words_of(text))
            if said and not (part in (POSITIVE, NEGATIVE) and said in words.nothing):
                found.append(Sentence(text.strip(), part, 0.0))
    return found


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
            value = valence(clause.words, words) if sentence.part in ("title", "body") else sentence.valence
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
