"""How an update that waits is installed on this PC: in words, as a command, or by starting its set-up."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from hotelml_app.services.updates.errors import UpdateError
from hotelml_app.services.updates.signature import Statement
from hotelml_app.services.updates.views import UpdateView

START_SETUP = "Press Start the set-up on the Settings page, or run: hotelml update --start"
COPY_FIRST = "Have the database copied first (Settings, or hotelml update --start), quit HotelML,"
"""Only where the set-up is started from here does that happen by itself."""


def view_of(said: Statement, file: Path | None = None) -> UpdateView:
    """Return what is told of an update, with the next step where it waits in ``file``."""
    if file is None:
        return UpdateView(said.version, said.platform, said.bytes, said.sha256)
    command, starts = _command(said, file), said.name.endswith(".exe")
    after = START_SETUP if starts else f"Quit HotelML, then {_by_hand(said, file, command)}"
    step = START_SETUP if starts else f"{COPY_FIRST} then {_by_hand(said, file, command)}"
    return UpdateView(said.version, said.platform, said.bytes, said.sha256, str(file), step, after, command, starts)


def _command(said: Statement, file: Path) -> str:
    if said.name.endswith(".deb"):
        return f"sudo dpkg -i {shlex.quote(str(file))}"
    if said.name.endswith(".tar.gz"):
        place = _beside_program()
        sudo = "" if os.access(place, os.W_OK) else "sudo "
        return f"{sudo}tar -xzf {shlex.quote(str(file))} -C {shlex.quote(str(place))}"
    return ""


def _by_hand(said: Statement, file: Path, command: str) -> str:
    if said.name.endswith(".zip"):
        return f"unpack {file}, and put the folder hotelml in it in the place of {_program_folder()}."
    if said.name.endswith(".deb"):
        return f"run: {command}"
    program = _beside_program() / said.name.removesuffix(".tar.gz") / "hotelml"
    return f"run: {command} ; from then on start {program}"


def _program_folder() -> Path:
    return Path(sys.executable).resolve().parent


def _beside_program() -> Path:
    """Return where an unpacked program of a newer version goes: beside this one, or into the user's folder."""
    return _program_folder().parent if getattr(sys, "frozen", False) else Path.home()


def launch(view: UpdateView) -> None:
    """Start the set-up of an update, where it has one that can be started. Raises UpdateError."""
    if view.starts and sys.platform == "win32":
        try:
            os.startfile(view.file)
        except OSError as error:
            raise UpdateError(
                f"Windows did not start {view.file} ({error.strerror or error}).",
                remedy="Start it from the Explorer, or ask the person who may install programs on this PC.",
            ) from error
