"""Which sheet holds the table and which of its rows the column names, where no profile knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hotelml_app.intake.proposing.evidence import Evidence
from hotelml_app.intake.proposing.header_match import is_known
from hotelml_app.intake.readers.opening import Document
from hotelml_app.intake.readers.sheet import HeadRow, Sheet
from hotelml_app.intake.values.dates import read_date

_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 400
"""A wider table is none of bookings, and would take minutes to judge."""


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
    candidates = [row for row in sheet.head if _may_be_header(row.cells)]
    if not candidates:
        return None
    scores = [_known_words(row.cells) for row in candidates]
    best = max(range(len(candidates)), key=lambda place: (scores[place], -place))
    if scores[best] < 1:
        widest = max(len(row.cells) for row in candidates)
        best = next(place for place, row in enumerate(candidates) if len(row.cells) == widest)
    header = candidates[best]
    positions = _named_once(header.cells)
    table = sheet.beginning().read(header, positions)
    if not len(table):
        return None
    return Heading(sheet, header, {place: Evidence(column) for place, column in table.columns.items()}, scores[best])


def _named_once(cells: Sequence[str]) -> list[int]:
    seen: set[str] = set()
    positions = []
    for position, cell in enumerate(cells):
        name = cell.strip().casefold()
        if name and name not in seen:
            positions.append(position)
        seen.add(name)
    return positions


def _may_be_header(cells: Sequence[str]) -> bool:
    """Return whether a row is names of columns, not a guest's: several cells, hardly a digit, no address, no date."""
    if not _FEWEST_COLUMNS <= len(cells) <= _MOST_COLUMNS:
        return False
    names = [cell.strip() for cell in cells if cell.strip()]
    if any(read_date(name) is not None for name in names):
        return False
    with_digits = sum(any(character.isdecimal() for character in name) for name in names)
    return len(names) >= _FEWEST_COLUMNS and with_digits * 4 < len(names) and not any("@" in name for name in names)


def _known_words(cells: Sequence[str]) -> float:
    return sum(map(is_known, cells))
