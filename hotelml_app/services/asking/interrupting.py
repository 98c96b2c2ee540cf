"""Ctrl+C while a command works: the first asks for an end at the next safe moment, the second ends at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from hotelml_app.core.jobs import CancelToken

STOPPING = "Stopping at the next safe moment; press Ctrl+C again to stop at once."


@contextmanager
def cancelled_by_interrupt(cancel: CancelToken, tell: Callable[[str], None]) -> Iterator[None]:
    """Turn the first Ctrl+C into ``cancel``: native code that is torn out of its work may swallow the exception, or crash."""

    def hear(number: int, frame: FrameType | None) -> None:
        if cancel.cancelled:
            raise KeyboardInterrupt
        cancel.cancel()
        # The signal may have come in the middle of another line to the same terminal.
        threading.Thread(target=tell, args=(STOPPING,), daemon=True).start()

    former = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or former is not signal.default_int_handler:
        # Somebody else hears it already, or the command was started so as not to hear it.
        yield
        return
    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
