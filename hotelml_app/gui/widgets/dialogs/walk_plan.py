"""Whom to walk first if too many guests come, as a small window with a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from hotelml_app.gui.place import Place
from hotelml_app.gui.widgets.dialogs.listed import TableDialog
from hotelml_app.gui.widgets.tables.table import WIDEST_BOOKING, Cell, Column, DataTable
from hotelml_app.services.asking.words import count, without_out_of_order

if TYPE_CHECKING:
    from hotelml_app.services.arrivals.overbooking_views import OverbookingAdvice


def advice_words(place: Place, advice: OverbookingAdvice) -> tuple[str, str]:
    """Return (what to sell, what stands behind it) for one night."""
    night = advice.night
    beyond = night.advice.beyond
    if night.on_books > night.advice.sell_up_to:
        first = place.spoken(f"Sell no more: {count(night.on_books - night.advice.sell_up_to, 'room')} too many")
    elif beyond:
        first = f"Sell up to {place.spoken(count(night.advice.sell_up_to, 'room'))}, {beyond} beyond the house"
    else:
        first = f"Sell no more than the {place.spoken(count(night.rooms, 'room'))}"
    costs = night.costs
    told = "" if costs.walk_cost_told else " (assumed)"
    risk = f"{round(night.advice.chance_of_walking * 100)} % risk of a walk if all are sold. " if beyond else ""
    behind = f"A walk costs {place.money(costs.walk_cost)}{told}, an empty room {place.money(costs.room_value)}"
    if not costs.in_money:
        behind = "No rate is known, so a walk is taken to cost twice an empty room"
    house = place.number(night.rooms) if night.rooms_told else f"the {place.spoken(count(night.rooms, 'room'))} seen so far"
    second = f"{place.number(night.on_books)} of {house} on the books{without_out_of_order(night.out_of_order)}. {risk}{behind}."
    return first, second


class WalkPlanDialog(TableDialog):
    """The arrivals of a night in the order in which walking them costs least. Open it with ``open``."""

    def __init__(self, parent: QWidget, place: Place, advice: OverbookingAdvice) -> None:
        columns = (
            Column("", number=True, width=40),
            Column("Booking", width=136, widest=WIDEST_BOOKING, middle=True),
            Column("Costs about", place.currency, number=True, width=112),
            Column("Why", stretch=True),
        )
        table = DataTable(columns, "Whom to walk first", empty="Nobody arrives on this night.")
        table.set_rows(
            [
                (
                    walk.reservation_id,
                    (
                        Cell(str(number), number),
                        Cell(walk.reservation_id),
                        Cell(place.number(walk.cost if advice.night.costs.in_money else None), walk.cost),
                        Cell(", ".join(walk.reasons), tip=", ".join(walk.reasons)),
                    ),
                )
                for number, walk in enumerate(advice.walk_plan, start=1)
            ]
        )
        text = "If more guests come than there are rooms, ask these first whether they would stay elsewhere. Cheapest first."
        super().__init__(parent, f"Walk plan, {place.day(advice.night.night)}", text, table)
