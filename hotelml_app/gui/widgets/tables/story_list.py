"""A list of short stories: a strong first line and a quiet explanation under it, wrapped to the width there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.widgets.labels import plain_tip
from hotelml_app.gui.widgets.tables.cells import indexes

KEY_ROLE = Qt.ItemDataRole.UserRole + 1
STORY_ROLE = Qt.ItemDataRole.UserRole + 2
MOST_LINES = 3
_ROOM = 10_000
_MARK = 3


@dataclass(frozen=True)
class Story:
    """One entry: ``tone`` colours its mark at the left (accent, risk, urgent, or "" for none)."""

    key: str
    head: str
    text: str
    tone: str = ""


_MARKS = {"accent": "accent", "risk": "risk_high", "urgent": "urgent", "muted": "line_strong"}


class StoryList(QListWidget):
    """Stories under a key each; Enter or a double click opens one."""

    opened = Signal(str)
    current = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("role", "stories")
        self.setItemDelegate(_Teller(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setUniformItemSizes(False)
        self._filling = False
        self.activated.connect(lambda index: self.opened.emit(str(index.data(KEY_ROLE))))
        self.currentRowChanged.connect(self._tell_current)

    def show_stories(self, stories: Sequence[Story]) -> None:
        """Show others; the chosen one and the scroll position stay where they can."""
        kept, scrolled = self.current_key, self.verticalScrollBar().value()
        self._filling = True
        self.clear()
        # As in tables, the entries are Qt's alone: none is an object of Python's.
        self.addItems([f"{story.head}. {story.text}" if story.text else story.head for story in stories])
        chosen = QModelIndex()
        for index, story in zip(indexes(self.model(), 0), stories, strict=True):
            tip = plain_tip(f"{story.head}\n{story.text}")
            self.model().setItemData(index, {KEY_ROLE: story.key, STORY_ROLE: story, Qt.ItemDataRole.ToolTipRole: tip})
            if story.key == kept:
                chosen = index
        if chosen.isValid():
            # Only now: what is chosen is brought into sight, and for that Qt measures every entry.
            self.setCurrentIndex(chosen)
        self._filling = False
        self.verticalScrollBar().setValue(scrolled)

    @property
    def current_key(self) -> str:
        """The key of the chosen story, or ""."""
        return str(self.currentIndex().data(KEY_ROLE) or "")

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys from the top."""
        return tuple(str(index.data(KEY_ROLE)) for index in indexes(self.model(), 0))

    def choose(self, key: str) -> None:
        """Choose a story without telling anyone, if it is there."""
        if key in self.keys and key != self.current_key:
            self._filling = True
            self.setCurrentRow(self.keys.index(key))
            self._filling = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _index(self, row: int) -> QModelIndex:
        return self.model().index(row, 0)

    def _tell_current(self, row: int) -> None:
        if not self._filling and row >= 0:
            self.current.emit(str(self._index(row).data(KEY_ROLE)))


class _Teller(QStyledItemDelegate):
    """Draws a story."""

    def __init__(self, stories: StoryList) -> None:
        super().__init__(stories)
        self._stories = stories

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as its lines at the width of the list."""
        story = index.data(STORY_ROLE)
        width = self._stories.viewport().width() - 2 * tokens.SPACE_1 - _MARK
        return QSize(self._stories.viewport().width(), _heights(story, width)[0])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw mark, first line and explanation."""
        story, colours, rect = index.data(STORY_ROLE), appearance().colours, option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        chosen, focused = bool(state & QStyle.StateFlag.State_Selected), bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.fillRect(rect, QColor(colours.accent_soft if chosen else colours.surface))
        if story.tone in _MARKS:
            painter.fillRect(
                QRect(rect.left(), rect.top() + 2, _MARK, rect.height() - 4), QColor(getattr(colours, _MARKS[story.tone]))
            )
        inner = rect.adjusted(tokens.SPACE_1 + _MARK, tokens.SPACE_HALF + 2, -tokens.SPACE_1, 0)
        _, head = _heights(story, inner.width())
        painter.setFont(text_font(strong=True))
        painter.setPen(QColor(colours.urgent if story.tone == "urgent" else colours.text))
        top = QRect(inner.left(), inner.top(), inner.width(), head)
        painter.drawText(top, Qt.TextFlag.TextWordWrap, story.head)
        painter.setFont(text_font())
        painter.setPen(QColor(colours.text_muted))
        below = QRect(inner.left(), inner.top() + head + 1, inner.width(), rect.bottom() - inner.top() - head - tokens.SPACE_HALF)
        painter.drawText(below, Qt.TextFlag.TextWordWrap, story.text)
        painter.setPen(QPen(QColor(colours.accent if focused else colours.track), 1))
        if focused:
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        else:
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


def _heights(story: Story, width: int) -> tuple[int, int]:
    """Return the height of a whole story and of its first line, at a width."""
    strong, plain = _metrics(strong=True), _metrics(strong=False)
    room = QRect(0, 0, max(width, 40), _ROOM)
    head = strong.boundingRect(room, Qt.TextFlag.TextWordWrap, story.head).height()
    text = plain.boundingRect(room, Qt.TextFlag.TextWordWrap, story.text).height() if story.text else 0
    return head + 1 + min(text, MOST_LINES * plain.lineSpacing()) + 2 * (tokens.SPACE_HALF + 2), head


@cache
def _metrics(*, strong: bool) -> QFontMetrics:
    # Made once: a list of reviews asks for them hundreds of times before it is first seen.
    return QFontMetrics(text_font(strong=strong))
