"""Which language a review is written in, told from its letters and small words; no network, no model."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from hotelml_app.modules.sentiment.spelling import without_accents, words_of
from hotelml_app.modules.sentiment.word_lists import LANGUAGES, SCRIPTS, lexicon, read_words, told_of

UNKNOWN = ""
CODE_LETTERS = 2
LATIN = "LATIN"
JAPANESE = ("HIRAGANA", "KATAKANA")
"""Japanese mixes its own letters with Chinese ones; any of its own settles it."""

LETTER_WEIGHT, WORD_WEIGHT, LISTED_WEIGHT = 1.5, 1.0, 0.4
"""What a tell-tale letter, a small word and a listed word say; divided among the languages that share it."""

CLEAR_SCORE = 1.5
"""From this score on one of two equals is taken rather than none."""

CLEAR_LEAD = 2.0
"""With this much ahead of the next, small words and letters are enough; to go through all word lists takes ten times as long."""

SCRIPT_SHARE = 0.3
"""A text with this share of letters of another script is written in it."""


def language_of(text: str, said: str = "") -> str:
    """Return a two-letter code, or "" where the text does not show it; ``said`` is what the export claims.

    What the export claims counts only where the text itself is too short to tell. A text in other than Latin letters is at
    least in the main language of its script.
    """
    claimed = _claimed(said)
    script = _script(text)
    scores = _scores(text, _written_in(script))
    most = max(scores.values())
    if script == LATIN and not most:
        return claimed
    tied = [language for language, score in scores.items() if score == most]
    if claimed in tied:
        return claimed
    return tied[0] if len(tied) == 1 or script != LATIN or most >= CLEAR_SCORE else UNKNOWN


def _claimed(said: str) -> str:
    """Return the code of a language that an export gives by its code or its name: "pt-BR", "POR", "Portuguese (Brazil)"."""
    words = words_of(said.strip())
    known = (code for word in (said.strip().lower(), *words) if (code := _known_as().get(without_accents(word))))
    return next(known, words[0] if words and len(words[0]) == CODE_LETTERS else UNKNOWN)


def _scores(text: str, languages: tuple[str, ...]) -> dict[str, float]:
    """Return how much speaks for each of the languages, in their order."""
    words, letters = words_of(text), set(text.lower())
    small, tell_tale = _small_words(languages), _letters(languages)
    scores = dict.fromkeys(languages, 0.0)
    for word in words:
        for language in small.get(word, ()):
            scores[language] += WORD_WEIGHT / len(small[word]) ** 0.5
    for letter, its in tell_tale.items():
        if letter in letters:
            for language in its:
                scores[language] += LETTER_WEIGHT / len(its)
    first, second = (*sorted(scores.values(), reverse=True), 0.0)[:2]
    if first - second < CLEAR_LEAD:
        for language, known in _listed(words, languages).items():
            scores[language] += LISTED_WEIGHT * known
    return {language: round(score, 6) for language, score in scores.items()}


def _listed(words: list[str], languages: tuple[str, ...]) -> dict[str, int]:
    """Return how many words of a text each language's word lists know, negators too; they tell where no small word does."""
    found = {}
    for code in (one for one in languages if one in _told_by_words()):
        its = lexicon(code)
        spelt = its.spelt(words)
        listed = sum(1 for kind in (its.valence, its.aspects) for _ in kind.matches(spelt))
        found[code] = listed + sum(word in its.negators for word in spelt)
    return found


def _script(text: str) -> str:
    """Return the script of a text as the script file names it."""
    if text.isascii():
        return LATIN
    letters = [letter for letter in text if letter.isalpha()]
    strange = [letter for letter in letters if ord(letter) > 0x2AF]
    if not letters or len(strange) < SCRIPT_SHARE * len(letters):
        return LATIN
    counts = Counter(unicodedata.name(letter, "").split(" ")[0].split("-")[0] for letter in strange)
    script = next((own for own in JAPANESE if own in counts), counts.most_common(1)[0][0])
    return script if script in _scripts() else LATIN


@cache
def _scripts() -> dict[str, tuple[str, ...]]:
    """Return the languages of each script, the main one first."""
    return {script: tuple(languages.split()) for script, languages in read_words(SCRIPTS).items()}


@cache
def _written_in(script: str) -> tuple[str, ...]:
    """Return the languages of a script, the main one first; Latin has none, its languages come by their codes."""
    if script != LATIN:
        return _scripts()[script]
    others = {language for name, languages in _scripts().items() if name != LATIN for language in languages}
    return tuple(sorted({*_told_by_words()} - others | {*_scripts().get(LATIN, ())}))


@cache
def _known_as() -> dict[str, str]:
    """Return the code under which a language is read, by its names and codes: Serbian by the word lists of Croatian."""
    told = {code: told_of(code) for code in LANGUAGES}
    called = {code: (code, *its.get("also", "").split(), *its["names"].split()) for code, its in told.items()}
    return {without_accents(name): code for code, names in called.items() for name in names}


@cache
def _told_by_words() -> dict[str, tuple[tuple[str, ...], str]]:
    """Return the small words and tell-tale letters of each language that shares its script with others."""
    told = {code: told_of(code) for code in LANGUAGES}
    return {code: (tuple(t["small_words"].split()), t.get("letters", "")) for code, t in told.items() if "small_words" in t}


@cache
def _small_words(languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return _shared({language: words for language, (words, _) in _told_by_words().items() if language in languages})


@cache
def _letters(languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return _shared({language: letters for language, (_, letters) in _told_by_words().items() if language in languages})


def _shared(signs: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return the languages of each sign, from the signs of each language."""
    found: dict[str, tuple[str, ...]] = {}
    for language, its in signs.items():
        for sign in dict.fromkeys(its):
            found[sign] = (*found.get(sign, ()), language)
    return found
