"""Text with delimiters: CSV in any of its dialects.

Blocks that are plain (no quotes, the same number of cells in every line) go through polars; from the first other block on
Python's csv module reads line by line. Both give the same table; a test holds them together.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from hotelml_app.intake.errors import TooLargeError
from hotelml_app.intake.readers.tables.sheet import HEAD_ROWS, MAX_COLUMNS, HeadRow, add_in_chunks, too_wide
from hotelml_app.intake.readers.tables.stopping import ask
from hotelml_app.intake.readers.tables.table import Table, TableBuilder
from hotelml_app.intake.readers.text.plain_blocks import is_plain, read_plain

DELIMITERS = (",", ";", "\t", "|")
BLOCK_BYTES = 4 * 2**20
SAMPLE_BYTES = 6 * 2**20
MAX_CELL = 2**20
"""A longer cell is not a cell but a quote that was never closed."""
MAX_LINE = 2**20
"""Bytes; a longer line is no row of anything."""

csv.field_size_limit(MAX_CELL)


@dataclass(frozen=True)
class DelimitedSheet:
    """One delimited text, as UTF-8 bytes."""

    data: bytes
    name: str = ""

    @cached_property
    def delimiter(self) -> str:
        """The character between cells, from ``sep=`` in the first line or from the first lines' regularity."""
        first = next(iter(_lines(self.data)), "")
        if first[:4].lower() == "sep=" and len(first) == 5:
            return first[4]
        sample = list(islice((line for line in _lines(self.data) if line.strip()), HEAD_ROWS))
        return max(DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter))

    @cached_property
    def head(self) -> Sequence[HeadRow]:
        """The first rows."""
        records = islice(_records(_lines(self.data), self.delimiter), HEAD_ROWS)
        rows = [HeadRow(index, line, tuple(cells)) for index, (cells, line, _) in enumerate(records)]
        if (widest := max((len(row.cells) for row in rows), default=0)) > MAX_COLUMNS:
            raise too_wide(widest)
        return rows

    def read(self, header: HeadRow, positions: Sequence[int], watched: Sequence[int] = ()) -> Table:
        """Return the columns at ``positions`` of all rows below ``header``, and the card numbers in the ``watched`` ones.

        Blank lines are not rows.
        """
        builder = TableBuilder(header.cells, positions, watched)
        start, line = self._below(header)
        while start < len(self.data):
            ask()
            end = self._block_end(start)
            block = self.data[start:end]
            rows = read_plain(builder, block, self.delimiter, line) if is_plain(block, self.delimiter, len(header.cells)) else 0
            if not rows:
                break
            line += rows
            start = end
        _read_quoted(builder, _lines(self.data, start), self.delimiter, line)
        return builder.build()

    def beginning(self) -> DelimitedSheet:
        """Return the first part of the text, enough to judge its columns by."""
        if len(self.data) <= SAMPLE_BYTES:
            return self
        return DelimitedSheet(self.data[: self.data.rfind(b"\n", 0, SAMPLE_BYTES) + 1], self.name)

    def section(self, start: str, end: str) -> DelimitedSheet:
        """Return the part from the line that begins with ``start`` to before the one that begins with ``end``.

        Where no line begins so, all of it is returned. What lies before becomes blank lines, so that lines keep their numbers.
        """
        first = 0 if self.data.startswith(start.encode()) else self.data.find(b"\n" + start.encode()) + 1
        if not first and not self.data.startswith(start.encode()):
            return self
        last = self.data.find(b"\n" + end.encode(), first)
        kept = self.data[first : last + 1 if last >= 0 else len(self.data)]
        return DelimitedSheet(b"\n" * self.data.count(b"\n", 0, first) + kept, self.name)

    def _below(self, header: HeadRow) -> tuple[int, int]:
        """Return the byte and the line at which the rows below the header begin."""
        last = header.line
        for index, (_, line, after) in enumerate(_records(_lines(self.data), self.delimiter)):
            if index == header.index:
                last = max(line, after - 1)
                break
        position = 0
        for _ in range(last):
            newline = self.data.find(b"\n", position)
            if newline < 0:
                return len(self.data), last + 1
            position = newline + 1
        return position, last + 1

    def _block_end(self, start: int) -> int:
        if start + BLOCK_BYTES >= len(self.data):
            return len(self.data)
        newline = self.data.rfind(b"\n", start, start + BLOCK_BYTES)
        return newline + 1 if newline >= 0 else len(self.data)


def _lines(data: bytes, start: int = 0) -> Iterator[str]:
    """Yield the physical lines as text, without their ends. Only LF and CR LF end a line. Raises TooLargeError."""
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if end - start > MAX_LINE:
            number = data.count(b"\n", 0, start) + 1
            raise TooLargeError(
                f"Line {number} of the file has {(end - start) / 2**20:,.1f} MB, too much for a row.",
                remedy="Export it again as CSV with one line for each reservation.",
            )
        line = data[start:end].decode("utf-8", errors="replace").removesuffix("\r")
        # A lone carriage return inside a line would be a line of its own for the csv module.
        yield line.replace("\r", " ") if "\r" in line else line
        start = end + 1


def _regularity(sample: Sequence[str], delimiter: str) -> float:
    """Return how much the lines look like rows of one width: the commonest width times its share, squared."""
    widths = Counter(len(cells) for cells, _, _ in _records(iter(sample), delimiter))
    width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(0, 0))
    return (width - 1) * (times / max(1, widths.total())) ** 2


def _parsed_singly(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    for line in lines:
        yield next(csv.reader([line[:MAX_CELL]], delimiter=delimiter), [])


def _records(lines: Iterator[str], delimiter: str, first_line: int = 1, width: int = 0) -> Iterator[tuple[list[str], int, int]]:
    """Yield (cells, line it begins on, line after it); blank lines are skipped.

    A quote that is never closed would swallow the lines below it: a record that is badly quoted, or lies over several lines
    and does not have ``width`` cells, is given line by line instead.
    """
    line = first_line
    taken: list[str] = []

    def feed() -> Iterator[str]:
        for text in lines:
            taken.append(text)
            yield text + "\n"

    reader = csv.reader(feed(), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
            torn = len(taken) > 1 and bool(width) and len(cells) != width
        except StopIteration:
            return
        except csv.Error:
            # The reader begins afresh with the next line.
            torn = True
        if torn:
            singles = enumerate(_parsed_singly(taken, delimiter), start=line)
            yield from ((single, at, at + 1) for at, single in singles if single)
        elif cells:
            yield cells, line, line + len(taken)
        line += len(taken)
        taken.clear()


def _read_quoted(builder: TableBuilder, lines: Iterator[str], delimiter: str, first_line: int) -> None:
    records = _records(lines, delimiter, first_line, len(builder.header))
    add_in_chunks(builder, ((cells, line) for cells, line, _ in records))
