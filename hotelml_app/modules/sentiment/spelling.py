"""How guests' words are taken out of a text and spelt, whatever script they write."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MOST_REMEMBERED = 50_000
"""Words whose standing in a list, or spelling without accents, is kept at hand."""

AT_HAND = 64
"""Texts whose parts are kept at hand: a sentence is asked for several times while its review is read, and soon no more."""

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
_PLAIN_WORD = re.compile("[a-z0-9]+")
_LETTER = re.compile(rf"{_THAI}|[{_UNSPACED}]")

_RESPELT = (
    ("i\u0307", "i"),  # What Python makes of the Turkish capital "İ" in lower case.
    ("\u0e40\u0e40", "\u0e41"),  # Thai vowels that look the same on paper, typed in two keys instead of one.
    ("\u0e4d\u0e32", "\u0e33"),
    ("\u0e4d\u0e49\u0e32", "\u0e49\u0e33"),
    ("\u200c", ""),  # How letters join is no part of a word.
    ("\u200d", ""),
)

_STRUCK = str.maketrans("łıđىةیک", "lidيهيك")
"""Letters whose sign Unicode does not count as an accent, and Arabic and Persian ones that keyboards have for each other."""

_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
"""A letter that a guest repeats for emphasis."""

_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u0652\u0670]"
    "|(?<=[\u05d0-\u05ea])['\"\u2019\u05f3\u05f4](?=[\u05d0-\u05ea])"
)
"""Vowel signs of Hebrew and Arabic, which few write, the stroke that draws Arabic words out, and quotes within Hebrew words."""


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case and with one form of accents; apostrophes divide words.

    Where a language puts no blanks between words, each letter is one.
    """
    if text.isascii():
        # Nothing that follows concerns the letters of English; most texts are read in a third of the time.
        return _PLAIN_WORD.findall(text.lower())
    text = _POINTS.sub("", unicodedata.normalize("NFC", text).lower())
    for written, meant in _RESPELT:
        text = text.replace(written, meant)
    return _WORD.findall(text)


@lru_cache(MOST_REMEMBERED)
def without_accents(word: str) -> str:
    """Return a word as guests write it whose keyboard lacks its accents, and with no letter drawn out."""
    letters = unicodedata.normalize("NFD", _DRAWN_OUT.sub(r"\1", word).translate(_STRUCK))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_unspaced(word: str) -> bool:
    """Tell whether a word is a single letter of a language that puts no blanks between words."""
    return _LETTER.fullmatch(word) is not None
