"""What a command tells before it changes something for good, and the question whether it should."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from hotelml_app.cli.call import Call
from hotelml_app.cli.output import say
from hotelml_app.cli.piped import is_typed
from hotelml_app.core.errors import Cancelled, UsageError

Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
Look = Annotated[bool, typer.Option("--look", help="Only say what would happen.")]


def say_lines(view: Mapping[str, Any]) -> None:
    """Say what will happen."""
    for line in view["lines"]:
        say(line)


def refuse_unasked(call: Call) -> None:
    """Raise UsageError where nobody can be asked."""
    if call.json or not is_typed():
        remedy = "Say --yes to do it, or --look to see what it would do."
        raise UsageError("Nothing was changed: nobody could be asked.", remedy=remedy)


def confirm(view: Mapping[str, Any], question: str, otherwise: str) -> None:
    """Say what will happen and ask; ``otherwise`` is how things stay. Raises Cancelled where the answer is no."""
    say_lines(view)
    if not typer.confirm(question, default=False, err=True):
        raise Cancelled("Nothing was changed.", remedy=otherwise)
