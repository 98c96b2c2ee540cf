"""All commands of ``hotelml``, for typer to parse."""

from __future__ import annotations

from typing import Annotated

import typer

from hotelml_app.cli import (
    data_commands,
    handover_commands,
    house_commands,
    imports_commands,
    learning_commands,
    notify_commands,
    overbooking_command,
    predict_command,
    properties_commands,
    rates_commands,
    report_command,
    rooms_commands,
    update_command,
    window_commands,
)
from hotelml_app.cli.call import AsJson, Call, Home
from hotelml_app.cli.output import say
from hotelml_app.cli.wiring import Wiring
from hotelml_app.core.errors import Cancelled, HotelMLError, UsageError

Version = Annotated[bool, typer.Option("--version", help="Show the version and end.")]

_ParseError: type[Exception] = typer.BadParameter.__mro__[2]  # type: ignore[assignment]
"""What typer raises for anything it cannot parse; it has no public name of its own."""


def build(wiring: Wiring) -> typer.Typer:
    """Return the program with all commands."""
    app = typer.Typer(
        name="hotelml",
        add_completion=False,
        pretty_exceptions_enable=False,
        no_args_is_help=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback(invoke_without_command=True)
    def everything(context: typer.Context, home: Home = None, as_json: AsJson = False, version: Version = False) -> None:
        """Forecasts and advice from your hotel's own PMS exports, on your own PC. Without a command, the window opens."""
        context.obj = Call(wiring, home, as_json)
        if version:
            _say_version(as_json)
            raise typer.Exit
        if context.invoked_subcommand is None:
            window_commands.open_window(context.obj)

    for group in (
        data_commands,
        imports_commands,
        properties_commands,
        learning_commands,
        predict_command,
        rates_commands,
        rooms_commands,
        overbooking_command,
        report_command,
        house_commands,
        handover_commands,
        update_command,
        notify_commands,
        window_commands,
    ):
        group.register(app)
    return app


def said_by_typer(error: Exception) -> HotelMLError | None:
    """Return in our words what typer could not parse or was told to stop; None where the error is none of typer's."""
    if isinstance(error, _ParseError):
        return UsageError(str(getattr(error, "format_message", error.__str__)()), remedy="See: hotelml --help")
    if isinstance(error, typer.Abort):
        return Cancelled("Stopped on request.", remedy="Nothing was lost; start it again at any time.")
    return None


def _say_version(as_json: bool) -> None:
    from importlib.metadata import version

    from hotelml_app.cli.output import write_json

    if as_json:
        write_json({"version": version("hotelml")})
    else:
        say(f"HotelML {version('hotelml')}")
