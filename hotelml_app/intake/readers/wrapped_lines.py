"""Delimited text whose whole lines stand in quotes, as a spreadsheet saves it that had each line in one cell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

_LOOKED_AT = 20
_FEWEST_CELLS = 3
_DELIMITERS = (b",", b";", b"\t", b"|")


def unwrapped(text: bytes) -> bytes:
    """Return the text without the quotes around its lines, where all of its first lines are wrapped so; else the text itself.

    Lines keep their numbers. A line below that is not wrapped stays as it is.
    """
    begin = text[3:] if text.startswith(b"\xef\xbb\xbf") else text
    first = list(islice((line for line in _lines(begin) if line.strip()), _LOOKED_AT))
    inner = [_inside(line) for line in first]
    if len(first) < 2 or inner[0] is None or None in inner:
        return text
    if max(inner[0].count(delimiter) for delimiter in _DELIMITERS) < _FEWEST_CELLS - 1:
        return text
    return b"\n".join(inside if (inside := _inside(line)) is not None else line for line in _lines(begin))


def _lines(text: bytes) -> Iterator[bytes]:
    start = 0
    while start <= len(text):
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def _inside(line: bytes) -> bytes | None:
    """Return what stands in the quotes around a line, or None where they are those of cells, or none."""
    line = line.rstrip(b"\r")
    if len(line) < 2 or not line.startswith(b'"') or not line.endswith(b'"'):
        return None
    inside = line[1:-1]
    return None if b'"' in inside.replace(b'""', b"") else inside.replace(b'""', b'"')
