"""What overbooking weighs: the cost of a walked guest and of an empty room; and the way to the limits of rates."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from hotelml_app.gui.place import Place
from hotelml_app.gui.settings_parts.fields import AmountBox, LimitBox, add_field, form
from hotelml_app.gui.settings_parts.ground import SettingsGround
from hotelml_app.gui.widgets.boxes import column, dress, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label
from hotelml_app.settings.model import PropertySettings

HINT = (
    "The advice on how many rooms to sell beyond the house weighs the cost of a walked guest (a night elsewhere, the way "
    "there, goodwill) against that of an empty room. Floor, ceiling, cost per occupied room: Limits… on the Rates "
    "page."
)
FROM_RATE = "from the rate"
NO_LIMIT = "no limit"
MOST_ROOMS = 1000


class CostsCard(QFrame):
    """Costs of one property."""

    edited = Signal()

    def __init__(self, open_rates: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.walk = AmountBox("Cost of walking a guest, per night", FROM_RATE)
        self.empty = AmountBox("Loss of an empty room, per night", FROM_RATE)
        self.most = LimitBox("Rooms sold beyond the house, at most", NO_LIMIT, MOST_ROOMS)
        fields = form()
        for control, name in (
            (self.walk, "A walked guest costs"),
            (self.empty, "An empty room misses"),
            (self.most, "Rooms beyond the house, at most"),
        ):
            add_field(fields, name, control)
            control.valueChanged.connect(lambda _: self.edited.emit())
        self.limits = Button("Open the Rates page", open_rates)
        title = label("Rates and overbooking", "heading")
        dress(self, column((title, label(HINT, "muted", wrap=True), fields, row((self.limits, None)))))

    def show_ground(self, place: Place, ground: SettingsGround) -> None:
        """Show what was told."""
        kept = ground.settings.property(ground.property.name) or PropertySettings(name=ground.property.name)
        self.walk.show_amount(place, kept.walk_cost)
        self.empty.show_amount(place, kept.room_value)
        self.most.show_limit(kept.most_overbooked)

    def collect(self, kept: PropertySettings) -> PropertySettings:
        """Return the property's settings as they stand in the form."""
        told = {"walk_cost": self.walk.told, "room_value": self.empty.told, "most_overbooked": self.most.told}
        return kept.model_copy(update=told)
