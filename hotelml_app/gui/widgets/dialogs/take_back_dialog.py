"""An import that should not have been: what taking it back would do is told, and then it is asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import row
from hotelml_app.gui.widgets.dialogs.told_first import ToldFirstDialog
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.exports.data_views import ImportView
from hotelml_app.services.exports.taking_back_views import TakeBackView, TakenBack

WIDTH = 58 * tokens.GRID
ACTION = "Take this file back…"


class TakeBackDialog(ToldFirstDialog):
    """Tells what is known once the import is taken back, and does it. Open it with ``open``."""

    def __init__(self, parent: QWidget, context: WindowContext, one: ImportView, on_done: Callable[[], object]) -> None:
        super().__init__(parent, context, "Take a file back", "Take it back", self.begin, WIDTH)
        self._one, self._on_done = one, on_done
        head = label(f"Make everything what it was before {one.file_name}?", "heading", wrap=True)
        self.furnish((head, self.lines, self.said, None, row((None, self.no, self.yes))))
        self.allow()
        self.say("Looking at what came with it…")
        context.runner.work(lambda: context.appliance.look_at_taking_back(one.id), on_done=self._looked, on_failure=self.fail)

    def begin(self) -> None:
        """Take the import back."""
        if self.ready and not self.working:
            self.work("Taking it back…", lambda: self._context.appliance.take_back(self._one.id), self._done)

    def _looked(self, view: object) -> None:
        assert isinstance(view, TakeBackView)
        self.tell(view.lines, ready=True)
        self.say("")

    def _done(self, done: object) -> None:
        assert isinstance(done, TakenBack)
        self.working = False
        self._context.tell(Notice(done.sentence, f"The predictions are made anew. {done.reading}".rstrip()))
        self._on_done()
        self.accept()
