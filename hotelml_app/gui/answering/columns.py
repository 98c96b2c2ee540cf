"""The columns of the file: what each seems to be, how surely, some of its cells, and a way to say otherwise."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from hotelml_app.gui.answering.answer import Answer, samples_words
from hotelml_app.gui.answering.questions import words_grid
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, card, column
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.labels import ElidedLabel, label
from hotelml_app.gui.widgets.scrolling import scrolled
from hotelml_app.services.exports.mapping_views import MappedColumnView, RoleView

ROLE_WIDTH = 24 * tokens.GRID
SURE_WIDTH = 9 * tokens.GRID
NAME_WIDTH = 20 * tokens.GRID
FRAME = 1
NOT_READ = "not read"
MASKED_TIP = "Letters and digits are hidden here: they could name a guest. Columns with guests' details are never read."
USUAL_ROLES = (
    *("arrival", "departure", "nights", "status", "reservation_id", "booked_on", "room_type", "adr", "total"),
    *("rate_code", "channel", "segment", "adults", "children", "currency"),
)
"""Offered first; the rest follow by their names."""


class ColumnsList(QWidget):
    """All columns in the file's own order."""

    def __init__(self, answer: Answer, place: Place, changed: Callable[[], object]) -> None:
        super().__init__()
        self._answer, self._changed = answer, changed
        self.choices: list[CalmComboBox] = []
        self._sure: list[QLabel] = []
        self._place = place
        roles = _role_model(answer.proposal.roles)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_2)
        grid.setVerticalSpacing(tokens.SPACE_HALF)
        for index, (title, width) in enumerate(
            (("Column in the file", NAME_WIDTH), ("Read as", ROLE_WIDTH), ("Sure", SURE_WIDTH), ("Some of its cells", 0))
        ):
            caption = label(title, "caption")
            if width == SURE_WIDTH:
                caption.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(caption, 0, index)
            grid.setColumnMinimumWidth(index, width)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(3, 3)
        for row, one in enumerate(answer.columns):
            self._add(grid, row, one, roles)
        self.words = KnownWords(answer, place, changed)
        # Whoever opens the window though nothing is asked wants to say something else, of the words more likely than of columns.
        parts = (grid, self.words) if answer.proposal.questions else (self.words, grid)
        whole = column((*parts, None), gap=tokens.SPACE_2)
        self._inside = bare(whole, (tokens.SPACE_2, tokens.SPACE_1, tokens.SPACE_2, tokens.SPACE_1))
        self.setLayout(column((card(column((scrolled(self._inside),)), margin=FRAME),)))
        self.show_answer()

    @property
    def whole_height(self) -> int:
        """The height that shows all columns, in pixels."""
        return self._inside.sizeHint().height() + 2 * FRAME

    def show_answer(self) -> None:
        """Show what each column is now."""
        self.words.setVisible(bool(self.words.choices) and self._answer.status_as_proposed)
        if self.choices:
            for choice, role in zip(self.choices, self._answer.roles, strict=True):
                choice.choose(role)
            for shown, one, role in zip(self._sure, self._answer.columns, self._answer.roles, strict=True):
                # How sure HotelML is says nothing of what a person said instead.
                shown.setText(self._place.share(one.confidence) if role and role == one.role else "")

    def _add(self, grid: QGridLayout, row: int, one: MappedColumnView, roles: QStandardItemModel) -> None:
        cells = ElidedLabel(samples_words(one), "muted")
        if one.masked:
            cells.setToolTip(MASKED_TIP)
        sure = label(self._place.share(one.confidence) if one.role else "", "muted")
        sure.setToolTip(one.why)
        self._sure.append(sure)
        sure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        known = self._answer.proposal.known_layout
        meaning = (
            label(one.meaning if one.role else NOT_READ, "" if one.role else "muted") if known else self._choice(row, one, roles)
        )
        for index, widget in enumerate((ElidedLabel(one.header), meaning, sure, cells)):
            grid.addWidget(widget, row + 1, index)

    def _choice(self, row: int, one: MappedColumnView, roles: QStandardItemModel) -> CalmComboBox:
        choice = CalmComboBox(f"What {one.header} is")
        choice.setModel(roles)
        choice.setFixedWidth(ROLE_WIDTH)
        choice.activated.connect(lambda _: self._chosen(row))
        self.choices.append(choice)
        return choice

    def _chosen(self, row: int) -> None:
        self._answer.give(row, self.choices[row].choice)
        self.show_answer()
        self._changed()


class KnownWords(QWidget):
    """The words of the status that HotelML knows, each with a way to say that it means something else in this house."""

    def __init__(self, answer: Answer, place: Place, changed: Callable[[], object]) -> None:
        super().__init__()
        self._answer, self._changed = answer, changed
        known = [one for one in answer.proposal.status_words if one.status]
        self.choices, grid = words_grid(known, answer, place, self._chosen)
        self.setLayout(column((label("Words in the status column, and what they mean", "caption"), grid), gap=tokens.SPACE_HALF))

    def _chosen(self) -> None:
        self._answer.statuses.update({word: choice.choice for word, choice in self.choices.items()})
        self._changed()


def _role_model(roles: tuple[RoleView, ...]) -> QStandardItemModel:
    """Return the roles to choose from, made once for all columns."""
    order = {role: index for index, role in enumerate(USUAL_ROLES)}
    offered = sorted(roles, key=lambda role: (order.get(role.name, len(order)), role.meaning))
    made = QStandardItemModel(1 + len(offered), 1)
    for row, one in enumerate((None, *offered)):
        meaning, name = (one.meaning, one.name) if one else (NOT_READ, "")
        made.setItemData(made.index(row, 0), {Qt.ItemDataRole.DisplayRole: meaning, Qt.ItemDataRole.UserRole: name})
    return made
