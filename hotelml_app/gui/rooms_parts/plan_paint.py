"""How the room plan looks: days at the top, rooms at the left, bars between, what needs a person in red."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from hotelml_app.gui.place import Place
from hotelml_app.gui.rooms_parts.plan_rows import Bar, Layout, Row
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.theme.tokens import Palette
from hotelml_app.services.rooms.views import RoomsView, Standing

HEADER_HEIGHT = 40
NAMES_WIDTH = 76
SATURDAY = 5
_GAP = 2.0
_LOCK = 12.0
_LEAST_TEXT = 26.0

DASH_TYPE = "No type"

FILLS = {
    # standing: (fill, edge, text)
    Standing.GUEST: ("chart_books", "chart_books", "text"),
    Standing.KEPT: ("accent_line", "accent_line", "text"),
    Standing.LOCKED: ("accent_line", "accent", "text"),
    Standing.PLANNED: ("accent", "accent", "on_accent"),
    Standing.GIVEN: ("surface", "accent", "text"),
    Standing.MOVED: ("risk_soft", "risk_high", "risk_text"),
    Standing.WAITING: ("risk_soft", "risk_high", "risk_text"),
    Standing.REFUSED: ("urgent_soft", "urgent", "urgent"),
}


@dataclass(frozen=True)
class Picture:
    """All that is needed to draw: the view, where its bars are, the size of the drawing and how far it is scrolled."""

    view: RoomsView
    layout: Layout
    place: Place
    colours: Palette
    width: float
    height: float
    scrolled: int

    @property
    def day_width(self) -> float:
        """Pixels per day."""
        return max(self.width - NAMES_WIDTH, 1.0) / self.layout.nights

    def x(self, days: float) -> float:
        """Return where a moment lies, in days from the first night."""
        return NAMES_WIDTH + days * self.day_width

    def rect(self, bar: Bar) -> QRectF:
        """Return where a bar lies."""
        row = self.layout.rows[bar.row]
        height = (row.height - _GAP) / bar.lanes
        top = HEADER_HEIGHT + row.top - self.scrolled + _GAP / 2 + bar.lane * height
        return QRectF(self.x(bar.begin) + 1, top, self.x(bar.end) - self.x(bar.begin) - 2, height - 1)


def paint(painter: QPainter, picture: Picture, chosen: str, aimed: int) -> None:
    """Draw the plan; ``chosen`` is the key of the bar that is marked, ``aimed`` the row a bar is dragged over, or -1."""
    colours = picture.colours
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, picture.width, picture.height), QColor(colours.surface))
    painter.save()
    painter.setClipRect(QRectF(0, HEADER_HEIGHT, picture.width, picture.height - HEADER_HEIGHT))
    for number, row in enumerate(picture.layout.rows):
        if _seen(picture, row):
            _row(painter, picture, row, aimed=number == aimed)
    _day_lines(painter, picture)
    _bands(painter, picture)
    for bar in picture.layout.bars:
        if _seen(picture, picture.layout.rows[bar.row]):
            _bar(painter, picture, bar, chosen=bar.stay.key == chosen)
    painter.restore()
    _header(painter, picture)


def _seen(picture: Picture, row: Row) -> bool:
    top = HEADER_HEIGHT + row.top - picture.scrolled
    return top + row.height > HEADER_HEIGHT and top < picture.height


def _row(painter: QPainter, picture: Picture, row: Row, *, aimed: bool) -> None:
    colours, top = picture.colours, HEADER_HEIGHT + row.top - picture.scrolled
    whole = QRectF(0, top, picture.width, row.height)
    if row.kind == "type":
        painter.fillRect(whole, QColor(colours.sunken))
        _type_words(painter, picture, row, top)
    elif aimed:
        painter.fillRect(whole, QColor(colours.accent_soft))
    if row.kind != "type":
        painter.setFont(text_font(tokens.SIZE_CAPTION, strong=row.kind == "none"))
        painter.setPen(QColor(colours.urgent if row.kind == "none" else colours.text))
        box = QRectF(tokens.SPACE_1, top, NAMES_WIDTH - tokens.SPACE_1, row.height)
        label = QFontMetricsF(painter.font()).elidedText(row.label, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)
    painter.setPen(QPen(QColor(colours.track), 1))
    painter.drawLine(QPointF(0, whole.bottom()), QPointF(picture.width, whole.bottom()))


def _type_words(painter: QPainter, picture: Picture, row: Row, top: float) -> None:
    """Write a room type, and how many of its rooms are free on each night."""
    colours = picture.colours
    painter.setFont(text_font(tokens.SIZE_BODY, strong=True))
    painter.setPen(QColor(colours.text))
    box = QRectF(tokens.SPACE_1, top, NAMES_WIDTH - tokens.SPACE_1, row.height)
    name = QFontMetricsF(painter.font()).elidedText(row.label or DASH_TYPE, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
    for night, free in enumerate(() if picture.layout.as_in_pms else picture.view.free.get(row.label, ())):
        painter.setFont(text_font(tokens.SIZE_CAPTION, strong=free == 0))
        painter.setPen(QColor(colours.text if free == 0 else colours.text_muted))
        text = "full" if free == 0 else f"{free} free"
        painter.drawText(QRectF(picture.x(night), top, picture.day_width, row.height), Qt.AlignmentFlag.AlignCenter, text)


def _day_lines(painter: QPainter, picture: Picture) -> None:
    painter.setPen(QPen(QColor(picture.colours.track), 1))
    for night in range(picture.layout.nights):
        x = round(picture.x(night)) + 0.5
        painter.drawLine(QPointF(x, HEADER_HEIGHT), QPointF(x, picture.height))


def _bands(painter: QPainter, picture: Picture) -> None:
    for band in picture.layout.bands:
        row = picture.layout.rows[band.row]
        if _seen(picture, row) and band.end > band.begin:
            top = HEADER_HEIGHT + row.top - picture.scrolled
            rect = QRectF(picture.x(band.begin), top + 1, picture.x(band.end) - picture.x(band.begin), row.height - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(QColor(picture.colours.line_strong), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(rect)
            painter.setPen(QColor(picture.colours.text))
            painter.setFont(text_font(tokens.SIZE_CAPTION))
            words = QFontMetricsF(painter.font()).elidedText("Out of order", Qt.TextElideMode.ElideRight, rect.width() - 8)
            width = QFontMetricsF(painter.font()).horizontalAdvance(words)
            ground = QRectF(rect.left() + 4, top + 4, width + 8, row.height - 8)
            painter.fillRect(ground, QColor(picture.colours.surface))
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, words)


def _bar(painter: QPainter, picture: Picture, bar: Bar, *, chosen: bool) -> None:
    colours, rect = picture.colours, picture.rect(bar)
    if rect.width() <= 1:
        return
    fill, edge, text = FILLS[
        Standing.REFUSED if bar.conflict and bar.stay.standing is not Standing.WAITING else bar.stay.standing
    ]
    pen = QPen(QColor(getattr(colours, edge)), 1)
    if bar.stay.standing is Standing.WAITING:
        pen.setStyle(Qt.PenStyle.DashLine)
    if chosen:
        pen = QPen(QColor(colours.text), 2)
    painter.setPen(pen)
    painter.setBrush(QColor(getattr(colours, fill)))
    painter.drawRoundedRect(rect, tokens.RADIUS_SMALL - 1, tokens.RADIUS_SMALL - 1)
    ink = QColor(getattr(colours, text))
    inner = rect.adjusted(4, 0, -3, 0)
    if bar.stay.locked and inner.width() > _LOCK:
        _lock(painter, QPointF(inner.left(), rect.center().y()), ink)
        inner.setLeft(inner.left() + _LOCK)
    if inner.width() >= _LEAST_TEXT:
        painter.setPen(ink)
        painter.setFont(text_font(tokens.SIZE_CAPTION, strong=bar.stay.standing is Standing.MOVED))
        words = fitting(bar, QFontMetricsF(painter.font()), inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def fitting(bar: Bar, metrics: QFontMetricsF, width: float) -> str:
    """Return what stands on a bar: the booking, and where it comes from if it moves; of a short one the end, which differs."""
    stay = bar.stay
    whole = f"{stay.reservation_id} from {stay.room_now}" if stay.standing is Standing.MOVED else stay.reservation_id
    if metrics.horizontalAdvance(whole) <= width:
        return whole
    return metrics.elidedText(stay.reservation_id, Qt.TextElideMode.ElideLeft, width)


def _lock(painter: QPainter, middle_left: QPointF, ink: QColor) -> None:
    """Draw a padlock."""
    x, y = middle_left.x(), middle_left.y()
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(x + 1.5, y - 5, 5, 6), 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRect(QRectF(x, y - 1.5, 8, 5.5))


def _header(painter: QPainter, picture: Picture) -> None:
    colours, place = picture.colours, picture.place
    painter.fillRect(QRectF(0, 0, picture.width, HEADER_HEIGHT), QColor(colours.surface))
    for night in range(picture.layout.nights):
        day = picture.layout.first + timedelta(days=night)
        weekday, _, rest = place.day(day).partition(" ")
        weekend = day.weekday() >= SATURDAY
        box = QRectF(picture.x(night), 4, picture.day_width, 16)
        painter.setPen(QColor(colours.text if weekend or night == 0 else colours.text_muted))
        painter.setFont(text_font(tokens.SIZE_CAPTION, strong=weekend or night == 0))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, weekday)
        painter.drawText(box.translated(0, 15), Qt.AlignmentFlag.AlignCenter, rest)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.drawLine(QPointF(0, HEADER_HEIGHT - 0.5), QPointF(picture.width, HEADER_HEIGHT - 0.5))
