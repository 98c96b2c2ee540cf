"""A month of rates: the suggested rate in each day, coloured by how far it lies from the current one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPen

from hotelml_app.gui.charts.week_grid import WeekGrid, day_number
from hotelml_app.gui.place import Place
from hotelml_app.gui.rates_parts.words import SEEMS_CLOSED, day_words, rate_number, standing_mark
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.theme.tokens import Palette
from hotelml_app.services.rates.views import SAME_RATE, RateDay

NAME = "Rates by day; arrow keys move, Shift and arrow keys choose several days, Enter accepts"
HEAD, GAP, INSET = 24, 4, 8
LEAST_CELL, MOST_CELL = 8 * tokens.GRID, 15 * tokens.GRID
FINE, FINE_GUESS, TO_ENTER = "fine as it is", "a guess, fine", "for the PMS"
MUCH = 0.15
"""Rates that would move by more than this share have the strong colour."""


class RateMonth(WeekGrid):
    """Draws the days of a month; one day or a range of days is chosen, by mouse or keyboard."""

    chosen = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__(NAME, head=HEAD, gap=GAP, inset=INSET, most_cell=MOST_CELL)
        self._days: tuple[RateDay, ...] = ()
        self._place = Place()
        self._to_enter: frozenset[date] = frozenset()
        self._anchor = 0
        self.setMinimumHeight(HEAD + 6 * LEAST_CELL)

    def sizeHint(self) -> QSize:
        """Most of a page."""
        return QSize(640, HEAD + 6 * 10 * tokens.GRID)

    def show_days(self, days: Sequence[RateDay], place: Place, to_enter: Collection[date] = ()) -> None:
        """Show other days; those that are chosen stay chosen where they are still there.

        ``to_enter`` are nights whose rate the PMS has not got yet.
        """
        former = {one.night for one in self.range}
        self._to_enter = frozenset(to_enter)
        self._days, self._place = tuple(days), place
        self.set_nights([one.night for one in self._days], place.first_weekday)
        kept = [at for at, one in enumerate(self._days) if one.night in former]
        self._anchor, self._current = (kept[0], kept[-1]) if kept else 2 * (_first_look(self._days),)
        self.tell()

    @property
    def range(self) -> tuple[RateDay, ...]:
        """The days that are chosen."""
        low, high = sorted((self._anchor, self._current))
        return self._days[low : high + 1]

    @property
    def day(self) -> RateDay | None:
        """The day chosen last."""
        return self._days[self._current] if self._days else None

    def choose(self, night: date, *, more: bool = False) -> None:
        """Choose a night; ``more`` keeps those from the one chosen first."""
        at = next((number for number, one in enumerate(self._days) if one.night == night), None)
        if at is not None:
            self.choose_at(at, more=more)

    def words_at(self, at: int) -> str:
        """Return what is suggested for a day, and why."""
        return day_words(self._place, self._days[at])

    def choose_at(self, at: int, *, more: bool) -> None:
        """Choose a day alone, or all from the one chosen first."""
        self._current = self.within(at)
        if not more:
            self._anchor = self._current
        self.tell()
        self.chosen.emit()

    def open_current(self) -> None:
        """Accept what is chosen."""
        self.opened.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose the days dragged over."""
        at = self.at(event.position().toPoint())
        if event.buttons() & Qt.MouseButton.LeftButton and at is not None and at != self._current:
            self.choose_at(at, more=True)

    def paint_cell(self, painter: QPainter, at: int, box: QRectF, look: Palette) -> None:
        """Draw a day."""
        low, high = sorted((self._anchor, self._current))
        one = self._days[at]
        stands = below_words(self._place, one, waits=one.night in self._to_enter)
        _paint_day(painter, box, one, self._place, look, stands, chosen=low <= at <= high)

    def paint_over(self, painter: QPainter, look: Palette) -> None:
        """Mark the day that the keys move from."""
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(self.box(self._current).adjusted(4, 4, -4, -4), 2, 2)


def _paint_day(painter: QPainter, box: QRectF, one: RateDay, place: Place, look: Palette, stands: str, *, chosen: bool) -> None:
    ground, strong = ground_and_change(one, look)
    painter.setPen(QPen(QColor(look.accent if chosen else look.line), 2 if chosen else 1))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
    inside = box.adjusted(INSET, 5, -INSET, -5)
    painter.setFont(text_font(tokens.SIZE_CAPTION))
    painter.setPen(QColor(small_colour(one, look)))
    top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
    painter.drawText(inside, top | Qt.AlignmentFlag.AlignLeft, day_number(place, one.night))
    beside = inside.adjusted(painter.fontMetrics().horizontalAdvance(day_number(place, one.night)) + 8, 0, 0, 0)
    painter.setFont(fitting_font(standing_mark(one), beside.width(), (tokens.SIZE_CAPTION, tokens.SIZE_SMALLEST)))
    mark = painter.fontMetrics().elidedText(standing_mark(one), Qt.TextElideMode.ElideRight, int(beside.width()))
    painter.drawText(beside, top | Qt.AlignmentFlag.AlignRight, mark)
    same = abs(one.change) < SAME_RATE
    painter.setPen(QColor(look.text_muted if same else look.text))
    calm = same and one.standing == "open"
    painter.setFont(fitting_font(stands, inside.width(), (tokens.SIZE_CAPTION, tokens.SIZE_SMALLEST)))
    painter.drawText(inside, bottom | Qt.AlignmentFlag.AlignLeft, stands)
    # What is fine as it is was only read off the bookings: its cents say nothing.
    rate = place.number(one.suggested_rate) if calm else rate_number(place, one.suggested_rate)
    font = fitting_font(rate, inside.width(), (tokens.SIZE_HEADING, tokens.SIZE_BODY, tokens.SIZE_CAPTION), strong=not calm)
    if not same:
        change = f"{place.change(100 * one.change)} %"
        painter.setFont(text_font(tokens.SIZE_CAPTION))
        painter.setPen(QColor(strong))
        side = side_of_change(inside.width() - QFontMetricsF(font).horizontalAdvance(rate), change, mark)
        if side is not None:
            painter.drawText(inside, side | Qt.AlignmentFlag.AlignRight, change)
    painter.setFont(font)
    painter.setPen(QColor(look.text_muted if calm else look.text))
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, rate)


def fitting_font(text: str, width: float, sizes: Sequence[int], *, strong: bool = False) -> QFont:
    """Return the text family at the first of ``sizes`` in which a text is no wider than ``width``, else at the last."""
    fonts = [text_font(size, strong=strong) for size in sizes]
    return next((font for font in fonts if QFontMetricsF(font).horizontalAdvance(text) <= width), fonts[-1])


def side_of_change(room: float, change: str, mark: str) -> Qt.AlignmentFlag | None:
    """Return where the change of a rate is written: beside it where there is ``room``, else above it; None where neither is.

    Rates in yen, won or rupiah take the whole day.
    """
    if QFontMetricsF(text_font(tokens.SIZE_CAPTION)).horizontalAdvance(change) + GAP <= room:
        return Qt.AlignmentFlag.AlignVCenter
    return None if mark else Qt.AlignmentFlag.AlignTop


def below_words(place: Place, one: RateDay, *, waits: bool) -> str:
    """Return how the rate of a day stands to the current one; ``waits`` where the PMS has not got it yet."""
    if abs(one.change) >= SAME_RATE:
        return f"{'about' if one.guessed else 'now'} {place.number(one.current_rate)}"
    if one.standing == "open":
        return SEEMS_CLOSED if one.seems_closed else FINE_GUESS if one.guessed else FINE
    return TO_ENTER if waits else "as now"


def _first_look(days: Sequence[RateDay]) -> int:
    """Return the night to look at first: the one whose change brings most, or the first where none is to change."""
    moving = [at for at, one in enumerate(days) if one.moves]
    return max(moving, key=lambda at: days[at].gain, default=0)


def small_colour(one: RateDay, look: Palette) -> str:
    """Return the colour of the date and of what stands beside it; muted words would not be read on a strong ground."""
    if ground_and_change(one, look)[0] == look.accent_line:
        return look.text
    return look.risk_text if one.event else look.text_muted


def ground_and_change(one: RateDay, look: Palette) -> tuple[str, str]:
    """Return the ground of a day and the colour of its change: blue for dearer, orange for cheaper."""
    if one.standing == "locked" or abs(one.change) < SAME_RATE:
        return look.surface, look.text_muted
    if one.change > 0:
        return (look.accent_line if one.change > MUCH else look.accent_soft), look.text
    return look.risk_soft, look.risk_text
