"""``hotelml report``: the report of one property, as a workbook, or as what is to be laid out on paper."""

from __future__ import annotations

from hotelml_app.core.errors import UsageError
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.parts import Parts
from hotelml_app.services.report import keeping
from hotelml_app.services.report.build import MOST_DAYS, USUAL_DAYS, build
from hotelml_app.services.report.views import Report
from hotelml_app.services.report.workbook import workbook_bytes


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Write the workbook where a file is named; otherwise, or where it is asked for, tell all that is in the report."""
    layout, out = parts.layout, arguments.path("out")
    days = arguments.number("days", default=USUAL_DAYS, low=1, high=MOST_DAYS)
    day = arguments.day("as_of")
    if out is not None:
        if keeping.ending(out) != keeping.EXCEL:
            raise UsageError("Only workbooks are written here.", remedy=f"Let the file's name end in {keeping.EXCEL}.")
        keeping.refuse(layout, out)
    ground = Ground(parts, the_one(parts.store, arguments.text("property")))
    report = build(ground, day, days, progress, cancel)
    told = in_short(report, str(out) if out else None)
    if out is None:
        return {**told, "report": report}
    cancel.check()
    keeping.keep(layout, out, workbook_bytes(report))
    return told


def in_short(report: Report, out: str | None) -> dict[str, object]:
    """Return what a command tells of a report that was made."""
    sheets = [
        {"title": one.title, "sentence": one.sentence, "rows": sum(len(table.rows) for table in one.tables)}
        for one in report.sheets
    ]
    return {
        "property": report.property_name,
        "as_of": report.as_of,
        "days": report.days,
        "out": out,
        "sentences": [f"{page}: {said}" for page, said, *_ in report.sheets[0].tables[0].rows],
        "sheets": sheets,
    }
