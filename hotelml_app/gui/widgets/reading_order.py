"""Tab goes through a page as the eye does: by the layouts, not by when each control happened to be made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
        yield from _laid_out(layout, widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly))


def _laid_out(layout: QLayout, widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Yield what takes the focus among the ``widgets`` of a layout's parent that lie in it, or in a layout inside it.

    A layout is asked where its widgets are, never for its items: PySide thinks of an item as alive after Qt has deleted it,
    and something else may lie in its place by then.
    """
    inner: list[QLayout] = layout.findChildren(QLayout, options=Qt.FindChildOption.FindDirectChildrenOnly)
    parts: list[QWidget | QLayout] = [*widgets, *inner]
    for one in sorted((each for each in parts if layout.indexOf(each) >= 0), key=lambda part: _place(layout, part)):
        yield from _laid_out(one, widgets) if isinstance(one, QLayout) else _inside(one)


def _place(layout: QLayout, one: QWidget | QLayout) -> tuple[int, ...]:
    """Return where something lies in a layout: its number, in a grid its row and column."""
    at = layout.indexOf(one)
    if not isinstance(layout, QGridLayout):
        return (at,)
    place = layout.getItemPosition(at)
    assert isinstance(place, tuple)
    return place[0], place[1]
