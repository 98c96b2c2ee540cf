"""Small windows of the Rates page: a rate of one's own, and the limits that every suggestion keeps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QDialog, QDoubleSpinBox, QFormLayout, QSpinBox, QWidget

from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.rates.views import LimitsView
from hotelml_app.settings.model import MOST_MONEY

WIDTH = 52 * tokens.GRID
NO_LIMIT_WORDS = "from own history"
NO_COST_WORDS = "not counted"
LIMITS_TEXT = (
    "Floor and ceiling are for {room_type}, everything else is for all room types. Where you set no floor or ceiling, "
    "this hotel's own usual rates are the limits. A rate is left alone where a change would bring too little; while "
    "the guests' response to rates is only assumed, a change has to bring half as much again. If you enter what an "
    "occupied room costs you in cleaning, laundry, breakfast and commission, rates are chosen by what is left after "
    "it; else it counts as free of cost."
)


class OwnRateDialog(QDialog):
    """Asks for one rate. Open it with ``open``."""

    def __init__(self, parent: QWidget, place: Place, nights: str, start: float, on_rate: Callable[[float], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Own rate")
        self.setMinimumWidth(WIDTH)
        self._on_rate = on_rate
        self.rate = _amount("Rate", place, least=0.01)
        self.rate.setValue(start)
        self.rate.selectAll()
        text = "The rate is kept until you unlock the nights. Enter it in your PMS as well."
        keep = Button("Set this rate", self._take, role="primary")
        keep.setDefault(True)
        words = (label(f"Own rate, {nights}", "heading", wrap=True), label(text, "muted", wrap=True))
        _lay_out(self, (*words, self.rate, row((None, Button("Cancel", self.reject), keep))))

    def _take(self) -> None:
        self.accept()
        self._on_rate(self.rate.value())


class LimitsDialog(QDialog):
    """The limits of one room type and what holds for all. Open it with ``open``."""

    def __init__(
        self, parent: QWidget, place: Place, room_type: str, limits: LimitsView, on_limits: Callable[[LimitsView], object]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Limits of rates")
        self.setMinimumWidth(WIDTH)
        self._on_limits = on_limits
        self.floor, self.ceiling = (_amount(name, place, special=NO_LIMIT_WORDS) for name in ("Floor", "Ceiling"))
        self.floor.setValue(limits.floor or 0.0)
        self.ceiling.setValue(limits.ceiling or 0.0)
        self.rounding = _amount("Rounded to", place, least=0.01)
        self.rounding.setValue(limits.rounding)
        self.smallest = _whole_number("Smallest change", " % of the rate", 50)
        self.smallest.setValue(round(100 * limits.smallest_change))
        self.least_gain = _share("Smallest gain", place, " % of what the night still brings", 50)
        self.least_gain.setValue(100 * limits.least_gain)
        self.room_cost = _amount("Cost per occupied room", place, special=NO_COST_WORDS)
        self.room_cost.setValue(limits.room_cost or 0.0)
        self._cost = limits.room_cost
        self.freeze = _whole_number("Frozen nights", "", 60)
        self.freeze.setSpecialValueText("no night")
        self.freeze.valueChanged.connect(self._say_nights)
        self.freeze.setValue(limits.freeze_days)
        self._say_nights(limits.freeze_days)
        form = _form(
            (f"Floor, {room_type}", self.floor),
            (f"Ceiling, {room_type}", self.ceiling),
            ("Round to", self.rounding),
            ("Leave alone changes below", self.smallest),
            ("Leave alone gains below", self.least_gain),
            ("Leave alone the next", self.freeze),
            ("Cost per occupied room", self.room_cost),
        )
        self.wrong = label(role="urgent", wrap=True)
        self.wrong.hide()
        for box in (self.floor, self.ceiling):
            box.valueChanged.connect(self.wrong.hide)
        keep = Button("Keep", self._take, role="primary")
        keep.setDefault(True)
        words = (label("Limits of rates", "heading"), label(LIMITS_TEXT.format(room_type=room_type), "muted", wrap=True))
        _lay_out(self, (*words, form, self.wrong, row((None, Button("Cancel", self.reject), keep))))

    def _say_nights(self, nights: int) -> None:
        self.freeze.setSuffix(" night ahead" if nights == 1 else " nights ahead")

    def _take(self) -> None:
        floor, ceiling = self.floor.value() or None, self.ceiling.value() or None
        if floor is not None and ceiling is not None and floor > ceiling:
            self.wrong.setText("The floor lies above the ceiling.")
            self.wrong.show()
            return
        self.accept()
        # Who leaves the cost alone has not answered; who takes an amount away has.
        cost = self.room_cost.value() or (None if self._cost is None else 0.0)
        change, gain = self.smallest.value() / 100, self.least_gain.value() / 100
        self._on_limits(LimitsView(floor, ceiling, self.rounding.value(), change, self.freeze.value(), gain, cost))


def _form(*rows: tuple[str, QAbstractSpinBox]) -> QFormLayout:
    form = QFormLayout()
    form.setVerticalSpacing(tokens.SPACE_1)
    for title, box in rows:
        name = label(title)
        name.setBuddy(box)
        name.setMinimumHeight(tokens.CONTROL_HEIGHT - 4)
        form.addRow(name, box)
    return form


def _amount(name: str, place: Place, *, least: float = 0.0, special: str = "") -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setAccessibleName(name)
    made.setLocale(place.locale)
    made.setDecimals(place.cents)
    made.setSingleStep(place.rate_step)
    made.setRange(max(least, 10.0**-place.cents) if least else 0.0, MOST_MONEY)
    _to_the_right(made)
    before, after = place.around_amounts
    made.setPrefix(before)
    made.setSuffix(after)
    made.setSpecialValueText(special)
    return made


def _whole_number(name: str, suffix: str, most: int) -> QSpinBox:
    made = QSpinBox()
    made.setAccessibleName(name)
    made.setRange(0, most)
    made.setSuffix(suffix)
    _to_the_right(made)
    return made


def _share(name: str, place: Place, suffix: str, most: float) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setAccessibleName(name)
    made.setLocale(place.locale)
    made.setRange(0.0, most)
    made.setDecimals(1)
    made.setSingleStep(0.5)
    made.setSuffix(suffix)
    _to_the_right(made)
    return made


def _to_the_right(box: QAbstractSpinBox) -> None:
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setFixedHeight(tokens.CONTROL_HEIGHT - 4)
    # The style sheet's padding does not reach the field inside a spin box.
    box.lineEdit().setTextMargins(tokens.GRID, 0, tokens.GRID, 0)


def _lay_out(dialog: QDialog, parts: tuple[object, ...]) -> None:
    inside = column(parts, gap=tokens.SPACE_1 + 4)  # type: ignore[arg-type]
    inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_2)
    dialog.setLayout(inside)
    dialog.finished.connect(dialog.deleteLater)
