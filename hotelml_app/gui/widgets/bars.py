"""Small bars that say a share at a glance."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.icons import pixel_ratios

BAR_WIDTH = 48
BAR_HEIGHT = 6

BAND_WORDS = {"high": "High", "raised": "Raised", "low": "Low", "unknown": "Not known"}
BAND_ORDER = {"high": 3, "raised": 2, "low": 1, "unknown": 0}
_BAND_COLOURS = {"own": "accent", "high": "risk_high", "raised": "risk_raised", "low": "line_strong", "unknown": "line"}


def risk_icon(share: float | None, band: str) -> QIcon:
    """Return a bar filled to ``share`` in the colour of its band, as an icon ``BAR_WIDTH`` wide."""
    colours = appearance().colours
    fill = getattr(colours, _BAND_COLOURS.get(band, "line"))
    return _bar_icon(round((share or 0.0) * BAR_WIDTH), fill, colours.track, pixel_ratios())


@lru_cache(maxsize=512)
def _bar_icon(filled: int, fill: str, track: str, ratios: tuple[float, ...]) -> QIcon:
    made = QIcon()
    for ratio in ratios:
        pixmap = QPixmap(round(BAR_WIDTH * ratio), round(16 * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _rounded(painter, QRectF(0, 5, BAR_WIDTH, BAR_HEIGHT), track)
        if filled > 0:
            _rounded(painter, QRectF(0, 5, max(filled, BAR_HEIGHT / 2), BAR_HEIGHT), fill)
        painter.end()
        # Where a row is chosen, Qt would dye the whole bar in the colour of choice: a small risk looked like a sure loss.
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            made.addPixmap(pixmap, mode)
    return made


class OccupancyBar(QWidget):
    """The house as a bar: on the books filled, the forecast as a mark, its likely range as a thin line."""

    def __init__(self) -> None:
        super().__init__()
        self._rooms = 1.0
        self._on_books = self._expected = self._low = self._high = 0.0
        self.setFixedHeight(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A bar has no natural width."""
        return QSize(8 * tokens.GRID, 14)

    def show_night(self, rooms: float, on_books: float, expected: float, low: float, high: float) -> None:
        """Show one night; all in rooms."""
        self._rooms = max(rooms, on_books, high, 1.0)
        self._on_books, self._expected, self._low, self._high = on_books, expected, low, high
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        colours = appearance().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, middle = self.width(), self.height() / 2
        scale = width / self._rooms
        _rounded(painter, QRectF(0, middle - 3, width, 6), colours.track)
        _rounded(painter, QRectF(0, middle - 3, self._on_books * scale, 6), colours.chart_books_edge)
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        painter.drawLine(QRectF(self._low * scale, middle, 0, 0).topLeft(), QRectF(self._high * scale, middle, 0, 0).topLeft())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        at = min(max(self._expected * scale - 1.5, 0.0), width - 3.0)
        painter.drawRoundedRect(QRectF(at, 1, 3, self.height() - 2), 1.5, 1.5)
        painter.end()


def _rounded(painter: QPainter, rect: QRectF, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(rect, BAR_HEIGHT / 2, BAR_HEIGHT / 2)
