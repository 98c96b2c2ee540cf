"""Excel and LibreOffice workbooks: xlsx, xlsb and ods through calamine, the old xls through xlrd."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from hotelml_app.intake.errors import DamagedFileError
from hotelml_app.intake.readers import old_workbook
from hotelml_app.intake.readers.sheet import RowsSheet

Grids = Sequence[tuple[str, Sequence[Sequence[object]]]]
"""The name and the cells of each sheet."""

ENCRYPTED = "EncryptedP".encode("utf-16-le")
"""The stream name by which a workbook behind a password is known."""


def read_workbook(name: str, data: bytes) -> list[RowsSheet]:
    """Return the sheets that have any cell. Raises DamagedFileError, also for a workbook behind a password."""
    try:
        grids = _old_grids(data) if data.startswith(old_workbook.MAGIC) else _calamine_grids(data)
    except (OSError, ValueError) as error:
        locked = "password" in str(error).lower() or "encrypt" in str(error).lower() or ENCRYPTED in data
        why = "is protected by a password" if locked else "is damaged or not a workbook"
        raise DamagedFileError(f"{name} {why}.", remedy="Export it again, as CSV or as Excel without a password.") from error
    return [_sheet(title, grid) for title, grid in grids if grid]


def _old_grids(data: bytes) -> Grids:
    return old_workbook.read_grids(data)


def _calamine_grids(data: bytes) -> Grids:
    """Return the name and the cells of each sheet. Raises ValueError for whatever calamine stumbles over."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return [(title, workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)) for title in workbook.sheet_names]
    except CalamineError as error:
        raise ValueError(str(error)) from error
    except BaseException as panic:
        # A panic of the library behind calamine is no Exception; it must not end the thread that watches the folder.
        if type(panic).__name__ != "PanicException":
            raise
        raise ValueError(str(panic)) from panic


def _sheet(title: str, grid: Sequence[Sequence[object]]) -> RowsSheet:
    rows = [[cell_text(cell) for cell in row] for row in grid]
    kept = [(row, line) for line, row in enumerate(rows, start=1) if any(row)]
    return RowsSheet(title, [row for row, _ in kept], [line for _, line in kept])


def cell_text(cell: object) -> str:
    """Return a cell as the text a CSV would hold: whole numbers without ".0", dates and times in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell.total_seconds())
    return str(cell)
