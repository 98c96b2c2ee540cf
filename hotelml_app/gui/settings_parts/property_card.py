"""The property: what it is called, where it is, what it charges in, how many rooms of which type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout

from hotelml_app.core.property_names import folded, name_problem, tidied
from hotelml_app.gui.context import Notice
from hotelml_app.gui.settings_parts import places
from hotelml_app.gui.settings_parts.fields import CountBox, add_field, form
from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.settings_parts.same_hotel_dialog import ACTION
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import clear, column, dress, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.properties.views import PropertyView

CONTROL_WIDTH, NAME_WIDTH = 28 * tokens.GRID, 40 * tokens.GRID
TYPES_IN_ROW = 2
NO_EXPORT = "Empty until the first export is read."
NO_TYPES = "The exports so far name no room types."


class PropertyCard(QFrame):
    """Facts of one property."""

    edited = Signal()

    def __init__(self, on_same: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._kept, self._others = "", frozenset[str]()
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the property")
        self.name.setFixedSize(NAME_WIDTH, tokens.CONTROL_HEIGHT - 4)
        self.name.textChanged.connect(lambda _: self._name_edited())
        self.problem = label(role="urgent", wrap=True)
        self.problem.hide()
        self.country = CalmComboBox("Country")
        self.currency = CalmComboBox("Currency")
        self.rooms = CountBox("Rooms in the house")
        self.types: dict[str, CountBox] = {}
        fields = form()
        add_field(fields, "Name", self.name)
        fields.addRow(self.problem)
        for control, name in ((self.country, "Country"), (self.currency, "Currency"), (self.rooms, "Rooms")):
            add_field(fields, name, control)
        for control, choices in ((self.country, places.countries()), (self.currency, places.currencies())):
            control.setFixedWidth(CONTROL_WIDTH)
            for code, words in choices:
                control.addItem(words, code)
            control.activated.connect(lambda _: self.edited.emit())
        self.country.activated.connect(lambda _: self._follow_country())
        self.rooms.valueChanged.connect(lambda _: self.edited.emit())
        self._types_title = label("Rooms of each type", "strong")
        self._types_hint = label(NO_EXPORT, "muted", wrap=True)
        self._types = QVBoxLayout()
        self.same = Button(ACTION, on_same, role="quiet", tip="Put two properties together that are one hotel")
        self.same.hide()
        types = (self._types_title, self._types_hint, self._types)
        dress(self, column((label("Property", "heading"), fields, tokens.SPACE_1, *types, row((self.same, None)))))

    def show_ground(self, ground: SettingsGround) -> None:
        """Show the facts as they are kept."""
        view = ground.property
        kept = ground.settings.property(view.name)
        self._kept, self._others = view.name, frozenset(folded(other) for other in ground.others)
        self.name.setEnabled(bool(view.name))
        self.name.setText(view.name)
        self.name.setCursorPosition(0)
        self._name_edited()
        self.country.choose(view.country or (kept.country if kept else ""))
        self.currency.choose(view.currency or (kept.currency if kept else ""))
        self.rooms.show_count(view.rooms, view.rooms_seen, view.rooms_stated.get(""))
        self._show_types(view)
        self.same.setVisible(bool(ground.others))

    @property
    def called(self) -> str:
        """The name as it stands in the form."""
        return tidied(self.name.text())

    @property
    def name_problem(self) -> str:
        """Why the property cannot be called as the form says, "" where it can."""
        if self.called == self._kept:
            return ""
        taken = "Another property has this name." if folded(self.called) in self._others else ""
        return name_problem(self.name.text()) or taken

    def is_well_named(self, tell: Callable[[Notice], object]) -> bool:
        """Return whether the property can be called as the form says; where it cannot, say why and lead there."""
        if self.name_problem:
            self.name.setFocus()
            remedy = "Write another name, or press Discard."
            tell(Notice("Nothing was saved yet", self.name_problem, remedy, urgent=True))
        return not self.name_problem

    def follow(self, before: str, name: str) -> None:
        """Show what the property is called now, unless another name is being typed."""
        untouched = self.called == before
        self._kept = name
        if untouched:
            self.name.setText(name)
        self._name_edited()

    def collect(self, view: PropertyView) -> PropertyView:
        """Return the facts as they stand in the form."""
        kinds = tuple((code, self.types[code].told if code in self.types else told, seen) for code, told, seen in view.room_types)
        return replace(view, country=self.country.choice, currency=self.currency.choice, rooms=self.rooms.told, room_types=kinds)

    def _name_edited(self) -> None:
        self.problem.setText(self.name_problem)
        self.problem.setVisible(bool(self.problem.text()))
        self.edited.emit()

    def _show_types(self, view: PropertyView) -> None:
        clear(self._types)
        self.types = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_2)
        grid.setVerticalSpacing(tokens.SPACE_HALF)
        for index, (code, told, seen) in enumerate(view.room_types):
            box = self.types[code] = CountBox(f"Rooms of type {code}")
            box.show_count(told, seen, view.rooms_stated.get(code))
            box.valueChanged.connect(lambda _: self.edited.emit())
            line, place = divmod(index, TYPES_IN_ROW)
            # Beside a field that it names, a label takes "&" for the sign of a shortcut.
            name = label(code.replace("&", "&&"))
            name.setBuddy(box)
            grid.addWidget(name, line, 2 * place)
            grid.addWidget(box, line, 2 * place + 1)
        grid.setColumnStretch(2 * TYPES_IN_ROW, 1)
        self._types.addLayout(grid)
        self._types_hint.setText(NO_TYPES if view.business_date else NO_EXPORT)
        self._types_hint.setVisible(not view.room_types)

    def _follow_country(self) -> None:
        """Suggest the country's currency where none was told."""
        suggested = places.currency_of(self.country.choice)
        if not self.currency.choice and suggested:
            self.currency.choose(suggested)
