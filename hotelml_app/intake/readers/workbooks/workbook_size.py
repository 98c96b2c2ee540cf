"""How large the sheets of a workbook are, told before it is read.

The library that reads workbooks makes room for the whole area between the first and the last cell of a sheet. Two cells at
opposite corners are a thousand bytes of file and half a terabyte of area, at which the program would end without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from hotelml_app.intake.errors import DamagedFileError, TooLargeError
from hotelml_app.intake.readers.workbooks import binary_sheet

MAX_AREA = 20_000_000
"""Cells of one sheet, the empty ones between others included; they take half a gigabyte."""

MAX_TEXTS = 20_000_000
"""Shared texts of a workbook; the number is only claimed, and room is made for it."""

_BLOCK = 2**20
_OVERLAP = 256
_LONGEST = 12
"""Digits that a place or a count may have."""
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_CLAIM = re.compile(rb"<(?:\w+:)?sst\b[^>]*>")
_COUNT = re.compile(rb"[cC]ount\s*=\s*[\"']\s*(\d+)")


def refuse_oversized(name: str, package: ZipFile) -> None:
    """Look through all parts of an unpacked workbook, whatever they are called.

    Raises TooLargeError where a sheet spreads too far, DamagedFileError where a claimed number cannot be.
    """
    for member in package.namelist():
        if member.lower() == "content.xml":
            _refuse(name, _exact_area(package, member, _OpenDocumentCells()))
            continue
        with package.open(member) as stream:
            binary = member.lower().endswith(".bin")
            area, texts = binary_sheet.bounds(stream.read()) if binary else _bounds(stream)
        if texts > MAX_TEXTS:
            raise DamagedFileError(f"{name} claims to hold more texts than it can.", remedy="Export it again, as CSV or Excel.")
        if area > MAX_AREA and binary:
            _refuse(name, area)
        elif area > MAX_AREA:
            # Cells that are only formatted are not counted by the exact way; it takes longer and is rarely needed.
            _refuse(name, _exact_area(package, member, _ExcelCells()))


def _refuse(name: str, area: int) -> None:
    if area > MAX_AREA:
        raise TooLargeError(
            f"A sheet of {name} spreads over {area:,} cells, most of them empty.",
            remedy="Delete what stands far below or far right of the table, or export CSV.",
        )


def _bounds(stream: IO[bytes]) -> tuple[int, int]:
    """Return bounds of a part's area, from the places its rows and cells name and their number, and of its shared texts."""
    rows = columns = counted_rows = run = texts = 0
    rest = b""
    while block := stream.read(_BLOCK):
        block = rest + block
        places = _PLACE.findall(block)
        rows = max(rows, max((_number(row.decode()) for _, row in places), default=0))
        columns = max(columns, max((column_number(letters) for letters in {letters for letters, _ in places}), default=0))
        pieces = _ROW.split(block)
        counted_rows += len(pieces) - 1
        counts = [len(_CELL.findall(piece)) for piece in pieces]
        counts[0] += run
        run = counts[-1]
        columns = max(columns, *counts)
        for claim in _CLAIM.findall(block):
            texts = max(texts, *(_number(count.decode()) for count in _COUNT.findall(claim)), 0)
        rest = block[-_OVERLAP:]
    return max(rows, counted_rows) * columns, texts


def column_number(letters: bytes) -> int:
    """Return the number of a column from 1: A is 1, XFD is 16,384; no letters are 0."""
    number = 0
    for letter in letters[:_LONGEST].upper():
        number = number * 26 + letter - 64
    return number


class _ExcelCells:
    """Counts the area of the cells that hold something."""

    def __init__(self) -> None:
        self.rows = self.columns = self._row = self._column = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition("}")[2], attributes.get("r", "").encode():
            case "row", place:
                self._row = _number(place.decode()) if place.isdigit() else self._row + 1
                self._column = 0
            case "c", place:
                found = re.fullmatch(rb"([A-Za-z]+)(\d+)", place)
                self._column = column_number(found[1]) if found else self._column + 1
                self._row = _number(found[2].decode()) if found else self._row
            case "v" | "is" | "f", _:
                self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)

    def end(self, tag: str) -> None:
        """Nothing ends here that matters."""


class _OpenDocumentCells:
    """Counts the same in LibreOffice's format, where rows and cells say how often they are repeated."""

    def __init__(self) -> None:
        self.rows = self.columns = self._row = self._column = 0
        self._times = 1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        plain = tag.rpartition("}")[2]
        if plain == "table":
            self._row = 0
        elif plain == "table-row":
            self._times = _repeated(attributes, "number-rows-repeated")
            self._column = 0
        elif plain in ("table-cell", "covered-table-cell"):
            self._column += _repeated(attributes, "number-columns-repeated")
            if any(key.rpartition("}")[2] in ("value-type", "formula") for key in attributes):
                self._fill()
        elif plain == "p":
            self._fill()

    def end(self, tag: str) -> None:
        if tag.rpartition("}")[2] == "table-row":
            self._row += self._times

    def _fill(self) -> None:
        self.rows, self.columns = max(self.rows, self._row + self._times), max(self.columns, self._column)


def _repeated(attributes: dict[str, str], wanted: str) -> int:
    text = next((value for key, value in attributes.items() if key.rpartition("}")[2] == wanted), "1")
    return _number(text) if text.isdecimal() else 1


def _number(digits: str) -> int:
    """Return a number; one too long to be any is as good as without end."""
    return int(digits) if len(digits) <= _LONGEST else 10**_LONGEST


def _exact_area(package: ZipFile, member: str, cells: _ExcelCells | _OpenDocumentCells) -> int:
    """Return the area between the first cell of a sheet and the last that holds something.

    Raises DamagedFileError where it is no XML.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    class Target:
        start = staticmethod(cells.start)
        end = staticmethod(cells.end)
        close: Callable[[], None] = staticmethod(lambda: None)

    parser = DefusedXMLParser(target=Target(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    with package.open(member) as stream:
        try:
            for block in _blocks(stream):
                parser.feed(block)
                if cells.rows * cells.columns > MAX_AREA:
                    break
        except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
            # The library that reads workbooks would read on behind a mistake, where nobody has measured.
            raise DamagedFileError(
                f"A sheet of the workbook is damaged ({member}).", remedy="Export it again, as CSV or as Excel."
            ) from error
    return cells.rows * cells.columns


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block
