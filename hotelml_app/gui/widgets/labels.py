"""Text on a page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from hotelml_app.gui.theme.glyphs import GLYPHS
from hotelml_app.gui.widgets.qt_numbers import PLAIN_TEXT

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


def label(text: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Return a label; ``role`` is one of the style sheet's (sentence, heading, figure, strong, muted, caption, urgent, event)."""
    made = QLabel(text)
    made.setProperty("textFormat", PLAIN_TEXT)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if selectable:
        from PySide6.QtCore import Qt

        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def set_role(widget: QWidget, role: str, name: str = "role") -> None:
    """Change a widget's role and let the style sheet take note."""
    if widget.property(name) != role:
        widget.setProperty(name, role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def plain_tip(text: str) -> str:
    """Return a tool tip that shows ``text`` as it stands: of itself Qt takes one that looks like HTML for it."""
    # Without either Qt never takes a text for HTML, and need not be asked before the first picture.
    if "<" not in text and "&lt;" not in text:
        return text
    from PySide6.QtGui import Qt as RichText

    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>") if RichText.mightBeRichText(text) else text


class ElidedLabel(QLabel):
    """One line that ends in "…" where there is no room, with the whole text as its tool tip unless it has one of its own."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = self._tip = ""
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    @property
    def whole_text(self) -> str:
        """The text, shortened or not."""
        return self._whole

    def setText(self, text: str) -> None:
        """Show ``text``, or as much of it as fits."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def setToolTip(self, tip: str) -> None:
        """Keep a tool tip of its own."""
        self._tip = tip
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self._shortened(max(self.width(), 1))
        super().setText(shown)
        super().setToolTip(plain_tip(self._tip or (self._whole if shown != self._whole else "")))

    def _shortened(self, width: int) -> str:
        metrics = self.fontMetrics()
        if "\n" not in self._whole and metrics.horizontalAdvance(self._whole) <= width:
            return self._whole
        from PySide6.QtCore import Qt

        return metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, width)


class IconLabel(QLabel):
    """An icon as text of the icon font: sharp at any scale, coloured by the style sheet."""

    def __init__(self, name: str = "", tone: str = "", *, large: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "icon")
        if large:
            self.setProperty("large", "true")
        self.show_icon(name, tone)

    def show_icon(self, name: str, tone: str = "") -> None:
        """Show another icon; no name shows none, ``tone`` is accent, risk, urgent or "" for quiet."""
        self.setText(chr(GLYPHS[name]) if name else "")
        # A private character says nothing to a screen reader.
        self.setAccessibleName(" ")
        set_role(self, tone, "tone")


def rule() -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame()
    made.setProperty("role", "rule")
    return made
