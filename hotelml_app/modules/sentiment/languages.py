"""Which language a review is written in, told offline by its most common small words."""

from __future__ import annotations

from hotelml_app.modules.sentiment.lexicon import LANGUAGES, lexicon
from hotelml_app.modules.sentiment.words import split_words

_FEW_WORDS = 4
_COMMON_WEIGHT = 1.0
_LISTED_WEIGHT = 0.6
"""A word of praise or blame tells the language too, but several languages share some of them."""


def recognise(text: str, stated: str = "") -> str:
    """Return the ISO 639-1 code of the language, the stated one where the export says it, "" where it cannot be told."""
    if stated:
        return stated.strip().lower()[:2]
    words = split_words(text)
    if not words:
        return ""
    scores = {language: _score(words, language) for language in LANGUAGES}
    best = max(scores, key=lambda language: scores[language])
    share = scores[best] / len(words)
    if share >= 0.15 or (len(words) <= _FEW_WORDS and scores[best] > 0):
        return best
    return ""


def _score(words: list[str], language: str) -> float:
    lists = lexicon(language)
    common = sum(word in lists.common or word in lists.negations for word in words)
    listed = sum(lists.strength.get(word) is not None for word in words if word not in lists.common)
    return _COMMON_WEIGHT * common + _LISTED_WEIGHT * listed
