"""Tables of a web page, as many a PMS saves them under the name of an Excel workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import chain, islice

from hotelml_app.intake.errors import DamagedFileError, ForbiddenContentError
from hotelml_app.intake.readers.nested.grid import Grid, Room
from hotelml_app.intake.readers.nested.markup import Tag, tags
from hotelml_app.intake.readers.tables.sheet import RowsSheet
from hotelml_app.intake.readers.tables.spool import Spool

MAX_DEPTH = 30
FEWEST_COLUMNS = 3
"""A narrower table is the title of the report or its parameters; it stands above the next one."""
MOST_ABOVE = 40

SAVE_AS = "Open it in Excel and save it as .xlsx or CSV, or choose such an export in the PMS."

_SPAN = rb"\b%sspan\s*=\s*[\"']?\s*(\d{1,9})"
_ACROSS, _DOWN = (re.compile(_SPAN % word, re.IGNORECASE) for word in (b"col", b"row"))
_BREAKS = (b"br", b"p", b"div", b"li")


def no_excel_file(name: str, what: str) -> DamagedFileError:
    """Return the error for an Excel file that is really something else which holds no table."""
    return DamagedFileError(f"The Excel file {name} is really {what}.", remedy=SAVE_AS)


def read_html(name: str, text: bytes) -> list[RowsSheet]:
    """Return the tables of a page in UTF-8, in the order of their ends; rows are numbered as a spreadsheet would number them.

    Raises DamagedFileError where there is no table or the file is cut off, TooLargeError, ForbiddenContentError.
    """
    found = tables_in(name, text, Room(name))
    if not found:
        raise no_excel_file(name, "a web page (HTML) without a table of bookings")
    return found


def tables_in(name: str, text: bytes, room: Room, before: int = 0) -> list[RowsSheet]:
    """Return the tables of one of several pages, if any, numbered on from ``before``. Raises like ``read_html``."""
    page = _Page(name, room)
    for tag in tags(text):
        page.take(tag)
    return page.sheets(before)


@dataclass
class _Table:
    """A table being read, with its cell that is open: the text so far, and over how many columns and rows it reaches."""

    grid: Grid
    cell: list[bytes] | None = None
    across: int = 1
    down: int = 1


@dataclass
class _Page:
    name: str
    room: Room
    line: int = 0
    rows_are_ended: bool = False
    done: list[Grid] = field(default_factory=list)
    inside: list[_Table] = field(default_factory=list)

    def take(self, tag: Tag) -> None:
        """Follow a tag and take the text behind it."""
        if tag.name == b"table":
            if tag.ends:
                self._end_table()
            else:
                self._begin_table()
        elif self.inside and tag.name == b"tr":
            self.rows_are_ended |= tag.ends
            self._end_row(self.inside[-1])
            if not tag.ends:
                self.inside[-1].grid.begin_row()
        elif self.inside and tag.name in (b"td", b"th"):
            _end_cell(self.inside[-1])
            if not tag.ends:
                _begin_cell(self.inside[-1], tag.attributes)
        if self.inside and (cell := self.inside[-1].cell) is not None:
            cell.append(b" " + tag.text if tag.name in _BREAKS else tag.text)

    def sheets(self, before: int) -> list[RowsSheet]:
        """Return the tables, numbered on from ``before``. Raises DamagedFileError where the page ends within a row."""
        if self.inside and self.rows_are_ended and self.inside[-1].grid.row is not None:
            raise DamagedFileError(
                f"{self.name} ends in the middle of a table.", remedy="The file may be cut off: copy or export it again."
            )
        while self.inside:
            self._end_table()
        found: list[RowsSheet] = []
        above = Spool()
        for grid in self.done:
            if grid.width >= FEWEST_COLUMNS:
                rows = _joined(above, grid.rows) if len(above) else grid.rows
                found.append(RowsSheet(f"Table {before + len(found) + 1}", rows))
                above = Spool()
            elif len(grid.rows):
                above = _joined(above, grid.rows, MOST_ABOVE)
        return found

    def _begin_table(self) -> None:
        if len(self.inside) >= MAX_DEPTH:
            raise ForbiddenContentError(f"{self.name} nests tables over {MAX_DEPTH} deep.", remedy=SAVE_AS)
        self.inside.append(_Table(Grid(self.room)))

    def _end_table(self) -> None:
        if self.inside:
            self._end_row(self.inside[-1])
            self.done.append(self.inside.pop().grid)

    def _end_row(self, table: _Table) -> None:
        _end_cell(table)
        if table.grid.row is not None:
            self.line += 1
            table.grid.end_row(self.line)


def _begin_cell(table: _Table, attributes: bytes) -> None:
    across, down = _ACROSS.search(attributes), _DOWN.search(attributes)
    table.cell = []
    table.across = max(1, int(across[1])) if across else 1
    table.down = max(1, int(down[1])) if down else 1


def _end_cell(table: _Table) -> None:
    if table.cell is not None:
        text = unescape(b"".join(table.cell).decode("utf-8", errors="replace"))
        table.grid.add(" ".join(text.split()), table.across, table.down)
        table.cell = None


def _joined(above: Spool, rows: Spool, most: int | None = None) -> Spool:
    joined = Spool()
    for cells, line in islice(chain(above.rows(), rows.rows()), most):
        joined.append(cells, line)
    return joined
