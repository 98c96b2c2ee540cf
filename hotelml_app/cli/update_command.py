"""``hotelml update``: a newer HotelML from a file, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hotelml_app.cli.call import AsJson, Call, Home, full_path
from hotelml_app.cli.output import say
from hotelml_app.core.errors import UsageError

Package = Annotated[
    Path | None,
    typer.Argument(help="The package, its signature beside it, or a hand-over file that brings one.", show_default=False),
]
Start = Annotated[bool, typer.Option("--start", help="Copy the database, then start what waits, or say how.")]
Discard = Annotated[bool, typer.Option("--discard", help="Remove what waits.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("update")(update)


def update(
    context: typer.Context,
    file: Package = None,
    start: Start = False,
    discard: Discard = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Take a signed update from a file, tell what waits to be installed, start or remove it."""
    if sum((file is not None, start, discard)) > 1:
        raise UsageError("A file, --start and --discard are three different things.", remedy="Name one of them.")
    call = Call.of(context, home, as_json)
    result = _done(call, file, start, discard)
    if call.answer(result):
        say(str(result["sentence"]))


def _done(call: Call, file: Path | None, start: bool, discard: bool) -> dict[str, Any]:
    if file is not None:
        return call.ask("update.take", {"file": full_path(file)})
    if discard:
        return call.ask("update.discard", {})
    from hotelml_app.services.updates.taking import fields, waiting

    there = waiting(call.layout)
    if not start:
        return fields(there)
    made = call.ask("update.start", {})
    return {**made, "sentence": _started(call, str(made["backup"]))}


def _started(call: Call, backup: str) -> str:
    """Start the set-up from here, where its user is; the HotelML that copied the database may have no desktop."""
    from hotelml_app.services.updates.installing import launch
    from hotelml_app.services.updates.taking import waiting

    view = waiting(call.layout)
    if view is None:
        return f"The database is copied to {backup}; what waited is gone meanwhile."
    launch(view)
    next_step = "Its set-up was started; quit HotelML for it." if view.starts else view.after_backup
    return f"{view.title} was checked, and the database is copied to {backup}. {next_step}"
