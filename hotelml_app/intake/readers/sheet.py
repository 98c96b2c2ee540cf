"""One table-like part of a file: the file itself, a sheet of a workbook, a repeated element, a list of records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from hotelml_app.intake.readers.table import Table, TableBuilder

HEAD_ROWS = 60
"""How many rows from the top may hold the header."""

CHUNK_ROWS = 8192


@dataclass(frozen=True)
class HeadRow:
    """One of the first rows: its number among the rows, its line in the file, its cells."""

    index: int
    line: int
    cells: tuple[str, ...]


class Sheet(Protocol):
    """What a reader gives: the first rows to recognise the layout by, then the table below the chosen header."""

    @property
    def name(self) -> str:
        """The sheet's name, the path of the repeated element, or ""."""

    @property
    def head(self) -> Sequence[HeadRow]:
        """The first rows."""

    def read(self, header: HeadRow, positions: Sequence[int]) -> Table:
        """Return the columns at ``positions`` of all rows below ``header``."""


@dataclass(frozen=True)
class RowsSheet:
    """A sheet whose rows are already in memory; ``lines`` are theirs in the file."""

    name: str
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]

    @property
    def head(self) -> Sequence[HeadRow]:
        """The first rows."""
        first = zip(self.rows[:HEAD_ROWS], self.lines, strict=False)
        return [HeadRow(index, line, tuple(row)) for index, (row, line) in enumerate(first)]

    def read(self, header: HeadRow, positions: Sequence[int]) -> Table:
        """Return the columns at ``positions`` of all rows below ``header``; rows without any cell are not rows."""
        builder = TableBuilder(header.cells, positions)
        below = zip(self.rows[header.index + 1 :], self.lines[header.index + 1 :], strict=True)
        add_in_chunks(builder, ((row, line) for row, line in below if row))
        return builder.build()


def add_in_chunks(builder: TableBuilder, rows: Iterable[tuple[Sequence[str], int]]) -> None:
    """Feed (cells, line) pairs to a builder, a bounded number at a time."""
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK_ROWS)):
        builder.add_rows([row for row, _ in chunk], [line for _, line in chunk])
