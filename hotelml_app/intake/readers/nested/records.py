"""Records with named values, as XML and JSON have them, kept as rows: each names only what it has."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

import numpy as np

from hotelml_app.intake.readers.tables.sheet import CHUNK_ROWS, HEAD_ROWS, MAX_COLUMNS, SAMPLE_ROWS, HeadRow, too_wide
from hotelml_app.intake.readers.tables.spool import Spool
from hotelml_app.intake.readers.tables.stopping import ask
from hotelml_app.intake.readers.tables.table import Table, TableBuilder

Around = tuple[Mapping[str, str], ...]
"""The values of what lies around a record, the nearest first."""

Names = tuple[str, ...]


class RecordsSheet:
    """Records of one kind, in order. Row 0 of ``head`` are the names of their values, then of the values around them.

    The values around a record may still be added to until the sheet is read.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._names: dict[str, None] = {}
        self._kinds: dict[Names, int] = {}
        self._kind_of = array("i")
        self._values = Spool()
        self._around: list[Around] = []
        self._stop: int | None = None

    def __len__(self) -> int:
        return len(self._kind_of)

    def append(self, values: Mapping[str, str], line: int, around: Around = ()) -> None:
        """Keep a record. Raises TooLargeError where the records have more names together than any table has columns."""
        names = tuple(values)
        kind = self._kinds.get(names)
        if kind is None:
            kind = self._kinds[names] = len(self._kinds)
            self._names.update(dict.fromkeys(names))
            if len(self._names) > MAX_COLUMNS:
                raise too_wide(len(self._names))
        self._kind_of.append(kind)
        # A record without a value is one all the same.
        self._values.append(list(values.values()) or [""], line)
        self._around.append(around)

    @cached_property
    def head(self) -> Sequence[HeadRow]:
        """The names, then the first records."""
        outer = {name: None for around in self._different_surroundings() for values in around for name in values}
        names = tuple(self._names | outer)
        if len(names) > MAX_COLUMNS:
            raise too_wide(len(names))
        pick = self._picker(names)
        first = islice(enumerate(self._values.rows()), HEAD_ROWS - 1)
        line = self._values.lines[0] if len(self) else 0
        return [
            HeadRow(0, line, names),
            *(HeadRow(number + 1, at, tuple(pick(number, cells))) for number, (cells, at) in first),
        ]

    def read(self, header: HeadRow, positions: Sequence[int], watched: Sequence[int] = ()) -> Table:
        """Return the columns at ``positions`` of all records below ``header``, and the card numbers in the ``watched`` ones."""
        builder = TableBuilder(header.cells, positions)
        names = self.head[0].cells
        pick = self._picker([names[position] for position in positions])
        look = self._picker([names[position] for position in watched])
        numbered = enumerate(self._values.rows(header.index, self._stop), start=header.index)
        while chunk := list(islice(numbered, CHUNK_ROWS)):
            ask()
            rows = [pick(number, cells) for number, (cells, _) in chunk]
            columns = [(None, list(texts)) for texts in zip(*rows, strict=True)]
            for number, (cells, _) in chunk if watched else ():
                builder.watch(look(number, cells))
            builder.add_columns(columns, np.array([line for _, (_, line) in chunk], dtype=np.int32))
        return builder.build()

    def beginning(self) -> RecordsSheet:
        """Return the first part of the sheet, enough to judge its columns by."""
        part = RecordsSheet(self.name)
        part.__dict__.update(self.__dict__)
        part._stop = SAMPLE_ROWS
        return part

    def _different_surroundings(self) -> Iterator[Around]:
        last: Around | None = None
        for around in self._around:
            if around is not last:
                last = around
                yield around

    def _picker(self, names: Sequence[str]) -> Callable[[int, Sequence[str]], list[str]]:
        """Return the function that gives the values of some names out of a record's number and cells."""
        kinds = list(self._kinds)
        places: dict[int, list[int | None]] = {}

        def pick(number: int, cells: Sequence[str]) -> list[str]:
            kind = self._kind_of[number]
            if kind not in places:
                own = {name: place for place, name in enumerate(kinds[kind])}
                places[kind] = [own.get(name) for name in names]
            around = self._around[number]
            return [
                cells[place] if place is not None else _in(around, name) if around else ""
                for place, name in zip(places[kind], names, strict=True)
            ]

        return pick


def _in(around: Around, name: str) -> str:
    return next((values[name] for values in around if name in values), "")
