"""Working a past day out anew, in the background: one at a time, with progress and a way to stop."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.core.jobs import CancelToken
from hotelml_app.gui.context import WindowContext

if TYPE_CHECKING:
    from hotelml_app.services.replay.views import ReplayView

BEGINNING = "Beginning…"


class ReplayRun(QObject):
    """Belongs to the window, not to the dialog that it works for: what is under way may end after that is closed."""

    changed = Signal()
    done = Signal(object)
    failed = Signal(object)

    _progressed = Signal(object, float, str)

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context)
        self._context = context
        self._cancel: CancelToken | None = None
        self._under_way, self._closed = 0, False
        self.fraction, self.step = 0.0, ""
        self._progressed.connect(self._take_progress)

    @property
    def running(self) -> bool:
        """True while somebody waits for a day."""
        return self._cancel is not None

    def begin(self, day: date) -> None:
        """Work this day out, and no other any more."""
        self.stop()
        cancel = self._cancel = CancelToken()
        self.fraction, self.step = 0.0, BEGINNING
        self._under_way += 1
        appliance, name = self._context.appliance, self._context.property_name
        report = self._progressed.emit
        self._context.runner.work(
            lambda: appliance.replay(
                name, day, work_out=True, progress=lambda share, step: report(cancel, share, step), cancel=cancel
            ),
            on_done=lambda view: self._end(cancel, view=view),
            on_failure=lambda error: self._end(cancel, error=error),
        )
        self.changed.emit()

    def stop(self) -> None:
        """Let go of the day that is being worked out."""
        if self._cancel is not None:
            self._cancel.cancel()
            self._cancel = None
            self.changed.emit()

    def close(self) -> None:
        """Stop, and be gone once nothing is under way any more."""
        self.stop()
        self._closed = True
        self._leave()

    def _take_progress(self, whose: object, fraction: float, step: str) -> None:
        if whose is self._cancel:
            self.fraction, self.step = fraction, step
            self.changed.emit()

    def _end(self, whose: CancelToken, *, view: ReplayView | None = None, error: HotelMLError | None = None) -> None:
        self._under_way -= 1
        wanted = whose is self._cancel
        if wanted:
            self._cancel = None
            self.changed.emit()
        if wanted and view is not None:
            self.done.emit(view)
        elif wanted and error is not None and not isinstance(error, Cancelled):
            self.failed.emit(error)
        self._leave()

    def _leave(self) -> None:
        if self._closed and not self._under_way:
            self.deleteLater()
