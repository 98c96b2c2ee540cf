"""Looking for a word in everything a home holds, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def holding(words: Iterable[str], *places: Path, but: Iterable[Path] = ()) -> list[str]:
    """Return the files below some places, and the names of files, that hold any of the words, in UTF-8 or UTF-16."""
    wanted = [word.encode(encoding) for word in words for encoding in ("utf-8", "utf-16-le")]
    left_out = set(but)
    found = []
    for place in places:
        for path in place.rglob("*"):
            if path.is_file() and path not in left_out and any(word in path.read_bytes() for word in wanted):
                found.append(str(path))
    return found
