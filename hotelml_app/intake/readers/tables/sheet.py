"""One table-like part of a file: the file itself, a sheet of a workbook, a repeated element, a list of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol

from hotelml_app.intake.errors import TooLargeError
from hotelml_app.intake.readers.tables.spool import Spool
from hotelml_app.intake.readers.tables.stopping import ask
from hotelml_app.intake.readers.tables.table import Table, TableBuilder

HEAD_ROWS = 60
"""How many rows from the top may hold the header."""

MAX_COLUMNS = 16_384
"""As many as Excel has; no export comes near."""

SAMPLE_ROWS = 30_000
CHUNK_ROWS = 2048


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

    def read(self, header: HeadRow, positions: Sequence[int], watched: Sequence[int] = ()) -> Table:
        """Return the columns at ``positions`` of all rows below ``header``, and the card numbers in the ``watched`` ones."""

    def beginning(self) -> Sheet:
        """Return the first part of the sheet, enough to judge its columns by."""


class RowsSheet:
    """A sheet whose rows are kept in memory; the first ``stop`` of them count."""

    def __init__(self, name: str, rows: Spool, stop: int | None = None) -> None:
        self.name = name
        self._rows = rows
        self._stop = stop

    def __iter__(self) -> Iterator[tuple[list[str], int]]:
        """Yield the cells and the line of every row."""
        return self._rows.rows(0, self._stop)

    @cached_property
    def head(self) -> Sequence[HeadRow]:
        """The first rows."""
        first = self._rows.rows(0, HEAD_ROWS)
        return [HeadRow(index, line, tuple(cells)) for index, (cells, line) in enumerate(first)]

    def read(self, header: HeadRow, positions: Sequence[int], watched: Sequence[int] = ()) -> Table:
        """Return the columns at ``positions`` of all rows below ``header``, and the card numbers in the ``watched`` ones."""
        builder = TableBuilder(header.cells, positions, watched)
        add_in_chunks(builder, self._rows.rows(header.index + 1, self._stop))
        return builder.build()

    def beginning(self) -> RowsSheet:
        """Return the first part of the sheet, enough to judge its columns by."""
        return RowsSheet(self.name, self._rows, SAMPLE_ROWS)


def add_in_chunks(builder: TableBuilder, rows: Iterable[tuple[Sequence[str], int]]) -> None:
    """Feed (cells, line) pairs to a builder, a bounded number at a time."""
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK_ROWS)):
        ask()
        builder.add_rows([row for row, _ in chunk], [line for _, line in chunk])


def too_wide(columns: int) -> TooLargeError:
    """Return the error for a table with more columns than any export has."""
    return TooLargeError(
        f"The file has a table of {columns:,} columns; no export has more than {MAX_COLUMNS:,}.",
        remedy="Export the reservations again, with the columns that are needed.",
    )
