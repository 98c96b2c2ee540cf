"""The word lists of one language: how good a word is, what turns it around, and which part of the stay it names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

ASPECTS = ("room", "cleanliness", "staff", "food", "location", "facilities", "value", "noise", "sleep")
LANGUAGES = ("en", "de", "es", "pt", "fr", "it")


class WordTable:
    """Words with a value each; a word ending in * stands for every word that begins so."""

    def __init__(self, values: dict[str, float]) -> None:
        self._exact = {word: value for word, value in values.items() if not word.endswith("*")}
        self._stems = {word[:-1]: value for word, value in values.items() if word.endswith("*")}
        self._lengths = sorted({len(stem) for stem in self._stems}, reverse=True)

    def get(self, word: str) -> float | None:
        """Return the value of a word, the longest stem deciding, or None where it is not listed."""
        value = self._exact.get(word)
        if value is not None:
            return value
        for length in self._lengths:
            if length <= len(word) and (value := self._stems.get(word[:length])) is not None:
                return value
        return None

    def phrases(self) -> set[str]:
        """Return the listed entries of more than one word, joined by hyphens."""
        return {word for word in self._exact if "-" in word}


@dataclass(frozen=True)
class Lexicon:
    """Word lists of one language. ``strength`` runs from -3 to 3; the rest are plain sets of words."""

    language: str
    strength: WordTable
    aspects: dict[str, WordTable]
    common: frozenset[str]
    negations: frozenset[str]
    strengtheners: frozenset[str]
    weakeners: frozenset[str]
    turns: frozenset[str]
    nothing_to_say: frozenset[str]
    phrases: frozenset[str]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the word lists of a language; English for one that has none."""
    name = language if language in LANGUAGES else "en"
    file = resources.files(__package__) / "lexicons" / f"{name}.toml"
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    strength = WordTable({word: float(value) for value, words in raw["strength"].items() for word in words.split()})
    aspects = {aspect: WordTable(dict.fromkeys(raw["aspects"][aspect].split(), 1.0)) for aspect in ASPECTS}
    sets = {key: frozenset(raw[key].split()) for key in ("common", "negations", "strengtheners", "weakeners", "turns")}
    nothing = frozenset(raw["nothing_to_say"].split())
    plain = frozenset(word for words in (*sets.values(), nothing) for word in words if "-" in word)
    phrases = plain.union(strength.phrases(), *(table.phrases() for table in aspects.values()))
    return Lexicon(name, strength, aspects, **sets, nothing_to_say=nothing, phrases=phrases)
