"""Cells that come one by one, some over several columns or rows, as the rows of a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from hotelml_app.intake.errors import TooLargeError
from hotelml_app.intake.readers.content import MAX_BYTES, too_large
from hotelml_app.intake.readers.tables.sheet import MAX_COLUMNS, too_wide
from hotelml_app.intake.readers.tables.spool import MAX_CELL, Spool
from hotelml_app.intake.readers.workbooks.workbook_size import MAX_AREA

LONGEST_REPEATED = 200
"""Letters; what stands over several rows is written into each of them, unless it is as long as a remark."""
_REACHING = 10
"""A cell written again below takes the room of so many: a few letters of a file can ask for millions of them."""


@dataclass
class Room:
    """How much the tables of one file may still take: cells and letters."""

    name: str
    cells: int = MAX_AREA
    letters: int = MAX_BYTES

    def take(self, row: list[str]) -> None:
        """Take the room of a row. Raises TooLargeError where there is none left."""
        self.cells -= len(row)
        self.letters -= sum(map(len, row))
        if self.cells < 0:
            raise TooLargeError(
                f"The tables of {self.name} spread over {MAX_AREA:,} cells.", remedy="Export fewer months per file, or CSV."
            )
        if self.letters < 0:
            raise too_large(self.name)


@dataclass
class Grid:
    """A table being read."""

    room: Room
    rows: Spool = field(default_factory=Spool)
    width: int = 0
    """The most cells that any row has from the first to the last one with text."""
    row: list[str] | None = None
    _below: dict[int, tuple[int, str]] = field(default_factory=dict)
    """What reaches into rows to come, by column: how many rows, and the text."""

    def begin_row(self) -> None:
        """Begin a row; one that is open ends."""
        self.row = []

    def add(self, text: str, across: int = 1, down: int = 1, at: int | None = None) -> None:
        """Add a cell, in column ``at`` or the next free one; beside the first, the columns it reaches over are blank."""
        if self.row is None:
            self.begin_row()
        row = self.row if self.row is not None else []
        self._fill(row, at)
        place = len(row)
        if place + across > MAX_COLUMNS:
            raise too_wide(place + across)
        row += [text[:MAX_CELL], *[""] * (across - 1)]
        if down > 1:
            repeated = text if len(text) <= LONGEST_REPEATED else ""
            self._below |= {place + step: (down - 1, "" if step else repeated) for step in range(across)}

    def end_row(self, line: int) -> None:
        """Keep the open row under its number, unless it is blank."""
        row, self.row = self.row, None
        if row is None:
            return
        self._fill(row, max(self._below, default=-1) + 1)
        self._below = {at: (rows, text) for at, (rows, text) in self._below.items() if rows > 0}
        self.room.take(row)
        if any(row):
            self.width = max(self.width, sum(map(bool, row)))
            self.rows.append(row, line)

    def _fill(self, row: list[str], at: int | None) -> None:
        """Write what reaches down from above, up to the next free column or to column ``at``."""
        while len(row) in self._below or (at is not None and len(row) < at):
            if len(row) >= MAX_COLUMNS:
                raise too_wide(len(row) + 1)
            rows, text = self._below.get(len(row), (0, ""))
            if rows > 0:
                self.room.cells -= _REACHING
                self._below[len(row)] = (rows - 1, text)
            row.append(text if rows > 0 else "")
