"""Excel and LibreOffice workbooks (xlsx, xlsb, xls, ods) through calamine."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from hotelml_app.intake.errors import DamagedFileError
from hotelml_app.intake.readers.sheet import RowsSheet


def read_workbook(name: str, data: bytes) -> list[RowsSheet]:
    """Return the sheets that have any cell. Raises DamagedFileError, also for a workbook behind a password."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            grids = [
                (title, workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)) for title in workbook.sheet_names
            ]
    except (CalamineError, OSError, ValueError) as error:
        locked = "password" in str(error).lower() or b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P" in data
        why = "is protected by a password" if locked else "is damaged or not a workbook"
        raise DamagedFileError(f"{name} {why}.", remedy="Export it again, as CSV or as Excel without a password.") from error
    return [_sheet(title, grid) for title, grid in grids if grid]


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
