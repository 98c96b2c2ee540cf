"""What is piped into a command: one line that must not stand on the command line, where others could see it."""

from __future__ import annotations

import sys

from hotelml_app.core.errors import UsageError


def is_typed() -> bool:
    """Tell whether a person sits at the other end of stdin, who can be asked.

    Windows calls NUL a terminal as well, from which nobody ever answers (Python's issue 28654).
    """
    return sys.stdin is not None and sys.stdin.isatty() and (sys.platform != "win32" or _is_console())


def _is_console() -> bool:
    """Ask Windows whether stdin is a console."""
    import ctypes
    import msvcrt

    ask = ctypes.WinDLL("kernel32").GetConsoleMode  # type: ignore[attr-defined]
    ask.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32)]
    handle = msvcrt.get_osfhandle(sys.stdin.fileno())  # type: ignore[attr-defined]
    return bool(ask(handle, ctypes.byref(ctypes.c_uint32())))


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
