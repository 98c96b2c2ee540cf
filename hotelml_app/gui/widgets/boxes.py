"""Layouts and cards on the 8-point grid."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from hotelml_app.gui.theme import tokens

Part = QWidget | QLayout | int | None
"""A part of a row or column: a widget, a layout, a gap in pixels, or None for the space that is left."""


def row(parts: Iterable[Part] = (), *, gap: int = tokens.SPACE_1) -> QHBoxLayout:
    """Return parts side by side."""
    made = QHBoxLayout()
    fill(made, parts, gap)
    return made


def column(parts: Iterable[Part] = (), *, gap: int = tokens.SPACE_1) -> QVBoxLayout:
    """Return parts one below the other."""
    made = QVBoxLayout()
    fill(made, parts, gap)
    return made


def fill(layout: QBoxLayout, parts: Iterable[Part], gap: int) -> None:
    """Put parts into a layout without margins."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def card(content: QLayout | None = None, *, margin: int = tokens.SPACE_2, role: str = "card") -> QFrame:
    """Return a framed surface around a layout."""
    made = QFrame()
    made.setProperty("role", role)
    if content is not None:
        content.setContentsMargins(margin, margin, margin, margin)
        made.setLayout(content)
    return made


def dress(frame: QWidget, content: QLayout, horizontal: int = tokens.SPACE_2, vertical: int = tokens.SPACE_2) -> None:
    """Put a layout into a frame, with this much space around it."""
    content.setContentsMargins(horizontal, vertical, horizontal, vertical)
    frame.setLayout(content)


def bare(content: QLayout, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QWidget:
    """Return a widget that is nothing but a layout; ``margins`` are left, top, right, bottom."""
    made = QWidget()
    content.setContentsMargins(*margins)
    made.setLayout(content)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        inner, below = item.widget(), item.layout()
        if inner is not None:
            inner.hide()
            inner.setParent(None)
            inner.deleteLater()
        elif below is not None:
            clear(below)
