"""What becomes of the files that are dropped into a folder, for the rail: noticed, being read, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from hotelml_app.core.events import FileNoticed, ImportFinished

TOLD_FOR_MS = 60_000
"""How long it is told what came of a file; the Data page has it for good."""

LONGEST_NAME = 24
"""Letters of a file name that fit into the rail."""


class FilesWatch(QObject):
    """Emits ``changed`` whenever there is something else to tell."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[str, None] = {}
        self._reading = ""
        self._fraction = 0.0
        self._outcome = ""
        self._finished: ImportFinished | None = None
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(TOLD_FOR_MS)
        self._forget.timeout.connect(self._say_nothing)

    def hear(self, event: object) -> None:
        """Take note of an event of the appliance."""
        # Whoever tells of an event has imported them; before there is one, the window does without.
        from hotelml_app.core.events import FileNoticed, FileProgressed, ImportFinished

        match event:
            case FileNoticed():
                self._take(event)
            case FileProgressed(path, fraction) if path == self._reading:
                self._fraction = fraction
            case ImportFinished(_, name) if self._reading and name == Path(self._reading).name:
                self._finished = event
            case _:
                return
        self.changed.emit()

    def stop(self) -> None:
        """Tell nothing any more."""
        self._forget.stop()

    @property
    def work(self) -> tuple[str, float] | None:
        """Which file is being read, in words, and how much of it is done; None while none is."""
        if not self._reading:
            return None
        return f"Reading {_short(self._reading)} {100 * self._fraction:.0f} %", self._fraction

    @property
    def words(self) -> str:
        """What else is to be told: what waits until it is complete, else what came of the last file."""
        if len(self._waiting) > 1:
            return f"{len(self._waiting):,} files came in: waiting until they are complete"
        if self._waiting:
            return f"{_short(next(iter(self._waiting)))} came in: waiting until it is complete"
        return "" if self._reading else self._outcome

    def _take(self, event: FileNoticed) -> None:
        from hotelml_app.core.events import FileStage

        self._waiting.pop(event.path, None)
        if event.stage == FileStage.WAITING:
            self._waiting[event.path] = None
        elif event.stage == FileStage.READING:
            self._reading, self._fraction, self._finished = event.path, 0.0, None
            return
        else:
            self._outcome = self._outcome_of(event)
            self._forget.start()
        if event.path == self._reading:
            self._reading = ""

    def _outcome_of(self, event: FileNoticed) -> str:
        from hotelml_app.core.events import FileStage
        from hotelml_app.services.asking.words import count

        done = self._finished if event.path == self._reading else None
        read = f"{count(done.accepted, 'row')} imported" if done else "imported"
        left = f", {count(done.rejected, 'row')} could not be used" if done and done.rejected else ""
        said = {
            FileStage.IMPORTED: f"{read}{left}",
            FileStage.DUPLICATE: "was imported before; nothing changed",
            FileStage.FAILED: "could not be read; the Data page says why",
            FileStage.ASKING: "waits for your answer, on the Data page",
            FileStage.LATER: "has to wait; the Data page says why",
        }.get(event.stage, "")
        return f"{_short(event.path)}: {said}" if said else ""

    def _say_nothing(self) -> None:
        self._outcome = ""
        self.changed.emit()


def _short(path: str) -> str:
    """Return the name of a file, without its middle where that is long: it has no blanks to break at."""
    name, half = Path(path).name, LONGEST_NAME // 2
    return name if len(name) <= LONGEST_NAME else f"{name[: half - 1]}…{name[-half:]}"
