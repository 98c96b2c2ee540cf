"""Ending politely on Ctrl+C and on a request of the system to end."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class Interrupts(QObject):
    """Call ``on_interrupt`` on the Qt thread when the process is asked to end; works on the main thread only.

    Qt's loop runs no Python by itself, so Python's signals wake it up through a pair of sockets.
    """

    def __init__(self, on_interrupt: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_interrupt = on_interrupt
        self._ends: tuple[socket.socket, socket.socket] | None = None
        self._former_wake = -1
        self._former: dict[signal.Signals, object] = {}
        if threading.current_thread() is threading.main_thread():
            self._listen()

    def close(self) -> None:
        """Give the signals back to whoever had them."""
        if self._ends is None:
            return
        for number, handler in self._former.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        signal.set_wakeup_fd(self._former_wake)
        self._notifier.setEnabled(False)
        for end in self._ends:
            end.close()
        self._ends = None

    def _listen(self) -> None:
        reading, writing = self._ends = socket.socketpair()
        for end in self._ends:
            end.setblocking(False)
        self._notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        self._former_wake = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
        self._former = {number: signal.signal(number, lambda *_: None) for number in _asking_to_end()}

    def _woken(self) -> None:
        self._notifier.setEnabled(False)
        self._on_interrupt()


def _asking_to_end() -> list[signal.Signals]:
    """Return the signals by which this system asks to end; SIGBREAK is Ctrl+Break and a closed console on Windows."""
    return [signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
