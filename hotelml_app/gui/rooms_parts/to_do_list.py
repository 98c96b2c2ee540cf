"""What is to be carried out in the PMS, as a list to copy or to print."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from hotelml_app.gui.paper.printing import ask_printer, print_pages
from hotelml_app.gui.place import DASH, Place
from hotelml_app.services.rooms.views import PlannedView, RoomsView

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from hotelml_app.gui.context import WindowContext


def list_text(place: Place, view: RoomsView) -> str:
    """Return the list as plain text with tabs, as spreadsheets and mails take it."""
    lines = ["Booking\tArrives\tRoom now\tRoom to give\tWhy"]
    lines += ["\t".join(_cells(place, one)) for one in view.planned]
    return "\n".join(lines)


def print_list(context: WindowContext, parent: QWidget, place: Place, view: RoomsView) -> None:
    """Ask for a printer and print the list."""
    ask_printer(context, parent, lambda printer: print_on(printer, place, view))


def print_on(printer: QPrinter, place: Place, view: RoomsView) -> None:
    """Print the list."""
    print_pages(printer, list_page(place, view))


def list_page(place: Place, view: RoomsView) -> str:
    """Return the list as a page with boxes to tick."""
    rows = "".join(
        f"<tr><td>&#9744;</td>{''.join(f'<td>{escape(cell)}</td>' for cell in _cells(place, one))}</tr>" for one in view.planned
    )
    heads = "".join(f"<th align='left'>{head}</th>" for head in ("", "Booking", "Arrives", "Room now", "Room to give", "Why"))
    title = f"Rooms to change in the PMS, {escape(view.property_name)}, {place.day(view.first)}"
    return f"<h3>{title}</h3><table cellspacing='0' cellpadding='4' border='1' width='100%'><tr>{heads}</tr>{rows}</table>"


def _cells(place: Place, one: PlannedView) -> tuple[str, ...]:
    return (one.reservation_id, place.day(one.arrival), one.before or DASH, one.after, place.with_days(one.reason))
