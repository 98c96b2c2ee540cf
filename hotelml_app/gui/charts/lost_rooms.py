"""How many rooms will be lost on a day: a bar per number, the likely ones darker."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.services.arrivals.likely import likely_range

_AXIS = 20
_TOP = 18
_GAP, _WIDEST_BAR = 4.0, 28.0


class LostRoomsChart(QWidget):
    """The distribution of lost rooms; index is rooms, value is probability."""

    def __init__(self) -> None:
        super().__init__()
        self._shares: tuple[float, ...] = ()
        self.setMinimumHeight(88)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A quarter of a page wide."""
        return QSize(280, 96)

    def show_distribution(self, shares: Sequence[float]) -> None:
        """Draw another day."""
        self._shares = tuple(shares)
        self.setAccessibleName(distribution_words(self._shares))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bars, their numbers below, and the highest share above its bar."""
        if not self._shares:
            return
        colours = appearance().colours
        first, last = shown_range(self._shares)
        low, high = likely_range(self._shares)
        shown = self._shares[first : last + 1]
        top = max(shown)
        slot = self.width() / len(shown)
        bar = min(max(slot - _GAP, 0.7 * slot), _WIDEST_BAR)
        ground = self.height() - _AXIS
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        step = max(1, -(-len(shown) // max(1, int(self.width() // 26))))
        for offset, share in enumerate(shown):
            rooms = first + offset
            left = offset * slot + (slot - bar) / 2
            height = (ground - _TOP) * share / top
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent if low <= rooms <= high else colours.accent_line))
            painter.drawRect(QRectF(left, ground - height, bar, height))
            painter.setPen(QColor(colours.text_muted))
            if offset % step == 0:
                wide = painter.fontMetrics().horizontalAdvance(str(rooms)) + 1.0
                at = min(max(left + (bar - wide) / 2, 0.0), self.width() - wide)
                painter.drawText(QRectF(at, ground, wide, _AXIS), Qt.AlignmentFlag.AlignCenter, str(rooms))
            if share == top:
                box = QRectF(left - 20, ground - height - _TOP, bar + 40, _TOP)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{100 * share:.0f} %")
        painter.setPen(QPen(QColor(colours.line_strong), 1))
        painter.drawLine(0, int(ground), self.width(), int(ground))
        painter.end()


def shown_range(shares: Sequence[float]) -> tuple[int, int]:
    """Return the first and last number of rooms worth a bar."""
    worth = [rooms for rooms, share in enumerate(shares) if share >= 0.005] or [0]
    return worth[0], worth[-1]


NOBODY = "Nobody is to arrive, so no room can be lost"


def distribution_words(shares: Sequence[float]) -> str:
    """Say the distribution in a sentence."""
    if not shares:
        return "Nothing is known about lost rooms on this day"
    low, high = likely_range(shares)
    if low == high:
        return f"Most likely {low} rooms will be lost" if low != 1 else "Most likely 1 room will be lost"
    between = "or" if high == low + 1 else "to"
    return f"Most likely {low} {between} {high} {'room' if high == 1 else 'rooms'} will be lost"
