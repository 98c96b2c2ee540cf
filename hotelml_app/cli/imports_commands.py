"""``hotelml imports``: the files that came in, and taking one back."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hotelml_app.cli.call import AsJson, Call, Home, Property
from hotelml_app.cli.output import say, say_table
from hotelml_app.cli.piped import is_typed
from hotelml_app.core.errors import Cancelled, UsageError

Number = Annotated[int, typer.Argument(help="The number of the import, as `hotelml imports` lists it.", show_default=False)]
Limit = Annotated[int, typer.Option("--limit", help="How many are listed.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
Look = Annotated[bool, typer.Option("--look", help="Only say what would happen.")]

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
                _say_lines(view)
            return
        _confirm(call, view)
    result = call.ask("imports.take_back", {"import": number})
    if call.answer(result):
        if yes:
            _say_lines(result)
        say(result["sentence"])
        for name in result["again"]:
            say(f"  {name} lies in the drop folder again.")


def _say_lines(view: dict[str, Any]) -> None:
    for line in view["lines"]:
        say(line)


def _confirm(call: Call, view: dict[str, Any]) -> None:
    """Say what will happen and ask; where nobody can be asked, raise UsageError."""
    if call.json or not is_typed():
        remedy = "Say --yes to do it, or --look to see what it would do."
        raise UsageError("Nothing was changed: nobody could be asked.", remedy=remedy)
    _say_lines(view)
    if not typer.confirm(f"Take {view['file_name']} back?", default=False, err=True):
        raise Cancelled("Nothing was changed.", remedy="Everything stays as it is.")
