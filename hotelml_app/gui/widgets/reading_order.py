"""Tab goes through a page as the eye does: by the layouts, not by when each control happened to be made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSpinBox, QComboBox, QGridLayout, QLayout, QScrollArea, QWidget

_WHOLE = (QAbstractScrollArea, QAbstractSpinBox, QComboBox)
"""What Qt walks through by itself, once it has the focus."""


def follow_reading_order(root: QWidget) -> None:
    """Let Tab visit what lies in a widget from top to bottom, what lies beside each other from left to right."""
    for before, after in pairwise(reading_order(root)):
        QWidget.setTabOrder(before, after)


def reading_order(root: QWidget) -> list[QWidget]:
    """Return what takes the focus inside a widget, in the order in which it is read; what is hidden now keeps its place."""
    return list(_inside(root))


def _inside(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    content = widget.widget() if isinstance(widget, QScrollArea) else None
    if content is not None:
        yield from _inside(content)
    layout = widget.layout()
    if layout is not None and not isinstance(widget, _WHOLE):
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda at: _row_and_column(layout, at))
    for at in places:
        item = layout.itemAt(at)
        assert item is not None
        inner, below = item.widget(), item.layout()
        if inner is not None:
            yield from _inside(inner)
        elif below is not None:
            yield from _laid_out(below)


def _row_and_column(grid: QGridLayout, at: int) -> tuple[int, int]:
    place = grid.getItemPosition(at)
    assert isinstance(place, tuple)
    return place[0], place[1]
