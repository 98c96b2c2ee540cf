"""An end to a conversation that never ends: each answer may come in time, and all together take for ever."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

SILENCE_S = 15.0
"""How long a server may take to answer."""

IN_ALL_S = 60.0


class TimeLimit:
    """Whether the time was up."""

    over = False


@contextmanager
def time_limit(socket_of: Callable[[], socket.socket | None], seconds: float) -> Iterator[TimeLimit]:
    """Shut a socket down after so many seconds, so that whoever waits for it goes on."""
    limit = TimeLimit()

    def hang_up() -> None:
        limit.over = True
        held = socket_of()
        if held is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield limit
    finally:
        timer.cancel()
        timer.join()
