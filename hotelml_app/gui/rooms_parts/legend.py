"""What the colours of the room plan mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hotelml_app.gui.rooms_parts.plan_paint import FILLS
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.services.rooms.views import Standing

WORDS = (
    (Standing.GUEST, "In the house"),
    (Standing.KEPT, "In the PMS"),
    (Standing.GIVEN, "Suggested"),
    (Standing.MOVED, "Should move"),
    (Standing.PLANNED, "For the PMS"),
    (Standing.REFUSED, "No room or conflict"),
)
_CHIP = QSize(16, 12)


class Legend(QWidget):
    """Small bars with their meaning; what does not fit is left out from the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(tokens.CONTROL_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Colours: " + ", ".join(words.lower() for _, words in WORDS))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        colours, painter = appearance().colours, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        metrics, x, middle = QFontMetrics(painter.font()), 0.0, self.height() / 2
        for standing, words in WORDS:
            wide = _CHIP.width() + 5 + metrics.horizontalAdvance(words)
            if x + wide > self.width():
                break
            fill, edge, _ = FILLS[standing]
            painter.setPen(QPen(QColor(getattr(colours, edge)), 1))
            painter.setBrush(QColor(getattr(colours, fill)))
            painter.drawRoundedRect(QRectF(x + 0.5, middle - _CHIP.height() / 2, _CHIP.width(), _CHIP.height()), 3, 3)
            painter.setPen(QColor(colours.text_muted))
            painter.drawText(QRectF(x + _CHIP.width() + 5, 0, wide, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            x += wide + tokens.SPACE_2
        painter.end()
