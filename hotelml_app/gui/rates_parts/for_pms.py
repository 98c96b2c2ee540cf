"""The rates that are still to be entered in the PMS, as a list to work through: tick off, copy, save."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.desktop.choosing import choose_target
from hotelml_app.gui.desktop.clipboard import put_on_clipboard, tell_copied
from hotelml_app.gui.place import Place
from hotelml_app.gui.rates_parts.saving import CSV_KIND, save_table
from hotelml_app.gui.rates_parts.words import rate_number
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.dialogs.dialog_size import size_within
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.tables.table import Cell, Column, DataTable
from hotelml_app.services.asking.words import count
from hotelml_app.services.rates.rate_words import type_words
from hotelml_app.services.rates.views import EnterRates, RatesView, RateToEnter

WIDTH, HEIGHT = 84 * tokens.GRID, 64 * tokens.GRID
TITLE = "To enter in your PMS"
HINT = (
    "HotelML does not write into your PMS. Enter each rate there and tick it off (space bar or Enter);"
    " the next export takes what is ticked off the list."
)
NOTHING = "Nothing waits to be entered. Rates that you accept or set yourself appear here."
ALL_DONE = "All of these are entered."
CSV_HEADER = ("property", "stay_date", "room_type", "rate_before", "rate", "currency", "rate_before_is")
GUESS_TIP = "A guess: neither you nor a booking says what this night costs until now."


class ForPmsDialog(QDialog):
    """Shows the list of all months and room types. Open it with ``open``; ``show_view`` brings it up to date."""

    def __init__(
        self, parent: QWidget, context: WindowContext, view: RatesView, on_change: Callable[[EnterRates], object]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setMinimumWidth(WIDTH)
        size_within(self, parent, WIDTH, HEIGHT if view.to_enter else 0)
        self._context, self._on_change = context, on_change
        self._view: RatesView | None = None
        self.property_name = view.property_name
        self.table = DataTable(_columns(context.place), "Rates to enter in the PMS", sortable=False)
        self.table.ticked.connect(self._tick)
        self.table.opened.connect(self.table.toggle)
        self._left, self._hint = label(role="strong"), label(HINT, "muted", wrap=True)
        self.copy = Button("Copy list", self._copy, tip="What is not ticked, for a spreadsheet or a mail")
        self.save = Button("Save as CSV…", self._ask_where)
        self.all = Button("Tick off all", self._tick_all)
        close = Button("Close", self.reject, role="primary")
        buttons = row((self.copy, self.save, self.all, None, close), gap=tokens.SPACE_1)
        inside = column((label(TITLE, "heading"), self._hint, self._left, self.table, buttons), gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_2)
        inside.setStretch(3, 1)
        self.setLayout(inside)
        self.show_view(view)
        self.table.setFocus()
        self.finished.connect(self.deleteLater)

    def show_view(self, view: RatesView) -> None:
        """Show what waits now; the chosen line stays chosen."""
        self._view = view
        place, open_ones = self._context.place, open_entries(view)
        self.table.set_rows([(_key(one), _cells(place, one)) for one in view.to_enter])
        if self.table.keys and not self.table.current_key:
            self.table.choose(self.table.keys[0])
        done = len(view.to_enter) - len(open_ones)
        words = f"{done} of {count(len(view.to_enter), 'rate')} entered" if open_ones else ALL_DONE
        self._left.setText(words if view.to_enter else NOTHING)
        self._hint.setVisible(bool(view.to_enter))
        self.table.setVisible(bool(view.to_enter))
        for button in (self.copy, self.save, self.all):
            button.setVisible(bool(view.to_enter))
            button.setEnabled(bool(open_ones))

    def _tick(self, key: str, entered: bool) -> None:
        night, _, kind = key.partition("|")
        self._on_change(EnterRates(((date.fromisoformat(night), kind),), entered))

    def _tick_all(self) -> None:
        if self._view is not None:
            self._on_change(EnterRates(tuple((one.night, one.room_type) for one in open_entries(self._view))))

    def _copy(self) -> None:
        if self._view is not None:
            copied = put_on_clipboard(list_text(self._context.place, self._view))
            tell_copied(self._context, count(len(open_entries(self._view)), "line"), copied=copied)

    def _ask_where(self) -> None:
        choose_target(self, "Save the rates to enter", f"rates-to-enter-{date_part(self._view)}.csv", CSV_KIND, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write what waits into a file, off the window's thread."""
        view = self._view
        if view is not None:
            save_table(self._context, path, CSV_HEADER, lambda: csv_rows(view), "The list is saved")


def open_entries(view: RatesView) -> list[RateToEnter]:
    """Return what is not ticked off."""
    return [one for one in view.to_enter if not one.entered]


def list_text(place: Place, view: RatesView) -> str:
    """Return the list as plain text with tabs, as spreadsheets and mails take it."""
    lines = [f"Night\tRoom type\tRate until now\tRate to enter\t{view.currency}".rstrip()]
    for one in open_entries(view):
        rates = _before(place, one), rate_number(place, one.rate)
        lines.append("\t".join((place.day(one.night, year=True), type_words(one.room_type), *rates)))
    return "\n".join(lines)


def csv_rows(view: RatesView) -> list[tuple[object, ...]]:
    """Return the list as rows under ``CSV_HEADER``."""
    name, currency = view.property_name, view.currency
    return [
        (name, one.night, one.room_type, one.before, one.rate, currency, "guessed" if one.guessed else "known")
        for one in open_entries(view)
    ]


def date_part(view: RatesView | None) -> str:
    """Return the business date as it stands in a file's name."""
    return view.as_of.isoformat() if view is not None else ""


def _columns(place: Place) -> tuple[Column, ...]:
    unit = place.currency
    return (
        Column("Entered", width=76, tip="Tick off what is entered in the PMS (space bar or Enter)"),
        Column("Night", width=112),
        Column("Room type", stretch=True),
        Column("Until now", unit, number=True, width=96),
        Column("To enter", unit, number=True, width=96),
        Column("Decided", width=112),
    )


def _cells(place: Place, one: RateToEnter) -> tuple[Cell, ...]:
    colour = "text_muted" if one.entered else ""
    return (
        Cell("", checked=one.entered),
        Cell(place.day(one.night), colour=colour),
        Cell(type_words(one.room_type), colour=colour),
        Cell(_before(place, one), colour="text_muted", tip=GUESS_TIP if one.guessed else ""),
        Cell(rate_number(place, one.rate), colour=colour, strong=not one.entered),
        Cell("own rate" if one.own else "accepted", colour="text_muted"),
    )


def _before(place: Place, one: RateToEnter) -> str:
    return f"about {place.number(one.before)}" if one.guessed else rate_number(place, one.before)


def _key(one: RateToEnter) -> str:
    return f"{one.night.isoformat()}|{one.room_type}"
