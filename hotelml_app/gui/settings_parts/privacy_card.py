"""What is kept of guests, and where the exports lie that name them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame

from hotelml_app.gui.place import Place
from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.widgets.boxes import clear, column, dress, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.asking.words import bytes_of
from hotelml_app.services.exports.data_views import ShelfView

KEPT = (
    "Names, e-mail addresses, phone and card numbers and notes are removed while a file is read: they are in no database, "
    "backup, model or log. What guests wrote in reviews is kept, without their names."
)
ORIGINALS = (
    "The export files themselves stay as they came, with everything the PMS wrote into them. HotelML never deletes them: "
    "please do so by the rules of your house. HotelML keeps what it read from them, and needs the files again only if you "
    "put an older backup back."
)
NO_ORIGINALS = "There are no exports in the folders below the drop folder."


class PrivacyCard(QFrame):
    """Facts, and the folders to look after."""

    def __init__(self, open_folder: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._open = open_folder
        self.shelves = column()
        words = (label(KEPT, wrap=True), label(ORIGINALS, "muted", wrap=True))
        dress(self, column((label("Privacy", "heading"), *words, self.shelves)))

    def show_ground(self, place: Place, ground: SettingsGround) -> None:
        """Show what lies where."""
        clear(self.shelves)
        for one in ground.originals:
            folder = Button("Open", partial(self._open, one.folder), name=f"Open {one.folder}")
            line = row((label(shelf_words(place, one), wrap=True), folder))
            line.setStretch(0, 1)
            self.shelves.addLayout(line)
        if not ground.originals:
            self.shelves.addWidget(label(NO_ORIGINALS, wrap=True))


def shelf_words(place: Place, one: ShelfView) -> str:
    """Return what lies in a folder and since when."""
    files = f"{place.number(one.files)} file{'' if one.files == 1 else 's'}"
    since = f", the oldest of {place.day(one.oldest, weekday=False, year=True)}" if one.oldest else ""
    return f"{one.folder}: {files}, {place.spoken(bytes_of(one.size_bytes))}{since}"
