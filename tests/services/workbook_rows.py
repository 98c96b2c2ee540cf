"""What the sheets of a report that was written for Excel hold."""

from __future__ import annotations

from python_calamine import CalamineWorkbook

SHEETS = ["Summary", "Nights", "Arrivals", "Rates", "Room types", "Reviews"]


def rows_below(book: CalamineWorkbook, sheet: str, head: str) -> list[dict[str, object]]:
    """Return the rows of the table whose first head this is, up to the first empty one."""
    rows = book.get_sheet_by_name(sheet).to_python()
    at = next(number for number, row in enumerate(rows) if row[0] == head)
    found = []
    for row in rows[at + 1 :]:
        if row[0] == "":
            break
        found.append(dict(zip(map(str, rows[at]), row, strict=True)))
    return found
