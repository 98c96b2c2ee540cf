"""What wants a person, beside the nights: where the window is small, the list itself lies below its edge."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import clear, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label, set_role

LINES = 3


class ToDoCard(QFrame):
    """The titles of the first few things, and a button that goes to all of them."""

    def __init__(self, show_all: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.head = label(role="strong", wrap=True)
        self.lines = column(gap=2)
        self.show_all = Button("Show", show_all, name="Show what needs a decision")
        inside = column((self.head, self.lines, None, row((self.show_all, None))), gap=tokens.SPACE_HALF)
        inside.setContentsMargins(tokens.SPACE_1 + 4, tokens.SPACE_1, tokens.SPACE_1 + 4, tokens.SPACE_1)
        self.setLayout(inside)

    def show_titles(self, urgent: Sequence[str], titles: Sequence[str]) -> None:
        """Show other things; what is ``urgent`` comes first."""
        clear(self.lines)
        count = len(urgent) + len(titles)
        self.head.setText(f"{count} need{'s' if count == 1 else ''} a decision" if count else "Nothing needs a decision")
        set_role(self.head, "urgent" if urgent else "strong")
        for text in (*urgent, *titles)[:LINES]:
            self.lines.addWidget(label(text, "urgent" if text in urgent else "muted", wrap=True))
        if count > LINES:
            self.lines.addWidget(label(f"and {count - LINES} more", "muted"))
        self.show_all.setVisible(count > 0)
