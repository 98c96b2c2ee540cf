"""Whether HotelML starts when this user signs in: read from the system each time, never remembered."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import Protocol

from hotelml_app.services.sign_in.command import home_of, start_command
from hotelml_app.services.sign_in.errors import SignInError
from hotelml_app.services.sign_in.views import SignInState, SignInView
from hotelml_app.settings.home import HomeLayout

ON = "HotelML starts when you sign in to this PC, with its window out of sight."
OFF = "HotelML does not start when you sign in to this PC."
IMPOSSIBLE = "On this system HotelML cannot be started at sign-in."
SWITCH_ON = "Switch it on again."


class Place(Protocol):
    """Where the system keeps what starts at sign-in. All may raise OSError."""

    def command(self) -> list[str] | None:
        """Return what is started as HotelML; None where nothing is."""

    def put(self, command: Sequence[str]) -> None:
        """Have a command started from the next sign-in on."""

    def take_away(self) -> None:
        """Have nothing started."""


def system_place() -> Place | None:
    """Return the place of this system, or None where HotelML knows none."""
    if sys.platform == "win32":
        import winreg

        from hotelml_app.services.sign_in.run_key import RunKey

        return RunKey(winreg)
    if sys.platform == "darwin":
        return None
    from hotelml_app.services.sign_in.autostart_folder import AutostartFolder, autostart_folders

    return AutostartFolder(autostart_folders())


def look(layout: HomeLayout) -> SignInView:
    """Return what would happen at the next sign-in."""
    place = system_place()
    if place is None:
        return SignInView(SignInState.IMPOSSIBLE, IMPOSSIBLE)
    try:
        return _seen(layout, place.command())
    except OSError as error:
        found = f"Whether HotelML starts when you sign in cannot be found out ({error.strerror or error})."
        return SignInView(SignInState.UNKNOWN, found, "Switching it on again may mend that.")


def _seen(layout: HomeLayout, command: list[str] | None) -> SignInView:
    if command is None:
        return SignInView(SignInState.OFF, OFF)
    program = command[0] if command else "its program"
    if shutil.which(program) is None:
        sentence = f"HotelML was to start when you sign in, but {program} is no longer there, so nothing starts."
        return SignInView(SignInState.GONE, sentence, SWITCH_ON)
    home = home_of(command)
    if home.resolve() != layout.home.resolve():
        sentence = f"When you sign in, HotelML starts with another data folder: {home}."
        return SignInView(SignInState.ELSEWHERE, sentence, "Switching it on takes this one instead.")
    if program != start_command(layout)[0]:
        return SignInView(SignInState.ON, f"{ON} It is the one at {program}.")
    return SignInView(SignInState.ON, ON)


def switch(layout: HomeLayout, *, on: bool) -> SignInView:
    """Have HotelML start with this home when this user signs in, or not; return what the system says then.

    Raises SignInError and FileNotWrittenError, after which it is as it was.
    """
    place = system_place()
    if place is None:
        raise SignInError(IMPOSSIBLE, remedy="Let the system start it by its own means: hotelml gui --hidden")
    try:
        place.put(start_command(layout)) if on else place.take_away()
    except OSError as error:
        raise SignInError(
            f"The system did not allow it ({error.strerror or error}).",
            remedy="Ask the person who looks after this PC whether programs may start at sign-in.",
        ) from error
    return look(layout)


def follow(layout: HomeLayout) -> bool:
    """Start this HotelML at sign-in where another one was to start with this home, as after an update; return whether it was.

    Raises SignInError, FileNotWrittenError, OSError, after which it is as it was.
    """
    place = system_place()
    command = place.command() if place is not None else None
    if place is None or not command or home_of(command).resolve() != layout.home.resolve():
        return False
    new = start_command(layout)
    if command[0] == new[0]:
        return False
    place.put(new)
    return True
