"""``hotelml report``: the workbook or the pages for the revenue meeting."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hotelml_app.cli.call import AsJson, AsOf, Call, Home, Out, Property, full_path
from hotelml_app.cli.output import note, say
from hotelml_app.core.paths import whole

Days = Annotated[str, typer.Option("--days", help="Nights ahead, 1 to 90; otherwise 28.", show_default=False)]

NO_FILE = "To keep all of it, name a file: --out report.xlsx or --out report.pdf."


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("report")(report)


def report(
    context: typer.Context,
    out: Out = None,
    days: Days = "",
    as_of: AsOf = "",
    property_name: Property = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Write what the pages say as an Excel workbook or as PDF, by the ending of the file's name."""
    from hotelml_app.services.report import keeping

    call = Call.of(context, home, as_json)
    asked = {"days": days, "as_of": as_of, "property": property_name}
    target = whole(out) if out is not None else None
    on_paper = target is not None and keeping.ending(target) == keeping.PDF
    if on_paper and target is not None:
        keeping.refuse(call.layout, target)
        result = call.ask("report", asked)
        call.wiring.draw_report(_taken_out(result), call.layout, target)
        result["out"] = str(target)
    else:
        result = call.ask("report", {**asked, "out": full_path(out)})
    if not call.answer(result):
        return
    for sentence in result["sentences"]:
        say(sentence)
    say(f"The report as of the end of {result['as_of']} is in {result['out']}.") if target else note(NO_FILE)


def _taken_out(result: dict[str, Any]) -> Any:
    """Take the report itself out of the answer: who asked for a file gets it there."""
    from hotelml_app.services.report.views import from_plain

    return from_plain(result.pop("report"))
