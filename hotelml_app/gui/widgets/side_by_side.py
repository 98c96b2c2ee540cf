"""Two parts of a page: one beside the other, or one below the other where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from hotelml_app.gui.theme import tokens

PANEL_WIDTH = 44 * tokens.GRID


class SideBySide(QGridLayout):
    """Holds two widgets; ``put`` again moves them."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(tokens.SPACE_2)

    def put(self, first: QWidget, second: QWidget, *, narrow: bool, at_top: bool = False) -> None:
        """Put the second below the first, or beside it; ``at_top`` leaves each as high as it likes to be."""
        where = Qt.AlignmentFlag.AlignTop if at_top else Qt.AlignmentFlag(0)
        self.addWidget(first, 0, 0, where)
        self.addWidget(second, 1 if narrow else 0, 0 if narrow else 1, where)
        self.setColumnStretch(0, 1)
        self.setColumnStretch(1, 0 if narrow else 1)

    def put_panel(self, main: QWidget, panel: QWidget, *, narrow: bool) -> None:
        """Put a panel that explains what is chosen beside the main part of a page, or below it; the main part gets the room."""
        self.addWidget(main, 0, 0)
        self.addWidget(panel, 1 if narrow else 0, 0 if narrow else 1)
        self.setColumnStretch(0, 1)
        self.setRowStretch(0, 1)
        panel.setMinimumWidth(0 if narrow else PANEL_WIDTH)
        panel.setMaximumWidth(tokens.NO_LIMIT if narrow else PANEL_WIDTH)
