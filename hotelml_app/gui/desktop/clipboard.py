"""Texts that are copied, to be pasted into another program."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from hotelml_app.gui.context import Notice, WindowContext

WHY_NOT, AGAIN = "Another program holds the clipboard.", "Try again in a moment."


def put_on_clipboard(text: str) -> bool:
    """Copy a text; return whether it can be pasted now, for Qt says nothing where another program holds the clipboard."""
    clipboard = QApplication.clipboard()
    clipboard.setText(text)
    return clipboard.text() == text


def tell_copied(context: WindowContext, lines: str, *, copied: bool) -> None:
    """Tell that a list of so many ``lines`` is copied, or that it is not."""
    done, not_done = "The list is copied", "The list is not copied"
    context.tell(Notice(done, f"{lines}, to be pasted anywhere.") if copied else Notice(not_done, WHY_NOT, AGAIN, urgent=True))
