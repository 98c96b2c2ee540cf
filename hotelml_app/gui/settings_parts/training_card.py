"""When the modules learn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QTimeEdit, QVBoxLayout

from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import clear, column, dress
from hotelml_app.gui.widgets.labels import label
from hotelml_app.settings.model import ModuleTraining, TrainingSettings

_DAILY = re.compile(r"(\d{1,2}) (\d{1,2}) \* \* \*")


@dataclass(frozen=True)
class _Line:
    enabled: QCheckBox
    time: QTimeEdit | None


class TrainingCard(QFrame):
    """Training as a whole on or off, and per module whether and at what time of the night."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.enabled = QCheckBox("Learn from new exports by itself")
        self.enabled.toggled.connect(self._toggled)
        self._lines: dict[str, _Line] = {}
        self._place = QVBoxLayout()
        hint = "Training runs in the background at low priority, after an export with enough new data, or at night."
        dress(self, column((label("Learning", "heading"), label(hint, "muted", wrap=True), self.enabled, self._place)))

    def show_ground(self, ground: SettingsGround) -> None:
        """Show when the modules learn now."""
        training = ground.settings.training
        clear(self._place)
        self._lines = {}
        grid = QGridLayout()
        grid.setContentsMargins(tokens.SPACE_3, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.SPACE_2)
        for line, (name, title) in enumerate(ground.modules):
            chosen = training.modules.get(name, ModuleTraining())
            self._lines[name] = self._line(grid, line, title, chosen)
        grid.setColumnStretch(3, 1)
        self._place.addLayout(grid)
        if not ground.modules:
            self._place.addWidget(label("What can learn is listed here after the first export.", "muted", wrap=True))
        self.enabled.setChecked(training.enabled)
        self._toggled(training.enabled)

    def collect(self, training: TrainingSettings) -> TrainingSettings:
        """Return the training settings as they stand in the form."""
        modules = dict(training.modules)
        for name, line in self._lines.items():
            before = modules.get(name, ModuleTraining())
            after = before.model_copy(update={"enabled": line.enabled.isChecked(), "schedule": _schedule(line, before.schedule)})
            if after != before or name in modules:
                modules[name] = after
        return training.model_copy(update={"enabled": self.enabled.isChecked(), "modules": modules})

    def _line(self, grid: QGridLayout, line: int, title: str, chosen: ModuleTraining) -> _Line:
        box = QCheckBox(title)
        box.setChecked(chosen.enabled)
        box.toggled.connect(lambda _: self.edited.emit())
        grid.addWidget(box, line, 0)
        at = daily_time(chosen.schedule)
        if at is None:
            words = f"on its own schedule ({chosen.schedule})" if chosen.schedule else "not at night, only after exports"
            grid.addWidget(label(words, "muted"), line, 1, 1, 2)
            return _Line(box, None)
        time = QTimeEdit(at)
        time.setDisplayFormat("HH:mm")
        time.setFixedWidth(9 * tokens.GRID)
        time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        time.setAccessibleName(f"Time of the nightly training: {title}")
        time.timeChanged.connect(lambda _: self.edited.emit())
        grid.addWidget(label("every night at", "muted"), line, 1)
        grid.addWidget(time, line, 2)
        return _Line(box, time)

    def _toggled(self, on: bool) -> None:
        for line in self._lines.values():
            line.enabled.setEnabled(on)
            if line.time is not None:
                line.time.setEnabled(on)
        self.edited.emit()


def daily_time(schedule: str) -> QTime | None:
    """Return the time of day of a crontab line that runs once every day, or None for any other."""
    found = _DAILY.fullmatch(schedule.strip())
    time = QTime(int(found[2]), int(found[1])) if found else QTime()
    return time if time.isValid() else None


def _schedule(line: _Line, before: str) -> str:
    if line.time is None or daily_time(before) == line.time.time():
        return before
    return f"{line.time.time().minute()} {line.time.time().hour()} * * *"
