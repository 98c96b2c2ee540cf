"""The score over time: a point per month on a line, and below it how many reviews stand behind each."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hotelml_app.core.written_days import MONTHS
from hotelml_app.gui.charts.coverage import month_words
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.services.reviews.views import ScoreMonthView

HIGHEST = 10
_LEFT, _RIGHT, _TOP = 28, 44, 12
_MONTHS_HEIGHT, _VOLUME_HEIGHT = 16, 28
_LEAST_LABEL = 34


@dataclass(frozen=True)
class _Frame:
    """Where the drawing lies: the line between ``low`` and HIGHEST, ``ground`` its foot, a slot per month."""

    low: int
    slot: float
    ground: float

    def x(self, index: int) -> float:
        """Return the middle of a month."""
        return _LEFT + (index + 0.5) * self.slot

    def y(self, score: float) -> float:
        """Return the height of a score."""
        return self.ground - (self.ground - _TOP) * (score - self.low) / (HIGHEST - self.low)


class ScoreChart(QWidget):
    """Draws months; point at one to read it."""

    def __init__(self) -> None:
        super().__init__()
        self._months: tuple[ScoreMonthView, ...] = ()
        self._place = Place()
        self.setMinimumHeight(20 * tokens.GRID)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(60 * tokens.GRID, 22 * tokens.GRID)

    def show_months(self, place: Place, months: Sequence[ScoreMonthView]) -> None:
        """Draw other months."""
        self._place, self._months = place, tuple(months)
        self.setAccessibleName(chart_words(place, self._months))
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say a month's score and how many reviews stand behind it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._months:
            index = int((event.pos().x() - _LEFT) / self._frame().slot)
            if 0 <= index < len(self._months):
                QToolTip.showText(event.globalPos(), month_text(self._place, self._months[index]), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw scale, volume, line and labels."""
        if not self._months:
            return
        frame = self._frame()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        self._scale(painter, frame)
        self._volume(painter, frame)
        self._line(painter, frame)
        painter.end()

    def _frame(self) -> _Frame:
        scores = [month.score for month in self._months if month.score is not None]
        low = max(math.floor(min(scores, default=0.0)) - 1, 0)
        slot = max(self.width() - _LEFT - _RIGHT, 1) / max(len(self._months), 1)
        return _Frame(min(low, HIGHEST - 2), slot, self.height() - _MONTHS_HEIGHT - _VOLUME_HEIGHT - 8.0)

    def _scale(self, painter: QPainter, frame: _Frame) -> None:
        colours = appearance().colours
        step = 1 if HIGHEST - frame.low <= 5 else 2
        for score in range(frame.low, HIGHEST + 1, step):
            y = round(frame.y(score)) + 0.5
            painter.setPen(QPen(QColor(colours.chart_grid), 1))
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width() - _RIGHT, y))
            painter.setPen(QColor(colours.text_muted))
            box = QRectF(0, y - 8, _LEFT - 8, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(score))

    def _volume(self, painter: QPainter, frame: _Frame) -> None:
        colours = appearance().colours
        most = max(month.reviews for month in self._months) or 1
        foot = self.height() - _MONTHS_HEIGHT
        every = max(math.ceil(_LEAST_LABEL / frame.slot), 1)
        for index, month in enumerate(self._months):
            height = (_VOLUME_HEIGHT - 6) * month.reviews / most
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.chart_books))
            painter.drawRect(QRectF(frame.x(index) - frame.slot * 0.35, foot - height, frame.slot * 0.7, height))
            if (len(self._months) - 1 - index) % every == 0:
                painter.setPen(QColor(colours.text_muted))
                box = QRectF(frame.x(index) - 30, foot, 60, _MONTHS_HEIGHT)
                first = month.first_day
                text = str(first.year) if first.month == 1 else MONTHS[first.month - 1]
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QColor(colours.text_muted))
        last = QRectF(self.width() - _RIGHT + 4, foot - 16, _RIGHT - 4, 16)
        painter.drawText(last, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "reviews")

    def _line(self, painter: QPainter, frame: _Frame) -> None:
        colours = appearance().colours
        points = [(index, month.score) for index, month in enumerate(self._months) if month.score is not None]
        painter.setPen(QPen(QColor(colours.chart_forecast), 2))
        for (here, score), (there, other) in itertools.pairwise(points):
            if there == here + 1:
                painter.drawLine(QPointF(frame.x(here), frame.y(score)), QPointF(frame.x(there), frame.y(other)))
        painter.setBrush(QColor(colours.chart_forecast))
        painter.setPen(QPen(QColor(colours.surface), 1))
        for index, score in points:
            painter.drawEllipse(QPointF(frame.x(index), frame.y(score)), 3.5, 3.5)
        if points:
            index, score = points[-1]
            painter.setPen(QColor(colours.chart_forecast))
            painter.setFont(text_font(tokens.SIZE_BODY, strong=True))
            box = QRectF(frame.x(index) + 8, frame.y(score) - 10, _RIGHT + frame.slot, 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._place.number(score, 1))


def month_text(place: Place, month: ScoreMonthView) -> str:
    """Return "Sep 2016: 8.3 from 14 reviews"."""
    reviews = f"{place.number(month.reviews)} review{'' if month.reviews == 1 else 's'}"
    score = f"{place.number(month.score, 1)} from " if month.score is not None else ""
    return f"{month_words(month.first_day)}: {score}{reviews}"


def chart_words(place: Place, months: Sequence[ScoreMonthView]) -> str:
    """Say in a sentence what the chart shows."""
    scored = [month for month in months if month.score is not None]
    if not scored:
        return "No review has a score"
    best, worst = max(scored, key=lambda one: one.score or 0.0), min(scored, key=lambda one: one.score or 0.0)
    return (
        f"Score by month. Best {month_text(place, best)}. Worst {month_text(place, worst)}. Last {month_text(place, scored[-1])}"
    )
