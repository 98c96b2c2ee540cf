"""How good or bad a few words are, by the word lists: negation turns, boosters raise, "too" spoils."""

from __future__ import annotations

import math

from hotelml_app.modules.sentiment.word_lists import Lexicon, Match, words_of

NEGATION_REACH = 4
"""Words before a judgement in which a negation turns it, as in "not at all very clean"."""

NEGATED_PRAISE, NEGATED_COMPLAINT = -0.75, -0.5
BOOSTED, DAMPED = 1.3, 0.7
BEFORE_BUT, AFTER_BUT = 0.7, 1.3
SATURATION = 15.0
"""Sum of squared valences at which a text is 70 % sure of itself; the form is VADER's (Hutto & Gilbert 2014)."""


def valence(words: list[str], lexicon: Lexicon) -> float:
    """Return the sum of the valences of all judgements in a clause; 0 where there is none."""
    return sum(_judged(words, match, lexicon) for match in lexicon.valence.matches(words))


def sentence_valence(text: str, lexicon: Lexicon) -> float:
    """Return the valence of a sentence, its part after a "but" counting more than the part before."""
    parts = clauses(text, lexicon)
    if len(parts) < 2:
        return sum(valence(part, lexicon) for part in parts)
    *before, after = (valence(part, lexicon) for part in parts)
    return BEFORE_BUT * sum(before) + AFTER_BUT * after


def clauses(text: str, lexicon: Lexicon) -> list[list[str]]:
    """Return the words of a sentence, divided where it turns."""
    found: list[list[str]] = [[]]
    for word in words_of(text):
        if word in lexicon.but and found[-1]:
            found.append([])
        found[-1].append(word)
    return [part for part in found if part]


def squashed(total: float) -> float:
    """Return a sum of valences as a polarity in (-1, 1)."""
    return total / math.sqrt(total * total + SATURATION)


def _judged(words: list[str], match: Match, lexicon: Lexicon) -> float:
    value = float(match.values[0])
    before = words[max(0, match.start - NEGATION_REACH) : match.start]
    nearest = before[-1] if before else ""
    if nearest in lexicon.excess and 0 < value <= 1:
        return -1.0
    if any(word in lexicon.boosters for word in before[-2:]):
        value *= BOOSTED
    elif any(word in lexicon.dampers for word in before[-2:]):
        value *= DAMPED
    alone = match.stop - match.start == 1
    if any(word in lexicon.negators for word in before) and (alone or words[match.start] not in lexicon.negators):
        value *= NEGATED_PRAISE if value > 0 else NEGATED_COMPLAINT
    return value
