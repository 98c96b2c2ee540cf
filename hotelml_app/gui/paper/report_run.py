"""Saving a report: asks for a place, makes it in the background, and tells where it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.desktop.choosing import choose_target
from hotelml_app.gui.desktop.open_folder import open_folder

if TYPE_CHECKING:
    from datetime import date

    from hotelml_app.core.jobs import CancelToken
    from hotelml_app.services.report.views import Report

EXCEL_FILTER, PDF_FILTER = "Excel workbook (*.xlsx)", "PDF (*.pdf)"
TOLD_AFTER_MS = 1000
"""A report that is done sooner needs no progress."""

MAKING, SAVED = "The report is being made", "The report is saved"


class ReportRun(QObject):
    """One report at a time."""

    changed = Signal()
    _progressed = Signal(float, str)

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context)
        self._context = context
        self._cancel: CancelToken | None = None
        self._step = ""
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(TOLD_AFTER_MS)
        self._slow.timeout.connect(self._tell_step)
        self._progressed.connect(self._take_progress)

    @property
    def running(self) -> bool:
        """True while a report is being made."""
        return self._cancel is not None

    def ask_where(self, parent: QWidget, day: date | None) -> None:
        """Ask for a file, by whose ending it becomes Excel or PDF; the window goes on meanwhile."""
        name = f"report-{day.isoformat()}.xlsx" if day is not None else "report.xlsx"
        dialog = choose_target(parent, "Save the report", name, f"{EXCEL_FILTER};;{PDF_FILTER}", self.begin)
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("pdf" if chosen == PDF_FILTER else "xlsx"))

    def begin(self, target: Path) -> None:
        """Make the report and write it there."""
        from hotelml_app.core.jobs import CancelToken
        from hotelml_app.services.report.keeping import ending

        if self.running:
            return
        cancel = self._cancel = CancelToken()
        appliance, name = self._context.appliance, self._context.property_name
        # Bound to the object, so that Qt delivers on the window's thread.
        report = self._progressed.emit

        def make() -> Path:
            ending(target)
            made = appliance.report(name, progress=report, cancel=cancel)
            cancel.check()
            appliance.keep_report(target, _content(target, made))
            return target

        self._step = ""
        self._slow.start()
        self._context.runner.work(make, on_done=self._done, on_failure=self._failed)
        self.changed.emit()

    def stop(self) -> None:
        """Give the report up; nothing is written then."""
        if self._cancel is not None:
            self._cancel.cancel()

    def _take_progress(self, fraction: float, step: str) -> None:
        self._step = f"{step} · {self._context.place.share(fraction)}"
        if self.running and not self._slow.isActive():
            self._tell_step()

    def _tell_step(self) -> None:
        if self._cancel is not None and not self._cancel.cancelled:
            self._context.tell(Notice(MAKING, self._step, action="Stop", on_action=self.stop, passing=True))

    def _done(self, target: object) -> None:
        assert isinstance(target, Path)
        self._end()
        opened = lambda: open_folder(self._context, str(target.parent))  # noqa: E731
        self._context.tell(Notice(SAVED, f"It is {target}.", action="Open folder", on_action=opened))

    def _failed(self, error: HotelMLError) -> None:
        self._end()
        self._context.tell_error(error)

    def _end(self) -> None:
        self._cancel = None
        self._slow.stop()
        self.changed.emit()


def _content(target: Path, report: Report) -> bytes:
    """Return the file; runs in the background."""
    from hotelml_app.services.report.keeping import PDF, ending

    if ending(target) == PDF:
        from hotelml_app.gui.paper.report_paper import pdf_in_background

        return pdf_in_background(report)
    from hotelml_app.services.report.workbook import workbook_bytes

    return workbook_bytes(report)
