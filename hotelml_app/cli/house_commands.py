"""``hotelml serve``, ``status``, ``doctor``, ``signin``, ``backup`` and ``restore``: keeping the appliance in order."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hotelml_app.cli.call import AsJson, Call, Home, full_path
from hotelml_app.cli.output import note, say, say_table
from hotelml_app.core.errors import EXIT_FAILED, UsageError
from hotelml_app.core.paths import whole

Target = Annotated[
    Path | None, typer.Argument(help="The file to write; otherwise one in the home's backups folder.", show_default=False)
]
Backup = Annotated[Path, typer.Argument(help="The backup to put in place.", show_default=False)]
Switch = Annotated[str, typer.Argument(help="on or off; otherwise the present state is only shown.", show_default=False)]
List = Annotated[bool, typer.Option("--list", help="Show the backups there are instead of making one.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("serve")(serve)
    app.command("status")(status)
    app.command("doctor")(doctor)
    app.command("signin")(signin)
    app.command("backup")(backup)
    app.command("restore")(restore)


def serve(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Run without a window until stopped: watch the folder, import, train on schedule, answer on loopback."""
    from hotelml_app.services.home.serving import StopRequest, open_to_serve, serve_until

    call, served_s = Call.of(context, home, as_json), 0.0
    with StopRequest() as stop:
        opened = open_to_serve(call.layout, call.wiring.open_appliance, stop, note)
        if opened is not None:
            with opened as appliance:
                note(f"HotelML serves {call.layout.home}. Stop it with Ctrl+C.")
                served_s = serve_until(appliance, stop)
    if call.answer({"home": str(call.layout.home), "served_s": round(served_s, 1)}):
        say("HotelML stopped; nothing was left half done.")


def status(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Show the appliance at a glance."""
    call = Call.of(context, home, as_json)
    result = call.ask("status", {})
    if call.answer(result):
        for line in result["lines"]:
            say(line)


def doctor(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Check everything HotelML needs, and say what to do about what is wrong."""
    from hotelml_app.services.doctor.check_health import check_health

    call = Call.of(context, home, as_json)
    result: dict[str, Any] = check_health(call.layout)
    if call.answer(result):
        marks = {"ok": "ok", "warning": "look", "problem": "BAD"}
        say_table(("", "What", "Found"), [[marks[one["state"]], one["name"], one["found"]] for one in result["checks"]])
        for one in result["checks"]:
            if one["remedy"]:
                say(f"{one['name']}: {one['remedy']}")
    if not result["healthy"]:
        raise typer.Exit(EXIT_FAILED)


def signin(context: typer.Context, switch: Switch = "", home: Home = None, as_json: AsJson = False) -> None:
    """Start HotelML when this user signs in: on, off, or tell how it stands."""
    from hotelml_app.core.json_values import json_ready
    from hotelml_app.services.sign_in import stands

    if switch not in ("", "on", "off"):
        raise UsageError(f"signin takes on or off, not {switch!r}.", remedy="Leave it out to see the present state.")
    call = Call.of(context, home, as_json)
    view = stands.switch(call.layout, on=switch == "on") if switch else stands.look(call.layout)
    result = json_ready(view)
    assert isinstance(result, dict), "a view has fields"
    if call.answer(result):
        say(f"{view.sentence} {view.remedy}".rstrip())


def backup(context: typer.Context, file: Target = None, show: List = False, home: Home = None, as_json: AsJson = False) -> None:
    """Copy the database safely while it is in use, and check the copy."""
    from hotelml_app.services.backups.on_request import list_backups

    call = Call.of(context, home, as_json)
    if show:
        listed: dict[str, Any] = list_backups(call.layout)
        if call.answer(listed):
            rows = [[one["file"], one["bytes"], one["made_at"]] for one in listed["backups"]]
            say_table(("Backup", "Bytes", "Made"), rows) if rows else say("There is no backup yet. Make one with: hotelml backup")
        return
    result = call.ask("backup", {"file": full_path(file)})
    if call.answer(result):
        say(f"The database ({result['bytes']} bytes) is copied to {result['file']}, and the copy was checked.")


def restore(context: typer.Context, file: Backup, home: Home = None, as_json: AsJson = False) -> None:
    """Put a backup in the place of the database; what was there is set aside, not deleted."""
    from hotelml_app.services.backups.on_request import restore as put_back

    call = Call.of(context, home, as_json)
    result = put_back(call.layout, whole(file))
    if call.answer(result):
        say(str(result["sentence"]))
