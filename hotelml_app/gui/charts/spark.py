"""A spark line: the recent errors of a module, oldest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from hotelml_app.gui.theme.appearance import appearance

_MARGIN = 4.0


class SparkLine(QWidget):
    """A small line from zero upwards, its last point marked."""

    def __init__(self) -> None:
        super().__init__()
        self._values: tuple[float, ...] = ()
        self.setFixedSize(QSize(112, 28))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[float], words: str) -> None:
        """Draw ``values``; ``words`` say the same to those who do not see it."""
        self._values = tuple(values)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setVisible(len(self._values) > 1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        if len(self._values) < 2:
            return
        colours = appearance().colours
        top = max(self._values) or 1.0
        step = (self.width() - 2 * _MARGIN) / (len(self._values) - 1)
        span = self.height() - 2 * _MARGIN
        points = [QPointF(_MARGIN + i * step, _MARGIN + span * (1 - value / top)) for i, value in enumerate(self._values)]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() - _MARGIN
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QPointF(_MARGIN, base), QPointF(self.width() - _MARGIN, base))
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(points[-1], 2.5, 2.5)
        painter.end()
