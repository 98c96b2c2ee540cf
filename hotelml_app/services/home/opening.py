"""A home that opens behind the window: whoever asks first has it opened, whoever asks meanwhile waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from hotelml_app.core.errors import HotelMLError

if TYPE_CHECKING:
    from hotelml_app.core.events import EventBus
    from hotelml_app.services.appliance import Appliance
    from hotelml_app.services.asking.home_owner import OpenAppliance
    from hotelml_app.settings.home import HomeLayout

WAIT_FOR_COMMANDS_S = 20.0
"""How long a command may keep the home before the window says so; staff can try again from there."""

START_AFTER_S = 0.7
"""The first page is answered first: what the watcher and the API import would hold it up."""


class OpeningHome:
    """Stands in for an appliance until it is there; ask from background threads alone, for opening takes its time.

    The appliance is started a moment after it was opened. Leave the ``with`` block to close it; what kept it from being
    opened is raised then, unless somebody tried again and it went well.
    """

    def __init__(self, open_home: Callable[[EventBus], Appliance], events: EventBus | None = None) -> None:
        self._open_home = open_home
        self._events = events
        self._lock = threading.Lock()
        self._appliance: Appliance | None = None
        self._starting: threading.Timer | None = None
        self._failure: HotelMLError | None = None

    @property
    def events(self) -> EventBus:
        """Where the appliance tells what happens, as soon as there is one."""
        if self._events is None:
            from hotelml_app.core.events import EventBus

            self._events = EventBus()
        return self._events

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return the appliance's own method; it opens the home when it is called. Raises what keeps it from being opened."""

        def ask(*values: object, **named: object) -> object:
            return getattr(self._opened(), name)(*values, **named)

        return ask

    def __enter__(self) -> OpeningHome:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            if self._starting is not None:
                self._starting.cancel()
                self._starting.join()
            if self._appliance is not None:
                self._appliance.close()
        if self._failure is not None and error is None:
            raise self._failure

    def _opened(self) -> Appliance:
        with self._lock:
            if self._appliance is None:
                try:
                    self._appliance = self._open_home(self.events)
                except HotelMLError as error:
                    self._failure = error
                    raise
                self._failure = None
                self._starting = threading.Timer(START_AFTER_S, _start, [self._appliance])
                self._starting.start()
            return self._appliance


def _start(appliance: Appliance) -> None:
    """Start what works behind the window. A part that fails is told on the Today page; nobody waits here to be told."""
    import logging

    try:
        appliance.start()
    except Exception:
        logging.getLogger(__name__).warning("the window works without a part of HotelML", exc_info=True)


def open_behind_window(layout: HomeLayout, open_appliance: OpenAppliance) -> Appliance:
    """Open a home for the window that is on the screen already.

    Raises HomeBusyError where another command keeps it, ShownElsewhereError where another HotelML owns it and shows its window,
    and that one's own error where it shows none.
    """
    import logging

    from hotelml_app.services.asking.home_owner import open_to_own
    from hotelml_app.services.asking.loopback import LoopbackRunner
    from hotelml_app.services.errors import ShownElsewhereError
    from hotelml_app.services.home import show_window

    opened = open_to_own(layout, open_appliance, logging.getLogger(__name__).info, WAIT_FOR_COMMANDS_S)
    if isinstance(opened, LoopbackRunner):
        told = show_window.ask(opened)
        raise ShownElsewhereError(str(told["sentence"]), remedy="Close this window.")
    opened.parts.has_window = True
    return opened
