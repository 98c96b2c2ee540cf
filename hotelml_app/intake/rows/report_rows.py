"""Rows that are the report's own, not bookings: blank ones, the column names again at the top of each page, remarks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.readers.tables.table import Column, Table, lone_remarks
from hotelml_app.intake.rows.verdicts import Verdicts


def ignore_report_rows(table: Table, verdicts: Verdicts) -> None:
    """Ignore rows without any cell, rows that say the column names again, and headings of groups."""
    if table.columns:
        _ignore_rows_without_cells(table, verdicts)
        _ignore_repeated_headers(table, verdicts)
        verdicts.ignore(lone_remarks(table), "rows that hold a remark alone")


def flags(column: Column, test: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Return, per row, whether its text passes a test."""
    if not column.labels:
        return np.zeros(len(column), dtype=bool)
    return np.array([test(label) for label in column.labels], dtype=bool)[column.codes]


def _shortest_first(table: Table) -> dict[int, Column]:
    """Return the columns, those with the fewest distinct texts first: they settle most questions at once."""
    return dict(sorted(table.columns.items(), key=lambda item: len(item[1].labels)))


def _ignore_rows_without_cells(table: Table, verdicts: Verdicts) -> None:
    empty = np.ones(len(table), dtype=bool)
    for column in _shortest_first(table).values():
        empty &= flags(column, lambda text: not text or text.isspace())
        if not empty.any():
            return
    verdicts.ignore(empty, "rows without any cell")


def _ignore_repeated_headers(table: Table, verdicts: Verdicts) -> None:
    again = np.ones(len(table), dtype=bool)
    for position, column in _shortest_first(table).items():
        again &= flags(column, partial(_says, table.header[position].strip()))
        if not again.any():
            return
    verdicts.ignore(again, "rows that repeat the column names")


def _says(wanted: str, text: str) -> bool:
    return text.strip() == wanted
