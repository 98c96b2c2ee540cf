"""The one question of the Rates page: what an occupied room costs; it is asked until it is answered, with 0 as well."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from hotelml_app.gui.place import Place
from hotelml_app.gui.settings_parts.fields import AmountBox
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.rates.views import RatesView

QUESTION = (
    "An occupied room is counted as free of cost; the rates advised may be too low. What does one cost you per night "
    "(cleaning, laundry, breakfast, commission)?"
)
NOT_SAID = "not told"
TIP = "It can be changed at any time in Limits…"


class RoomCostQuestion(QFrame):
    """Hidden once staff said it. ``on_cost`` is told the amount."""

    def __init__(self, on_cost: Callable[[float], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._on_cost, self._property_name = on_cost, ""
        self.text = label(QUESTION, wrap=True)
        self.amount = AmountBox("Cost per occupied room and night", NOT_SAID)
        self.amount.setToolTip(TIP)
        self.keep = Button("Keep", self._keep, tip=TIP)
        self.zero = Button("Leave it at 0", lambda: on_cost(0.0), role="quiet", tip=f"Do not ask again. {TIP}")
        self.amount.valueChanged.connect(lambda _: self._allow())
        self.amount.lineEdit().returnPressed.connect(self._keep)
        line = row((self.text, self.amount, self.keep, self.zero), gap=tokens.SPACE_1)
        line.setContentsMargins(tokens.SPACE_2, tokens.SPACE_1, tokens.SPACE_1, tokens.SPACE_1)
        line.setStretch(0, 1)
        self.setLayout(line)
        self._busy = False
        self.hide()

    def show_view(self, view: RatesView, place: Place, *, busy: bool) -> None:
        """Ask where it is not known; what is being typed stays unless it is about another hotel."""
        self._busy = busy
        if view.property_name != self._property_name:
            self._property_name = view.property_name
            self.amount.show_amount(place, None)
        self.setVisible(view.limits.room_cost is None)
        self._allow()

    def _allow(self) -> None:
        self.keep.setEnabled(self.amount.told is not None and not self._busy)
        self.zero.setEnabled(not self._busy)

    def _keep(self) -> None:
        if self.amount.told is not None and not self._busy:
            self._on_cost(self.amount.told)
