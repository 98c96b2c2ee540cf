"""From a text to the words that the lists know, in any of the languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?;\n]+|(?<=[^\W\d_]),")
_APOSTROPHES = str.maketrans({"’": "'", "´": "'", "`": "'", "‘": "'"})
_LONGEST_PHRASE = 4


def tidy(text: str) -> str:
    """Return a text in lower case with one form of accents and apostrophes."""
    return unicodedata.normalize("NFC", text).translate(_APOSTROPHES).lower()


def sentences(text: str) -> list[str]:
    """Return the clauses of a text; commas end one, because guests write lists."""
    return [clause.strip() for clause in _SENTENCE_END.split(text) if clause.strip()]


def split_words(text: str, phrases: Collection[str] = ()) -> list[str]:
    """Return the words of a text, with known phrases ("walking distance") joined by hyphens.

    English contractions lose their apostrophe (don't: dont); in other languages it separates words (l'hôtel: l, hôtel).
    """
    plain = re.sub(r"(?<=n)'(?=t\b)", "", tidy(text))
    words = [part for word in _WORD.findall(plain) for part in ([word] if word in phrases else word.split("-"))]
    return _join_phrases(words, phrases) if phrases else words


def _join_phrases(words: list[str], phrases: Collection[str]) -> list[str]:
    joined, at = [], 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 1, -1):
            candidate = "-".join(words[at : at + length])
            if candidate in phrases:
                joined.append(candidate)
                at += length
                break
        else:
            joined.append(words[at])
            at += 1
    return joined
