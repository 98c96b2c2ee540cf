"""Two properties that are one hotel: what putting them together would do is told, and then it is asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import clear, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.labels import label, set_role
from hotelml_app.services.properties.merge_views import Merged, MergeView

WIDTH = 62 * tokens.GRID
ACTION = "This is the same hotel as…"
HINT = "The database is copied first; the copy is listed under Backups and can be put back from there."
UNSAVED = Notice("Save or discard what you changed here first", "Then say which hotel this is the same as.")


class SameHotelDialog(QDialog):
    """Names another property, tells what would happen, and puts the two together. Open it with ``open``."""

    def __init__(self, parent: QWidget, context: WindowContext, others: Sequence[str]) -> None:
        super().__init__(parent)
        self._context, self._name = context, context.property_name
        self._view: MergeView | None = None
        self._working = False
        self.setWindowTitle("The same hotel")
        self.setFixedWidth(min(WIDTH, parent.window().width() - 2 * tokens.GRID))
        self.others = CalmComboBox("The other property")
        for other in others:
            self.others.addItem(other, other)
        self.others.activated.connect(lambda _: self._ask())
        self._lines = QVBoxLayout()
        self._lines.setSpacing(tokens.SPACE_HALF)
        self.said = label(wrap=True)
        self.no = Button("Cancel", self.reject)
        self.same = Button("They are the same bookings", lambda: self._ask(new_numbers=True))
        self.yes = Button("They are one hotel", self.begin, role="primary")
        # What is done here is for good: Enter is the careful answer.
        self.no.setDefault(True)
        for button in (self.same, self.yes):
            button.setAutoDefault(False)
        head = label(f"{self._name} is the same hotel as", "heading", wrap=True)
        parts = (
            head,
            self.others,
            self._lines,
            self.said,
            label(HINT, "muted", wrap=True),
            row((None, self.no, self.same, self.yes)),
        )
        inside = column(parts, gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE_2)
        self.setLayout(inside)
        self.finished.connect(self.deleteLater)
        self._ask()

    @property
    def told(self) -> tuple[str, ...]:
        """What would happen, as it is shown."""
        return tuple(self._context.place.with_days(line) for line in self._view.lines) if self._view is not None else ()

    def begin(self) -> None:
        """Put the two together."""
        view, appliance = self._view, self._context.appliance
        if view is None or view.problem or self._working:
            return
        self._working = True
        self._allow()
        self._say("Putting them together…")
        self._context.runner.work(
            lambda: appliance.merge_properties(view.gone.name, view.stays.name, new_numbers=view.numbers_said),
            on_done=self._done,
            on_failure=self._failed,
        )

    def reject(self) -> None:
        """Leave them as they are; what has begun is not to be stopped."""
        if not self._working:
            super().reject()

    def _ask(self, *, new_numbers: bool = False) -> None:
        appliance, name, other = self._context.appliance, self._name, self.others.choice
        self._show(None)
        self._say("Comparing them…")
        self._context.runner.ask(
            "same hotel",
            lambda: appliance.compare_properties(name, other, new_numbers=new_numbers),
            self._compared,
            self._failed,
        )

    def _compared(self, view: object) -> None:
        assert isinstance(view, MergeView)
        self._show(view)
        asked = " Are they the same bookings, numbered anew by a new PMS?" if view.numbers_unsure else ""
        self._say(f"{view.problem}{asked}", "urgent")

    def _show(self, view: MergeView | None) -> None:
        self._view = view
        clear(self._lines)
        for line in self.told:
            self._lines.addWidget(label(line, wrap=True))
        self._allow()

    def _allow(self) -> None:
        self.yes.setEnabled(self._view is not None and not self._view.problem and not self._working)
        self.same.setVisible(self._view is not None and self._view.numbers_unsure)
        self.no.setEnabled(not self._working)
        self.others.setEnabled(not self._working)

    def _say(self, text: str, role: str = "muted") -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        set_role(self.said, role)
        self.adjustSize()

    def _failed(self, error: HotelMLError) -> None:
        self._working = False
        self._allow()
        self._say(str(error), "urgent")

    def _done(self, done: object) -> None:
        assert isinstance(done, Merged)
        self._working = False
        self._context.tell(Notice(done.sentence, "The copy of the database that was made before is among the backups."))
        self._context.look_at(done.view.stays.name)
        self.accept()


def ask_same_hotel(parent: QWidget, context: WindowContext, ground: object, *, unsaved: bool) -> None:
    """Open the window for the property that is shown; what is being typed on the page would be of neither."""
    if unsaved:
        context.tell(UNSAVED)
    elif isinstance(ground, SettingsGround):
        SameHotelDialog(parent, context, ground.others).open()
