"""``hotelml rooms``: which rooms the house has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hotelml_app.cli.call import AsJson, Call, Home, Property, full_path
from hotelml_app.cli.output import note, say, say_data

RoomFile = Annotated[
    Path, typer.Argument(help="Lines as `rooms list` prints them: number, type, features, doors.", show_default=False)
]
Former = Annotated[str, typer.Argument(help="What exports called the room type before.", show_default=False)]
Present = Annotated[
    str, typer.Argument(help="What they call it now; the same as before takes a renaming back.", show_default=False)
]
HEADER = "Room\tType\tFeatures\tDoor to"

rooms = typer.Typer(help="Which rooms the house has.", no_args_is_help=False)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(rooms, name="rooms")


@rooms.callback()
def rooms_options(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Which rooms the house has."""
    context.find_root().obj = Call.of(context, home, as_json)


@rooms.command("list")
def list_rooms(context: typer.Context, property_name: Property = "", home: Home = None, as_json: AsJson = False) -> None:
    """Print the rooms there are, from the exports and listed by hand, with tabs between the columns."""
    call = Call.of(context, home, as_json)
    result = call.ask("rooms.list", {"property": property_name})
    if call.answer(result):
        for line in (HEADER, *result["lines"].splitlines()):
            say_data(line)


@rooms.command("set")
def set_rooms(
    context: typer.Context, file: RoomFile, property_name: Property = "", home: Home = None, as_json: AsJson = False
) -> None:
    """Keep the rooms of a file in place of those that were listed before; all other wishes stay."""
    call = Call.of(context, home, as_json)
    result = call.ask("rooms.set", {"file": full_path(file), "property": property_name})
    if call.answer(result):
        say(f"{result['property']}: {result['changed']}; {result['rooms']} rooms in all.")
        for hint in result["hints"]:
            note(hint)


@rooms.command("rename")
def rename_type(
    context: typer.Context,
    former: Former,
    present: Present,
    property_name: Property = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Count what was told of a room type under the name that exports have for it now."""
    call = Call.of(context, home, as_json)
    result = call.ask("rooms.rename", {"former": former, "present": present, "property": property_name})
    if call.answer(result):
        same = former == present
        say(f"{result['property']}: {former} counts {'by itself again' if same else f'as {present} from now on'}.")
