"""How good or bad a few words are, by the word lists: negation turns, boosters raise, "too" spoils."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hotelml_app.modules.sentiment.spelling import AT_HAND, words_of
from hotelml_app.modules.sentiment.word_lists import Lexicon, Match

NEGATION_REACH = 4
"""Words before a judgement in which a negation turns it, as in "not at all very clean"."""

NEGATION_REACH_BACK = 2
"""Words between which a negation that stands behind a judgement turns it, where the language puts it there.

"साफ बिल्कुल नहीं" is "clean not at all"."""

WISH_REACH = 6
"""Words before a comparative within which a wish makes it a complaint, as in "could have been a bit more friendly"."""

NEGATED_PRAISE, NEGATED_COMPLAINT = -0.75, -0.5
WISHED = -0.5
FAINT = 1.0
BOOSTED, DAMPED = 1.3, 0.7
BEFORE_BUT, AFTER_BUT = 0.7, 1.3
SATURATION = 15.0
"""Sum of squared valences at which a text is 70 % sure of itself; the form is VADER's (Hutto & Gilbert 2014)."""

RATED_AS_HIGHEST = 3.0
_NEUTRAL_RATING = 0.6
_RATING = re.compile(r"(?<![\d/.,])(\d{1,2}(?:[.,]\d)?)\s?/\s?(5|10)(?![\d/])")
"""A rating in the text, such as 8/10 or 4.5 / 5."""

_CLAUSE_END = re.compile(r"[,:()–—、，：（）،]|\s-\s|(?<=[\u0e01-\u0e4e])\s+(?=[\u0e01-\u0e4e])")
"""Commas and the like; Thai divides clauses by blanks, which it does not need between words."""


@dataclass(frozen=True)
class Clause:
    """Words that are judged together; ``turned`` where a "but" stands before them in the sentence."""

    words: tuple[str, ...]
    turned: bool


@lru_cache(AT_HAND)
def clauses(text: str, lexicon: Lexicon) -> tuple[Clause, ...]:
    """Return a sentence divided at its commas and where it turns."""
    found: list[Clause] = []
    turned = False
    for stretch in _CLAUSE_END.split(text):
        words: list[str] = []
        for word in lexicon.spelt(words_of(stretch)):
            if word in lexicon.but:
                found.append(Clause(tuple(words), turned))
                words, turned = [], turned or bool(words) or len(found) > 1
            words.append(word)
        found.append(Clause(tuple(words), turned))
    return tuple(clause for clause in found if clause.words)


@lru_cache(AT_HAND)
def sentence_valence(text: str, lexicon: Lexicon) -> float:
    """Return the valence of a sentence, its part after a "but" counting more than the part before."""
    parts = clauses(text, lexicon)
    turns = any(part.turned for part in parts)
    weights = [AFTER_BUT if part.turned else BEFORE_BUT if turns else 1.0 for part in parts]
    return sum(weight * valence(part.words, lexicon) for weight, part in zip(weights, parts, strict=True))


def valence(words: tuple[str, ...], lexicon: Lexicon) -> float:
    """Return the sum of the valences of all judgements in a clause; 0 where there is none."""
    found = list(lexicon.valence.matches(words))
    words = _without_idle_negators(words, found, lexicon)
    total, free_from, spent = 0.0, 0, 0
    ends = [*(match.start for match in found[1:]), len(words)]
    for match, end in zip(found, ends, strict=False):
        behind = words[match.stop : min(end, match.stop + NEGATION_REACH_BACK)]
        wished = _wished(words, match, spent, lexicon)
        value = wished if wished is not None else _judged(words, match, free_from, spent, behind, lexicon)
        total += value
        free_from = match.stop
        # "No issues great stay": what said that nothing was amiss does not turn the praise behind it.
        if value > 0 and (float(match.values[0]) < 0 or match.stop - match.start > 1):
            spent = match.stop
    return total


def rated(text: str) -> float:
    """Return the valence of the ratings a guest writes out, such as "Staff 10/10"; 0 where there is none."""
    total = 0.0
    for found in _RATING.finditer(text):
        share = float(found[1].replace(",", ".")) / float(found[2])
        if share <= 1:
            total += RATED_AS_HIGHEST * (share - _NEUTRAL_RATING) / (1 - _NEUTRAL_RATING)
    return total


def squashed(total: float) -> float:
    """Return a sum of valences as a polarity in (-1, 1)."""
    return total / math.sqrt(total * total + SATURATION)


def _without_idle_negators(words: tuple[str, ...], found: Sequence[Match], lexicon: Lexicon) -> tuple[str, ...]:
    """Return words without the negators that are part of a phrase listed as neutral, such as "không gian" (space, not "no")."""
    idle = {place for match in found if not match.values[0] for place in range(match.start, match.stop)}
    return (
        tuple("" if place in idle and word in lexicon.negators else word for place, word in enumerate(words)) if idle else words
    )


def _wished(words: tuple[str, ...], match: Match, spent: int, lexicon: Lexicon) -> float | None:
    """Return what a comparative is worth that is only wished for, or that nothing could exceed; None where it is neither."""
    value = float(match.values[0])
    compared = words[match.start].endswith(lexicon.comparative) if lexicon.comparative else False
    compared = compared or (match.start > 0 and words[match.start - 1] in lexicon.more)
    if value <= 0 or not compared:
        return None
    for place in range(match.start - 1, max(0, match.start - WISH_REACH) - 1, -1):
        if words[place] in lexicon.wishes:
            if place < spent:
                # The wish is part of a listed phrase, such as "could not have been", which has said it all.
                return 0.0
            between = words[place + 1 : match.start]
            if lexicon.being and lexicon.being.isdisjoint(between):
                return None
            turned = not lexicon.negators.isdisjoint(words[max(0, place - 1) : match.start])
            return value * BOOSTED if turned else value * WISHED
    return None


def _judged(words: tuple[str, ...], match: Match, free_from: int, spent: int, behind: Sequence[str], lexicon: Lexicon) -> float:
    """Return one judgement as its neighbours bend it.

    Words before ``free_from`` belong to the judgement before, those ``behind`` it to none. Negators before ``spent`` have
    turned something else, and turn no more than faint praise.
    """
    value = float(match.values[0])
    before = words[max(0, match.start - NEGATION_REACH) : match.start]
    if before and before[-1] in lexicon.excess and 0 < value <= 1:
        return -1.0
    near = {*before[-2:], "_".join(before[-2:])}
    if near & lexicon.boosters:
        value *= BOOSTED
    elif near & lexicon.dampers:
        value *= DAMPED
    alone = match.stop - match.start == 1
    negated = _negated(words, match, free_from, spent if value > FAINT else 0, lexicon) and (
        alone or words[match.start] not in lexicon.negators
    )
    if negated or not lexicon.negators_after.isdisjoint(behind):
        value *= NEGATED_PRAISE if value > 0 else NEGATED_COMPLAINT
    return value


def _negated(words: tuple[str, ...], match: Match, free_from: int, spent: int, lexicon: Lexicon) -> bool:
    """Tell whether a negation from ``spent`` on reaches a judgement: it stops at an "and" that follows an earlier one."""
    for position in range(match.start - 1, max(spent, match.start - NEGATION_REACH) - 1, -1):
        if words[position] in lexicon.negators or "_".join(words[position : min(position + 2, match.start)]) in lexicon.negators:
            return True
        if words[position] in lexicon.joining and position >= free_from > 0:
            return False
    return False
