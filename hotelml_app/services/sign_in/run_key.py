"""Windows: a value below the Run key of this user, and what the Task Manager notes beside it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from hotelml_app.services.sign_in.errors import SignInError

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
NAME = "HotelML"
LONGEST = 260
"""Characters of a command line below the Run key; Windows does not start a longer one."""


class RunKey:
    """HotelML's value below the key. ``registry`` is ``winreg``, or something that does as it does. Raises OSError."""

    def __init__(self, registry: Any) -> None:
        self._registry = registry

    def command(self) -> list[str] | None:
        """Return what is started; None where nothing is, or where somebody switched it off in the Task Manager."""
        line = self._value(RUN)
        if not isinstance(line, str) or self._is_switched_off():
            return None
        return words_of(line)

    def put(self, command: Sequence[str]) -> None:
        """Have a command started from the next sign-in on. Raises SignInError where it is too long."""
        registry, line = self._registry, subprocess.list2cmdline(command)
        if len(line) > LONGEST:
            raise SignInError(
                f"The command would have {len(line)} characters, and Windows starts none of more than {LONGEST}.",
                remedy="Put the data folder where its path is shorter.",
            )
        with registry.CreateKey(registry.HKEY_CURRENT_USER, RUN) as key:
            registry.SetValueEx(key, NAME, 0, registry.REG_SZ, line)
        self._delete(APPROVED)

    def take_away(self) -> None:
        """Have nothing started."""
        self._delete(RUN)
        self._delete(APPROVED)

    def _is_switched_off(self) -> bool:
        """Read the Task Manager's note: 12 bytes, of which an odd first one means off."""
        noted = self._value(APPROVED)
        return isinstance(noted, bytes) and bool(noted) and noted[0] % 2 == 1

    def _value(self, path: str) -> object:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, path) as key:
                return registry.QueryValueEx(key, NAME)[0]
        except FileNotFoundError:
            return None

    def _delete(self, path: str) -> None:
        registry = self._registry
        # What is not there is as it should be.
        with suppress(FileNotFoundError), registry.OpenKey(registry.HKEY_CURRENT_USER, path, 0, registry.KEY_SET_VALUE) as key:
            registry.DeleteValue(key, NAME)


def words_of(line: str) -> list[str]:
    """Split a command line as Windows programs do: backslashes mean something before a quotation mark alone."""
    words: list[str] = []
    word, quoted = "", False
    begun = False
    for slashes, sign in re.findall(r'(\\*)("|[^\\"]|$)', line):
        if sign == '"':
            word += "\\" * (len(slashes) // 2)
            word, quoted = (f'{word}"', quoted) if len(slashes) % 2 else (word, not quoted)
            begun = True
            continue
        word, begun = word + slashes, begun or bool(slashes)
        if quoted or sign not in ("", " ", "\t"):
            word, begun = word + sign, True
        elif begun:
            words.append(word)
            word, begun = "", False
    return words
