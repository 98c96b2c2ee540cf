"""Linux desktops: an entry in the autostart folder (freedesktop.org, Desktop Application Autostart Specification)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from hotelml_app.services.files.written_files import write_bytes
from hotelml_app.services.sign_in.desktop_entry import command_of, entry, exec_value, keys_of

FILE = "hotelml.desktop"
_ALWAYS = {"Type": "Application", "Version": "1.5", "Name": "HotelML"}
_OFF = {"Hidden": "true", "X-GNOME-Autostart-enabled": "false"}
"""How desktops note that an entry is there but switched off, each in its own way."""


def autostart_folders(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Return this user's autostart folder, then those of the whole system; what is first counts. Relative paths do not."""
    own = _absolute([environment.get("XDG_CONFIG_HOME", "")]) or [Path.home() / ".config"]
    system = _absolute(environment.get("XDG_CONFIG_DIRS", "").split(":")) or [Path("/etc/xdg")]
    return tuple(folder / "autostart" for folder in (*own, *system))


def _absolute(paths: Sequence[str]) -> list[Path]:
    return [Path(path) for path in paths if path.startswith("/")]


class AutostartFolder:
    """HotelML's entry in these folders, of which only the first is written. Raises OSError, FileNotWrittenError."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._files = [folder / FILE for folder in folders]

    def command(self) -> list[str] | None:
        """Return what is started; None where nothing is."""
        for file in self._files:
            if file.is_file():
                keys = keys_of(os.fsdecode(file.read_bytes()))
                off = any(keys.get(name, "").lower() == value for name, value in _OFF.items())
                return None if off else command_of(keys.get("Exec", ""))
        return None

    def put(self, command: Sequence[str]) -> None:
        """Have a command started from the next sign-in on, in place of what was."""
        self._write({"Exec": exec_value(command), "Icon": "hotelml", "Terminal": "false", "X-GNOME-Autostart-enabled": "true"})

    def take_away(self) -> None:
        """Have nothing started; an entry of the whole system is not deleted, but covered."""
        self._files[0].unlink(missing_ok=True)
        if self.command() is not None:
            self._write({"Hidden": "true"})

    def _write(self, keys: Mapping[str, str]) -> None:
        # A path may hold bytes that are no text; they come back as they were.
        write_bytes(self._files[0], os.fsencode(entry({**_ALWAYS, **keys})))
