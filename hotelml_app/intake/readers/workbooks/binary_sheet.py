"""The parts of a binary workbook (.xlsb): how far its cells reach, told without reading them.

A part is a row of records, each a number, a length and that many bytes (MS-XLSB 2.1.4).
"""

from __future__ import annotations

from collections.abc import Iterator

_ROW_HEADER = 0
_CELLS = range(1, 12)
"""The kinds of cells, from blank to formula."""
_SHARED_TEXTS = 159


def bounds(part: bytes) -> tuple[int, int]:
    """Return the area between the first cell of a part and the last, and the shared texts that it claims to hold."""
    rows = columns = texts = 0
    for kind, start, length in _records(part):
        if length >= 4 and kind == _ROW_HEADER:
            rows = max(rows, _number(part, start) + 1)
        elif length >= 4 and kind in _CELLS:
            columns = max(columns, _number(part, start) + 1)
        elif length >= 8 and kind == _SHARED_TEXTS:
            texts = max(texts, _number(part, start), _number(part, start + 4))
    return rows * columns, texts


def _number(part: bytes, start: int) -> int:
    return int.from_bytes(part[start : start + 4], "little")


def _records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the kind of each record, where its bytes begin and how many there are, as far as the part goes."""
    place, end = 0, len(part)
    while place < end:
        kind = part[place]
        place += 1
        if kind & 0x80 and place < end:
            kind = (kind & 0x7F) | (part[place] & 0x7F) << 7
            place += 1
        length = 0
        for shift in (0, 7, 14, 21):
            if place >= end:
                return
            byte = part[place]
            place += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield kind, place, length
        place += length
