"""What a training process and its supervisor say to one another: one JSON object per line, and nothing else on stdout.

{"progress": 0.4, "step": "…"}     as often as the module likes
{"counted": 312, "as_of": "…"}     once it knows how many examples there are, up to which day
{"report": {…}}                    the end of a run that went well
{"skipped": "…", "remedy": "…"}    the end of a run for which there was too little data; how much with "points"
{"error": "…", "remedy": "…"}      the end of a run that failed
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

log = logging.getLogger(__name__)

STDIN, STDOUT, STDERR = 0, 1, 2
PARENT_IS_GONE = 17
"""Exit code of a process whose supervisor died."""

LOOK_FOR_PARENT_EVERY_S = 0.5
_CLOSED = (109, 232, 233)
"""What Windows says of a pipe whose other end is gone: broken, being closed, nobody there. A console is no pipe at all."""

_SHORTEST_PAUSE_S = 0.1


class Wire:
    """The child's end: takes stdout for itself and sends everybody else's prints to stderr."""

    def __init__(self) -> None:
        self._file = os.fdopen(os.dup(STDOUT), "w", encoding="utf-8", newline="\n")
        os.dup2(STDERR, STDOUT)
        sys.stdout = sys.stderr
        self._lock = threading.Lock()
        self._last_s = -_SHORTEST_PAUSE_S
        self._reached = 0.0

    def say(self, message: Mapping[str, Any]) -> None:
        """Send one message at once."""
        with self._lock:
            self._file.write(json.dumps(message, ensure_ascii=True, allow_nan=False) + "\n")
            self._file.flush()

    def progress(self, fraction: float, step: str) -> None:
        """Send progress, which never goes back; more often than ten times a second is left out."""
        self._reached = max(self._reached, min(max(float(fraction), 0.0), 1.0))
        now = time.monotonic()
        if now - self._last_s >= _SHORTEST_PAUSE_S:
            self._last_s = now
            self.say({"progress": round(self._reached, 4), "step": step})

    def counted(self, points: int, as_of: date) -> None:
        """Send how many examples there are to learn from, up to which day."""
        self.say({"counted": points, "as_of": as_of.isoformat()})

    def close(self) -> None:
        """Close the channel."""
        with contextlib.suppress(BrokenPipeError):
            self._file.close()


def end_with_parent() -> None:
    """End this process at once when its supervisor is gone: stdin is a pipe that closes with it."""

    wait = wait_by_looking if sys.platform == "win32" else _wait_by_reading

    def watch() -> None:
        wait()
        log.warning("the supervisor is gone; this training ends with it")
        os._exit(PARENT_IS_GONE)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _wait_by_reading() -> None:
    """Return once stdin is closed."""
    # The raw descriptor, not sys.stdin: its lock would be held when the interpreter ends.
    with contextlib.suppress(OSError):
        while os.read(STDIN, 1024):
            pass


def wait_by_looking(is_open: Callable[[], bool] | None = None, pause_s: float = LOOK_FOR_PARENT_EVERY_S) -> None:
    """Return once stdin is closed, without ever reading from it.

    While a thread reads from a pipe, Windows keeps everybody else waiting who only asks what it is. The libraries of SciPy and
    NumPy ask that of stdin when they are loaded: the training would hang before it began (numpy issue 24290).
    """
    is_open = is_open or _pipe_is_open
    while is_open():
        time.sleep(pause_s)


def _pipe_is_open() -> bool:
    """Ask Windows whether anybody still holds the other end of stdin; that takes no time."""
    import ctypes
    import msvcrt

    look = ctypes.WinDLL("kernel32", use_last_error=True).PeekNamedPipe  # type: ignore[attr-defined]
    look.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
    try:
        handle = msvcrt.get_osfhandle(STDIN)  # type: ignore[attr-defined]
    except OSError:
        return False
    return bool(look(handle, None, 0, None, None, None)) or ctypes.get_last_error() not in _CLOSED  # type: ignore[attr-defined]


def message_of(line: bytes) -> dict[str, Any] | None:
    """Return a line's message, or None where it is not one."""
    try:
        message = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
