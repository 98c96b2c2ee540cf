"""``hotelml import`` and ``bookings``: what goes in, and what is known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hotelml_app.cli.call import AsJson, AsOf, Call, Home, Out, Property, full_path
from hotelml_app.cli.mapping_output import say_dry_run, say_proposal
from hotelml_app.cli.output import note, say, say_data
from hotelml_app.core.errors import EXIT_FAILED, UsageError
from hotelml_app.core.paths import whole

Files = Annotated[list[Path], typer.Argument(help="PMS exports to read.", show_default=False)]
Profile = Annotated[
    str, typer.Option("--profile", help="Read the files as this layout instead of finding out.", show_default=False)
]

MapFile = Annotated[
    Path | None,
    typer.Option("--map", help="A TOML file that says what the columns are; it is remembered.", show_default=False),
]
Propose = Annotated[bool, typer.Option("--propose", help="Show the columns and how they would be read; store nothing.")]
Full = Annotated[bool, typer.Option("--full", help="Also how many rooms each booking is for, in a last column.")]
NewNumbers = Annotated[
    bool, typer.Option("--new-numbers", help="The PMS has given its bookings other numbers: known ones go on under them.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Count what would be taken and rejected; store nothing.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("import")(import_files)
    app.command("bookings")(bookings)


def import_files(
    context: typer.Context,
    files: Files,
    profile: Profile = "",
    map_file: MapFile = None,
    propose: Propose = False,
    dry_run: DryRun = False,
    new_numbers: NewNumbers = False,
    property_name: Property = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Read PMS exports now; the files stay where they are."""
    call = Call.of(context, home, as_json)
    asked = {
        "files": [full_path(one) for file in files for one in _meant(file)],
        "profile": profile,
        "property": property_name,
        "map": full_path(map_file),
        "new_numbers": new_numbers,
    }
    if propose and (profile or map_file or dry_run):
        raise UsageError(
            "--propose shows how the columns would be read with nothing said of them.",
            remedy="Leave --map, --profile and --dry-run out; or use --dry-run with the map to see what it makes of the rows.",
        )
    if propose or dry_run:
        del asked["new_numbers"]
        told = call.ask("import.propose", {"files": asked["files"]}) if propose else call.ask("import.dry_run", asked)
        if call.answer(told):
            for file in told["files"]:
                say_proposal(file) if propose else say_dry_run(file)
        return
    result = call.ask("import", asked)
    if call.answer(result):
        for file in result["files"]:
            _say_import(file)
    if result.get("error"):
        raise typer.Exit(EXIT_FAILED)


def _meant(named: Path) -> list[Path]:
    """Return the files that ``*.csv`` means: Windows leaves that to the program."""
    if not set(named.name) & set("*?") or named.exists():
        return [named]
    folder = whole(named.parent) if str(named).startswith("~") else named.parent
    return sorted(folder.glob(named.name)) or [named]


def _say_import(file: dict[str, Any]) -> None:
    if file["status"] != "done":
        tell = note if file["status"] == "failed" else say
        tell(f"{file['file_name']}: {file['message']}")
        return
    say(
        f"{file['file_name']}: {file['rows_read']} rows read, {file['accepted']} accepted ({file['created']} new, "
        f"{file['changed']} changed, {file['unchanged']} unchanged, {file['older']} older), {file['rejected']} rejected; "
        f"business date {file['business_date'] or 'unknown'}; layout {file['profile']}."
    )
    for remark in file["notes"]:
        say(f"  {remark}")


def bookings(
    context: typer.Context,
    as_of: AsOf = "",
    out: Out = None,
    full: Full = False,
    property_name: Property = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Write all bookings as they were known at the end of a day."""
    call = Call.of(context, home, as_json)
    asked = {"as_of": as_of, "out": full_path(out), "property": property_name, "full": "yes" if full else ""}
    result = call.ask("bookings", asked)
    if call.answer(result):
        if out:
            say(f"{result['rows']} bookings as known at the end of {result['as_of']} are in {result['out']}.")
        else:
            say_data(str(result["csv"]).rstrip("\n"))
