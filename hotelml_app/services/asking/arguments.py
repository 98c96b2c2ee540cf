"""What a request carries, checked in one place whether it was typed on the command line or sent over loopback."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from hotelml_app.core.errors import UsageError


class Arguments:
    """The named values of one request. Every reader raises UsageError, in words, where a value makes no sense."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """Raise where the request carries a name that nobody reads, for it is a typo."""
        names = sorted(known)
        for given in self._values:
            if given not in names:
                hint = nearest(given, names)
                raise UsageError(f"There is no option {given!r} here.", remedy=f"{hint}Known: {', '.join(names) or 'none'}.")

    def text(self, name: str, default: str = "") -> str:
        """Return a text, or the default where none was given."""
        value = self._values.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise UsageError(f"{name} must be a text, not {value!r}.")
        return value

    def needed(self, name: str) -> str:
        """Return a text that must be given."""
        value = self.text(name).strip()
        if not value:
            raise UsageError(f"{name} is missing.", remedy=f"Say which {name} you mean.")
        return value

    def flag(self, name: str) -> bool:
        """Return a yes or no; no where it was not given."""
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise UsageError(f"{name} must be true or false, not {value!r}.")
        return value

    def number(self, name: str, *, default: int, low: int, high: int) -> int:
        """Return a whole number between two bounds, both allowed."""
        value = self._values.get(name)
        if value is None:
            return default
        try:
            number = int(str(value))
        except ValueError:
            raise UsageError(f"{name} must be a whole number, not {value!r}.", remedy=f"Choose from {low} to {high}.") from None
        if not low <= number <= high:
            raise UsageError(f"{name} {number} is outside what is possible.", remedy=f"Choose from {low} to {high}.")
        return number

    def day(self, name: str) -> date | None:
        """Return a date, or None where none was given."""
        value = self._values.get(name)
        if value is None or value == "":
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise UsageError(f"{value!r} is not a date.", remedy="Write it as year-month-day, for example 2026-08-31.") from None

    def path(self, name: str) -> Path | None:
        """Return an absolute path, or None where none was given; a relative one would mean another place to another process."""
        value = self.text(name)
        return _whole_path(name, value) if value else None

    def paths(self, name: str) -> tuple[Path, ...]:
        """Return a list of absolute paths; none where it was not given."""
        return tuple(_whole_path(name, value) for value in self.texts(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; none where it was not given."""
        value = self._values.get(name) or ()
        if isinstance(value, str) or not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            raise UsageError(f"{name} must be a list of texts.")
        return tuple(value)


def _whole_path(name: str, value: str) -> Path:
    if not Path(value).is_absolute():
        raise UsageError(f"{name} must be a full path, not {value!r}.")
    if not _is_name_of_a_file(value):
        raise UsageError(f"{name} contains a character that no file name may have: {value!r}.")
    return Path(value)


def _is_name_of_a_file(path: str) -> bool:
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def nearest(given: str, names: Iterable[str]) -> str:
    """Return "Did you mean X? " for the name most like the one given, or "" where none is near."""
    by_fold = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(given.casefold(), by_fold, n=1)
    return f"Did you mean {by_fold[near[0]]}? " if near else ""
