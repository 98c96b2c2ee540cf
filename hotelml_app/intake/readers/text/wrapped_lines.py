"""Delimited text whose whole lines stand in quotes, as a spreadsheet saves it that had each line in one cell."""

from __future__ import annotations

import io
from itertools import islice

from hotelml_app.intake.readers.text.delimited import DELIMITERS

_LOOKED_AT = 20
_FEWEST_CELLS = 3


def unwrapped(text: bytes) -> bytes:
    """Return UTF-8 text without the quotes around its lines, where all of its first lines are wrapped so; else the text itself.

    Lines keep their numbers. A line below that is not wrapped stays as it is.
    """
    first = list(islice((line for line in io.BytesIO(text) if line.strip()), _LOOKED_AT))
    inner = [_inside(line) for line in first]
    if len(first) < 2 or inner[0] is None or None in inner:
        return text
    if max(inner[0].count(delimiter.encode()) for delimiter in DELIMITERS) < _FEWEST_CELLS - 1:
        return text
    return b"".join(line if (inside := _inside(line)) is None else inside + b"\n" for line in io.BytesIO(text))


def _inside(line: bytes) -> bytes | None:
    """Return what stands in the quotes around a line, or None where they are those of cells, or none."""
    line = line.rstrip(b"\r\n")
    if len(line) < 2 or not line.startswith(b'"') or not line.endswith(b'"'):
        return None
    inside = line[1:-1]
    return None if b'"' in inside.replace(b'""', b"") else inside.replace(b'""', b'"')
