"""``hotelml train``, ``evaluate``, ``export``, ``models`` and ``monitor``: what was learned and how good it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from hotelml_app.cli.call import AsJson, AsOf, Call, Home, Property, full_path
from hotelml_app.cli.output import note, say, say_table
from hotelml_app.cli.replay_output import say_replay
from hotelml_app.core.errors import EXIT_FAILED

Module = Annotated[str, typer.Option("--module", help="One module; otherwise all of them.", show_default=False)]
OneModule = Annotated[str, typer.Option("--module", help="The module.", show_default=False)]
Config = Annotated[Path | None, typer.Option("--config", help="Training settings per module (TOML).", show_default=False)]
Again = Annotated[bool, typer.Option("--again", help="Evaluate again, even if the data is the same as last time.")]
Output = Annotated[Path, typer.Option("--output", help="The folder to write to.", show_default=False)]
Period = Annotated[str, typer.Option("--period", help="day, week or month.")]
PastDay = Annotated[
    str, typer.Option("--as-of", help="The past day, YYYY-MM-DD; otherwise the latest that is over.", show_default=False)
]
Days = Annotated[str, typer.Option("--days", help="Nights after that day, 1 to 90; otherwise 14.", show_default=False)]
Kept = Annotated[bool, typer.Option("--kept", help="Only what was kept from that day; nothing is worked out now.")]
ModuleArgument = Annotated[str, typer.Argument(help="The module.", show_default=False)]
VersionArgument = Annotated[str, typer.Argument(help="The version; see: hotelml models list", show_default=False)]
OptionalVersion = Annotated[str, typer.Argument(help="The version; otherwise the one that is live.", show_default=False)]

models = typer.Typer(help="Model versions: list, show, promote, roll back.", no_args_is_help=False, invoke_without_command=True)
monitor = typer.Typer(help="Predictions against what really happened.", no_args_is_help=False)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("train")(train)
    app.command("evaluate")(evaluate)
    app.command("export")(export)
    app.add_typer(models, name="models")
    app.add_typer(monitor, name="monitor")


def train(
    context: typer.Context,
    module: Module = "",
    property_name: Property = "",
    config: Config = None,
    as_of: AsOf = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Train on the property's own bookings; a model goes live only if it beats the plain rule and the live one."""
    call = Call.of(context, home, as_json)
    asked = {"module": module, "property": property_name, "config": full_path(config), "as_of": as_of}
    result = call.ask("train", asked)
    if call.answer(result):
        for report in result["reports"]:
            (note if report["stage"] == "failed" else say)(str(report["sentence"]))
    if result.get("error"):
        raise typer.Exit(EXIT_FAILED)


def evaluate(
    context: typer.Context,
    module: OneModule,
    as_of: AsOf = "",
    property_name: Property = "",
    again: Again = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Replay the past: every candidate beside the plain rules on the same days, each knowing only what was known then."""
    call = Call.of(context, home, as_json)
    result = call.ask("evaluate", {"module": module, "as_of": as_of, "property": property_name, "again": again})
    if call.answer(result):
        for board in result["leaderboards"]:
            _say_leaderboard(board)


def _say_leaderboard(board: dict[str, Any]) -> None:
    """Print a table per measure: candidates down, days ahead across; plain rules are called as staff would call them."""
    from hotelml_app.services.learning.plain_rules import in_staff_words

    candidates: list[dict[str, Any]] = board["candidates"]
    say(f"{board['property']}: {', '.join(part for part in (board['module'], board['asked']) if part)}")
    for name in dict.fromkeys(_measure_name(one) for candidate in candidates for one in candidate["measures"]):
        cells = [{m["bucket"]: m["value"] for m in candidate["measures"] if _measure_name(m) == name} for candidate in candidates]
        buckets = list(dict.fromkeys(bucket for row in cells for bucket in row))
        rows = [
            [in_staff_words(candidate["name"]), _standing(candidate), *(_short(row.get(bucket)) for bucket in buckets)]
            for candidate, row in zip(candidates, cells, strict=True)
        ]
        say()
        say_table([name, "", *(bucket or "all" for bucket in buckets)], rows)
    say()
    if board["kept"]:
        judged = datetime.fromisoformat(board["judged_at"]).astimezone()
        say(f"  Judged on {judged:%Y-%m-%d %H:%M} on the same data; --again evaluates again.")
    for remark in board["notes"]:
        say(f"  {in_staff_words(remark)}")


def _measure_name(measure: dict[str, Any]) -> str:
    return f"{measure['name']} {measure['unit']}".strip()


def _standing(candidate: dict[str, Any]) -> str:
    if candidate["chosen"]:
        return "chosen"
    return "plain rule" if candidate["is_baseline"] else "brought along" if candidate["is_bundled"] else ""


def export(
    context: typer.Context,
    output: Output,
    module: Module = "",
    property_name: Property = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Copy the live models as ONNX with their model cards."""
    call = Call.of(context, home, as_json)
    asked = {"output": full_path(output), "module": module, "property": property_name}
    result = call.ask("export", asked)
    if call.answer(result):
        for one in result["models"]:
            say(f"{one['property']}, {one['module']}: {one['version']} is in {one['folder']}.")
        for remark in result["notes"]:
            note(str(remark))


@models.callback()
def models_without_command(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Model versions: list, show, promote, roll back."""
    context.find_root().obj = Call.of(context, home, as_json)
    if context.invoked_subcommand is None:
        list_models(context)


@monitor.callback()
def monitor_options(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Predictions against what really happened."""
    context.find_root().obj = Call.of(context, home, as_json)


@models.command("list")
def list_models(
    context: typer.Context, module: Module = "", property_name: Property = "", home: Home = None, as_json: AsJson = False
) -> None:
    """List all versions of all modules, the live ones marked."""
    call = Call.of(context, home, as_json)
    result = call.ask("models.list", {"module": module, "property": property_name})
    if call.answer(result):
        columns = ("property", "module", "version", "state", "measure", "baseline_measure", "data_until", "data_points")
        header = ("Property", "Module", "Version", "State", "Error or score", "Plain rule", "Data until", "Learned from")
        rows = [[_short(one[column]) for column in columns] for one in result["versions"]]
        if rows:
            say_table(header, rows)
        else:
            say("No model has been trained yet: plain rules answer, or models brought along. Train with: hotelml train")


@models.command("show")
def show_model(
    context: typer.Context,
    module: ModuleArgument,
    version: OptionalVersion = "",
    property_name: Property = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show the model card of a version, and what was live when."""
    call = Call.of(context, home, as_json)
    result = call.ask("models.show", {"module": module, "version": version, "property": property_name})
    if call.answer(result):
        for label, value in result["lines"]:
            say(f"{label}: {value}")


@models.command("promote")
def promote(
    context: typer.Context,
    module: ModuleArgument,
    version: VersionArgument,
    property_name: Property = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Make a version the live one."""
    call = Call.of(context, home, as_json)
    result = call.ask("models.promote", {"module": module, "version": version, "property": property_name})
    if call.answer(result):
        say(str(result["sentence"]))


@models.command("rollback")
def rollback(
    context: typer.Context, module: ModuleArgument, property_name: Property = "", home: Home = None, as_json: AsJson = False
) -> None:
    """Go back to what was live before."""
    call = Call.of(context, home, as_json)
    result = call.ask("models.rollback", {"module": module, "property": property_name})
    if call.answer(result):
        say(str(result["sentence"]))


@monitor.command("report")
def report(
    context: typer.Context,
    module: OneModule,
    period: Period = "week",
    property_name: Property = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Say how far off the predictions were, per day, week or month, beside the plain rule."""
    call = Call.of(context, home, as_json)
    result = call.ask("monitor.report", {"module": module, "period": period, "property": property_name})
    if call.answer(result):
        for one in result["reports"]:
            say(str(one["sentence"]))
            if one["periods"]:
                first = one["periods"][0]
                label = " ".join(part for part in (first["measure"], first["unit"]) if part)
                rows = [
                    [p["begins"], p["ends"], p["predictions"], _short(p["value"]), _short(p["baseline_value"])]
                    for p in one["periods"]
                ]
                say_table(("From", "To", "Predictions", label, "Plain rule"), rows)


@monitor.command("replay")
def replay(
    context: typer.Context,
    as_of: PastDay = "",
    days: Days = "",
    kept: Kept = False,
    property_name: Property = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Look back at a past day: what was said then of the nights after it, against what happened."""
    call = Call.of(context, home, as_json)
    result = call.ask("monitor.replay", {"as_of": as_of, "days": days, "kept": kept, "property": property_name})
    if call.answer(result):
        for one in result["replays"]:
            say_replay(one)


def _short(value: object) -> object:
    """Round what is too exact to read."""
    return round(value, 4) if isinstance(value, float) else value
