"""Rows kept as bytes: a fraction of the memory that lists of texts would take."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice

from hotelml_app.intake.readers.tables.stopping import ask

MAX_CELL = 2**16
"""Letters, twice what Excel has room for; what comes after is left out."""

_CHUNK_ROWS = 1024
_CELL_END, _ROW_END = "\x1f", "\x1e"
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
"""JSON can write it, but it is no text that a database takes; nor is what has a NUL in it."""


class Spool:
    """Rows of text cells with their lines, in order; rows may differ in width and are never without a cell."""

    def __init__(self) -> None:
        self.lines = array("i")
        self._chunks: list[bytes] = []
        self._pending: list[str] = []

    def __len__(self) -> int:
        return len(self.lines)

    def append(self, cells: Sequence[str], line: int) -> None:
        """Keep a row; one without any cell is no row."""
        if not cells:
            return
        text = _CELL_END.join(cells)
        if len(text) > MAX_CELL or _ROW_END in text or text.count(_CELL_END) != len(cells) - 1:
            text = _CELL_END.join(_harmless(cell) for cell in cells)
        if not text.isascii() and _HALF_A_CHARACTER.search(text):
            text = _HALF_A_CHARACTER.sub("?", text)
        self._pending.append(text.replace("\x00", ""))
        self.lines.append(line)
        if len(self._pending) == _CHUNK_ROWS:
            ask()
            self._chunks.append(_ROW_END.join(self._pending).encode())
            self._pending = []

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[list[str], int]]:
        """Yield the cells and the line of each row from number ``start`` to before ``stop``."""
        end = len(self) if stop is None else min(stop, len(self))
        first = start // _CHUNK_ROWS
        texts = islice(self._texts(first), start - first * _CHUNK_ROWS, max(start, end) - first * _CHUNK_ROWS)
        for number, text in enumerate(texts, start):
            yield text.split(_CELL_END), self.lines[number]

    def _texts(self, first_chunk: int) -> Iterator[str]:
        for chunk in self._chunks[first_chunk:]:
            yield from chunk.decode("utf-8").split(_ROW_END)
        if first_chunk <= len(self._chunks):
            yield from self._pending


def _harmless(cell: str) -> str:
    return cell[:MAX_CELL].replace(_CELL_END, " ").replace(_ROW_END, " ")
