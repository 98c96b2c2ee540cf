"""The chosen room of the list: its type, what it has, where its door leads, and a way to take it out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.rooms.draft import RoomDraft
from hotelml_app.services.rooms.list_views import ListedRoom
from hotelml_app.services.rooms.room_lines import listed_words

MOST_LETTERS = 200
REMOVE, AS_EXPORTED, LEAVE_OUT, PUT_BACK = "Remove", "As in the exports", "No room of ours", "Put back"
TIPS = {
    REMOVE: "Take the room out of the list",
    AS_EXPORTED: "Forget what was said here; the exports show this number",
    LEAVE_OUT: "The exports show this number, but it is no room: a house account, a meeting room",
    PUT_BACK: "It is a room of the house after all",
}


class RoomEditLine(QWidget):
    """Changes one room of a draft; ``changed`` carries the other draft."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._draft: RoomDraft | None = None
        self._room: ListedRoom | None = None
        self.kind = CalmComboBox("Room type")
        self.features, self.doors = QLineEdit(), QLineEdit()
        for box, name, hint in (
            (self.features, "Features of the room", "Features: quiet, near lift"),
            (self.doors, "Rooms with a door to it", "Door to: 102"),
        ):
            box.setAccessibleName(name)
            box.setPlaceholderText(hint)
            box.setToolTip(f"{name}, with commas between them")
            box.setMaxLength(MOST_LETTERS)
        self.remove = Button(REMOVE, self._remove)
        self.remove.setAutoDefault(False)
        self.wrong = label(role="urgent", wrap=True)
        self.wrong.hide()
        self.kind.activated.connect(lambda _: self._take_type())
        self.features.editingFinished.connect(self._take_features)
        self.doors.editingFinished.connect(self._take_doors)
        line = row((self.kind, self.features, self.doors, self.remove), gap=tokens.SPACE_1)
        line.setStretch(1, 3)
        line.setStretch(2, 2)
        self.setLayout(column((line, self.wrong), gap=tokens.SPACE_HALF))

    def show_room(self, draft: RoomDraft, number: str) -> None:
        """Show a room of the draft; "" shows none."""
        self._draft, self._room = draft, draft.all.get(number)
        room = self._room
        self.wrong.hide()
        for part in (self.kind, self.features, self.doors):
            part.setEnabled(room is not None and not room.left_out)
        self.remove.setEnabled(room is not None)
        if self.kind.count() != len(draft.types):
            self.kind.clear()
            for kind in draft.types:
                self.kind.addItem(kind, kind)
        self.features.setText(", ".join(room.features) if room else "")
        self.doors.setText(", ".join(room.doors) if room else "")
        if room is None:
            return
        if not room.left_out:
            self.kind.choose(room.room_type)
        words = PUT_BACK if room.left_out else REMOVE if room.seen is None else AS_EXPORTED if room.by_hand else LEAVE_OUT
        self.remove.say(words)
        self.remove.setAccessibleName(f"{words}: {room.number}")
        self.remove.setToolTip(TIPS[words])

    def take_typed(self) -> None:
        """Take what is being typed although its field was not left yet."""
        self._take_features()
        self._take_doors()

    def _take_type(self) -> None:
        if self._draft is not None and self._room is not None and self.kind.choice != self._room.room_type:
            self.changed.emit(self._draft.with_type(self._room.number, self.kind.choice))

    def _take_features(self) -> None:
        features = listed_words(self.features.text())
        if self._draft is not None and self._room is not None and features != self._room.features:
            self.changed.emit(self._draft.with_features(self._room.number, features))

    def _take_doors(self) -> None:
        doors, draft, room = listed_words(self.doors.text()), self._draft, self._room
        if draft is None or room is None:
            return
        strange = next((one for one in doors if one not in draft.rooms or one == room.number), "")
        self.wrong.setText(f"There is no room {strange} for a door of {room.number} to lead to; check the number.")
        self.wrong.setVisible(bool(strange))
        if not strange and set(doors) != set(room.doors):
            self.changed.emit(draft.with_doors(room.number, doors))

    def _remove(self) -> None:
        if self._draft is not None and self._room is not None:
            self.changed.emit(self._draft.without(self._room.number))
