"""Waiting for a server no longer than somebody wants to."""

from __future__ import annotations

import threading
from collections.abc import Callable

from hotelml_app.core.jobs import CancelToken

_LOOK_EVERY_S = 0.05


def left_behind(send: Callable[[], str], cancel: CancelToken) -> str:
    """Return what ``send`` returns, and raise what it raises; raise Cancelled as soon as it is asked to stop.

    A name that is looked up or a server that does not answer cannot be interrupted: it is left to a thread that nobody waits
    for, which comes to its own end, or to that of the program.
    """
    done = threading.Event()
    said: list[str] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            said.append(send())
        except BaseException as error:  # noqa: BLE001 - raised again by who waits
            raised.append(error)
        finally:
            done.set()

    threading.Thread(target=run, name="channel test", daemon=True).start()
    while not done.wait(_LOOK_EVERY_S):
        cancel.check()
    if raised:
        raise raised[0]
    return said[0]
