"""What tells the set-up program of Windows that HotelML runs: named mutexes, which end with the process whatever ends it."""

from __future__ import annotations

import ctypes
import logging

log = logging.getLogger(__name__)

MARKS = ("HotelML-is-running", r"Global\HotelML-is-running")
"""One for the user's own session, one for those of other users of the PC; hotelml.iss asks for both before it removes HotelML."""


def mark_running() -> list[int]:
    """Make the marks and return their handles, which nobody closes. On Windows alone.

    A mark that cannot be made is only logged: without it a running HotelML is not noticed while it is taken away.
    """
    create = ctypes.WinDLL("kernel32", use_last_error=True).CreateMutexW  # type: ignore[attr-defined]
    create.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_wchar_p]
    create.restype = ctypes.c_void_p
    handles = []
    for name in MARKS:
        if handle := create(None, False, name):
            handles.append(int(handle))
        else:
            log.warning("the mark %s cannot be made: Windows error %d", name, ctypes.get_last_error())  # type: ignore[attr-defined]
    return handles
