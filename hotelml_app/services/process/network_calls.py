"""Proof of offline: every attempt of this process to reach anything but itself is counted, whoever makes it.

Python tells an audit hook of each ``socket.connect`` and ``socket.sendto`` and of each name that is looked up before it happens,
those of libraries included. A hook cannot be taken away again, so there is one per process. What a channel does that the user
set up is counted by itself, and there everything counts: what is handed to a server on this very PC is meant to leave it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address

_EVENTS = ("socket.connect", "socket.sendto")
_LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


class NetworkCalls:
    """How often this process tried to reach another machine since the hook was set."""

    def __init__(self) -> None:
        self._count = 0
        self._wanted = 0
        self._lock = threading.Lock()
        self._thread = threading.local()

    @property
    def count(self) -> int:
        """Attempts that nobody set up; loopback and local sockets are not counted."""
        return self._count

    @property
    def set_up_by_user(self) -> int:
        """Connections, and names looked up, for notification channels that the user set up."""
        return self._wanted

    @contextmanager
    def by_user(self) -> Iterator[None]:
        """Count what this thread does inside a ``with`` block as set up by the user."""
        self._thread.by_user = True
        try:
            yield
        finally:
            self._thread.by_user = False

    def hear(self, event: str, arguments: Sequence[object]) -> None:
        """Take note of one audit event."""
        if event not in _EVENTS and event not in _LOOK_UPS:
            return
        wanted = getattr(self._thread, "by_user", False)
        here = _stays_here(arguments[1]) if event in _EVENTS else not _is_a_name(arguments[0])
        if here and not (wanted and event in _EVENTS):
            return
        with self._lock:
            if wanted:
                self._wanted += 1
            else:
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


def _is_a_name(host: object) -> bool:
    """Return whether the network is asked for a host: for a name that is not this machine's and no number either."""
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if not isinstance(text, str) or text in ("", "localhost"):
        return False
    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        return True
    return False


_counter: NetworkCalls | None = None


def watch_network() -> NetworkCalls:
    """Set the hook, once per process, and return its counter."""
    global _counter
    if _counter is None:
        _counter = NetworkCalls()
        sys.addaudithook(_counter.hear)
    return _counter
