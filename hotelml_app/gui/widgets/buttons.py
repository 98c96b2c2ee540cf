"""Buttons, and the row of buttons of which one is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ICON_ROLES = {"primary": "on_accent", "quiet": "accent"}
_ICON_SIZE = 16
_SEGMENT_PADDING = 28


class Button(QPushButton):
    """A push button; ``role`` is primary, quiet or "", ``name`` what a screen reader says instead of its text."""

    def __init__(
        self, text: str, on_click: Callable[[], object], *, role: str = "", icon: str = "", name: str = "", tip: str = ""
    ) -> None:
        super().__init__()
        self._icon = icon
        self.say(text)
        self._role = role
        if role:
            self.setProperty("role", role)
        self.setAccessibleName(name or text)
        self.setToolTip(tip)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)
        self.clicked.connect(lambda: on_click())
        if icon:
            self._colour_icon()
            appearance().changed.connect(self._colour_icon)

    def say(self, text: str) -> None:
        """Show another text, apart from the icon, and let a screen reader say it."""
        self.setText(f" {text}" if self._icon and text else text)
        self.setAccessibleName(text)

    def _colour_icon(self) -> None:
        self.setIcon(appearance().icon(self._icon, _ICON_ROLES.get(self._role, "text_muted"), size=_ICON_SIZE))


class Segments(QWidget):
    """A row of buttons of which exactly one is on; arrow keys move along it."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str) -> None:
        """``choices`` are pairs of key and text; the first is on."""
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._keys: list[str] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.set_choices(choices)
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._keys[index]))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that can be chosen."""
        return tuple(self._keys)

    @property
    def choice(self) -> str:
        """The key that is on."""
        index = self._group.checkedId()
        return self._keys[index] if index >= 0 else ""

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; the first is on. Those that only say something else keep the focus that is on them."""
        if choices and self._keys == [key for key, _ in choices]:
            for index, (_, text) in enumerate(choices):
                self._write(self._group.button(index), text)
            self.choose(choices[0][0])
            return
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._row.removeWidget(old)
            old.deleteLater()
        self._keys = [key for key, _ in choices]
        for index, (_, text) in enumerate(choices):
            made = QPushButton()
            made.setCheckable(True)
            self._write(made, text)
            made.setProperty("role", "segment")
            made.setProperty("end", "first" if index == 0 else "last" if index == len(choices) - 1 else "")
            self._group.addButton(made, index)
            self._row.addWidget(made)
        if choices:
            self.choose(choices[0][0])

    def _write(self, button: QAbstractButton, text: str) -> None:
        button.setText(text)
        # The one that is on is written strong; none may change its width for it.
        strong = QFontMetrics(text_font(strong=True))
        button.setMinimumWidth(strong.horizontalAdvance(text) + _SEGMENT_PADDING)
        button.setAccessibleName(f"{self.accessibleName()}: {text}")

    def choose(self, key: str) -> None:
        """Switch ``key`` on without telling anyone; a key that is not offered switches all off."""
        if key in self._keys:
            self._group.button(self._keys.index(key)).setChecked(True)
        else:
            self._group.setExclusive(False)
            for each in self._group.buttons():
                each.setChecked(False)
            self._group.setExclusive(True)
        # Tab leads to the one that is on; Qt sees to that only once a choice was made by hand.
        tab = self._group.checkedButton() or self._group.button(0)
        for each in self._group.buttons():
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is tab else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move to the neighbour with the arrow keys."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step or not self._keys:
            super().keyPressEvent(event)
            return
        index = min(max(self._group.checkedId() + step, 0), len(self._keys) - 1)
        target = self._group.button(index)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        target.click()
