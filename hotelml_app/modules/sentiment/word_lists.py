"""Words of one language as the lexicon needs them; read once from the files beside this module.

A file lists words separated by blanks. ``clean*`` stands for every word that begins so, ``run_down`` for a phrase. Where
guests often leave accents out, the file says ``accents = "ignored"`` and its words are found with and without them. Where a
language has two alphabets, ``transcribed`` says what each letter of the other is in the file's own: ``љlj``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_FILES = resources.files(__package__) / "lexicons"
SCRIPTS = "scripts"

LANGUAGES = tuple(
    sorted(stem for file in _FILES.iterdir() if (stem := file.name.removesuffix(".toml")) not in (file.name, SCRIPTS))
)
"""Languages with word lists of their own: each is one file."""

FALLBACK = "en"
"""Read by this language's lists where a text's own are missing: English words are understood everywhere, others nowhere."""

MOST_REMEMBERED = 50_000
"""Words whose standing in a list, or spelling without accents, is kept at hand."""

IGNORED = "ignored"
"""What a word file says of accents that its words are found without."""

_UNSPACED = "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff"
"""Letters of languages that put no blanks between words: Thai, Japanese, Chinese. Each counts as a word by itself."""

_THAI = "[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]*"
"""A Thai consonant with the vowels and the tone that are written around it. Together they count as one letter: without them
"not" and "new", or "good" and half of all words, would look alike."""

_MARKS = "".join(chr(code) for code in range(0x0591, 0x1B00) if unicodedata.category(chr(code)).startswith("M"))
"""Vowel signs and the like of the scripts from Hebrew to those of India and beyond. They stay within their word; Latin, Greek
and Cyrillic letters are one with their accents once the text is composed."""

_SPACED = rf"[^\W_{_UNSPACED}]+"
_WORD = re.compile(rf"{_THAI}|[{_UNSPACED}]|{_SPACED}(?:[{_MARKS}]+(?:{_SPACED})?)*")
_LETTER = re.compile(rf"{_THAI}|[{_UNSPACED}]")

_RESPELT = (
    ("i\u0307", "i"),  # What Python makes of the Turkish capital "İ" in lower case.
    ("\u0e40\u0e40", "\u0e41"),  # Thai vowels that look the same on paper, typed in two keys instead of one.
    ("\u0e4d\u0e32", "\u0e33"),
    ("\u0e4d\u0e49\u0e32", "\u0e49\u0e33"),
    ("\u200c", ""),  # How letters join is no part of a word.
    ("\u200d", ""),
)

_STRUCK = str.maketrans("łıđ", "lid")
"""Letters whose sign Unicode does not count as an accent."""


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case and with one form of accents; apostrophes divide words.

    Where a language puts no blanks between words, each letter is one.
    """
    text = unicodedata.normalize("NFC", text).lower()
    for written, meant in _RESPELT:
        text = text.replace(written, meant)
    return _WORD.findall(text)


@lru_cache(MOST_REMEMBERED)
def without_accents(word: str) -> str:
    """Return a word as guests write it whose keyboard lacks its accents."""
    letters = unicodedata.normalize("NFD", word.translate(_STRUCK))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_unspaced(word: str) -> bool:
    """Tell whether a word is a single letter of a language that puts no blanks between words."""
    return _LETTER.fullmatch(word) is not None


@dataclass(frozen=True)
class Match:
    """A listed word or phrase found in words ``start`` up to, not including, ``stop``."""

    start: int
    stop: int
    values: tuple[float | str, ...]


class WordList:
    """Words, beginnings of words and phrases, each with one or more values; the longest phrase wins."""

    def __init__(self, entries: Iterable[tuple[str, float | str]]) -> None:
        self._whole: defaultdict[tuple[str, ...], tuple[float | str, ...]] = defaultdict(tuple)
        self._stems: defaultdict[tuple[str, ...], tuple[float | str, ...]] = defaultdict(tuple)
        for entry, value in entries:
            words = tuple(words_of(entry.replace("_", " ")))
            table = self._stems if entry.endswith("*") else self._whole
            table[words] = (*table[words], value)
        self._alone: dict[str, tuple[float | str, ...]] = {}
        every = [*self._whole, *self._stems]
        self._phrase_starts = {words[0] for words in every if len(words) > 1}
        self._longest = max((len(words) for words in every), default=1)

    def matches(self, words: Sequence[str]) -> Iterator[Match]:
        """Return what is found, from the first word to the last, without overlaps."""
        position = 0
        while position < len(words):
            found = self._at(words, position)
            if found is not None:
                yield found
            position = found.stop if found is not None else position + 1

    def listed(self) -> dict[str, tuple[float | str, ...]]:
        """Return every entry as it stands in the file, with its values."""
        whole = {"_".join(words): values for words, values in self._whole.items()}
        return whole | {"_".join(words) + "*": values for words, values in self._stems.items()}

    def values(self) -> set[float | str]:
        """Return the values that occur."""
        return {value for values in self.listed().values() for value in values}

    def _at(self, words: Sequence[str], start: int) -> Match | None:
        word = words[start]
        longest = self._longest if word in self._phrase_starts else 1
        for length in range(min(longest, len(words) - start), 1, -1):
            key = tuple(words[start : start + length])
            values = self._whole.get(key) or self._by_stem(key)
            if values:
                return Match(start, start + length, values)
        if word not in self._alone:
            if len(self._alone) >= MOST_REMEMBERED:
                self._alone.clear()
            self._alone[word] = self._whole.get((word,)) or self._by_stem((word,))
        return Match(start, start + 1, self._alone[word]) if self._alone[word] else None

    def _by_stem(self, key: tuple[str, ...]) -> tuple[float | str, ...]:
        head, last = key[:-1], key[-1]
        for length in range(len(last), 0, -1):
            values = self._stems.get((*head, last[:length]))
            if values:
                return values
        return ()


@dataclass(frozen=True)
class Lexicon:
    """The word lists of one language.

    ``valence`` holds -3 to 3 per word and 5 for a verdict on the whole stay ("never again"); ``aspects`` holds what a word
    speaks of, ``incidental`` what it speaks of only where nothing else is named. ``negators`` stand before what they turn,
    ``negators_after`` behind it, as in Hindi.
    """

    language: str
    valence: WordList
    aspects: WordList
    incidental: WordList
    negators: frozenset[str]
    negators_after: frozenset[str]
    boosters: frozenset[str]
    dampers: frozenset[str]
    excess: frozenset[str]
    but: frozenset[str]
    joining: frozenset[str]
    ignores_accents: bool = False
    transcribed: Mapping[int, str] = field(default_factory=dict)

    def spelt(self, words: Sequence[str]) -> list[str]:
        """Return words as these lists spell them."""
        own = [word.translate(self.transcribed) for word in words] if self.transcribed else list(words)
        return [without_accents(word) for word in own] if self.ignores_accents else own


@cache
def lexicon(language: str) -> Lexicon:
    """Return the word lists of one of LANGUAGES."""
    told = _spelt(read_words(language))
    signed = [
        (word, sign * float(strength))
        for side, sign in (("positive", 1), ("negative", -1))
        for strength, words in told[side].items()
        for word in words.split()
    ]
    sets = {name: frozenset(told[name].split()) for name in ("negators", "boosters", "dampers", "excess", "but")}
    return Lexicon(
        language=language,
        valence=WordList(signed),
        aspects=_aspects(told["aspects"]),
        incidental=_aspects(told["incidental"]),
        negators_after=frozenset(told.get("negators_after", "").split()),
        joining=frozenset(told["and"].split()),
        ignores_accents=told.get("accents") == IGNORED,
        transcribed=str.maketrans({pair[0]: pair[1:] for pair in told.get("transcribed", "").split()}),
        **sets,
    )


def _spelt(told: dict[str, Any]) -> dict[str, Any]:
    """Return what a word file holds, without accents where it ignores them."""
    if told.get("accents") != IGNORED:
        return told

    def bare(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: bare(words) for name, words in part.items()}
        return without_accents(part) if isinstance(part, str) else part

    return {name: bare(part) for name, part in told.items()}


def _aspects(told: Mapping[str, str]) -> WordList:
    return WordList((word, aspect) for aspect, words in told.items() for word in words.split())


def lexicon_of(code: str) -> Lexicon:
    """Return the word lists of a language, of English where it has none."""
    return lexicon(code if code in LANGUAGES else FALLBACK)


@cache
def nothing_to_say() -> frozenset[str]:
    """Return what guests of any language write into a field that they have nothing to say in, as bare words."""
    phrases = (phrase for language in LANGUAGES for phrase in read_words(language)["nothing"])
    return frozenset(" ".join(words_of(phrase)) for phrase in phrases)


def read_words(name: str) -> dict[str, Any]:
    """Return one of the word files as it stands."""
    return tomllib.loads((_FILES / f"{name}.toml").read_text(encoding="utf-8"))
