"""Which of a sheet's first rows may be the names of its columns, names that take two rows among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hotelml_app.intake.readers.tables.sheet import HeadRow
from hotelml_app.intake.values.dates import read_date
from hotelml_app.intake.values.words import header_word

FEWEST_COLUMNS, MOST_COLUMNS = 3, 400
"""A wider table is none of bookings, and would take minutes to judge."""


_DATA_ROWS, _FEWEST_DAYS = 5, 2
_NUMBER = re.compile(r"\d+")
_MADE_UP = re.compile(r"[a-z]{4,}[ _-]?\d{1,3}")
"""How reporting tools call what nobody named: "Textbox12"."""


def looks_like_names(cells: Sequence[str]) -> bool:
    """Return whether a row is names of columns, not a guest's: several cells, hardly a digit, no address, no date."""
    if not FEWEST_COLUMNS <= len(cells) <= MOST_COLUMNS:
        return False
    names = [cell.strip() for cell in cells if cell.strip()]
    if any(read_date(name) is not None for name in names):
        return False
    if _are_numbered(names):
        return True
    words = [header_word(name) for name in names]
    with_digits = sum(any(map(str.isdecimal, word)) and not _MADE_UP.fullmatch(word) for word in words)
    return len(names) >= FEWEST_COLUMNS and with_digits * 4 < len(names) and not any("@" in name for name in names)


def _are_numbered(names: Sequence[str]) -> bool:
    """Return whether names are one word with a number each: "Field1", "Field2"."""
    words = {_NUMBER.sub("", name) for name in names}
    return (
        len(names) >= FEWEST_COLUMNS and len(words) == 1 and words.pop().strip(" _-").isalpha() and len(set(names)) == len(names)
    )


def rows_of_names(head: Sequence[HeadRow]) -> Iterator[HeadRow]:
    """Yield every row that may hold the names of columns, of one row, of two, or made up where the first row is data."""
    yield from head
    yield from two_row_headers(head)
    yield from made_up_names(head)


def made_up_names(head: Sequence[HeadRow]) -> Iterator[HeadRow]:
    """Yield names for the columns of a table that has none, "Column 1" and so on: it begins with rows that hold dates."""
    first = [row.cells for row in head[:_DATA_ROWS]]
    if len(first) == _DATA_ROWS and all(_is_data(cells) and len(cells) == len(first[0]) for cells in first):
        yield HeadRow(-1, 0, tuple(f"Column {place}" for place in range(1, len(first[0]) + 1)))


def _is_data(cells: Sequence[str]) -> bool:
    days = sum(read_date(cell) is not None and not cell.strip().isdecimal() for cell in cells)
    return FEWEST_COLUMNS <= len(cells) <= MOST_COLUMNS and days >= _FEWEST_DAYS


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
