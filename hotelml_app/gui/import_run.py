"""Importing files that were dropped on to the window or chosen by hand: in the background, with progress and cancel."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.services.asking.words import count

if TYPE_CHECKING:
    from hotelml_app.core.jobs import CancelToken
    from hotelml_app.gui.place import Place
    from hotelml_app.services.exports.data_views import ImportView

DONE = "done"


class ImportRun(QObject):
    """One run of imports at a time; files that come meanwhile wait for it."""

    changed = Signal()
    finished = Signal()
    asked = Signal(object, str)
    """Some of the files were not imported because a person has to answer something first; carries paths and property."""

    _progressed = Signal(float, str)

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context)
        self._context = context
        self._waiting: list[tuple[str, Path]] = []
        self._cancel: CancelToken | None = None
        self.fraction = 0.0
        self.step = ""
        self._progressed.connect(self._take_progress)

    @property
    def running(self) -> bool:
        """True while files are being read."""
        return self._cancel is not None

    def begin(self, paths: Sequence[Path], property_name: str | None = None) -> None:
        """Import these files now, or after the ones that are being imported: into this property, or the one looked at now."""
        # A property chosen while they wait is not the one they were meant for.
        name = self._context.property_name if property_name is None else property_name
        self._waiting.extend((name, path) for path in paths)
        if not self.running and self._waiting:
            self._next()

    def cancel(self) -> None:
        """Stop; the file that is being read is left as if it had never begun."""
        self._waiting.clear()
        if self._cancel is not None:
            self._cancel.cancel()
            self.step = "Stopping…"
            self.changed.emit()

    def _next(self) -> None:
        from hotelml_app.core.jobs import CancelToken

        name = self._waiting[0][0]
        paths = tuple(path for _, path in takewhile(lambda one: one[0] == name, self._waiting))
        self._waiting = self._waiting[len(paths) :]
        cancel = self._cancel = CancelToken()
        self.fraction, self.step = 0.0, f"Reading {paths[0].name}"
        appliance = self._context.appliance
        # Bound to the object, so that Qt delivers on the window's thread however far the import is away from it.
        report = self._progressed.emit
        self._context.runner.work(
            lambda: appliance.import_files(paths, name or None, report, cancel),
            on_done=lambda imports: self._done(name, paths, imports),
            on_failure=self._failed,
        )
        self.changed.emit()

    def _take_progress(self, fraction: float, step: str) -> None:
        if self._cancel is not None and not self._cancel.cancelled:
            self.fraction, self.step = fraction, step
            self.changed.emit()

    def _done(self, name: str, paths: Sequence[Path], imports: Sequence[ImportView]) -> None:
        asking = [path for path, one in zip(paths, imports, strict=True) if one.question]
        if len(asking) < len(imports):
            self._context.tell(summary(self._context.place, [one for one in imports if not one.question]))
        self._end()
        if asking:
            self.asked.emit(asking, name)

    def _failed(self, error: HotelMLError) -> None:
        self._context.tell_error(error)
        self._end()

    def _end(self) -> None:
        self._cancel = None
        self.changed.emit()
        self.finished.emit()
        if self._waiting:
            self._next()


def summary(place: Place, imports: Sequence[ImportView]) -> Notice:
    """Return what came of a run of imports, in one notice."""
    failed = [one for one in imports if one.status == "failed"]
    if failed:
        first = failed[0]
        more = f" {len(failed) - 1} more failed; see the list." if len(failed) > 1 else ""
        return Notice(f"{first.file_name} could not be read", first.message, more.strip(), urgent=True)
    done = [one for one in imports if one.status == DONE]
    if not done:
        return Notice("Nothing new: these files were imported before")
    created, changed, rejected = (sum(getattr(one, name) for one in done) for name in ("created", "changed", "rejected"))
    text = f"{created:,} new, {changed:,} changed."
    if rejected:
        text += f" {count(rejected, 'row')} could not be used; the list says why."
    elsewhere = dict.fromkeys(one.elsewhere for one in done if one.elsewhere)
    return Notice(f"{count(len(done), 'file')} imported", " ".join((place.spoken(text), *elsewhere)))
