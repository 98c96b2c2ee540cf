"""One card of the Models page: what answers, how good it is, and the training of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QProgressBar

from hotelml_app.core.jobs import JobStage, JobView
from hotelml_app.gui.charts.spark import SparkLine
from hotelml_app.gui.measure_words import figure, measure_name, verdict
from hotelml_app.gui.place import Place, time_left_words
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import ElidedLabel, label, set_role
from hotelml_app.services.learning.views import ModuleView


@dataclass(frozen=True)
class CardActions:
    """What a card's buttons do; each takes the module's name or the job."""

    train: Callable[[str], object]
    cancel: Callable[[int], object]


class ModuleCard(QFrame):
    """Chosen by a click or Enter; its details are shown beside it."""

    chosen = Signal(str)

    def __init__(self, name: str, actions: CardActions) -> None:
        super().__init__()
        self.name = name
        self.job: JobView | None = None
        self._actions = actions
        self._place = Place()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = label(role="heading")
        self.live = label(role="muted", wrap=True)
        self.measure = ElidedLabel()
        self.waits = label(role="muted", wrap=True)
        self.spark = SparkLine()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.step = ElidedLabel(role="muted")
        self.train_button = Button("Train now", lambda: self._actions.train(self.name), icon="play")
        self.cancel_button = Button("Cancel", self._cancel, icon="stop")
        self._working = bare(column((self.progress, self.step), gap=tokens.SPACE_HALF))
        head = row((self.title, None, self.spark, self.train_button, self.cancel_button), gap=tokens.SPACE_2)
        words = column((self.live, self.measure, self.waits), gap=2)
        inside = column((head, words, self._working), gap=tokens.SPACE_HALF)
        inside.setContentsMargins(tokens.SPACE_2, tokens.SPACE_1, tokens.SPACE_2, tokens.SPACE_1 + 4)
        self.setLayout(inside)

    def show_module(self, place: Place, module: ModuleView) -> None:
        """Show a module as it stands."""
        self._place = place
        self.title.setText(module.title)
        self.live.setText(place.spoken(live_words(place, module)))
        self.measure.setText(measure_words(place, module))
        self.measure.setVisible(module.measure is not None)
        waits = " ".join(part for part in (trained_words(place, module), module.waits_for) if part)
        self.waits.setText(place.spoken(waits))
        self.spark.show_values(
            module.recent_errors, f"Errors of the last {len(module.recent_errors)} days, the newest at the right"
        )
        self.progress.setAccessibleName(f"Progress of the training: {module.title}")
        self.train_button.setAccessibleName(f"Train now: {module.title}")
        self.cancel_button.setAccessibleName(f"Cancel the training: {module.title}")
        self.setAccessibleName(f"{module.title}: {place.spoken(module.live.sentence)}")
        self._can_train = module.can_train
        self.show_job(module.job)

    def show_job(self, job: JobView | None) -> None:
        """Show how far a training is, or that none runs."""
        self.job = job if job is not None and not job.stage.final else None
        self._working.setVisible(self.job is not None)
        self.waits.setVisible(self.job is None and bool(self.waits.text()))
        self.cancel_button.setVisible(self.job is not None)
        self.train_button.setVisible(self.job is None and self._can_train)
        if self.job is not None:
            waiting = self.job.stage is JobStage.QUEUED
            self.progress.setValue(round(1000 * self.job.fraction))
            self.step.setText("Waits for its turn" if waiting else self._place.dated(step_words(self.job)))

    def set_current(self, current: bool) -> None:
        """Mark the card whose details are shown."""
        set_role(self, "true" if current else "false", "current")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this card."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit(self.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose this card with Enter or the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.name)
        else:
            super().keyPressEvent(event)

    def _cancel(self) -> None:
        if self.job is not None:
            self.cancel_button.setEnabled(False)
            self._actions.cancel(self.job.id)
            self.cancel_button.setEnabled(True)


def live_words(place: Place, module: ModuleView) -> str:
    """Return what answers now and since when."""
    since = f"Since {place.moment(module.live_since)}: " if module.live_since else ""
    # What follows the semicolon is how good it was; the card says that in the next line.
    said = module.live.sentence.partition(";")[0].rstrip(".")
    lately = f" {module.live.track_record[:1].upper()}{module.live.track_record[1:]}." if module.live.track_record else ""
    return f"{since}{said}.{lately}"


def measure_words(place: Place, module: ModuleView) -> str:
    """Return the measure beside its baseline."""
    name, mine = measure_name(module.measure_name), figure(place, module.measure, module.unit)
    if module.baseline_measure is None:
        return f"{name} {mine}"
    theirs, won = figure(place, module.baseline_measure, module.unit), verdict(place, module)
    if len(module.unit) > 1:
        mine = figure(place, module.measure, "")
    if not won:
        return f"{name} {mine}, {module.baseline_name} {theirs}"
    # What counts comes first: a narrow card cuts the end.
    return f"{won[0].upper()}{won[1:]}: {name[0].lower()}{name[1:]} {mine} against {theirs}"


def trained_words(place: Place, module: ModuleView) -> str:
    """Return when the module learned last."""
    return f"Learned {place.moment(module.last_trained)}." if module.last_trained else ""


def step_words(job: JobView) -> str:
    """Return how far a training is, what it does and the time left."""
    parts = (f"{100 * job.fraction:.0f} %", job.step, time_left_words(job.seconds_left))
    return "  ·  ".join(part for part in parts if part)
