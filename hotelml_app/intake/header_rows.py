"""Which of a sheet's first rows may be the names of its columns, names that take two rows among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hotelml_app.intake.readers.sheet import HeadRow
from hotelml_app.intake.values.dates import read_date
from hotelml_app.intake.values.words import header_word

FEWEST_COLUMNS, MOST_COLUMNS = 3, 400
"""A wider table is none of bookings, and would take minutes to judge."""


def looks_like_names(cells: Sequence[str]) -> bool:
    """Return whether a row is names of columns, not a guest's: several cells, hardly a digit, no address, no date."""
    if not FEWEST_COLUMNS <= len(cells) <= MOST_COLUMNS:
        return False
    names = [cell.strip() for cell in cells if cell.strip()]
    if any(read_date(name) is not None for name in names):
        return False
    with_digits = sum(any(character.isdecimal() for character in header_word(name)) for name in names)
    return len(names) >= FEWEST_COLUMNS and with_digits * 4 < len(names) and not any("@" in name for name in names)


def two_row_headers(head: Sequence[HeadRow]) -> Iterator[HeadRow]:
    """Yield two rows of names, one below the other, as one: "Room" over "Type" is "Room Type".

    A name that stands over several columns is written once; both readings are given, with it for all of them first.
    """
    for upper, lower in pairwise(head):
        if lower.line - upper.line > 1 or not looks_like_names(lower.cells):
            continue
        above = [upper.cells[place] if place < len(upper.cells) else "" for place in range(len(lower.cells))]
        if not _is_a_row_above(above):
            continue
        for names in (_spread(above), above):
            cells = tuple(f"{first.strip()} {last.strip()}".strip() for first, last in zip(names, lower.cells, strict=True))
            yield HeadRow(lower.index, lower.line, cells)


def _is_a_row_above(cells: Sequence[str]) -> bool:
    names = [cell.strip() for cell in cells if cell.strip()]
    return len(names) >= 2 and not any(any(letter.isdecimal() for letter in name) for name in names)


def _spread(cells: Sequence[str]) -> list[str]:
    """Return the cells with blank ones filled from their left."""
    spread, last = [], ""
    for cell in cells:
        last = cell if cell.strip() else last
        spread.append(last)
    return spread
