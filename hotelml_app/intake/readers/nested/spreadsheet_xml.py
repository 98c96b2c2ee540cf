"""Workbooks of Excel 2002 and 2003 written as one XML file (SpreadsheetML), as many a PMS still calls its .xls.

defusedxml refuses entities and external references; nothing is expanded, nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hotelml_app.intake.errors import ForbiddenContentError
from hotelml_app.intake.readers.nested.grid import Grid, Room
from hotelml_app.intake.readers.nested.xml_records import MAX_DEPTH, parse
from hotelml_app.intake.readers.tables.sheet import RowsSheet
from hotelml_app.intake.readers.workbooks.workbook import cell_text

_NAMESPACE = b"urn:schemas-microsoft-com:office:spreadsheet"
_BEGINNING = 4096
_MOST_ROWS = 2**20
"""As many as Excel has."""


def is_spreadsheet_xml(data: bytes) -> bool:
    """Return whether an XML file is a workbook of Excel."""
    head = data[:_BEGINNING].replace(b"\x00", b"")
    return _NAMESPACE in head and b"Workbook" in head


def read_spreadsheet_xml(name: str, data: bytes) -> list[RowsSheet]:
    """Return the worksheets that have any cell. Raises DamagedFileError, ForbiddenContentError and TooLargeError."""
    book = _Book(name)
    parse(name, data, book)
    return [RowsSheet(title, grid.rows) for title, grid in book.sheets if len(grid.rows)]


class _Book:
    """The parser's target."""

    def __init__(self, name: str) -> None:
        self.sheets: list[tuple[str, Grid]] = []
        self.line = 0
        self._room = Room(name)
        self._name = name
        self._depth = 0
        self._row = 0
        self._cell: Mapping[str, str] = {}
        self._kind = ""
        self._text: list[str] | None = None
        self._said = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ForbiddenContentError(
                f"{self._name} nests elements over {MAX_DEPTH} deep.", remedy="Export it from the PMS again."
            )
        plain = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        match tag.rpartition("}")[2]:
            case "Worksheet":
                self.sheets.append((plain.get("Name", ""), Grid(self._room)))
                self._row = 0
            case "Row" if self.sheets:
                self._row = min(_number(plain, "Index", self._row + 1), _MOST_ROWS)
                self.sheets[-1][1].begin_row()
            case "Cell":
                self._cell, self._said = plain, ""
            case "Data":
                self._kind, self._text = plain.get("Type", "String"), []

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        self._depth -= 1
        match tag.rpartition("}")[2]:
            case "Data":
                self._said, self._text = _value("".join(self._text or ()), self._kind), None
            case "Cell" if self.sheets and self.sheets[-1][1].row is not None:
                place = _number(self._cell, "Index", 0)
                across, down = (_number(self._cell, name, 0) + 1 for name in ("MergeAcross", "MergeDown"))
                self.sheets[-1][1].add(self._said, across, down, place - 1 if place else None)
            case "Row" if self.sheets:
                self.sheets[-1][1].end_row(self._row)

    def close(self) -> None:
        """Do nothing; the parser asks for it."""


def _number(attributes: Mapping[str, str], name: str, otherwise: int) -> int:
    text = attributes.get(name, "").strip()
    return int(text) if text.isdecimal() and len(text) <= 9 else otherwise


def _value(text: str, kind: str) -> str:
    """Return a cell's content as the text a CSV would hold."""
    try:
        if kind == "Number":
            return cell_text(float(text))
        if kind == "DateTime":
            return cell_text(datetime.fromisoformat(text.strip()))
    except ValueError:
        return text.strip()
    return "" if kind == "Error" else text.strip()
