"""Clean words: header cells, category cells, and the many ways to write "not said"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

NOT_SAID = frozenset(
    {
        *(
            "",
            "null",
            "(null)",
            "\\n",
            "n/a",
            "n.a.",
            "#n/a",
            "#ref!",
            "#value!",
            "#null!",
            "nan",
            "nat",
            "none",
            "(none)",
            "(blank)",
        ),
        *("-", "--", "—", "."),
    }
)
"""Texts that mean a blank in any export; a profile may add its own (``NA`` is also Namibia, so it is not here)."""

LONGEST_HEADER = 400
"""Letters that count in a column's name."""

_BLANKS = re.compile(r"\s+")
_GUARDED = re.compile(r"""="(.*)"|'(?=[\d=+@-])(.*)""", re.DOTALL)
"""What keeps Excel from taking a text for a number or a formula: ``="00123"``, ``'00123``."""
_FOOTNOTES = re.compile(r"(?:[\s\u00b9\u00b2\u00b3\u2070-\u2079*†‡]|[(\[]\d{1,2}[)\]])+$")
_NOT_DECOMPOSED = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss"})
"""Lower-case letters that Unicode does not take apart into a plain letter and its mark."""
_INVISIBLE = dict.fromkeys([0xFEFF, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x00AD])


def clean(text: str) -> str:
    """Return the text without padding, doubled blanks, invisible characters, and what guards it against Excel."""
    if text[:1] in ("=", "'") and (match := _GUARDED.fullmatch(text.strip())):
        text = match[1] or match[2] or ""
    if text.isascii() and not _BLANKS.search(text):
        return text
    return _BLANKS.sub(" ", text.translate(_INVISIBLE)).strip()


def without_accents(text: str) -> str:
    """Return a lower-case text with plain letters in the place of accented ones."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text.translate(_NOT_DECOMPOSED))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def word(text: str, blanks: Collection[str] = ()) -> str:
    """Return a category cell, or "" where it says nothing; ``blanks`` are the profile's own words for that, in lower case."""
    cleaned = clean(text)
    lowered = cleaned.lower()
    return "" if lowered in NOT_SAID or lowered in blanks else cleaned


def header_word(text: str) -> str:
    """Return a header cell in the form that is compared: lower case, single blanks, no footnote marks."""
    if text.isascii() and text.isalnum():
        return text[:LONGEST_HEADER].lower()
    plain = clean(text[:LONGEST_HEADER])
    if plain.isascii() and not plain.rstrip("'\" *").endswith((")", "]")):
        # Most are, and an export has thousands of cells that may be one.
        return plain.strip("'\" ").rstrip(" *").lower()
    plain = _FOOTNOTES.sub("", plain.strip("'\" ")).strip()
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", plain).casefold()).strip()
