"""Fields of a form: a name at the left, a control at the right, a word of help below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QSpinBox, QWidget

from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.calm import Calm, calm
from hotelml_app.gui.widgets.labels import label
from hotelml_app.settings.model import MOST_MONEY


class CalmSpinBox(Calm, QSpinBox):
    """A whole number that does not change when somebody scrolls the page over it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        calm(self, name)


class CountBox(CalmSpinBox):
    """A number of rooms; 0 means not told, and then shows what exports say, or what was seen in the bookings."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setRange(0, 9999)
        self.setFixedSize(18 * tokens.GRID, tokens.CONTROL_HEIGHT - 4)
        self.lineEdit().setTextMargins(0, 0, tokens.GRID, 0)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def show_count(self, told: int | None, seen: int | None, stated: int | None = None) -> None:
        """Show what was told, or what exports state, or what was seen."""
        self.setSpecialValueText(f"{stated} (exports say)" if stated else f"{seen} (most seen)" if seen else "Not told")
        self.setValue(told or 0)

    @property
    def told(self) -> int | None:
        """What is told, or None."""
        return self.value() or None


def form() -> QFormLayout:
    """Return an empty form."""
    made = QFormLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(tokens.SPACE_2)
    made.setVerticalSpacing(tokens.SPACE_1)
    made.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
    return made


def add_field(to: QFormLayout, name: str, control: QWidget) -> None:
    """Add a named control; the name leads to it."""
    words = label(name)
    words.setBuddy(control)
    words.setMinimumWidth(14 * tokens.GRID)
    words.setMinimumHeight(tokens.CONTROL_HEIGHT - 4)
    to.addRow(words, control)


class AmountBox(Calm, QDoubleSpinBox):
    """An amount of money per night; 0 means not told, and then says what holds instead."""

    def __init__(self, name: str, untold: str) -> None:
        super().__init__()
        calm(self, name)
        self.setRange(0.0, MOST_MONEY)
        self.setSpecialValueText(untold)
        _dress_box(self)

    def show_amount(self, place: Place, told: float | None) -> None:
        """Show what was told, as it is written where the property stands."""
        self.setLocale(place.locale)
        before, after = place.around_amounts
        self.setPrefix(before)
        self.setSuffix(after)
        self.setDecimals(place.cents)
        self.setSingleStep(place.rate_step)
        self.setValue(told or 0.0)

    @property
    def told(self) -> float | None:
        """What is told, or None."""
        return round(self.value(), 2) or None


class LimitBox(CalmSpinBox):
    """A number that may be 0; below it lies "not told"."""

    def __init__(self, name: str, untold: str, most: int) -> None:
        super().__init__(name)
        self.setRange(-1, most)
        self.setSpecialValueText(untold)
        _dress_box(self)

    def show_limit(self, told: int | None) -> None:
        """Show what was told."""
        self.setValue(-1 if told is None else told)

    @property
    def told(self) -> int | None:
        """What is told, or None."""
        return None if self.value() < 0 else self.value()


def _dress_box(box: QSpinBox | QDoubleSpinBox) -> None:
    box.setFixedSize(22 * tokens.GRID, tokens.CONTROL_HEIGHT - 4)
    # The style sheet's padding does not reach the field inside a spin box.
    box.lineEdit().setTextMargins(tokens.GRID, 0, tokens.GRID, 0)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
