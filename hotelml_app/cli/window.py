"""Opening the window as fast as it goes: nothing is imported here that its first picture does not need."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.paths import whole
from hotelml_app.settings.home import HomeLayout, default_home

if TYPE_CHECKING:
    from hotelml_app.cli.wiring import Wiring
    from hotelml_app.services.asking.runners import OperationRunner


HIDDEN = "--hidden"
RUNS_ALREADY = "HotelML runs on this home already."


def window_alone(arguments: Sequence[str]) -> HomeLayout | None:
    """Return the home whose window is asked for and nothing else; None where the arguments say anything more."""
    home, rest = "", list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--home" and rest:
            home = rest.pop(0)
        elif word.startswith("--home="):
            home = word.partition("=")[2]
        elif word not in ("gui", "--json", HIDDEN):
            return None
    if arguments.count("gui") > 1 or home.startswith("-"):
        return None
    return HomeLayout(whole(home) if home else default_home())


def open_window(layout: HomeLayout, wiring: Wiring, *, as_json: bool, hidden: bool = False) -> int:
    """Open the window of a home and return the exit code once it is closed.

    One that is open already comes forward, unless the new one was to stay ``hidden``: then all is left as it is.
    """
    if layout.api_file.exists():
        from hotelml_app.services.asking.home_owner import running

        other = running(layout)
        if other is not None:
            told: dict[str, Any] | None = {"sentence": RUNS_ALREADY} if hidden else _shown_by(other)
            if told is not None:
                _answer(told, as_json)
                return 0
    code = wiring.open_window(layout, hidden)
    if not code and as_json:
        _answer({"home": str(layout.home), "window": "closed"}, as_json)
    return code


def _shown_by(other: OperationRunner) -> dict[str, Any] | None:
    """Have the HotelML that runs show its window; None where it cannot and nobody here would read why.

    Who started this one by an icon of Windows has no terminal: a window that says it is better than nothing at all.
    """
    from hotelml_app.services.home import show_window

    _let_it_come_forward()
    try:
        return show_window.ask(other)
    except HotelMLError:
        if sys.stderr is not None:
            raise
        return None


def _let_it_come_forward() -> None:
    """Pass on the right to be in front, which Windows gives to what the user started last; else the taskbar only blinks."""
    if sys.platform == "win32":
        import ctypes

        anybody = -1
        ctypes.windll.user32.AllowSetForegroundWindow(anybody)


def _answer(told: dict[str, object], as_json: bool) -> None:
    from hotelml_app.cli.output import say, write_json

    write_json(told) if as_json else say(str(told["sentence"]))
