"""``hotelml notify``: trying the channels that tell people outside this PC, and keeping their secrets."""

from __future__ import annotations

from typing import Annotated

import typer

from hotelml_app.cli.call import AsJson, Call, Home
from hotelml_app.cli.output import note, say
from hotelml_app.cli.piped import is_typed, piped_line
from hotelml_app.core.errors import EXIT_FAILED, UsageError

Channel = Annotated[str, typer.Option("--channel", help="email or webhook; otherwise all that are set up.", show_default=False)]
SecretOf = Annotated[str, typer.Option("--channel", help="email, webhook (its address) or webhook-key.", show_default=False)]


notify = typer.Typer(help="Channels that tell people outside this PC: test, secret.", no_args_is_help=False)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(notify, name="notify")


@notify.callback()
def notify_options(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Channels that tell people outside this PC: try them, and keep their secrets."""
    context.find_root().obj = Call.of(context, home, as_json)


@notify.command("test")
def try_channels(context: typer.Context, channel: Channel = "", home: Home = None, as_json: AsJson = False) -> None:
    """Send a test by the channels that are set up, and say what happened."""
    call = Call.of(context, home, as_json)
    result = call.ask("notify.test", {"channel": channel})
    if call.answer(result):
        for one in result["tests"]:
            (say if one["sent"] else note)(f"{one['title']}: {one['sentence']}")
        if not result["tests"]:
            note("No channel is set up, so nothing was sent. Set one up in the settings, under Notifications.")
    if not result["sent"]:
        raise typer.Exit(EXIT_FAILED)


@notify.command("secret")
def secret(context: typer.Context, channel: SecretOf, home: Home = None, as_json: AsJson = False) -> None:
    """Keep a password, web address or key, read from the terminal or stdin; an empty one is forgotten."""
    from hotelml_app.services.channels.setup import keep_secret

    call = Call.of(context, home, as_json)
    result = keep_secret(call.layout, channel, _asked() if is_typed() else _first_line())
    if call.answer(result):
        say(f"It is kept in {call.layout.secrets_file}, which only this user may read." if result["kept"] else "It is forgotten.")


def _first_line() -> str:
    line = piped_line("secret")
    if line is None:
        # A file that is not there, piped in, must not make HotelML forget a password.
        raise UsageError("Nothing came on stdin.", remedy="Send the secret as a line; an empty line makes HotelML forget it.")
    return line


def _asked() -> str:
    return str(typer.prompt("Secret", hide_input=True, default="", show_default=False, err=True))
