"""Which language a review is written in, told from its letters and small words; no network, no model."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache

from hotelml_app.modules.sentiment.word_lists import LANGUAGES, SCRIPTS, lexicon, read_words, words_of

UNKNOWN = ""
LETTER_WEIGHT, WORD_WEIGHT, LISTED_WEIGHT = 1.5, 1.0, 0.4
"""What a tell-tale letter, a small word and a word of praise or complaint say; divided among the languages that share it."""

CLEAR_SCORE = 1.5
"""From this score on one of two equals is taken rather than none."""

SCRIPT_SHARE = 0.3
"""A text with this share of letters of another script is written in it."""


def language_of(text: str, said: str = "") -> str:
    """Return a two-letter code, or "" where the text does not show it; ``said`` is what the export claims.

    What the export claims counts only where the text itself is too short to tell.
    """
    by_script = _script(text)
    if by_script:
        return by_script
    scores = _scores(text)
    if not scores:
        return said[:2].lower()
    most = max(scores.values())
    tied = sorted(language for language, score in scores.items() if score == most)
    if len(tied) == 1 or said[:2].lower() in tied:
        return tied[0] if len(tied) == 1 else said[:2].lower()
    return tied[0] if most >= CLEAR_SCORE else UNKNOWN


def _scores(text: str) -> dict[str, float]:
    words, letters = words_of(text), Counter(text.lower())
    small, tell_tale = _small_words(), _letters()
    scores: dict[str, float] = {}
    for word in words:
        for language in small.get(word, ()):
            scores[language] = scores.get(language, 0.0) + WORD_WEIGHT / len(small[word]) ** 0.5
    for letter, languages in tell_tale.items():
        if letters[letter]:
            for language in languages:
                scores[language] = scores.get(language, 0.0) + LETTER_WEIGHT / len(languages)
    for language, known in _listed(words).items():
        scores[language] = scores.get(language, 0.0) + LISTED_WEIGHT * known
    return {language: round(score, 6) for language, score in scores.items()}


def _listed(words: list[str]) -> dict[str, int]:
    """Return how many words of a text each language's word lists know; they tell where no small word does."""
    lists = {code: lexicon(code) for code in _told_by_words()}
    known = {code: sum(1 for _ in one.valence.matches(one.spelt(words))) for code, one in lists.items()}
    return {code: count for code, count in known.items() if count}


def _script(text: str) -> str:
    letters = [letter for letter in text if letter.isalpha()]
    strange = [letter for letter in letters if ord(letter) > 0x2AF]
    if not letters or len(strange) < SCRIPT_SHARE * len(letters):
        return UNKNOWN
    names = [unicodedata.name(letter, "").split(" ")[0].split("-")[0] for letter in strange]
    counts = Counter(_scripts().get(name, UNKNOWN) for name in names)
    # Japanese mixes its own letters with Chinese ones; any of its own settles it.
    return "ja" if counts["ja"] else counts.most_common(1)[0][0]


@cache
def _told_by_words() -> dict[str, tuple[tuple[str, ...], str]]:
    """Return the small words and tell-tale letters of each language that shares its script with others."""
    told = {code: read_words(code) for code in LANGUAGES}
    return {code: (tuple(t["small_words"].split()), t.get("letters", "")) for code, t in told.items() if "small_words" in t}


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, (words, _) in _told_by_words().items():
        for word in dict.fromkeys(words):
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def _letters() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, (_, letters) in _told_by_words().items():
        for letter in letters:
            found[letter] = (*found.get(letter, ()), language)
    return found


@cache
def _scripts() -> dict[str, str]:
    return {name: language for language, names in read_words(SCRIPTS).items() for name in names.split()}
