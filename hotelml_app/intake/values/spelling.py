"""Words that are nearly like other words, found among thousands in a fraction of a millisecond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

_BUCKETS = 64
LONGEST = 80
"""A longer text is a sentence, not a misspelt word."""


class Spellings:
    """A fixed list of words that a text may be a misspelling of.

    Likeness is ``difflib``'s ratio, 2 x matching letters / all letters. Counting letters gives a bound of it for all words at
    once; only what passes that is compared letter by letter.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(dict.fromkeys(words))
        self._letters = np.array([_letters(word) for word in self._words], dtype=np.int16).reshape(-1, _BUCKETS)
        self._lengths = np.array([len(word) for word in self._words], dtype=np.int64)

    def alike(self, text: str, least: float) -> Iterator[tuple[float, str]]:
        """Yield (likeness, word) of the words that are at least so much like a text."""
        if not self._words or not 0 < len(text) <= LONGEST:
            return
        common = np.minimum(self._letters, _letters(text)).sum(axis=1)
        matcher = SequenceMatcher(b=text)
        for place in np.flatnonzero(2 * common >= least * (self._lengths + len(text))).tolist():
            matcher.set_seq1(self._words[place])
            likeness = matcher.ratio()
            if likeness >= least:
                yield likeness, self._words[place]

    def nearest(self, text: str, least: float) -> str | None:
        """Return the word most like a text, or None where none is like enough."""
        return max(self.alike(text, least), default=(0.0, None))[1]


def _letters(text: str) -> NDArray[np.int16]:
    """Return how often each letter stands in a text; rare letters share a place, which only loosens the bound."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) % _BUCKETS
    return np.bincount(codes, minlength=_BUCKETS).astype(np.int16)
