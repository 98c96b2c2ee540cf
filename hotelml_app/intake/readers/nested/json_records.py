"""JSON: every list of records, and every list of rows, becomes a sheet; so do records that stand one below the other.

A small file is read at once. A large one is walked through: what is small inside it is read and put into its sheet, so that
its objects are never all in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hotelml_app.intake.errors import DamagedFileError
from hotelml_app.intake.readers.nested.frame import Frame
from hotelml_app.intake.readers.nested.json_walk import Walk
from hotelml_app.intake.readers.nested.records import RecordsSheet
from hotelml_app.intake.readers.tables.sheet import RowsSheet
from hotelml_app.intake.readers.tables.spool import Spool
from hotelml_app.intake.readers.workbooks.workbook import cell_text, decimal_text

MAX_DEPTH = 12
"""Below that nothing is looked for."""

_NUMBERS_AS_TEXT: dict[str, Any] = {"parse_float": decimal_text, "parse_int": str, "parse_constant": str}


def read_json(name: str, data: bytes, frame: Frame) -> Sequence[RowsSheet | RecordsSheet]:
    """Return a sheet per list of objects or of rows, named by its path; rows beside a ``Name`` take that name.

    ``frame`` is told what stands around them.
    The "line" of a row is its number in the list, from 1. Raises DamagedFileError where the text is no JSON.
    """
    found = _Lists(frame)
    try:
        _Walker(data, found).read()
    except (ValueError, RecursionError) as error:
        raise DamagedFileError(
            f"{name} is no valid JSON ({error}).", remedy="The file may be cut off: copy or export it again."
        ) from error
    return found.sheets()


class _Lists:
    """All lists of a document: records by their path, rows by their path and the title beside them."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._records: dict[str, RecordsSheet] = {}
        self._rows: dict[tuple[str, str], Spool] = {}

    def sheets(self) -> list[RowsSheet | RecordsSheet]:
        """Return a sheet for each list that has anything."""
        rows = [RowsSheet(title or path, spool) for (path, title), spool in self._rows.items() if len(spool)]
        return [*rows, *self._records.values()]

    def record(self, path: str, record: Mapping[str, object]) -> None:
        """Keep a record; lists of the same path are one."""
        sheet = self._records.setdefault(path, RecordsSheet(path))
        sheet.append(dict(_flattened(record, "", 0)), len(sheet) + 1)

    def row(self, path: str, title: str, cells: Sequence[object]) -> None:
        """Keep a row of a list of rows."""
        spool = self._rows.setdefault((path, title), Spool())
        spool.append([_text(cell) for cell in cells], len(spool) + 1)

    def value(self, node: object, path: str, title: str, depth: int) -> None:
        """Take in whatever a document holds at a path; ``title`` is the name beside it."""
        if depth > MAX_DEPTH:
            return
        if isinstance(node, dict):
            beside = title_of(node)
            for key, value in node.items():
                if depth == 0:
                    self.frame.add(key)
                self.value(value, _below(path, key), beside, depth + 1)
        elif isinstance(node, list):
            for item in node:
                self.item(item, path, title, depth + 1)

    def item(self, item: object, path: str, title: str, depth: int) -> None:
        """Take in one item of a list."""
        if isinstance(item, list):
            self.row(path, title, item)
        elif isinstance(item, dict):
            self.record(path, item)
            self.value(item, path, "", depth)


class _Walker(Walk):
    """Takes apart what is large, and hands over what is small."""

    def __init__(self, data: bytes, found: _Lists) -> None:
        super().__init__(data)
        self._found = found

    def read(self) -> None:
        """Read the whole document. Raises ValueError where it is no JSON."""
        start = self.blanks(0)
        if self._is_object_per_line(start):
            while start < len(self.data):
                start = self.blanks(self._item(start, "", "", 1))
            return
        self._found.frame.begin(self.data[start : start + 1].decode())
        end = self._value(start, "", "", 0)
        if self.blanks(end) != len(self.data):
            raise self.wrong("something behind the end of the document", end)

    def _is_object_per_line(self, at: int) -> bool:
        """Tell whether one object follows another (JSON Lines), as exports of reviews often have it."""
        end = self.end_of_small(at) if self.data[at : at + 1] == b"{" else None
        return end is not None and self.data[self.blanks(end) : self.blanks(end) + 1] == b"{"

    def _value(self, at: int, path: str, title: str, depth: int) -> int:
        self.refuse_deep(depth, at)
        end = self.end_of_small(at)
        if end is not None:
            self._found.value(self._loaded(at, end), path, title, depth)
            return end
        if self.data[at : at + 1] == b"{":
            return self._object(at, path, depth)[0]
        for start in self.items(at):
            self.next = self._item(start, path, title, depth + 1)
        return self.next

    def _object(self, at: int, path: str, depth: int) -> tuple[int, dict[str, object]]:
        """Walk through a large object and return its end and what of it is small.

        What stands before a title is filed under the path alone; systems write the title first.
        """
        scalars: dict[str, object] = {}
        for key, start in self.members(at):
            if depth == 0:
                self._found.frame.add(key)
            end = self.end_of_small(start)
            if end is None:
                self.next = self._value(start, _below(path, key), title_of(scalars), depth + 1)
                continue
            value = self._loaded(start, end)
            self._found.value(value, _below(path, key), title_of(scalars), depth + 1)
            if not isinstance(value, list):
                scalars[key] = value
            self.next = end
        return self.next, scalars

    def _item(self, at: int, path: str, title: str, depth: int) -> int:
        end = self.end_of_small(at)
        if end is not None:
            self._found.item(self._loaded(at, end), path, title, depth)
            return end
        if self.data[at : at + 1] == b"{":
            end, scalars = self._object(at, path, depth)
            self._found.record(path, scalars)
            return end
        # A row of a megabyte is a list of its own.
        return self._value(at, path, title, depth)

    def _loaded(self, start: int, end: int) -> object:
        return json.loads(self.data[start:end].decode("utf-8", errors="replace"), **_NUMBERS_AS_TEXT)


def title_of(node: Mapping[str, object]) -> str:
    """Return the name that an object gives to the rows in it."""
    title = node.get("Name") or node.get("name")
    return title if isinstance(title, str) else ""


def _below(path: str, key: str) -> str:
    return f"{path}.{key}".strip(".")


def _flattened(record: Mapping[str, object], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, dict) and depth < MAX_DEPTH:
            yield from _flattened(value, f"{prefix}{key}.", depth + 1)
        elif not isinstance(value, list | dict):
            yield f"{prefix}{key}", _text(value)


def _text(value: object) -> str:
    return json.dumps(value) if isinstance(value, list | dict) else cell_text(value)
