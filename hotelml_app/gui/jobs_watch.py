"""What the appliance is working on, asked again while anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from hotelml_app.core.jobs import JobView
    from hotelml_app.gui.context import WindowContext

SETTLE_MS = 150
"""Progress comes in bursts; one question answers a burst."""

ASK_AGAIN_MS = 1000


class JobsWatch(QObject):
    """Emit ``changed`` with the running and recent jobs whenever they may have moved on."""

    changed = Signal(object)

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context)
        self._context = context
        self.jobs: tuple[JobView, ...] = ()
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        context.jobs_wanted.connect(self.look)

    def hear(self, event: object) -> None:
        """Take note of an event of the appliance."""
        from hotelml_app.core.events import JobChanged

        if isinstance(event, JobChanged):
            self.look()

    def look(self) -> None:
        """Ask soon."""
        if self._stopped:
            return
        if not self._timer.isActive() or self._timer.remainingTime() > SETTLE_MS:
            self._timer.start(SETTLE_MS)

    def stop(self) -> None:
        """Ask no more."""
        self._stopped = True
        self._timer.stop()

    @property
    def running(self) -> tuple[JobView, ...]:
        """The jobs that are not over."""
        return tuple(job for job in self.jobs if not job.stage.final)

    def _ask(self) -> None:
        self._context.runner.ask("jobs", self._context.appliance.jobs, self._take, self._context.tell_error)

    def _take(self, jobs: object) -> None:
        assert isinstance(jobs, tuple)
        self.jobs = jobs
        if self.running and not self._stopped:
            self._timer.start(ASK_AGAIN_MS)
        self.changed.emit(jobs)
