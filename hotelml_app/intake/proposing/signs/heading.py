"""Which sheet holds the table and which of its rows the column names, where no profile knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.header_rows import looks_like_names, made_up_names, two_row_headers
from hotelml_app.intake.proposing.names.header_match import is_known
from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.readers.opening import Document
from hotelml_app.intake.readers.tables.sheet import HeadRow, Sheet
from hotelml_app.intake.readers.tables.table import Column, Table, lone_remarks
from hotelml_app.intake.values.words import header_word

SPARSE = 0.4
"""A row with less than this share of the usual row's cells tells of no booking."""
MOST_OWN_ROWS = 0.3


@dataclass(frozen=True)
class Heading:
    """A sheet, its header row, and the first rows below as evidence by position; unnamed and repeated columns are left out."""

    sheet: Sheet
    header: HeadRow
    columns: dict[int, Evidence]
    known_words: float


def headings(document: Document) -> list[Heading]:
    """Return the sheets of a document that may be tables of bookings, the likeliest first."""
    found = [heading for sheet in document.sheets if (heading := _heading(sheet))]
    return sorted(found, key=lambda heading: -heading.known_words)


def _heading(sheet: Sheet) -> Heading | None:
    candidates = [row for row in sheet.head if looks_like_names(row.cells)]
    candidates += two_row_headers(sheet.head)
    candidates = candidates or list(made_up_names(sheet.head))
    if not candidates:
        return None
    scores = [_known_words(row.cells) for row in candidates]
    best = max(range(len(candidates)), key=lambda place: (scores[place], -place))
    if scores[best] < 1:
        widest = max(len(row.cells) for row in candidates)
        best = next(place for place, row in enumerate(candidates) if len(row.cells) == widest)
    return heading_at(sheet, candidates[best], scores[best])


def heading_at(sheet: Sheet, header: HeadRow, known_words: float) -> Heading | None:
    """Return a sheet read below a row of names, None where nothing stands there."""
    table = sheet.beginning().read(header, _named_once(header.cells))
    if not len(table):
        return None
    kept = _own_rows_left_out(table, header)
    columns = {place: Evidence(_only(column, kept)) for place, column in table.columns.items()}
    return Heading(sheet, header, columns, known_words)


def _own_rows_left_out(table: Table, header: HeadRow) -> NDArray[np.bool_]:
    """Return which rows are not the report's own: its names repeated on every page, its subtotals and page numbers."""
    filled, repeated = np.zeros(len(table), dtype=np.int64), np.zeros(len(table), dtype=np.int64)
    for place, column in table.columns.items():
        name = header.cells[place].strip()
        filled += np.array([bool(label.strip()) for label in column.labels], dtype=bool)[column.codes]
        repeated += np.array([label.strip() == name for label in column.labels], dtype=bool)[column.codes]
    own = (filled < SPARSE * np.median(filled)) | (repeated > filled / 2)
    remarks = lone_remarks(table)
    return ~(own | remarks) if (own & ~remarks).mean() <= MOST_OWN_ROWS else ~remarks


def _only(column: Column, kept: NDArray[np.bool_]) -> Column:
    if kept.all():
        return column
    used, codes = np.unique(column.codes[kept], return_inverse=True)
    return Column(codes.astype(column.codes.dtype), [column.labels[place] for place in used.tolist()])


def _named_once(cells: Sequence[str]) -> list[int]:
    seen: set[str] = set()
    positions = []
    for position, cell in enumerate(cells):
        name = cell.strip().casefold()
        if name and name not in seen:
            positions.append(position)
        seen.add(name)
    return positions


def _known_words(cells: Sequence[str]) -> float:
    """Return how many different names of a row are known."""
    names = {header_word(cell): cell for cell in cells}
    return sum(map(is_known, names.values()))
