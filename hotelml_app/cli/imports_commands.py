"""``hotelml imports``: the files that came in, and taking one back."""

from __future__ import annotations

from typing import Annotated

import typer

from hotelml_app.cli.call import AsJson, Call, Home, Property
from hotelml_app.cli.confirming import Look, Yes, confirm, refuse_unasked, say_lines
from hotelml_app.cli.output import say, say_table

Number = Annotated[int, typer.Argument(help="The number of the import, as `hotelml imports` lists it.", show_default=False)]
Limit = Annotated[int, typer.Option("--limit", help="How many are listed.")]

imports = typer.Typer(
    help="The files that came in; take-back makes everything what it was before one of them.",
    no_args_is_help=False,
    invoke_without_command=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(imports, name="imports")


@imports.callback()
def list_imports(
    context: typer.Context, property_name: Property = "", limit: Limit = 20, home: Home = None, as_json: AsJson = False
) -> None:
    """List the files that came in, newest first; take-back makes everything what it was before one of them."""
    call = context.find_root().obj = Call.of(context, home, as_json)
    if context.invoked_subcommand is not None:
        return
    result = call.ask("imports.list", {"property": property_name, "limit": limit})
    if call.answer(result):
        columns = ("id", "file_name", "status", "business_date", "created", "changed", "rejected", "message")
        header = ("Number", "File", "Standing", "As of", "New", "Changed", "Not usable", "What was said")
        say_table(header, [[one[column] for column in columns] for one in result["imports"]])
        if result["total"] > len(result["imports"]):
            say(f"{result['total'] - len(result['imports'])} older ones are listed with --limit {result['total']}.")


@imports.command("take-back")
def take_back(
    context: typer.Context, number: Number, yes: Yes = False, look: Look = False, home: Home = None, as_json: AsJson = False
) -> None:
    """Make everything what it was before an import. Files that came later are read again."""
    call = Call.of(context, home, as_json)
    if look or not yes:
        view = call.ask("imports.look", {"import": number})
        if look:
            if call.answer(view):
                say_lines(view)
            return
        refuse_unasked(call)
        confirm(view, f"Take {view['file_name']} back?", "Everything stays as it is.")
    result = call.ask("imports.take_back", {"import": number})
    if call.answer(result):
        if yes:
            say_lines(result)
        say(result["sentence"])
        for name in result["again"]:
            say(f"  {name} goes back into the drop folder and is read again.")
