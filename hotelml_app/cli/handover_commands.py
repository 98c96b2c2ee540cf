"""``hotelml handover``: one file that takes a hotel to another PC."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hotelml_app.cli.call import AsJson, Call, Home, full_path
from hotelml_app.cli.output import say, showing_progress
from hotelml_app.cli.piped import is_typed, piped_line
from hotelml_app.core.errors import UsageError
from hotelml_app.core.paths import whole

Target = Annotated[Path, typer.Argument(help="The file to write; it ends in .hotelml.", show_default=False)]
Source = Annotated[Path, typer.Argument(help="The file that another HotelML wrote.", show_default=False)]
Sealed = Annotated[bool, typer.Option("--sealed", help="With a passphrase, asked for in the terminal or read from stdin.")]
Update = Annotated[
    Path | None,
    typer.Option("--update", help="A signed package of HotelML that travels along, its signature beside it.", show_default=False),
]
Look = Annotated[bool, typer.Option("--look", help="Only say what is in it.")]

handover = typer.Typer(help="One file that takes a hotel to another PC: write, read.", no_args_is_help=False)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(handover, name="handover")


@handover.callback()
def handover_options(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """One file that takes a hotel to another PC: database, models and settings."""
    context.find_root().obj = Call.of(context, home, as_json)


@handover.command("write")
def write(
    context: typer.Context,
    file: Target,
    sealed: Sealed = False,
    update: Update = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Write database, models and settings into one file, and read it again to check it."""
    call = Call.of(context, home, as_json)
    asked = {"file": full_path(file), "passphrase": _passphrase(twice=True) if sealed else "", "update": full_path(update)}
    result = call.ask("handover.write", asked)
    if call.answer(result):
        say(str(result["sentence"]))


@handover.command("read")
def read(
    context: typer.Context, file: Source, sealed: Sealed = False, look: Look = False, home: Home = None, as_json: AsJson = False
) -> None:
    """Check such a file and take it over: at once, or at the next start where HotelML runs. What was there is set aside."""
    call, path = Call.of(context, home, as_json), whole(file)
    if look:
        _say_look(call, path)
        return
    result = _read(call, path, _passphrase(twice=False) if sealed else "")
    if call.answer(result):
        say(str(result["sentence"]))
        brought = result["update"]
        if brought and brought["usable"]:
            say(f"HotelML {brought['version']}: {brought['next_step']}")


def _read(call: Call, path: Path, passphrase: str) -> dict[str, Any]:
    from hotelml_app.services.asking.home_owner import running
    from hotelml_app.services.handover.reading import read_now

    if running(call.layout) is not None:
        return call.ask("handover.read", {"file": str(path), "passphrase": passphrase})
    with showing_progress(not call.json) as progress:
        return read_now(call.layout, path, passphrase, progress)


def _say_look(call: Call, path: Path) -> None:
    from hotelml_app.services.handover.reading import fields, look

    view = look(path)
    if call.answer({**fields(view), "sentence": view.sentence}):
        seal = (
            "It is sealed: reading it needs the passphrase." if view.sealed else "It is not sealed: nothing tells who wrote it."
        )
        say(f"{view.sentence} {seal}")


def _passphrase(*, twice: bool) -> str:
    """Return a passphrase that was typed or piped in; it is never on the command line, where others could see it."""
    if is_typed():
        typed = str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True))
    else:
        typed = piped_line("passphrase") or ""
    if not typed:
        raise UsageError("The passphrase is empty.", remedy="Type one, or leave --sealed out.")
    return typed
