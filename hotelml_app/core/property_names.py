"""The names of properties: how they are kept, when two of them are one, and which are none."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 120
"""Letters, blanks and signs of the longest name."""


def tidied(name: str) -> str:
    """Return a name as it is kept: one blank between words, none around, an accent and its letter as one sign."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def folded(name: str) -> str:
    """Return what two spellings of one name have in common, whatever their capitals and however their accents are written."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).strip().casefold())


def name_problem(name: str) -> str:
    """Return in a sentence why a property cannot be called so, "" where it can."""
    kept = tidied(name)
    if not kept:
        return "A property needs a name."
    if len(kept) > LONGEST_NAME:
        return f"A name has at most {LONGEST_NAME} letters, and this one has {len(kept)}."
    if not kept.isprintable():
        return "The name holds signs that cannot be printed."
    return ""
