"""How did our own rates do? What staff decided beside what had been suggested, and what the nights brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.desktop.choosing import choose_target
from hotelml_app.gui.place import DASH, Place, together
from hotelml_app.gui.rates_parts.saving import CSV_KIND, save_table
from hotelml_app.gui.rates_parts.words import rate_money, rate_number
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Button, Segments
from hotelml_app.gui.widgets.dialogs.dialog_size import size_within
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.states import Message, MessagePanel
from hotelml_app.gui.widgets.tables.table import Cell, Column, DataTable
from hotelml_app.services.asking.words import count
from hotelml_app.services.rates.ledger_csv import CSV_HEADER, csv_rows
from hotelml_app.services.rates.ledger_views import JudgedEntry, LedgerEntry, LedgerView, Outcome
from hotelml_app.services.rates.rate_words import type_words

TITLE = "How did our own rates do?"
NOTHING = "What will be listed here"
READING = "Looking up what the nights brought…"
WIDTH, HEIGHT = 150 * tokens.GRID, 86 * tokens.GRID
CHOSEN_HEIGHT = 5 * tokens.GRID
OWN, ACCEPTED = "own", "accepted"
KINDS = {"own": "own rate", "kept": "left as it was", "accepted": "accepted"}
COLOURS = {Outcome.MORE: "accent", Outcome.LESS: "risk_text", Outcome.UNTOLD: "text_muted"}
NONE_OF_THESE = {OWN: "No own rate lies on a past night yet.", ACCEPTED: "No accepted suggestion lies on a past night yet."}


class LedgerDialog(QDialog):
    """Asks for the ledger and shows it. Open it with ``open``."""

    def __init__(self, parent: QWidget, context: WindowContext) -> None:
        super().__init__(parent)
        self._context = context
        self.view: LedgerView | None = None
        self.setWindowTitle(TITLE)
        size_within(self, parent, WIDTH, HEIGHT)
        self.sentence = label(READING, "sentence", wrap=True)
        self.detail, self.caution = label(wrap=True), label(role="muted", wrap=True)
        self.switch = Segments(((OWN, "Own rates"), (ACCEPTED, "Accepted")), "Rates")
        self.switch.chosen.connect(lambda _: self._show_entries())
        self.table = DataTable(_columns(context.place), "Rates on past nights, beside what had been suggested")
        self.table.current.connect(self._say_chosen)
        self.chosen = label(wrap=True)
        self.chosen.setMinimumHeight(CHOSEN_HEIGHT)
        self.save = Button("Save as CSV…", self._ask_where, tip="All of these, own and accepted, for a spreadsheet")
        close = Button("Close", self.accept, role="primary")
        close.setDefault(True)
        words = column((self.sentence, self.detail, self.caution), gap=tokens.SPACE_HALF)
        bar = row((self.switch, None))
        self.nothing = MessagePanel()
        self.nothing.hide()
        foot = row((self.save, None, close))
        inside = column((words, bar, self.table, self.chosen, self.nothing, None, foot), gap=tokens.SPACE_1 + 4)
        inside.setContentsMargins(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_2)
        # Where there is no table, nothing but what lies below keeps the words at the top.
        inside.setStretch(2, 1000)
        self.setLayout(inside)
        for part in (self.switch, self.table, self.chosen, self.save):
            part.hide()
        close.setFocus()
        appliance, name = context.appliance, context.property_name
        context.runner.ask("rate ledger", lambda: appliance.rate_ledger(name), self._answer, self._fail)
        self.finished.connect(self.deleteLater)

    def _answer(self, view: object) -> None:
        assert isinstance(view, LedgerView)
        self.view, place = view, self._context.place
        self.sentence.setText(together(place.spoken(view.sentence)))
        for text, words in ((self.detail, view.detail), (self.caution, view.caution)):
            text.setText(together(place.spoken(words)))
            text.setVisible(bool(words))
        choices = ((OWN, "Own rates", view.own), (ACCEPTED, "Accepted", view.accepted))
        self.switch.set_choices([(key, f"{name} {place.number(len(entries))}") for key, name, entries in choices])
        if not view.own and view.accepted:
            self.switch.choose(ACCEPTED)
        there = bool(view.own or view.accepted)
        for part in (self.switch, self.table, self.chosen, self.save):
            part.setVisible(there)
        self.detail.setVisible(there)
        self.nothing.show_message(Message(NOTHING, self.detail.text(), icon="hourglass"))
        self.nothing.setVisible(not there)
        self._show_entries()

    def _fail(self, error: HotelMLError) -> None:
        self.sentence.setText(error.message)
        self.detail.setText(error.remedy)

    def _entries(self) -> tuple[JudgedEntry, ...]:
        if self.view is None:
            return ()
        return self.view.own if self.switch.choice == OWN else self.view.accepted

    def _show_entries(self) -> None:
        if self.view is not None:
            place, today = self._context.place, self.view.as_of
            self.table.empty.text = NONE_OF_THESE[self.switch.choice]
            self.table.set_rows([(_key(one), _cells(place, one, today)) for one in self._entries()])
            if self.table.keys:
                self.table.choose(self.table.keys[0])
            self._say_chosen(self.table.current_key)

    def _say_chosen(self, key: str) -> None:
        chosen = next((one for one in self._entries() if _key(one) == key), None)
        self.chosen.setText(entry_words(self._context.place, chosen) if chosen is not None else "")

    def _ask_where(self) -> None:
        if self.view is not None:
            choose_target(self, "Save the ledger of rates", f"rate-ledger-{self.view.as_of}.csv", CSV_KIND, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write all entries into a file, off the window's thread."""
        view = self.view
        if view is not None:
            save_table(self._context, path, CSV_HEADER, lambda: csv_rows(view), "The ledger is saved")


def _key(one: JudgedEntry) -> str:
    return f"{one.entry.night}|{one.entry.room_type}"


def _columns(place: Place) -> tuple[Column, ...]:
    money, expected = place.currency, f"{place.currency} expected".strip()
    return (
        Column("Night", width=96),
        Column("Type", width=56, tip="Room type"),
        Column("Decided", width=104, secondary=True),
        Column("Rate", money, number=True, width=64, tip="The rate that you decided on"),
        Column("Suggested", money, number=True, width=80, tip="The rate that was suggested when you decided"),
        Column("Rooms came", "(expected)", number=True, width=96, tip="Rooms sold, and what the suggestion was to fill"),
        Column(
            "Brought",
            money,
            number=True,
            width=80,
            tip="Room revenue of the night and room type, less what occupied rooms cost where you said so",
        ),
        Column("Suggestion", expected, number=True, width=88, tip="What the suggestion was expected to bring"),
        Column("Your rate", expected, number=True, width=88, tip="What your rate was expected to bring", secondary=True),
        Column("What can be said", stretch=True),
    )


def _cells(place: Place, judged: JudgedEntry, today: date) -> tuple[Cell, ...]:
    one, colour = judged.entry, COLOURS[judged.outcome]
    return (
        Cell(
            place.day(one.night, weekday=one.night.year == today.year, year=one.night.year != today.year), one.night.isoformat()
        ),
        Cell(type_words(one.room_type)),
        Cell(KINDS[one.kind]),
        _amount(place, one, one.rate, strong=True),
        _amount(place, one, one.suggested_rate),
        Cell(f"{place.number(one.rooms)} ({place.number(one.suggested_rooms)})", one.rooms),
        Cell(place.number(one.brought), one.brought, strong=True),
        _money(place, one, one.suggestion_brings),
        _money(place, one, one.rate_brings),
        Cell(judged.verdict, colour=colour, tip=judged.verdict),
    )


def entry_words(place: Place, judged: JudgedEntry) -> str:
    """Return everything about one decision in sentences; the table has no room for the longer ones."""
    one, days = judged.entry, (judged.entry.night - judged.entry.decided_on).days
    then = _place_then(place, one)
    decided = {"own": "own rate", "kept": "left at", "accepted": "accepted"}[one.kind]
    suggested = f" beside {rate_money(then, one.suggested_rate)} suggested" if one.kind != ACCEPTED and one.suggested_rate else ""
    when = f"{place.day(one.night, year=True)}, {type_words(one.room_type)}: {decided} {rate_money(then, one.rate)}{suggested}"
    expected = "" if one.suggested_rooms is None else f" where {place.number(one.suggested_rooms)} were expected"
    came = f"{place.number(one.rooms)} {'room' if round(one.rooms) == 1 else 'rooms'}{expected}, {place.money(one.brought)}"
    hoped = "" if one.suggestion_brings is None else f" where {then.money(one.suggestion_brings)} was expected"
    paid = f", {then.money(one.room_cost, 2)} for every occupied room taken off" if one.room_cost else ""
    return f"{when}, decided {count(days, 'day')} before. {came}{hoped}{paid}. {judged.verdict}."


def _place_then(place: Place, one: LedgerEntry) -> Place:
    """Return how money was written when a rate was decided on: the property may have had another currency."""
    return replace(place, currency=one.other_currency) if one.other_currency else place


def _amount(place: Place, one: LedgerEntry, rate: float | None, *, strong: bool = False) -> Cell:
    if rate is None:
        return Cell(DASH, float("-inf"), strong=strong)
    said = rate_money(_place_then(place, one), rate) if one.other_currency else rate_number(place, rate)
    return Cell(said, rate, strong=strong)


def _money(place: Place, one: LedgerEntry, amount: float | None) -> Cell:
    if amount is None:
        return Cell(DASH, float("-inf"))
    return Cell(_place_then(place, one).money(amount) if one.other_currency else place.number(amount), amount)
