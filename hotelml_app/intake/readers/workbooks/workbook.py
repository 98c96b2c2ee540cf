"""Excel and LibreOffice workbooks: xlsx, xlsb and ods through calamine, the old xls through xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from hotelml_app.intake.errors import DamagedFileError
from hotelml_app.intake.readers.tables.sheet import MAX_COLUMNS, RowsSheet, too_wide
from hotelml_app.intake.readers.tables.spool import Spool
from hotelml_app.intake.readers.workbooks import old_workbook

Grids = Iterable[tuple[str, Iterable[tuple[int, Sequence[object]]]]]
"""The name of each sheet, and its rows with their numbers from 1."""

ENCRYPTED = "EncryptedP".encode("utf-16-le")
"""The stream name by which a workbook behind a password is known."""


def read_workbook(name: str, data: bytes) -> list[RowsSheet]:
    """Return the sheets that have any cell. Raises DamagedFileError, also for a workbook behind a password."""
    try:
        with _damage_told():
            grids = old_workbook.read_grids(data) if data.startswith(old_workbook.MAGIC) else _calamine_grids(data)
            sheets = [RowsSheet(title, _spooled(rows)) for title, rows in grids]
    except (OSError, ValueError) as error:
        locked = "password" in str(error).lower() or "encrypt" in str(error).lower() or ENCRYPTED in data
        why = "is protected by a password" if locked else "is damaged or not a workbook"
        raise DamagedFileError(f"{name} {why}.", remedy="Export it again, as CSV or as Excel without a password.") from error
    return [sheet for sheet in sheets if sheet.head]


def _spooled(rows: Iterable[tuple[int, Sequence[object]]]) -> Spool:
    kept = Spool()
    for line, row in rows:
        if len(row) > MAX_COLUMNS:
            raise too_wide(len(row))
        texts = [cell_text(cell) for cell in row]
        if any(texts):
            kept.append(texts, line)
    return kept


def _calamine_grids(data: bytes) -> Grids:
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for title in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(title)
            left_out = [""] * sheet.start[1] if sheet.start else []
            yield title, ((line, [*left_out, *row]) for line, row in enumerate(sheet.iter_rows(), start=1))


@contextmanager
def _damage_told() -> Iterator[None]:
    """Raise ValueError for whatever calamine stumbles over."""
    from python_calamine import CalamineError

    try:
        yield
    except CalamineError as error:
        raise ValueError(str(error)) from error
    except BaseException as panic:
        # A panic of the library behind calamine is no Exception; it must not end the thread that watches the folder.
        if type(panic).__name__ != "PanicException":
            raise
        raise ValueError(str(panic)) from panic


def decimal_text(number: str) -> str:
    """Return a number with decimals as text; three of them become four, which nobody takes for thousands."""
    return f"{number}0" if number[-4:-3] == "." and number[-3:].isdecimal() else number


def cell_text(cell: object) -> str:
    """Return a cell as the text a CSV would hold: whole numbers without ".0", dates and times in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else decimal_text(repr(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell.total_seconds())
    return str(cell)
