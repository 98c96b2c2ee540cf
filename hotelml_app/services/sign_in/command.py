"""The command that starts at sign-in: this very HotelML, out of sight, on one home."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from hotelml_app.settings.home import ENVIRONMENT_NAME, HomeLayout, users_own_home

OUT_OF_SIGHT = ("gui", "--hidden")
_HOME = "--home"


def start_command(layout: HomeLayout) -> list[str]:
    """Return the command, as the system takes it: the full path of a program, then its arguments.

    The home is named unless it is the one that is opened by itself. HOTELML_HOME may hold in this terminal alone, so nothing
    rests on it.
    """
    named = layout.home != users_own_home().absolute() or bool(os.environ.get(ENVIRONMENT_NAME, "").strip())
    return [*_program(), *OUT_OF_SIGHT, *((_HOME, str(layout.home)) if named else ())]


def home_of(command: Sequence[str]) -> Path:
    """Return the home that such a command opens."""
    for place, word in enumerate(command):
        if word == _HOME and place + 1 < len(command):
            return Path(command[place + 1])
        if word.startswith(f"{_HOME}="):
            return Path(word.partition("=")[2])
    return users_own_home()


def _program() -> list[str]:
    """Return how this HotelML is started; on Windows by the program that opens no console beside the window."""
    running = Path(sys.executable)
    if getattr(sys, "frozen", False):
        return [_there(running.with_name(f"hotelml-window{running.suffix}"), running)]
    # The name is kept as it is: behind the link lies the system's own Python, without the packages.
    return [_there(running.with_name(f"pythonw{running.suffix}"), running), "-m", "hotelml_app"]


def _there(quiet: Path, running: Path) -> str:
    return str(quiet if quiet.is_file() else running)
