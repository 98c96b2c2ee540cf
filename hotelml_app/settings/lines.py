"""Where in a TOML text a key stands, so that a message can name the line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_WORD = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """Return the line (from 1) where ``path`` is set, else that of the nearest table around it, else None.

    Paths are as pydantic gives them: names, and numbers for the tables of an array. Inline tables count as their line.
    """
    wanted = tuple(path)
    best: tuple[int, int] | None = None
    for number, found in _positions(text):
        shared = _common(found, wanted)
        # A key on the way counts (inline tables); a sibling does not.
        if shared == len(found) and (best is None or shared > best[0]):
            best = (shared, number)
    return best[1] if best is not None and best[0] > 0 else None


def _positions(text: str) -> Iterator[tuple[int, Path]]:
    table: Path = ()
    arrays: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            words = _words(header[2])
            if header[1] == "[[":
                arrays[words] = arrays.get(words, -1) + 1
            table = _with_indices(words, arrays)
            yield number, table
        elif key := _KEY.match(line):
            yield number, (*table, *_words(key[1]))


def _with_indices(words: tuple[str, ...], arrays: dict[tuple[str, ...], int]) -> Path:
    path: list[str | int] = []
    for depth, word in enumerate(words, start=1):
        path.append(word)
        if words[:depth] in arrays:
            path.append(arrays[words[:depth]])
    return tuple(path)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip("\"'") for word in _WORD.findall(text))


def _common(first: Path, second: Path) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
