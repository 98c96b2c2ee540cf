"""Excel 97-2003 workbooks (.xls) through xlrd, which is written in Python: a damaged one raises, and cannot hang or abort."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlrd.sheet import Cell, Sheet

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How every compound document begins, old workbooks among them."""


class BrokenWorkbookError(ValueError):
    """The workbook contradicts itself somewhere; the message is the reader's own."""


def read_grids(data: bytes) -> Iterator[tuple[str, Iterator[tuple[int, list[object]]]]]:
    """Yield the name and the numbered rows of each sheet; dates as datetime. Raises BrokenWorkbookError."""
    import xlrd

    with _broken_told():
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), ragged_rows=True)
    with book:
        for sheet in book.sheets():
            yield sheet.name, _rows(sheet, book.datemode)


def _rows(sheet: Sheet, datemode: int) -> Iterator[tuple[int, list[object]]]:
    """Yield all rows at the sheet's width; only the cells that are there take memory."""
    with _broken_told():
        for row in range(sheet.nrows):
            cells: list[object] = [_value(cell, datemode) for cell in sheet.row(row)]
            yield row + 1, cells + [""] * (sheet.ncols - len(cells))


@contextmanager
def _broken_told() -> Iterator[None]:
    import xlrd
    from xlrd.compdoc import CompDocError

    try:
        yield
    except (
        xlrd.XLRDError,
        CompDocError,
        struct.error,
        AssertionError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        raise BrokenWorkbookError(f"{type(error).__name__}: {error}") from error
    except (ArithmeticError, MemoryError, RecursionError, NotImplementedError) as error:
        raise BrokenWorkbookError(f"{type(error).__name__}: {error}") from error


def _value(cell: Cell, datemode: int) -> object:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, xldate

    if cell.ctype == XL_CELL_DATE:
        try:
            moment: datetime = xldate.xldate_as_datetime(cell.value, datemode)
        except (xldate.XLDateError, OverflowError, ValueError):
            return cell.value
        return moment
    if cell.ctype == XL_CELL_ERROR:
        return ""
    return bool(cell.value) if cell.ctype == XL_CELL_BOOLEAN else cell.value
