"""The head of a page: its sentence, where that comes from, and the page's own buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, row
from hotelml_app.gui.widgets.labels import label, set_role
from hotelml_app.gui.widgets.provenance import Provenance

SENTENCE_HEIGHT = 28


class PageHead(QWidget):
    """The sentence comes first and whole: buttons that would make it longer by a line stand below it instead of beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = label(role="sentence", wrap=True, selectable=True)
        self.sentence.setMinimumHeight(SENTENCE_HEIGHT)
        self.sentence.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.provenance = Provenance()
        self.tools = row()
        self._buttons = bare(self.tools)
        self._below: bool | None = None
        self._grid = QGridLayout()
        self._grid.setContentsMargins(tokens.SPACE_3, tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE_1)
        self._grid.setHorizontalSpacing(tokens.SPACE_2)
        self._grid.setVerticalSpacing(tokens.SPACE_HALF)
        self._grid.setColumnStretch(0, 1)
        self.setLayout(self._grid)
        self._put_buttons(below=False)

    def set_narrow(self, narrow: bool) -> None:
        """Write smaller in a narrow window."""
        set_role(self.sentence, "true" if narrow else "false", "narrow")
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the place of the buttons again."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Find the place of the buttons again when the sentence or a button says something else."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        whole = self.width() - 2 * tokens.SPACE_3
        buttons = self._buttons.sizeHint().width()
        beside = whole - buttons - tokens.SPACE_2
        high = self.sentence.heightForWidth
        self._put_buttons(below=buttons > 0 and high(max(beside, 1)) > high(max(whole, 1)))

    def _put_buttons(self, *, below: bool) -> None:
        if below == self._below:
            return
        self._below = below
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self.sentence, 0, 0, 1, 2 if below else 1)
        self._grid.addWidget(self.provenance, 1, 0, 1, 1 if below else 2, top)
        self._grid.addWidget(self._buttons, 1 if below else 0, 1, top)
