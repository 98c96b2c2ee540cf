"""What tells the set-up program of Windows that HotelML runs: named mutexes, which end with the process whatever ends it."""

from __future__ import annotations

import ctypes
import logging

log = logging.getLogger(__name__)

MARKS = ("HotelML-is-running", r"Global\HotelML-is-running")
"""One for the user's own session, one for those of other users of the PC; hotelml.nsi asks for both before it changes HotelML."""

FOR_EVERYBODY = "D:(A;;GA;;;WD)"
"""Whom Windows lets look for a mark (in its security descriptor definition language); by default, its maker alone."""

_LANGUAGE_VERSION = 1


class _Rights(ctypes.Structure):
    """SECURITY_ATTRIBUTES of the Windows API."""

    _fields_ = [("size", ctypes.c_uint32), ("descriptor", ctypes.c_void_p), ("inherited", ctypes.c_int)]


def mark_running() -> list[int]:
    """Make the marks and return their handles, which nobody closes. On Windows alone.

    A mark that cannot be made is only logged: without it a running HotelML is not noticed while it is replaced or taken away.
    """
    create = ctypes.WinDLL("kernel32", use_last_error=True).CreateMutexW  # type: ignore[attr-defined]
    create.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_wchar_p]
    create.restype = ctypes.c_void_p
    rights = _rights()
    handles = []
    for name in MARKS:
        if handle := create(ctypes.byref(rights) if rights is not None else None, False, name):
            handles.append(int(handle))
        else:
            log.warning("the mark %s cannot be made: Windows error %d", name, ctypes.get_last_error())  # type: ignore[attr-defined]
    return handles


def _rights() -> _Rights | None:
    """Return what lets everybody look for a mark, None where Windows does not make it."""
    convert = ctypes.WinDLL("advapi32", use_last_error=True).ConvertStringSecurityDescriptorToSecurityDescriptorW  # type: ignore[attr-defined]
    convert.argtypes = [ctypes.c_wchar_p, ctypes.c_uint32, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p]
    convert.restype = ctypes.c_int
    made = ctypes.c_void_p()
    if not convert(FOR_EVERYBODY, _LANGUAGE_VERSION, ctypes.byref(made), None):
        log.warning("other users cannot see that HotelML runs: Windows error %d", ctypes.get_last_error())  # type: ignore[attr-defined]
        return None
    return _Rights(ctypes.sizeof(_Rights), made, 0)
