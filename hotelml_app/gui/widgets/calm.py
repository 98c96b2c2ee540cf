"""Controls that stay as they are when somebody scrolls the page over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotelml_app.gui.widgets.qt_numbers import TAB_AND_CLICK

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QWidget


class Calm:
    """Put before a control's own class: the wheel is the page's, and the control is reached by Tab or a click."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


def calm(control: QWidget, name: str) -> None:
    """Name a control for screen readers and keep the wheel from giving it the focus."""
    control.setAccessibleName(name)
    control.setProperty("focusPolicy", TAB_AND_CLICK)
