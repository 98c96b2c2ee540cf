"""All questions about a file, one below the other, and how much room they leave for the lists below them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QScrollArea, QWidget

from hotelml_app.gui.answering.questions import Question
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column
from hotelml_app.gui.widgets.reading_order import reading_order


class AskedArea(QWidget):
    """The questions; ``ask`` adds one below the others."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = column(gap=tokens.SPACE_1)
        self.setLayout(self._layout)
        self.hide()

    def ask(self, question: Question) -> None:
        """Show a question below the others."""
        first = not self._layout.count()
        self._layout.addWidget(question)
        self.show()
        if first:
            next(iter(reading_order(question)), question).setFocus()


class ListRoom(QObject):
    """Gives ``lists`` what the questions leave of ``around``, and all the height they have where that is too little.

    So one of the two scrolls, never one inside the other. ``whole`` tells the height of the list that is shown, in pixels.
    """

    def __init__(self, around: QScrollArea, lists: QWidget, least: int, whole: Callable[[], int]) -> None:
        super().__init__(around)
        content = around.widget()
        assert content is not None, "there is something to scroll"
        self._around, self._content, self._lists, self._least, self._whole = around, content, lists, least, whole
        around.viewport().installEventFilter(self)
        content.installEventFilter(self)
        self.fit()

    def fit(self) -> None:
        """Find the height again."""
        layout, width = self._content.layout(), self._around.viewport().width()
        assert layout is not None, "the questions and the lists are laid out"
        tall = layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalMinimumSize().height()
        others = tall - self._lists.minimumHeight()
        fits = others + self._least <= self._around.viewport().height()
        height = self._least if fits else max(self._whole(), self._least)
        if height != self._lists.minimumHeight():
            self._lists.setMinimumHeight(height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find the height again for another room, and when something inside changed."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.fit()
        return super().eventFilter(watched, event)
