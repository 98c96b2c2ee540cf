"""How good or bad a text sounds, by word lists with negation, strengthening and turns ("but").

The sum of word strengths S becomes a score in [0, 1] by S / sqrt(S² + A), the usual squashing of lexicon scores
(Hutto and Gilbert, 2014, use the same form), moved to [0, 1].
"""

from __future__ import annotations

import math

from hotelml_app.ml.property_data import Review
from hotelml_app.modules.sentiment.lexicon import Lexicon
from hotelml_app.modules.sentiment.words import sentences, split_words

NEGATION_REACH = 3
"""A negation turns the next few words around ("not very clean")."""
NEGATED = -0.7
STRENGTHENED = 1.3
WEAKENED = 0.7
BEFORE_TURN, AFTER_TURN = 0.7, 1.3
SQUASH = 12.0
POSITIVE_FROM, NEGATIVE_UP_TO = 0.58, 0.42
FIELD_WEIGHT = 1.2
"""What it says that a guest filled in the box for praise or for complaints, per log of the words written there."""


def valence(text: str, lists: Lexicon) -> float:
    """Return the sum of word strengths of a text; above 0 is praise."""
    clauses = [split_words(clause, lists.phrases) for clause in sentences(text)]
    words = [word for clause in clauses for word in clause]
    # A negation does not reach over a comma: "no complaints, would recommend".
    values = [_word_value(clause, at, lists) for clause in clauses for at in range(len(clause))]
    turn = max((at for at, word in enumerate(words) if word in lists.turns), default=None)
    if turn is None or turn == 0 or turn == len(words) - 1:
        return sum(values)
    return BEFORE_TURN * sum(values[:turn]) + AFTER_TURN * sum(values[turn:])


def _word_value(words: list[str], at: int, lists: Lexicon) -> float:
    value = lists.strength.get(words[at])
    if value is None:
        return 0.0
    before = words[max(0, at - NEGATION_REACH) : at]
    if before and before[-1] in lists.strengtheners:
        value *= STRENGTHENED
    elif before and before[-1] in lists.weakeners:
        value *= WEAKENED
    # "No complaints" praises more than "not great" blames.
    return value * NEGATED if any(word in lists.negations for word in before) else value


def score_text(text: str, lists: Lexicon) -> float:
    """Return the polarity of a free text, 0 bad to 1 good, 0.5 where no listed word is found."""
    return squash(valence(text, lists))


def squash(total: float) -> float:
    """Return a sum of word strengths as a score in [0, 1]."""
    return 0.5 + 0.5 * total / math.sqrt(total * total + SQUASH)


def score_review(review: Review, lists: Lexicon) -> float | None:
    """Return the polarity of a review, or None where it has no text.

    What stands in the box for complaints is one, whatever its words ("the breakfast could be better").
    """
    praise, blame = _said(review.positive, lists), _said(review.negative, lists)
    if not (praise or blame or review.title.strip() or review.body.strip()):
        return None
    total = valence(review.body, lists) + STRENGTHENED * valence(review.title, lists)
    if praise:
        total += FIELD_WEIGHT * math.log1p(len(praise)) + 0.5 * max(valence(review.positive, lists), 0.0)
    if blame:
        total -= FIELD_WEIGHT * math.log1p(len(blame)) + 0.5 * max(-valence(review.negative, lists), 0.0)
    return squash(total)


def _said(text: str, lists: Lexicon) -> list[str]:
    """Return the words of a box, none where it only says that there is nothing to say."""
    words = split_words(text, lists.phrases)
    return [] if all(word in lists.nothing_to_say or word in lists.common for word in words) and len(words) <= 4 else words


def label(score: float) -> str:
    """Return the word for a score: positive, mixed or negative."""
    if score >= POSITIVE_FROM:
        return "positive"
    return "negative" if score <= NEGATIVE_UP_TO else "mixed"
