"""Ctrl+C or a service manager's stop while a command works: the first asks for an end at the next safe moment, the second ends
at once.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from hotelml_app.core.jobs import CancelToken

STOPPING = "Stopping at the next safe moment; press Ctrl+C again to stop at once."


@contextmanager
def heard_like_an_interrupt() -> Iterator[None]:
    """Have the system's request to end raise KeyboardInterrupt, as Ctrl+C does, where it would just kill.

    A command that is killed leaves its half-written file beside the one it was asked for, and whoever reads its JSON nothing.
    """
    requests = [number for number in _asking_to_end() if _heard_by(number, signal.SIG_DFL)]
    for number in requests:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in requests:
            signal.signal(number, signal.SIG_DFL)


@contextmanager
def cancelled_by_interrupt(cancel: CancelToken, tell: Callable[[str], None]) -> Iterator[None]:
    """Turn the first interrupt into ``cancel``: native code that is torn out of its work may swallow the exception, or crash."""

    def hear(number: int, frame: FrameType | None) -> None:
        if cancel.cancelled:
            raise KeyboardInterrupt
        cancel.cancel()
        # The signal may have come in the middle of another line to the same terminal.
        threading.Thread(target=tell, args=(STOPPING,), daemon=True).start()

    # Somebody else may hear one of them already, or the command was started so as not to hear it.
    heard = [number for number in _asking_to_end() if _heard_by(number, signal.default_int_handler)]
    for number in heard:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, signal.default_int_handler)


def _heard_by(number: signal.Signals, handler: object) -> bool:
    return threading.current_thread() is threading.main_thread() and signal.getsignal(number) is handler


def _asking_to_end() -> list[signal.Signals]:
    """Return the signals by which this system asks to end; SIGBREAK is Ctrl+Break and a closed console on Windows."""
    return [signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
