"""What scrolls, calmly: nothing moves when a scroll bar appears, and none appears where everything fits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from hotelml_app.gui.theme import tokens


def scrolled(content: QWidget) -> QScrollArea:
    """Return a vertical scroll area around a widget that takes the width it is given."""
    made = _CalmScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(content)
    # Whatever it lies on shows through: a page, or a card.
    content.setAutoFillBackground(False)
    made.viewport().setAutoFillBackground(False)
    made.verticalScrollBar().rangeChanged.connect(made.make_room)
    return made


def bring_into_view(widget: QWidget) -> None:
    """Scroll what is around a widget until it stands at the top, or as near to it as there is something to scroll."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    content = around.widget() if around is not None else None
    if around is not None and content is not None:
        around.verticalScrollBar().setValue(widget.mapTo(content, widget.rect().topLeft()).y())


class _CalmScrollArea(QScrollArea):
    """Its scroll bar takes its width from the right margin of the content, so that nothing moves when it appears.

    Qt alone would guess the height of wrapped texts; here the content is as high as it is at the width it has.
    """

    def setWidget(self, content: QWidget) -> None:
        """Show this content."""
        super().setWidget(content)
        content.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the height again for another width."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find the height again when something inside changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Follow the focus where somebody sends it; from a button that is switched off while its work goes on, take it.

        Qt would give it to what comes next, and scroll there, which may be the other end of the page.
        """
        left = self.window().focusWidget()
        if left is not None and not left.isEnabled():
            self.setFocus()
            return True
        return super().focusNextPrevChild(forward)

    def _fit(self) -> None:
        content = self.widget()
        layout = content.layout() if content is not None else None
        if content is not None and layout is not None and layout.hasHeightForWidth():
            content.setMinimumHeight(layout.totalMinimumHeightForWidth(self.viewport().width()))

    def make_room(self, lowest: int, highest: int) -> None:
        """Narrow the right margin while there is a scroll bar."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if layout is not None:
            margins = layout.contentsMargins()
            margins.setRight(tokens.SPACE_3 - (self.verticalScrollBar().sizeHint().width() if highest > lowest else 0))
            layout.setContentsMargins(margins)
