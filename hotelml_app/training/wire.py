"""What a training process and its supervisor say to one another: one JSON object per line, and nothing else on stdout.

{"progress": 0.4, "step": "…"}     as often as the module likes
{"report": {…}}                    the end of a run that went well
{"skipped": "…", "points": 312}    the end of a run for which there was too little data
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
from collections.abc import Mapping
from typing import Any

log = logging.getLogger(__name__)

STDIN, STDOUT, STDERR = 0, 1, 2
PARENT_IS_GONE = 17
"""Exit code of a process whose supervisor died."""

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

    def close(self) -> None:
        """Close the channel."""
        with contextlib.suppress(BrokenPipeError):
            self._file.close()


def end_with_parent() -> None:
    """End this process at once when its supervisor is gone: stdin is a pipe that closes with it."""

    def watch() -> None:
        # The raw descriptor, not sys.stdin: its lock would be held when the interpreter ends.
        while True:
            try:
                if not os.read(STDIN, 1024):
                    break
            except OSError:
                break
        log.warning("the supervisor is gone; this training ends with it")
        os._exit(PARENT_IS_GONE)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def message_of(line: bytes) -> dict[str, Any] | None:
    """Return a line's message, or None where it is not one."""
    try:
        message = json.loads(line)
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
