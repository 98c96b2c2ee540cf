"""All questions about a file, one below the other: as high as they are, and scrolled where they would fill the dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from hotelml_app.gui.answering.questions import Question
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column

MOST_OF_DIALOG = 0.45
"""So much of the dialog's height the questions take; the rest is what would come of the answers."""


class AskedArea(QScrollArea):
    """The questions; ``ask`` adds one below the others."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = column(gap=tokens.SPACE_1)
        self._inside = QWidget()
        self._inside.setLayout(self._layout)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._inside.installEventFilter(self)
        self.fit()

    def ask(self, question: Question) -> None:
        """Show a question below the others."""
        self._layout.addWidget(question)
        self.fit()

    def fit(self) -> None:
        """Take the height that the questions need, up to their part of the dialog."""
        margins, bar = self._layout.contentsMargins(), self.verticalScrollBar().sizeHint().width()
        needed, most = self._needed(), round(MOST_OF_DIALOG * self.window().height())
        scrolls = needed > most
        margins.setRight(bar if scrolls else 0)
        self._layout.setContentsMargins(margins)
        # Qt alone would guess the height of wrapped texts.
        self._inside.setMinimumHeight(self._needed() if self._layout.count() else 0)
        self.setVisible(self._layout.count() > 0)
        height = most if scrolls else needed
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _needed(self) -> int:
        width = max(self.viewport().width(), 1)
        if self._layout.hasHeightForWidth():
            return self._layout.totalHeightForWidth(width)
        return self._layout.totalSizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the height again for another width."""
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find the height again when something inside changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)
