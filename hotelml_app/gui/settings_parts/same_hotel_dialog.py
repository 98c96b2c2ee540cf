"""Two properties that are one hotel: what putting them together would do is told, and then it is asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.dialogs.told_first import ToldFirstDialog
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.properties.merge_views import Merged, MergeView

WIDTH = 62 * tokens.GRID
ACTION = "This is the same hotel as…"
HINT = "The database is copied first; the copy is listed under Backups and can be put back from there."
UNSAVED = Notice("Save or discard what you changed here first", "Then say which hotel this is the same as.")


class SameHotelDialog(ToldFirstDialog):
    """Names another property, tells what would happen, and puts the two together. Open it with ``open``."""

    def __init__(self, parent: QWidget, context: WindowContext, others: Sequence[str]) -> None:
        super().__init__(parent, context, "The same hotel", "They are one hotel", self.begin, WIDTH)
        self._name = context.property_name
        self._view: MergeView | None = None
        self.others = CalmComboBox("The other property")
        for other in others:
            self.others.addItem(other, other)
        self.others.activated.connect(lambda _: self._ask())
        self.same = Button("They are the same bookings", lambda: self._ask(new_numbers=True))
        self.same.setAutoDefault(False)
        head, hint = label(f"{self._name} is the same hotel as", "heading", wrap=True), label(HINT, "muted", wrap=True)
        buttons = row((None, self.no, self.same, self.yes))
        self.furnish((head, self.others, self.lines, self.said, hint, buttons))
        self._ask()

    def begin(self) -> None:
        """Put the two together."""
        view, appliance = self._view, self._context.appliance
        if view is None or view.problem or self.working:
            return
        gone, stays, said = view.gone.name, view.stays.name, view.numbers_said
        self.work("Putting them together…", lambda: appliance.merge_properties(gone, stays, new_numbers=said), self._done)

    def allow(self) -> None:
        """Let the other property be chosen, and the bookings be called the same, where that is asked."""
        super().allow()
        self.same.setVisible(self._view is not None and self._view.numbers_unsure)
        self.others.setEnabled(not self.working)

    def _ask(self, *, new_numbers: bool = False) -> None:
        appliance, name, other = self._context.appliance, self._name, self.others.choice
        self._show(None)
        self.say("Comparing them…")
        self._context.runner.ask(
            "same hotel",
            lambda: appliance.compare_properties(name, other, new_numbers=new_numbers),
            self._compared,
            self.fail,
        )

    def _compared(self, view: object) -> None:
        assert isinstance(view, MergeView)
        self._show(view)
        asked = " Are they the same bookings, numbered anew by a new PMS?" if view.numbers_unsure else ""
        self.say(f"{view.problem}{asked}", "urgent")

    def _show(self, view: MergeView | None) -> None:
        self._view = view
        self.tell(view.lines if view is not None else (), ready=view is not None and not view.problem)

    def _done(self, done: object) -> None:
        assert isinstance(done, Merged)
        self.working = False
        self._context.tell(Notice(done.sentence, "The copy of the database that was made before is among the backups."))
        self._context.look_at(done.view.stays.name)
        self.accept()


def ask_same_hotel(parent: QWidget, context: WindowContext, ground: object, *, unsaved: bool) -> None:
    """Open the window for the property that is shown; what is being typed on the page would be of neither."""
    if unsaved:
        context.tell(UNSAVED)
    elif isinstance(ground, SettingsGround):
        SameHotelDialog(parent, context, ground.others).open()
