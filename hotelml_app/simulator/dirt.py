"""Spoiled copies of an export, as real drop folders have them, with the truth of what was spoiled and where."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from hotelml_app.simulator.errors import SimulationError
from hotelml_app.simulator.exports import written_whole
from hotelml_app.simulator.streams import Streams

Table = list[list[str]]

TOLERABLE = ("adr", "status")
"""Columns without which a booking still makes sense."""


@dataclass(frozen=True)
class Damage:
    """One cell that cannot be believed. ``line`` counts from 1 for the file's first line.

    ``fatal`` means the booking makes no sense without it; otherwise an import may keep the row and leave the value unknown.
    """

    line: int
    row: int
    column: str
    value: str
    why: str

    @property
    def fatal(self) -> bool:
        """True where the row must be refused."""
        return self.column not in TOLERABLE


@dataclass(frozen=True)
class Dirt:
    """The truth about a spoiled file. ``rows`` are data rows including damaged ones; ``damage`` has one entry per such row.

    ``harmless`` lists lines that are no rows at all (titles, blanks, totals, repeated headers).
    """

    path: Path
    kinds: tuple[str, ...]
    rows: int
    delimiter: str
    encoding: str
    date_format: str
    damage: tuple[Damage, ...] = ()
    harmless: tuple[int, ...] = ()

    @property
    def damaged_lines(self) -> frozenset[int]:
        """Lines whose row must be refused."""
        return frozenset(one.line for one in self.damage if one.fatal)

    @property
    def doubtful_lines(self) -> frozenset[int]:
        """Lines whose row may be kept without the damaged value, or refused."""
        return frozenset(one.line for one in self.damage if not one.fatal)


@dataclass
class _Copy:
    """A file under way: its rows as cells, and how it will be written."""

    header: list[str]
    rows: Table
    draw: np.random.Generator
    delimiter: str = ","
    encoding: str = "utf-8"
    date_format: str = "%Y-%m-%d"
    before: Table = field(default_factory=list)
    after: Table = field(default_factory=list)
    blanks: set[int] = field(default_factory=set)
    damage: list[tuple[int, str, str, str]] = field(default_factory=list)

    def column(self, name: str) -> int:
        if name not in self.header:
            raise SimulationError(
                f"The export has no column '{name}' to spoil.", remedy="Spoil a bookings export of the simulator."
            )
        return self.header.index(name)


DATE_COLUMNS = ("booked_on", "arrival", "departure", "status_date", "business_date", "review_date")
SPOILED: tuple[tuple[str, str, str], ...] = (
    ("arrival", "31/02/2024", "no such day"),
    ("arrival", "soon", "not a date"),
    ("arrival", "2120-05-01", "implausible date"),
    ("departure", "", "no departure"),
    ("adr", "12,3.4.5", "not an amount"),
    ("status", "Xyzzy", "unknown status"),
    ("reservation_id", "", "no reservation number"),
    ("booked_on", "0000-00-00", "no such day"),
    ("departure", "1999-01-01", "departs before it arrives"),
)


def _pad(copy: _Copy) -> None:
    """Pad cells with blanks, as fixed-width database dumps do."""
    copy.rows = [
        [f"{cell}{' ' * int(width)}" for cell, width in zip(row, copy.draw.integers(0, 4, len(row)), strict=True)]
        for row in copy.rows
    ]


def _dates(pattern: str) -> Callable[[_Copy], None]:
    """Return the spoiler that writes dates another way."""

    def spoil(copy: _Copy) -> None:
        copy.date_format = pattern
        for name in DATE_COLUMNS:
            if name in copy.header:
                at = copy.header.index(name)
                for row in copy.rows:
                    row[at] = date.fromisoformat(row[at]).strftime(pattern) if row[at] else ""

    return spoil


def _extra_columns(copy: _Copy) -> None:
    """Put unknown columns in the middle and at the end."""
    middle = len(copy.header) // 2
    copy.header = [*copy.header[:middle], "Internal note", *copy.header[middle:], "Loyalty tier", ""]
    tiers = ("", "Silver", "Gold")
    copy.rows = [[*row[:middle], "see folio", *row[middle:], tiers[int(copy.draw.integers(0, 3))], ""] for row in copy.rows]


def _shuffle_columns(copy: _Copy) -> None:
    """Put the columns in another order."""
    order = copy.draw.permutation(len(copy.header))
    copy.header = [copy.header[n] for n in order]
    copy.rows = [[row[n] for n in order] for row in copy.rows]


def _decimal_commas(copy: _Copy) -> None:
    """Write amounts as 1.234,50."""
    for name in ("adr", "total"):
        at = copy.column(name)
        for row in copy.rows:
            row[at] = f"{float(row[at]):,.2f}".translate(str.maketrans(",.", ".,"))


def _corrupt(share: float) -> Callable[[_Copy], None]:
    """Return the spoiler that makes one cell unbelievable in a share of the rows, in at least one."""

    def spoil(copy: _Copy) -> None:
        count = min(max(1, round(share * len(copy.rows))), len(copy.rows))
        for number, row in enumerate(sorted(copy.draw.permutation(len(copy.rows))[:count].tolist())):
            column, value, why = SPOILED[number % len(SPOILED)]
            copy.rows[row][copy.column(column)] = value
            copy.damage.append((row, column, value, why))

    return spoil


def _preamble(copy: _Copy) -> None:
    """Put a title above the header, as report writers do."""
    copy.before = [["Reservation list"], ["Printed by", "NIGHT AUDIT"], []]


def _footer(copy: _Copy) -> None:
    """Put a total below the rows."""
    copy.after = [[], ["Total", str(len(copy.rows))]]


def _blank_lines(copy: _Copy) -> None:
    """Scatter empty lines among the rows."""
    if copy.rows:
        copy.blanks = {int(row) for row in copy.draw.integers(0, len(copy.rows), max(1, len(copy.rows) // 50))}


def _written(**how: str) -> Callable[[_Copy], None]:
    """Return the spoiler that writes the file with another delimiter or encoding."""

    def spoil(copy: _Copy) -> None:
        for name, value in how.items():
            setattr(copy, name, value)

    return spoil


SPOILERS: dict[str, Callable[[_Copy], None]] = {
    "shuffled columns": _shuffle_columns,
    "decimal commas": _decimal_commas,
    "day-month dates": _dates("%d/%m/%Y"),
    "month-day dates": _dates("%m/%d/%Y"),
    "dotted dates": _dates("%d.%m.%Y"),
    "corrupted cells": _corrupt(0.02),
    "padded": _pad,
    "extra columns": _extra_columns,
    "preamble": _preamble,
    "footer": _footer,
    "blank lines": _blank_lines,
    "semicolons": _written(delimiter=";"),
    "tabs": _written(delimiter="\t"),
    "pipes": _written(delimiter="|"),
    "cp1252": _written(encoding="cp1252"),
    "utf-8 with mark": _written(encoding="utf-8-sig"),
    "utf-16": _written(encoding="utf-16"),
}
"""Every way to spoil a file; they are applied in this order whatever order they are asked for in."""


def dirty(path: Path, out: Path, kinds: Sequence[str], *, seed: int = 0) -> Dirt:
    """Write a spoiled copy of an export to ``out`` and return the truth about it.

    The copy is the same for the same seed. Raises SimulationError for an unknown kind.
    """
    unknown = [kind for kind in kinds if kind not in SPOILERS]
    if unknown:
        raise SimulationError(f"There is no way to spoil a file called '{unknown[0]}'.", remedy=f"Known: {', '.join(SPOILERS)}.")
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    chosen = tuple(kind for kind in SPOILERS if kind in kinds)
    copy = _Copy(header, rows, Streams(seed).of("dirt"))
    for kind in chosen:
        SPOILERS[kind](copy)
    line_of, harmless = _write(copy, out)
    damage = tuple(Damage(line_of[row], row, column, value, why) for row, column, value, why in copy.damage)
    return Dirt(out, chosen, len(rows), copy.delimiter, copy.encoding, copy.date_format, damage, tuple(harmless))


def _write(copy: _Copy, out: Path) -> tuple[list[int], list[int]]:
    """Write the copy; return the line on which each row begins, and the lines that are no rows."""
    line_of: list[int] = []
    harmless: list[int] = []
    with written_whole(out) as part, part.open("w", newline="", encoding=copy.encoding, errors="replace") as file:
        writer = csv.writer(file, delimiter=copy.delimiter, lineterminator="\r\n")
        line = 1
        for row in copy.before:
            writer.writerow(row)
            harmless.append(line)
            line += 1
        writer.writerow(copy.header)
        line += 1
        for number, row in enumerate(copy.rows):
            if number in copy.blanks:
                writer.writerow([])
                harmless.append(line)
                line += 1
            line_of.append(line)
            writer.writerow(row)
            line += 1 + sum(cell.count("\n") for cell in row)
        for row in copy.after:
            writer.writerow(row)
            harmless.append(line)
            line += 1
    return line_of, harmless
