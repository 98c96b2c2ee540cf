"""What the export doctor found in the last export of each layout, as a table of the Data page."""

from __future__ import annotations

from collections.abc import Sequence

from hotelml_app.gui.place import DASH, Place
from hotelml_app.gui.widgets.tables.table import Cell, Column, DataTable
from hotelml_app.services.exports.data_views import ExportCheckView, FindingView

SEVERITIES = {"urgent": "Needs you", "look": "Have a look", "note": "Good to know", "": "In order"}
_ORDER = {"urgent": 0, "look": 1, "note": 2, "": 3}
_COLOURS = {"urgent": "urgent", "look": "risk_text"}

Line = tuple[ExportCheckView, FindingView | None]


def check_table() -> DataTable:
    """Return the table, without rows."""
    columns = (
        Column("", width=88),
        Column("What", width=232),
        Column("In the last exports", width=184),
        Column("In this one", width=184),
        Column("What to do", stretch=True),
        Column("Export of", width=112, secondary=True, tip="The hotel's business date the export was made on"),
        Column("Layout", width=176, secondary=True),
    )
    return DataTable(columns, "What is odd about the last exports", empty="Nothing is odd about the last exports.")


def check_lines(checks: Sequence[ExportCheckView]) -> list[Line]:
    """Return a line for each finding, the most pressing first, and one for each export in order."""
    lines: list[Line] = [(check, finding) for check in checks for finding in check.findings or (None,)]
    return sorted(lines, key=lambda line: _ORDER[_severity(line)])


def check_rows(place: Place, lines: Sequence[Line]) -> list[tuple[str, tuple[Cell, ...]]]:
    """Return the rows of the table; a row's key is the place of its line."""
    return [(str(index), _cells(place, line)) for index, line in enumerate(lines)]


def line_words(place: Place, line: Line) -> str:
    """Return a line in sentences."""
    check, finding = line
    if finding is None:
        return f"The last export in the layout {check.title} is like the ones before it."
    return _said(place, finding, f"{finding.sentence} {finding.remedy}".strip())


def _said(place: Place, finding: FindingView, text: str) -> str:
    """Return what a finding says as it is written here; the codes that some are about are no numbers."""
    return place.dated(place.with_days(text) if finding.details else place.spoken(text))


def _severity(line: Line) -> str:
    return line[1].severity if line[1] is not None else ""


def _cells(place: Place, line: Line) -> tuple[Cell, ...]:
    check, finding = line
    severity = _severity(line)
    what = finding.kind.capitalize() if finding else f"{place.number(check.rows)} rows, like the ones before"
    sentence = was = now = remedy = ""
    if finding is not None:
        told = (finding.sentence, finding.was, finding.now, finding.remedy)
        sentence, was, now, remedy = (_said(place, finding, one) for one in told)
    day = place.day(check.business_date, weekday=False, year=True)
    return (
        Cell(SEVERITIES[severity], _ORDER[severity], _COLOURS.get(severity, "text_muted"), strong=severity == "urgent"),
        Cell(what, tip=sentence),
        Cell(was or DASH, tip=was),
        Cell(now or DASH, tip=now),
        Cell(remedy or DASH, tip=remedy),
        Cell(day, check.business_date.isoformat()),
        Cell(check.title, tip=check.title),
    )
