"""What is piped into a command: one line that must not stand on the command line, where others could see it."""

from __future__ import annotations

import sys

from hotelml_app.core.errors import UsageError


def is_typed() -> bool:
    """Tell whether a person sits at the other end of stdin, who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def piped_line(what: str) -> str | None:
    """Return the first line of stdin without its end, or None where nothing comes. Raises UsageError where it is not UTF-8.

    As bytes: Python on Windows would read them by the code page of the PC, and what was piped in would never be what is typed
    into the window of another.
    """
    # A service, or whoever closed it, has none.
    line = sys.stdin.buffer.readline() if sys.stdin is not None else b""
    if not line:
        return None
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"The {what} is not written in UTF-8.", remedy="Write the file it comes from anew, as UTF-8, or type it."
        ) from error
