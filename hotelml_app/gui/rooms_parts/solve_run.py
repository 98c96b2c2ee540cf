"""Changing rooms from the window: in the background, with progress by the clock and a way to stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.core.jobs import CancelToken
from hotelml_app.gui.context import WindowContext

if TYPE_CHECKING:
    from hotelml_app.services.rooms.views import RoomsChange, RoomsView

TICK_MS = 100
ALMOST = 0.97
"""Shown at most while the answer is not there: the time limit is a promise about the solver, not about all around it."""


class SolveRun(QObject):
    """One change at a time; those that come meanwhile wait for it."""

    changed = Signal()
    ended = Signal(object, object)
    """Carries a change and None, or the error because of which it was not made."""

    def __init__(self, page: QObject, context: WindowContext, on_view: Callable[[object], None]) -> None:
        super().__init__(page)
        self._context, self._on_view = context, on_view
        self._waiting: list[RoomsChange] = []
        self._cancel: CancelToken | None = None
        self._began, self._limit_s = 0.0, 1.0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.changed)

    @property
    def running(self) -> bool:
        """True while a change is being made."""
        return self._cancel is not None

    @property
    def stopping(self) -> bool:
        """True once it was asked to stop."""
        return self._cancel is not None and self._cancel.cancelled

    @property
    def fraction(self) -> float:
        """How much of the time the solver may take is over."""
        return min((time.monotonic() - self._began) / max(self._limit_s, 0.1), ALMOST)

    @property
    def seconds_left(self) -> float:
        """How long it may still take."""
        return max(self._limit_s - (time.monotonic() - self._began), 0.0)

    def begin(self, change: RoomsChange, limit_s: float) -> None:
        """Make a change now, or after the one that is being made."""
        self._limit_s = limit_s
        self._waiting.append(change)
        if not self.running:
            self._next()

    def cancel(self) -> None:
        """Stop; nothing is changed."""
        dropped, self._waiting = self._waiting, []
        if self._cancel is not None:
            self._cancel.cancel()
            self.changed.emit()
        for one in dropped:
            self.ended.emit(one, Cancelled("It was stopped before it began."))

    def _next(self) -> None:
        change = self._waiting.pop(0)
        cancel = self._cancel = CancelToken()
        self._began = time.monotonic()
        self._timer.start()
        appliance, name = self._context.appliance, self._context.property_name
        self._context.runner.work(
            lambda: appliance.change_rooms(name, change, cancel=cancel),
            on_done=lambda view: self._done(name, change, view),
            on_failure=lambda error: self._failed(change, error),
        )
        self.changed.emit()

    def _done(self, name: str, change: RoomsChange, view: RoomsView) -> None:
        self._end()
        self.ended.emit(change, None)
        if name == self._context.property_name:
            self._on_view(view)

    def _failed(self, change: RoomsChange, error: HotelMLError) -> None:
        lost = [change, *self._waiting]
        self._waiting.clear()
        self._end()
        for one in lost:
            self.ended.emit(one, error)
        self._context.tell_error(error)

    def _end(self) -> None:
        self._cancel = None
        self._timer.stop()
        if self._waiting:
            self._next()
        self.changed.emit()
