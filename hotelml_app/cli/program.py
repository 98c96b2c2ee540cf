"""The program behind ``hotelml``: run one command, answer with 0, 1 or 2, and never with a traceback.

Opening the window is the one command that is not parsed by typer: the window is on the screen before typer would be imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from hotelml_app.cli.window import HIDDEN, open_window, window_alone
from hotelml_app.core.errors import EXIT_FAILED, Cancelled, HotelMLError, UsageError
from hotelml_app.core.paths import unquoted, whole

if TYPE_CHECKING:
    from hotelml_app.cli.wiring import Wiring


_INTERRUPTED = 130
"""What typer makes of Ctrl+C, without a word."""


def run(arguments: Sequence[str], wiring: Wiring) -> int:
    """Run one command and return its exit code: 0 done, 1 failed with a message, 2 bad usage."""
    as_json = "--json" in arguments
    try:
        code = _run(arguments, wiring)
        if code == _INTERRUPTED:
            raise KeyboardInterrupt
    except HotelMLError as error:
        return _tell(error, as_json)
    except KeyboardInterrupt:
        return _tell(Cancelled("Stopped on request.", remedy="Nothing was lost; start it again at any time."), as_json)
    except BrokenPipeError:
        # Whoever read our answer went away (hotelml ... | head): there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    except Exception as error:  # noqa: BLE001 - the last place where anything can still be told in words
        from hotelml_app.cli.commands import said_by_typer

        return _tell(said_by_typer(error) or _in_words(error, _logs_of(arguments)), as_json)
    return code if isinstance(code, int) else 0


def _run(arguments: Sequence[str], wiring: Wiring) -> object:
    if not all(map(unquoted, _homes_named(arguments))):
        # The path of an empty name is the folder one stands in, which nobody means.
        raise UsageError("--home names no folder.", remedy="Write the data folder after it, or leave --home out.")
    layout = window_alone(arguments)
    if layout is not None:
        return open_window(layout, wiring, as_json="--json" in arguments, hidden=HIDDEN in arguments)
    from hotelml_app.cli.commands import build
    from hotelml_app.services.asking.interrupting import heard_like_an_interrupt

    with heard_like_an_interrupt():
        return build(wiring)(list(arguments), prog_name="hotelml", standalone_mode=False)


def _tell(error: HotelMLError, as_json: bool) -> int:
    from hotelml_app.cli.output import say_error

    for form in dict.fromkeys((as_json, False)):
        try:
            say_error(error, form)
            break
        except OSError:
            # Nothing can be written where the answer should go, such as a file on a full disk.
            continue
    return error.exit_code


def _in_words(error: Exception, logs: Path) -> HotelMLError:
    """Return what to tell of an error nobody foresaw; its whole story goes to the log."""
    import logging

    from hotelml_app.services.asking.unforeseen import in_words
    from hotelml_app.services.process.log_files import COMMANDS_LOG, LogFile

    file = LogFile(logs, COMMANDS_LOG)
    logging.getLogger(__name__).error("unexpected", exc_info=error)
    file.close()
    return in_words(error, logs.parent, file.problem or f"The details are in {file.path}")


def _logs_of(arguments: Sequence[str]) -> Path:
    """Return the log folder of the home that the command named, before or after its own name."""
    from hotelml_app.settings.home import HomeLayout, default_home

    chosen = _homes_named(arguments)
    return HomeLayout(whole(chosen[-1]) if chosen else default_home()).logs


def _homes_named(arguments: Sequence[str]) -> list[str]:
    """Return what stands after each ``--home``."""
    apart = [value for name, value in pairwise(arguments) if name == "--home"]
    return apart + [text.partition("=")[2] for text in arguments if text.startswith("--home=")]
