"""A choice out of a list."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from hotelml_app.gui.widgets.calm import Calm, calm


class CalmComboBox(Calm, QComboBox):
    """A choice that does not change when somebody scrolls the page over it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        calm(self, name)
        self.setMaxVisibleItems(14)
        # Another property, or another day, has longer entries than those the box was first seen with.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def choose(self, key: str) -> None:
        """Choose the entry with this data; an unknown one is added as it is."""
        index = self.findData(key)
        if index < 0:
            self.addItem(key, key)
            index = self.count() - 1
        self.setCurrentIndex(index)

    @property
    def choice(self) -> str:
        """The data of the chosen entry."""
        return str(self.currentData() or "")
