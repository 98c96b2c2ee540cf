"""``hotelml predict MODULE``: the module's answers as CSV or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hotelml_app.cli.call import AsJson, AsOf, Call, Home, Out, Property, full_path
from hotelml_app.cli.output import note, say, say_data

Module = Annotated[str, typer.Argument(help="forecast, noshow, pricing, allocation, sentiment or guests.", show_default=False)]
Horizon = Annotated[
    str,
    typer.Option(
        "--horizon", help="Days ahead (of reviews: back), at least 1; each module has its own default.", show_default=False
    ),
]

Options = Annotated[
    Path | None,
    typer.Option(
        "--options",
        help="TOML file with what you want of the predictions, for allocation: rooms, locks, rooms out of order, wishes. "
        "It is remembered; an empty file forgets.",
        show_default=False,
    ),
]

By = Annotated[str, typer.Option("--by", help="Split the forecast by segment instead of room type.", show_default=False)]

Full = Annotated[bool, typer.Option("--full", help="Further columns after the usual ones, such as all quantiles.")]


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("predict")(predict)


def predict(
    context: typer.Context,
    module: Module,
    horizon: Horizon = "",
    as_of: AsOf = "",
    out: Out = None,
    options: Options = None,
    by: By = "",
    full: Full = False,
    property_name: Property = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Predict the days after the business date, or after another day as it was known then."""
    call = Call.of(context, home, as_json)
    asked = {"module": module, "horizon": horizon, "as_of": as_of, "out": full_path(out), "property": property_name}
    asked |= {"options": full_path(options), "by": by, "full": "yes" if full else ""}
    asked["rows"] = "yes" if call.json and out is None else ""
    result = call.ask("predict", asked)
    if not call.answer(result):
        return
    if out is None:
        say_data(str(result["csv"]).rstrip("\n"))
    else:
        say(f"{result['rows']} predictions are in {result['out']}.")
    for run in result["properties"]:
        note(f"{run['property']}, {run['as_of']}: {run['sentence']}")
        for sentence in run["changes"]:
            note(f"  {sentence}")
    if not result["stored"]:
        note(str(result["why_not_stored"]))
