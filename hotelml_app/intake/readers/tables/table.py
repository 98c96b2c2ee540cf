"""A table of text cells, each column as numbered words.

Exports repeat themselves: 100,000 bookings know a few hundred dates, ten room types, five statuses. So a column is kept as
``labels`` (each text once) and ``codes`` (which text stands in which row). Every text is then looked at once,
and what a column means is decided over the whole file at no cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from re import IGNORECASE
from re import compile as pattern
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.values.secrets import SHORTEST_CARD, cards_in

Codes = NDArray[np.int32]
LocalCodes = NDArray[np.integer[Any]]

SHORT_ROWS_ARE_HABIT_FROM = 0.2
"""Some programs leave out blank cells at the end of a row. From this share on short rows are the file's habit, not damage."""


@dataclass(frozen=True)
class Column:
    """One column: row ``i`` holds ``labels[codes[i]]``."""

    codes: Codes
    labels: list[str]

    def __len__(self) -> int:
        return len(self.codes)

    def text(self, row: int) -> str:
        """Return the cell of one row as it stands in the file."""
        return self.labels[self.codes[row]]

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Column:
        """Return the column for some rows."""
        return Column(self.codes[rows], self.labels)


@dataclass(frozen=True)
class BadRow:
    """A row that is not a row of the table; ``line`` counts from 1, the file's first line."""

    line: int
    reason: str


@dataclass(frozen=True)
class Table:
    """The rows below a header. ``columns`` holds those that were asked for, by their position in ``header``.

    ``footers`` counts lines below the header that are totals or remarks of the report, not rows, and ``cards`` the card
    numbers in columns that were only watched.
    """

    header: tuple[str, ...]
    columns: Mapping[int, Column]
    lines: Codes
    bad_rows: tuple[BadRow, ...] = ()
    footers: int = 0
    cards: int = 0

    def __len__(self) -> int:
        return len(self.lines)


_FOOT = pattern(
    r"\s*((grand |sub ?|gesamt|zwischen)?(total|totals|totale|summe|suma|somme|gesamt|insgesamt)\b|count\b|average\b|sum\b"
    r"|(number|no\.?) of (rows|records|reservations|bookings)\b|(end of|printed|generated|report|page|seite|erstellt|gedruckt)\b"
    r"|-{3,}|={3,}|\*{3,})",
    IGNORECASE,
)

_FEWEST_BESIDE = 4
"""Columns; in a narrower table a row of a single cell may be anything."""


class _Labels(dict[str, int]):
    """Text to its number, in order of first sight."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


@dataclass
class TableBuilder:
    """Collect rows, or ready-made columns, into a table of the columns at ``positions``.

    Columns at ``watched`` are not kept; card numbers in them are counted.
    """

    header: tuple[str, ...]
    positions: Sequence[int]
    watched: Sequence[int] = ()
    _cards: int = 0
    _labels: list[_Labels] = field(init=False)
    _codes: list[list[Codes]] = field(init=False)
    _lines: list[Codes] = field(default_factory=list)
    _short: list[int] = field(default_factory=list)
    _bad: list[BadRow] = field(default_factory=list)
    _count: int = 0
    _footers: int = 0

    def __post_init__(self) -> None:
        self._labels = [_Labels() for _ in self.positions]
        self._codes = [[] for _ in self.positions]

    def add_rows(self, rows: Sequence[Sequence[str]], lines: Sequence[int]) -> None:
        """Append rows of cells; a row may be shorter or longer than the header."""
        kept: list[Sequence[str]] = []
        kept_lines: list[int] = []
        for row, line in zip(rows, lines, strict=True):
            cells = self._fitted(row, line, len(kept))
            if cells is not None:
                kept.append(cells)
                kept_lines.append(line)
        if not kept:
            return
        for position, labels, codes in zip(self.positions, self._labels, self._codes, strict=True):
            texts = map(itemgetter(position), kept)
            codes.append(np.fromiter(map(labels.__getitem__, texts), dtype=np.int32, count=len(kept)))
        for position in self.watched:
            self.watch(map(itemgetter(position), kept))
        self._finish(np.array(kept_lines, dtype=np.int32))

    def add_columns(self, columns: Iterable[tuple[LocalCodes | None, list[str]]], lines: Codes) -> None:
        """Append one block of rows given as (codes, labels) per wanted column; codes None: the labels are the cells."""
        for (local, texts), labels, codes in zip(columns, self._labels, self._codes, strict=True):
            numbers = np.fromiter(map(labels.__getitem__, texts), dtype=np.int32, count=len(texts))
            codes.append(numbers if local is None else numbers[local])
        self._finish(lines)

    def watch(self, texts: Iterable[str]) -> None:
        """Count the card numbers in texts that are not kept."""
        self._cards += sum(cards_in(text) for text in texts if len(text) >= SHORTEST_CARD)

    def reject(self, line: int, reason: str) -> None:
        """Note a line that is no row of the table."""
        self._bad.append(BadRow(line, reason))

    def build(self) -> Table:
        """Return what was collected."""
        lines = np.concatenate(self._lines) if self._lines else np.zeros(0, np.int32)
        columns = {
            position: Column(np.concatenate(codes) if codes else np.zeros(0, np.int32), list(labels))
            for position, labels, codes in zip(self.positions, self._labels, self._codes, strict=True)
        }
        table = Table(self.header, columns, lines, tuple(self._bad), self._footers, self._cards)
        return self._without_cut_rows(table) if self._short else table

    def _finish(self, lines: Codes) -> None:
        self._lines.append(lines)
        self._count += len(lines)

    def _fitted(self, row: Sequence[str], line: int, ahead: int) -> Sequence[str] | None:
        width = len(self.header)
        if len(row) == width:
            return row
        if len(row) > width:
            if any(cell.strip() for cell in row[width:]):
                self.reject(line, f"the row has {len(row)} cells, the header has {width}")
                return None
            return row[:width]
        if is_footer(row, width):
            self._footers += 1
            return None
        if any(cell.strip() for cell in row):
            self._short.append(self._count + ahead)
        return [*row, *[""] * (width - len(row))]

    def _without_cut_rows(self, table: Table) -> Table:
        if len(self._short) >= SHORT_ROWS_ARE_HABIT_FROM * len(table):
            return table
        keep = np.ones(len(table), dtype=bool)
        keep[self._short] = False
        reason = f"the row ends early: it has fewer cells than the header's {len(self.header)}"
        cut = [BadRow(int(line), reason) for line in table.lines[~keep]]
        columns = {position: column.take(keep) for position, column in table.columns.items()}
        bad = tuple(sorted((*table.bad_rows, *cut), key=lambda row: row.line))
        return Table(table.header, columns, table.lines[keep], bad, table.footers, table.cards)


def is_footer(row: Sequence[str], width: int) -> bool:
    """Return whether a row, much shorter than the header, begins like the foot of a report."""
    first = next((cell for cell in row if cell.strip()), "")
    return len(row) <= width // 2 and is_total_word(first)


def is_total_word(text: str) -> bool:
    """Return whether a cell names a total or a remark of the report instead of a value."""
    return _FOOT.match(text) is not None


def lone_remarks(table: Table) -> NDArray[np.bool_]:
    """Return which rows hold a single cell of several words: a report's headings of groups and its lines of remarks."""
    if len(table.columns) < _FEWEST_BESIDE:
        return np.zeros(len(table), dtype=bool)
    filled = np.zeros(len(table), dtype=np.int64)
    # Columns of few words first: where two of them say something in every row, nothing is alone.
    for column in sorted(table.columns.values(), key=lambda one: len(one.labels)):
        filled += np.array([bool(label.strip()) for label in column.labels], dtype=bool)[column.codes]
        if (filled > 1).all():
            return np.zeros(len(table), dtype=bool)
    remarks = np.zeros(len(table), dtype=bool)
    for column in table.columns.values():
        remarks |= np.array([_is_remark(label) for label in column.labels], dtype=bool)[column.codes]
    return remarks & (filled == 1)


def _is_remark(text: str) -> bool:
    return len(text.split()) > 1 and any(map(str.isalpha, text))


def column_of(texts: Iterable[str]) -> Column:
    """Return cells as a column."""
    labels = _Labels()
    codes = [labels[text] for text in texts]
    return Column(np.array(codes, dtype=np.int32), list(labels))
