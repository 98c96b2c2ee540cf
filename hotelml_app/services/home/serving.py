"""Running without a window until somebody says stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotelml_app.services.appliance import Appliance
    from hotelml_app.services.asking.home_owner import OpenAppliance
    from hotelml_app.settings.home import HomeLayout

_SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP")
"""Ctrl+C, a service manager's stop, Windows' Ctrl+Break, a closed terminal; each where the system has it."""

_LOOK_EVERY_S = 0.5
"""On Windows a wait without end does not notice signals."""


class StopRequest:
    """Hears the signals that mean "stop" while it is entered, and restores what was there before."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._former: dict[int, object] = {}

    def ask(self) -> None:
        """Ask to stop, as a signal does."""
        self._asked.set()

    @property
    def asked(self) -> bool:
        """True once somebody asked to stop."""
        return self._asked.is_set()

    def wait(self) -> None:
        """Return once somebody asked to stop."""
        while not self._asked.wait(_LOOK_EVERY_S):
            pass

    def __enter__(self) -> StopRequest:
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)):
                if not _told_to_go_on(number):
                    self._former[number] = signal.signal(number, self._hear)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        for number, handler in self._former.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._former.clear()

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self._asked.set()


def _told_to_go_on(number: int) -> bool:
    """Tell whether it was begun with nohup, and goes on when the terminal closes."""
    return number == getattr(signal, "SIGHUP", None) and signal.getsignal(number) is signal.SIG_IGN


def open_to_serve(
    layout: HomeLayout, open_appliance: OpenAppliance, stop: StopRequest, tell: Callable[[str], None]
) -> Appliance | None:
    """Open a home as its owner, waiting for a command that works on it; return None where somebody asks to stop meanwhile.

    ``tell`` hears why it takes a moment. Raises HomeBusyError where another HotelML owns it, or a command takes too long.
    """
    from hotelml_app.core.errors import Cancelled
    from hotelml_app.services.asking.home_owner import open_to_own
    from hotelml_app.services.asking.loopback import LoopbackRunner

    def unless_asked(layout: HomeLayout, *, writer: bool) -> Appliance:
        if stop.asked:
            raise Cancelled("HotelML was asked to stop.")
        return open_appliance(layout, writer=writer)

    try:
        opened = open_to_own(layout, unless_asked, tell)
        # Who owns it for good is named by the refusal.
        return unless_asked(layout, writer=True) if isinstance(opened, LoopbackRunner) else opened
    except Cancelled:
        return None


def serve_until(appliance: Appliance, stop: StopRequest) -> float:
    """Watch, import, train and answer until ``stop``; return how many seconds that was."""
    began = appliance.parts.clock.monotonic()
    appliance.start()
    stop.wait()
    return appliance.parts.clock.monotonic() - began
