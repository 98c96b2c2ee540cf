"""The tables of the Data page: imports, rows that could not be used, files that wait."""

from __future__ import annotations

from collections.abc import Sequence

from hotelml_app.gui.place import DASH, Place
from hotelml_app.gui.widgets.tables.table import MOMENT_WIDTH, Cell, Column, DataTable
from hotelml_app.services.asking.words import bytes_of
from hotelml_app.services.exports.data_views import ImportView, RejectedRowView, WaitingFileView

STATUS_WORDS = {"done": "Imported", "failed": "Failed", "duplicate": "Duplicate", "taken back": "Taken back"}


def imports_table() -> DataTable:
    """Return the table of imports, without rows."""
    columns = (
        Column("File", width=208, middle=True),
        Column("When", width=MOMENT_WIDTH),
        Column("Standing", width=92),
        Column("As of", width=112, secondary=True, tip="The hotel's business date the export was made on"),
        Column("Rows", number=True, width=64, secondary=True),
        Column("New", number=True, width=60, tip="Bookings that were not known before"),
        Column("Changed", number=True, width=72, secondary=True, tip="Bookings that are different from the export before"),
        Column("Same", number=True, width=72, secondary=True, tip="Bookings exactly as they were"),
        Column("Not usable", number=True, width=80, tip="Rows that could not be read"),
        Column("What was said", stretch=True),
    )
    return DataTable(columns, "Imports, the newest first", empty="No file has been read yet. Drop a PMS export into the folder.")


def import_rows(place: Place, imports: Sequence[ImportView]) -> list[tuple[str, tuple[Cell, ...]]]:
    """Return the rows of the imports table."""
    return [(str(one.id), _import_cells(place, one)) for one in imports]


def _import_cells(place: Place, one: ImportView) -> tuple[Cell, ...]:
    failed = one.status == "failed"
    said = " ".join(part for part in ("" if one.status == "done" else one.message, *one.notes) if part)
    finished = one.finished_at
    done = one.status == "done"

    def number(value: int) -> Cell:
        return Cell(place.number(value) if done else DASH, value if done else -1, "" if value and done else "text_muted")

    return (
        Cell(one.file_name, tip=one.file_name),
        Cell(place.moment(finished), finished.isoformat() if finished else ""),
        Cell(STATUS_WORDS.get(one.status, one.status), colour="urgent" if failed else "", strong=failed),
        Cell(place.day(one.business_date, weekday=False, year=True), one.business_date.isoformat() if one.business_date else ""),
        number(one.rows_read),
        number(one.created),
        number(one.changed),
        number(one.unchanged),
        _rejected_cell(place, one),
        # What stands in the first column need not take the room of the reason.
        Cell(said.removeprefix(f"{one.file_name} "), tip=said),
    )


def said_words(place: Place, one: ImportView) -> str:
    """Return all that was said of an import: its counts, or why it failed, and how it was read."""
    told = place.spoken(one.message) if one.status == "done" else one.message
    return " ".join(part for part in (told, *one.notes) if part)


def _rejected_cell(place: Place, one: ImportView) -> Cell:
    if one.rejected:
        return Cell(place.number(one.rejected), one.rejected, "risk_text", strong=True)
    return Cell("0" if one.status == "done" else DASH, 0, "text_muted")


def rejected_table() -> DataTable:
    """Return the table of rows that could not be used, without rows."""
    columns = (
        Column("File", width=216, middle=True),
        Column("Line", number=True, width=72, tip="Line in the file, as a spreadsheet counts them"),
        Column("Why", width=360),
        Column("The line as it was, without guests' details", stretch=True),
    )
    return DataTable(columns, "Rows that could not be used", empty="Every row that was read could be used.")


def rejected_rows(place: Place, rows: Sequence[RejectedRowView]) -> list[tuple[str, tuple[Cell, ...]]]:
    """Return the rows of the table of rejected rows."""
    shown: list[tuple[str, tuple[Cell, ...]]] = []
    for index, one in enumerate(rows):
        line = columns_words(one)
        cells = (
            Cell(one.file_name),
            Cell(place.number(one.line), one.line),
            Cell(one.reason, tip=one.reason),
            Cell(line, tip=line),
        )
        shown.append((str(index), cells))
    return shown


def columns_words(one: RejectedRowView) -> str:
    """Return the columns of a rejected row in one line."""
    return " · ".join(f"{name} {value or DASH}" for name, value in one.columns)


def waiting_words(place: Place, files: Sequence[WaitingFileView]) -> str:
    """Return which files wait and why, a line each."""
    lines = [
        f"{one.name} ({place.spoken(bytes_of(one.size_bytes))}, since {place.moment(one.since)}): {one.why}" for one in files
    ]
    return "\n".join(lines)
