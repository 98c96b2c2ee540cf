"""How many rooms of each type to sell still on a night, as a small window with a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from hotelml_app.gui.place import Place
from hotelml_app.gui.widgets.dialogs.listed import TableDialog
from hotelml_app.gui.widgets.tables.table import Cell, Column, DataTable
from hotelml_app.services.asking.words import count

if TYPE_CHECKING:
    from hotelml_app.services.arrivals.overbooking_views import OverbookingNight, OverbookingType

BOOKED_TIP = "Guests in the house count with the type of room they have, all others with the type they booked."
RISK_TIP = "How likely somebody has to be given a room of another type if all of these are sold, for want of one of this type."
NO_TYPE = "No type told"


class TypesToSellDialog(TableDialog):
    """The room types of a night, the simplest first. Open it with ``open``."""

    def __init__(self, parent: QWidget, place: Place, night: OverbookingNight) -> None:
        columns = (
            Column("Room type", stretch=True),
            Column("Sell still", number=True, width=84),
            Column("Rooms", number=True, width=72),
            Column("On the books", number=True, width=108, tip=BOOKED_TIP),
            Column("Likely lost", number=True, width=92),
            Column("Risk of a move", number=True, width=120, tip=RISK_TIP),
        )
        table = DataTable(columns, "How many rooms of each type to sell", empty="No booking tells which room types there are.")
        table.set_rows([(one.room_type, _cells(place, one)) for one in night.room_types])
        super().__init__(parent, f"By room type, {place.day(night.night)}", place.spoken(text_of(night)), table)


def text_of(night: OverbookingNight) -> str:
    """Say what the numbers of a night add up to, and what they count on."""
    if not night.sell_more:
        return "No room is left to sell: as many are booked as it pays to sell."
    together = sum(one.advice.sell_more for one in night.room_types)
    said = []
    if together:
        said.append(
            f"Together {count(together, 'room')} to sell still, shared out by what guests are likely to ask for. "
            "Whoever finds no room of the booked type is given a better one; room for these guests is left."
        )
    if more := max(night.sell_more - together, 0):
        said.append(f"The house may sell {count(more, 'room')} more than its types have left.")
    rooms, house = sum(one.rooms + one.out_of_order for one in night.room_types), night.rooms + night.out_of_order
    if rooms != house:
        said.append(
            f"The types have {count(rooms, 'room')} together, the house {house:,}. Where nobody said how many there are, the "
            "fullest night counts, of the house as of each type; the settings take the numbers."
        )
    return " ".join(said)


def _cells(place: Place, one: OverbookingType) -> tuple[Cell, ...]:
    advice, risk = one.advice, one.advice.chance_of_another
    rooms = place.number(one.rooms) if one.room_type else "–"
    closed = f"Without the {place.spoken(count(one.out_of_order, 'room'))} out of order" if one.out_of_order else ""
    return (
        Cell(one.room_type or NO_TYPE),
        Cell(place.number(advice.sell_more), advice.sell_more),
        Cell(rooms, one.rooms, tip=closed),
        Cell(place.number(one.on_books), one.on_books),
        Cell(place.number(one.expected_lost, 1), one.expected_lost),
        Cell(place.share(risk), risk),
    )
