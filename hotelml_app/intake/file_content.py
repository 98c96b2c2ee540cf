"""A whole file as it was read and judged: its tables, its good rows and those that cannot be used."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.identify import Claim
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.mapping.frames import KnownFrame
from hotelml_app.intake.numbering.new_numbers import NewNumbers
from hotelml_app.intake.profile import Kind
from hotelml_app.intake.readers.nested.frame import Frame
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.showing import kept_cells
from hotelml_app.intake.rows.typed import Typed

Rejected = tuple[int, str, dict[str, str]]
"""A row that cannot be used: line, reason, and the cells that may be kept."""


@dataclass
class Part:
    """One table of the file: bookings, or reviews or nightly figures where ``bookings`` is None."""

    document: str
    claim: Claim
    typed: Typed
    bookings: BookingRows | None
    bad_rows: int
    header_date: date | None
    frame: Frame | None = None

    def rows_of(self, owner: str) -> NDArray[np.intp]:
        """Return the good rows of one property as the file names it ("": the file does not), the latest business date last."""
        taken, column = self.typed.verdicts.taken, self.typed.words.get("property")
        if column is not None:
            taken = taken & np.array([label == owner for label in column.labels], dtype=bool)[column.codes]
        rows, days = np.flatnonzero(taken), self.typed.days.get("business_date")
        return rows if days is None else rows[np.argsort(days[rows], kind="stable")]

    def rejected_naming(self, owners: Collection[str]) -> int:
        """Return how many of the rows that cannot be used name one of these properties."""
        column = self.typed.words.get("property")
        return sum(column.text(row) in owners for row in self.typed.verdicts.reasons) if column is not None else 0

    @property
    def owners(self) -> list[str]:
        """The properties that good rows name, in order of first sight; [""] where the file names none."""
        column = self.typed.words.get("property")
        if column is None:
            return [""]
        return [column.labels[code] for code in dict.fromkeys(column.codes[self.typed.verdicts.taken].tolist())]


@dataclass
class FileContent:
    """Everything in a file, read and judged."""

    name: str
    profile: str
    kind: Kind
    parts: list[Part]
    notes: list[str] = field(default_factory=list)
    layout: ColumnMap | None = None
    named_by_hand: bool = False
    """True where somebody named the layout of this very file."""
    new_numbers_said: bool = False
    """True where somebody said that its bookings are known under other numbers."""
    owner_said: bool = False
    """True where somebody named the hotel of this very file."""
    new_numbers: list[NewNumbers] = field(default_factory=list)
    """Of which properties known bookings go on under the numbers of this file."""

    @property
    def frames(self) -> list[KnownFrame]:
        """What stands around the records of the file's tables."""
        told = [(part, part.frame) for part in self.parts if part.frame is not None]
        return [KnownFrame(self.profile, self.kind, at.root, frozenset(at.inside), part.claim.sheet.name) for part, at in told]

    @property
    def rejected(self) -> RejectedRows:
        """Rows that cannot be used."""
        return RejectedRows(self)

    def rejected_of(self, owner: str) -> int:
        """Return how many rows that cannot be used may be of one property: those that do not name another one."""
        others = {name for part in self.parts for name in part.owners} - {owner}
        return len(self.rejected) - sum(part.rejected_naming(others) for part in self.parts)

    @property
    def rows_read(self) -> int:
        """All rows below the headers."""
        return sum(len(part.typed) + part.bad_rows + part.typed.table.footers for part in self.parts)

    @property
    def ignored(self) -> int:
        """Rows that are nothing to store."""
        return sum(part.typed.verdicts.ignored_count + part.typed.table.footers for part in self.parts)

    @property
    def taken(self) -> int:
        """Rows that are good."""
        return sum(int(part.typed.verdicts.taken.sum()) for part in self.parts)


@dataclass(frozen=True)
class RejectedRows:
    """The rows of a file that cannot be used: line, reason, and the cells that may be kept.

    Each is made when it is asked for: of a large file they may be a million.
    """

    content: FileContent

    def __len__(self) -> int:
        return sum(part.bad_rows + len(part.typed.verdicts.reasons) for part in self.content.parts)

    def __iter__(self) -> Iterator[Rejected]:
        for part in self.content.parts:
            where = f"in {part.document}: " if part.document != self.content.name else ""
            yield from ((row.line, where + row.reason, {}) for row in part.typed.table.bad_rows)
            for row, reason in sorted(part.typed.verdicts.reasons.items()):
                yield int(part.typed.table.lines[row]), where + reason, kept_cells(part.typed, row)
