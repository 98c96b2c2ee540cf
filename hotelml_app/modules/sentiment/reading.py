"""One review, read: its sentences with their polarity, what they speak of, and the verdict they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules.sentiment.languages import language_of
from hotelml_app.modules.sentiment.polarity import clauses, rated, sentence_valence, squashed, valence
from hotelml_app.modules.sentiment.sentences import BODY, NEGATIVE, PARTS, POSITIVE, TITLE, said_in, split_sentences, whole_text
from hotelml_app.modules.sentiment.word_lists import Lexicon, lexicon_of

MIXED, NEUTRAL = "mixed", "neutral"
MIXED_WITHIN = 0.04
"""A score this near to one half is no verdict."""

MOST_DRIVING = 3

FIELD_VALENCE = 1.5
"""A sentence in the field for praise (or complaints) is worth at least this much, whatever its words."""

GOES_WITH = {"room": frozenset({"room", "cleanliness", "sleep"})}
"""What may be named beside an incidental word for it to count: in "the room was clean" both are meant, in "you hear the lift
from the room" one is."""

Judge = Callable[[Sequence[str], str], Sequence[float]]
"""Returns a valence (above 0: praise) per text of one language; word lists, or what a trained model puts in their place."""


@dataclass(frozen=True)
class Sentence:
    """A sentence, the field it stands in, and its valence."""

    text: str
    part: str
    valence: float

    @property
    def score(self) -> float:
        """How good it is, in [0, 1]."""
        return (1 + squashed(self.valence)) / 2

    @property
    def polarity(self) -> str:
        """Its verdict in one word."""
        return POSITIVE if self.valence > 0 else NEGATIVE if self.valence < 0 else NEUTRAL


@dataclass(frozen=True)
class ReadReview:
    """What a review says. ``score`` lies in [0, 1]; ``aspects`` maps what it speaks of to positive, negative or mixed.

    ``driven_by`` are the sentences that make the verdict, the clearest first, and the clearest that speaks against it.
    """

    language: str
    score: float
    polarity: str
    aspects: dict[str, str]
    sentences: tuple[Sentence, ...]
    driven_by: tuple[Sentence, ...]

    @property
    def sentence(self) -> str:
        """The sentence that speaks most clearly for the verdict, the first of equals."""
        return self.driven_by[0].text if self.driven_by else ""


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
    polarity = polarity_of(score, judged)
    return ReadReview(language, score, polarity, aspects_of(judged, words), tuple(judged), _driving(judged, polarity))


def polarity_of(score: float, sentences: Sequence[Sentence]) -> str:
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
            for aspect in spoken_of(clause.words, words):
                said[aspect].append(value or sentence.valence)
    return {aspect: _tone(values) for aspect, values in said.items()}


def spoken_of(clause: tuple[str, ...], words: Lexicon) -> list[str]:
    """Return the aspects that a clause names; incidental words count only beside aspects that leave them room."""
    named = [str(aspect) for match in words.aspects.matches(clause) for aspect in match.values]
    beside = [str(aspect) for match in words.incidental.matches(clause) for aspect in match.values]
    return list(dict.fromkeys([*named, *(one for one in beside if set(named) <= GOES_WITH.get(one, frozenset({one})))]))


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


def _driving(sentences: Sequence[Sentence], polarity: str) -> tuple[Sentence, ...]:
    """Return the sentences that make the verdict, at most MOST_DRIVING, and the clearest one against it, if any."""
    sign = {POSITIVE: 1, NEGATIVE: -1}.get(polarity, 0)
    if not sign:
        return tuple(sorted(sentences, key=lambda one: -abs(one.valence))[:MOST_DRIVING])
    clearest = sorted(sentences, key=lambda one: -one.valence * sign)
    with_it = [one for one in clearest if one.valence * sign > 0][:MOST_DRIVING]
    against = [one for one in clearest[-1:] if one.valence * sign < 0]
    return tuple(with_it + against) or tuple(clearest[:1])
