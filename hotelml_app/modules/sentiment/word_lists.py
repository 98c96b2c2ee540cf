"""Words of one language as the lexicon needs them; read once from the files beside this module.

A file lists words separated by blanks. ``clean*`` stands for every word that begins so, ``run_down`` for a phrase. Where
guests often leave accents out, the file says ``accents = "ignored"`` and its words are found with and without them. Where a
language has two alphabets, ``transcribed`` says what each letter of the other is in the file's own: ``љlj``. Where small words
are written onto the next, it names them in ``attached``, and words are also found behind them; ``whole`` holds words that only
look as if, ``compounds`` pairs of words that are one. ``names`` are those by which exports call
the language, ``also`` other codes of it.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from hotelml_app.modules.sentiment.attached import Attached
from hotelml_app.modules.sentiment.spelling import MOST_REMEMBERED, without_accents, words_of

_FILES = resources.files(__package__) / "lexicons"
SCRIPTS = "scripts"

LANGUAGES = tuple(
    sorted(stem for file in _FILES.iterdir() if (stem := file.name.removesuffix(".toml")) not in (file.name, SCRIPTS))
)
"""Languages with word lists of their own: each is one file."""

FALLBACK = "en"
"""Read by this language's lists where a text's own are missing: English words are understood everywhere, others nowhere."""

IGNORED = "ignored"
"""What a word file says of accents that its words are found without."""

NOT_JUDGED_BY = ("also", "names", "accents", "attached", "compounds", "transcribed", "small_words", "letters")
"""Lines of a word file that are no words to judge by."""


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
        self._phrases = self._phrases_by_start()
        self._longest_stem = max((len(words[-1]) for words in self._stems), default=0)

    def _phrases_by_start(self) -> dict[str, list[tuple[int, bool]]]:
        """Return how long the phrases are that begin with a word, the longest first, and whether any ends in a stem."""
        found: defaultdict[str, dict[int, bool]] = defaultdict(dict)
        for ends_in_stem, table in ((False, self._whole), (True, self._stems)):
            for words in table:
                if len(words) > 1:
                    found[words[0]][len(words)] = ends_in_stem or found[words[0]].get(len(words), False)
        return {word: sorted(lengths.items(), reverse=True) for word, lengths in found.items()}

    def matches(self, words: Sequence[str]) -> Iterator[Match]:
        """Return what is found, from the first word to the last, without overlaps."""
        position = 0
        while position < len(words):
            word = words[position]
            found = self._phrase_at(words, position) if word in self._phrases else None
            if found is None and (values := self._of_word(word)):
                found = Match(position, position + 1, values)
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

    def _phrase_at(self, words: Sequence[str], start: int) -> Match | None:
        for length, ends_in_stem in self._phrases[words[start]]:
            if start + length <= len(words):
                key = tuple(words[start : start + length])
                values = self._whole.get(key) or (self._by_stem(key) if ends_in_stem else ())
                if values:
                    return Match(start, start + length, values)
        return None

    def _of_word(self, word: str) -> tuple[float | str, ...]:
        values = self._alone.get(word)
        if values is None:
            if len(self._alone) >= MOST_REMEMBERED:
                self._alone.clear()
            values = self._alone[word] = self._whole.get((word,)) or self._by_stem((word,))
        return values

    def _by_stem(self, key: tuple[str, ...]) -> tuple[float | str, ...]:
        head, last = key[:-1], key[-1]
        # Of a "word" that is no word but a page without blanks, not every beginning is tried.
        for length in range(min(len(last), self._longest_stem), 0, -1):
            values = self._stems.get((*head, last[:length]))
            if values:
                return values
        return ()


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The word lists of one language; there is one of each.

    ``valence`` holds -3 to 3 per word and 5 for a verdict on the whole stay ("never again"); ``aspects`` holds what a word
    speaks of, ``incidental`` what it speaks of only where nothing else is named. ``negators`` stand before what they turn,
    ``negators_after`` behind it, as in Hindi. A comparative, behind ``more`` or with one of ``comparative`` as its end, is a
    wish behind one of ``wishes`` ("could be cleaner"); where the language needs one, one of ``being`` stands between.
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
    attached: Attached | None = None
    wishes: frozenset[str] = frozenset()
    being: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()
    comparative: tuple[str, ...] = ()

    def spelt(self, words: Sequence[str]) -> list[str]:
        """Return words as these lists spell them, and without what is attached to them."""
        own = [word.translate(self.transcribed) for word in words] if self.transcribed else list(words)
        bare = [without_accents(word) for word in own] if self.ignores_accents else own
        return bare if self.attached is None else self.attached.apart(bare)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the word lists of one of LANGUAGES."""
    told = _spelt(read_words(language))
    attached = _attached(told) if "attached" in told else None
    if attached is not None:
        told = _each(told, lambda words: " ".join(attached.entry(entry) for entry in words.split()))
    signed = [
        (word, sign * float(strength))
        for side, sign in (("positive", 1), ("negative", -1))
        for strength, words in told[side].items()
        for word in words.split()
    ]
    sets = {name: frozenset(told[name].split()) for name in ("negators", "boosters", "dampers", "excess", "but")}
    sets |= {name: frozenset(told.get(name, "").split()) for name in ("wishes", "being", "more")}
    return Lexicon(
        language=language,
        valence=WordList(signed),
        aspects=_aspects(told["aspects"]),
        incidental=_aspects(told["incidental"]),
        negators_after=frozenset(told.get("negators_after", "").split()),
        joining=frozenset(told["and"].split()),
        ignores_accents=told.get("accents") == IGNORED,
        transcribed=str.maketrans({pair[0]: pair[1:] for pair in told.get("transcribed", "").split()}),
        attached=attached,
        comparative=tuple(told.get("comparative", "").split()),
        **sets,
    )


def _spelt(told: dict[str, Any]) -> dict[str, Any]:
    """Return what a word file holds, without accents where it ignores them."""
    return _each(told, without_accents) if told.get("accents") == IGNORED else told


def _each(told: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """Return what a word file holds with each of its lines of words changed."""

    def changed(part: Any) -> Any:
        if isinstance(part, dict):
            return _each(part, change)
        return change(part) if isinstance(part, str) else part

    return {name: changed(part) for name, part in told.items()}


def _attached(told: Mapping[str, Any]) -> Attached:
    return Attached(told["attached"].split(), _entries(told), told.get("compounds", "").split())


def _entries(told: Mapping[str, Any]) -> Iterator[str]:
    """Return every word, stem and phrase by which the lists of a file judge."""
    for name, part in told.items():
        if isinstance(part, dict):
            yield from _entries(part)
        elif isinstance(part, str) and name not in NOT_JUDGED_BY:
            yield from part.split()


def _aspects(told: Mapping[str, str]) -> WordList:
    return WordList((word, aspect) for aspect, words in told.items() for word in words.split())


def lexicon_of(code: str) -> Lexicon:
    """Return the word lists of a language, of English where it has none."""
    return lexicon(code if code in LANGUAGES else FALLBACK)


@cache
def nothing_to_say() -> frozenset[str]:
    """Return what guests of any language write into a field that they have nothing to say in, as bare words."""
    phrases = (phrase for language in LANGUAGES for phrase in told_of(language)["nothing"])
    return frozenset(" ".join(words_of(phrase)) for phrase in phrases)


@cache
def told_of(language: str) -> dict[str, Any]:
    """Return what a word file says of its language beside the words to judge by, as far as it does."""
    told = read_words(language)
    return {name: told[name] for name in ("also", "names", "small_words", "letters", "nothing") if name in told}


def word_files() -> Iterator[bytes]:
    """Yield the word files as they stand, always in the same order."""
    for name in (SCRIPTS, *LANGUAGES):
        yield (_FILES / f"{name}.toml").read_bytes()


def read_words(name: str) -> dict[str, Any]:
    """Return one of the word files as it stands."""
    return tomllib.loads((_FILES / f"{name}.toml").read_text(encoding="utf-8"))
