"""The program behind ``hotelml``: parse, run one command, answer with 0, 1 or 2, and never with a traceback."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from hotelml_app.cli import data_commands, house_commands, learning_commands, predict_command, window_commands
from hotelml_app.cli.call import AsJson, Call, Home
from hotelml_app.cli.output import say, say_error
from hotelml_app.cli.wiring import Wiring
from hotelml_app.core.errors import EXIT_FAILED, Cancelled, HotelMLError, UsageError

log = logging.getLogger(__name__)

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

    for group in (data_commands, learning_commands, predict_command, house_commands, window_commands):
        group.register(app)
    return app


def run(arguments: Sequence[str], wiring: Wiring) -> int:
    """Run one command and return its exit code: 0 done, 1 failed with a message, 2 bad usage."""
    as_json = "--json" in arguments
    try:
        code = build(wiring)(list(arguments), prog_name="hotelml", standalone_mode=False)
    except HotelMLError as error:
        return _tell(error, as_json)
    except _ParseError as error:
        return _tell(UsageError(_parse_message(error), remedy="See: hotelml --help"), as_json)
    except (KeyboardInterrupt, typer.Abort):
        return _tell(Cancelled("Stopped on request.", remedy="Nothing was lost; start it again at any time."), as_json)
    except BrokenPipeError:
        # Whoever read our answer went away (hotelml ... | head): there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    except Exception as error:  # noqa: BLE001 - the last place where anything can still be told in words
        return _tell(_in_words(error, _logs_of(arguments)), as_json)
    return code if isinstance(code, int) else 0


def _parse_message(error: Exception) -> str:
    message = getattr(error, "format_message", error.__str__)()
    return str(message)


def _tell(error: HotelMLError, as_json: bool) -> int:
    say_error(error, as_json)
    return error.exit_code


def _in_words(error: Exception, logs: Path) -> HotelMLError:
    """Return what to tell of an error nobody foresaw; its whole story goes to the log."""
    from hotelml_app.services.discretion import in_short
    from hotelml_app.services.log_files import COMMANDS_LOG, LogFile

    file = LogFile(logs, COMMANDS_LOG)
    log.error("unexpected", exc_info=error)
    file.close()
    if isinstance(error, OSError):
        place = f" ({error.filename})" if error.filename else ""
        return HotelMLError(
            f"The computer refused a file or folder: {error.strerror or error}{place}.",
            remedy="Check that it exists, that there is room on the disk and that you may use it, then try again.",
        )
    return HotelMLError(
        f"HotelML met an error it did not expect ({in_short(error)}).",
        remedy=f"Nothing was lost. {file.problem or f'The details are in {file.path}'}.",
    )


def _logs_of(arguments: Sequence[str]) -> Path:
    """Return the log folder of the home that the command named, before or after its own name."""
    from hotelml_app.settings.home import HomeLayout, default_home

    chosen = [value for name, value in pairwise((*arguments, "")) if name == "--home"]
    chosen += [text.partition("=")[2] for text in arguments if text.startswith("--home=")]
    return HomeLayout(Path(chosen[-1]).expanduser().absolute() if chosen else default_home()).logs


def _say_version(as_json: bool) -> None:
    from importlib.metadata import version

    from hotelml_app.cli.output import write_json

    if as_json:
        write_json({"version": version("hotelml")})
    else:
        say(f"HotelML {version('hotelml')}")
