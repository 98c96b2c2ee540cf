"""Which sheet holds the table and which of its rows the column names, where no profile knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hotelml_app.intake.header_rows import looks_like_names, two_row_headers
from hotelml_app.intake.proposing.evidence import Evidence
from hotelml_app.intake.proposing.header_match import is_known
from hotelml_app.intake.readers.opening import Document
from hotelml_app.intake.readers.sheet import HeadRow, Sheet
from hotelml_app.intake.values.words import header_word


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


def _known_words(cells: Sequence[str]) -> float:
    """Return how many different names of a row are known."""
    names = {header_word(cell): cell for cell in cells}
    return sum(map(is_known, names.values()))
