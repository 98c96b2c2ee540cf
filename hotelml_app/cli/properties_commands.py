"""``hotelml properties``: the hotels in this home, putting two together that are one, and giving one another name."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hotelml_app.cli.call import AsJson, Call, Home
from hotelml_app.cli.confirming import Look, Yes, confirm, refuse_unasked, say_lines
from hotelml_app.cli.output import note, say, say_table

Gone = Annotated[str, typer.Argument(metavar="FROM", help="The property that becomes part of the other.", show_default=False)]
Stays = Annotated[str, typer.Argument(metavar="INTO", help="The property that stays.", show_default=False)]
Old = Annotated[str, typer.Argument(metavar="OLD", help="What the property is called.", show_default=False)]
New = Annotated[str, typer.Argument(metavar="NEW", help="What it is called from now on.", show_default=False)]
NewNumbers = Annotated[
    bool, typer.Option("--new-numbers", help="A new PMS has numbered the bookings anew: those of the same nights are the same.")
]

properties = typer.Typer(
    help="The properties in this home; merge puts two together, rename gives one another name.",
    no_args_is_help=False,
    invoke_without_command=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(properties, name="properties")


@properties.callback()
def list_properties(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """List the properties in this home; merge puts two together that are one hotel, rename gives one another name."""
    call = context.find_root().obj = Call.of(context, home, as_json)
    if context.invoked_subcommand is not None:
        return
    result = call.ask("properties", {})
    if call.answer(result):
        found = result["properties"]
        if not found:
            say("There is no property yet. Import a PMS export with: hotelml import FILE")
            return
        columns = ("name", "business_date", "rooms", "rooms_seen", "currency", "country")
        header = ("Property", "Business date", "Rooms", "Most rooms sold", "Currency", "Country")
        say_table(header, [[one[column] for column in columns] for one in found])


@properties.command("merge")
def merge(
    context: typer.Context,
    gone: Gone,
    stays: Stays,
    yes: Yes = False,
    look: Look = False,
    new_numbers: NewNumbers = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Put two properties together that are one hotel: the history of FROM becomes part of INTO. The database is copied first."""
    call = Call.of(context, home, as_json)
    asked: dict[str, object] = {"gone": gone, "stays": stays, "new_numbers": new_numbers}
    if look or not yes:
        view = call.ask("properties.compare", asked)
        if look:
            _say(call, view)
            return
        _confirm(call, view)
    result = call.ask("properties.merge", asked)
    if call.answer(result):
        if yes:
            say_lines(result)
        say(f"{result['sentence']} The database as it was is kept in {result['backup']}.")


@properties.command("rename")
def rename(context: typer.Context, old: Old, new: New, home: Home = None, as_json: AsJson = False) -> None:
    """Give a property another name. Exports and commands that say OLD still mean it."""
    call = Call.of(context, home, as_json)
    result = call.ask("properties.rename", {"old": old, "new": new})
    if call.answer(result):
        say(result["sentence"])


def _say(call: Call, view: dict[str, Any]) -> None:
    if call.answer(view):
        say_lines(view)
        if view["problem"]:
            note(f"It would be refused. {view['problem']}")


def _confirm(call: Call, view: dict[str, Any]) -> None:
    """Ask, but not about what is refused, in the words of whoever does it."""
    refuse_unasked(call)
    if not view["problem"]:
        confirm(view, "Are they one hotel?", "The two properties stay as they are.")
