"""Overruling what HotelML has against a file, where staff know better."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from hotelml_app.gui.widgets.dialogs.confirm import ConfirmDialog

KNOW_BETTER = {"numbers": "They are the same bookings…", "hotel": "They are of this hotel…"}
"""What staff can say to each objection."""

_TEXTS = {
    "numbers": (
        "Are these the same bookings under new numbers?",
        "The bookings that are known go on under the numbers of {file}, with all that is known of them, and count once. What was "
        "to come and is not in the file counts as cancelled. Say so once, after the hotel has changed its PMS, with a file "
        "that holds all bookings to come.",
        "The same bookings",
    ),
    "hotel": (
        "Are all of these bookings of {hotel}?",
        "The bookings of {file} are added to those that are known of {hotel}. If the file is of another hotel, its bookings "
        "count here from then on, until you take the file back.",
        "They are of this hotel",
    ),
}


def ask_overrule(window: QWidget, objection: str, file_name: str, hotel: str, on_yes: Callable[[], object]) -> None:
    """Ask once more before a file is taken in that was refused."""
    title, text, action = (words.format(file=file_name, hotel=hotel) for words in _TEXTS[objection])
    ConfirmDialog(window, title, text, action, on_yes).open()
