"""Proof of offline: every attempt of this process to reach anything but itself is counted, whoever makes it.

Python tells an audit hook of each ``socket.connect`` and ``socket.sendto`` before it happens, those of libraries included. A hook
cannot be taken away again, so there is one per process.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from ipaddress import ip_address

_EVENTS = ("socket.connect", "socket.sendto")


class NetworkCalls:
    """How often this process tried to reach another machine since the hook was set."""

    def __init__(self) -> None:
        self._count = 0
        self._lock = threading.Lock()

    @property
    def count(self) -> int:
        """Attempts so far; loopback and local sockets are not counted."""
        return self._count

    def hear(self, event: str, arguments: Sequence[object]) -> None:
        """Take note of one audit event."""
        if event in _EVENTS and not _stays_here(arguments[1]):
            with self._lock:
                self._count += 1


def _stays_here(address: object) -> bool:
    """Return whether a socket address means this machine; a local (Unix) socket has no host at all."""
    if not isinstance(address, tuple) or not address or not isinstance(address[0], str):
        return True
    host = address[0].partition("%")[0]
    if host in ("", "localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


_counter: NetworkCalls | None = None


def watch_network() -> NetworkCalls:
    """Set the hook, once per process, and return its counter."""
    global _counter
    if _counter is None:
        _counter = NetworkCalls()
        sys.addaudithook(_counter.hear)
    return _counter
