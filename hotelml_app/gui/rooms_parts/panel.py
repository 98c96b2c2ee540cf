"""Beside the plan: what needs a decision, which rooms to give, and what is to be carried out in the PMS."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.desktop.clipboard import put_on_clipboard, tell_copied
from hotelml_app.gui.place import Place
from hotelml_app.gui.rooms_parts.stories import TABS, stories_of, taken_on_by
from hotelml_app.gui.rooms_parts.to_do_list import list_text, print_list
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Button, Segments
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.tables.story_list import Story, StoryList
from hotelml_app.services.asking.words import count
from hotelml_app.services.rooms.views import RoomsView, TakeBack, TakeOn

DECIDE, GIVE, CARRY_OUT = TABS
HINTS = {
    DECIDE: "Take on what you agree with: it goes on the list for the PMS, and nothing else moves it.",
    GIVE: "Arrivals without a room in the PMS, with the best room for each. Take on what you want to assign today.",
    CARRY_OUT: "HotelML does not write into your PMS. Make these changes there; the next export takes what is done off the list.",
}
NOTHING = {
    DECIDE: "Nothing has to move and everybody has a room.",
    GIVE: "Every arrival has a room in the PMS or on the list for it.",
    CARRY_OUT: "Nothing waits to be carried out. What you take on or move appears here.",
}
MOST_SHOWN = 400
"""Stories that are listed at most; the nearest arrivals come first."""

LIST_HEIGHT = 22 * tokens.GRID


class RoomsPanel(QWidget):
    """Three lists under one another's place."""

    booking_chosen = Signal(str)
    change_wanted = Signal(object)

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._view: RoomsView | None = None
        self._place = Place()
        self._busy = False
        self._settled = False
        self._next = ""
        self._stories: dict[str, list[Story]] = {}
        self.tabs = Segments([(key, words) for key, words in TABS.items()], "Lists")
        self._hint = label(role="muted", wrap=True)
        self._nothing = label(role="muted", wrap=True)
        self._notes = label(role="strong", wrap=True)
        self.list = StoryList("Suggestions")
        self.list.setMinimumHeight(LIST_HEIGHT)
        self.take_on = Button("Take on", self._take_on, role="primary")
        self.all = Button("Take on all", self._take_on_all)
        self.take_back = Button("Take back", self._take_back)
        self.copy = Button("Copy list", self._copy)
        self.print = Button("Print…", self._print)
        buttons = row((self.take_on, self.all, self.take_back, self.copy, self.print, None), gap=tokens.SPACE_1)
        whole = column((self.tabs, self._hint, self._notes, self._nothing, self.list, buttons), gap=tokens.SPACE_1)
        whole.setStretch(4, 1)
        self.setLayout(whole)
        self.tabs.chosen.connect(lambda _: self._show())
        self.list.current.connect(lambda key: self._pointed(key))
        self.list.opened.connect(lambda _: self._take_on())

    @property
    def tab(self) -> str:
        """Which list is shown."""
        return self.tabs.choice

    def show_view(self, view: RoomsView, place: Place) -> None:
        """Show another view; the first time on the list that has something to say."""
        self._view, self._place = view, place
        self._stories = {key: stories_of(view, place, key) for key in TABS}
        kept = self.tab if self._settled else next((key for key in (DECIDE, GIVE) if self._stories[key]), DECIDE)
        self._settled = True
        self.tabs.set_choices([(key, f"{words} {place.number(len(self._stories[key]))}") for key, words in TABS.items()])
        self.tabs.choose(kept)
        self._show()
        self._go_on()

    def _go_on(self) -> None:
        """Choose the story after the one that was taken on: whoever goes through the list with Enter goes on with Enter."""
        then, self._next = self._next, ""
        if then in self.list.keys and not self.list.current_key:
            self.list.choose(then)
            self._pointed(then)

    def set_busy(self, busy: bool) -> None:
        """Do not take anything while the rooms are being solved."""
        self._busy = busy
        self._show_buttons()

    def choose_booking(self, reservation: str) -> None:
        """Choose the story of a booking, if the list has it."""
        self.list.choose(reservation)
        self._show_buttons()

    def _show(self) -> None:
        if self._view is None:
            return
        stories = self._stories.get(self.tab, [])
        self.list.setAccessibleName(TABS[self.tab])
        self.list.show_stories(stories[:MOST_SHOWN])
        self._hint.setText(HINTS[self.tab])
        self._hint.setVisible(bool(stories))
        self._nothing.setText(NOTHING[self.tab])
        self._nothing.setVisible(not stories)
        self._notes.setText("\n".join(self._view.notes))
        self._notes.setVisible(bool(self._view.notes) and self.tab == CARRY_OUT)
        self._show_buttons()

    def _show_buttons(self) -> None:
        carrying = self.tab == CARRY_OUT
        for button in (self.take_on, self.all):
            button.setVisible(not carrying)
        for button in (self.take_back, self.copy, self.print):
            button.setVisible(carrying)
        ready = not self._busy and self._view is not None
        takers = taken_on_by(self._view, self.tab) if self._view is not None else ()
        self.take_on.setEnabled(ready and self.list.current_key in takers)
        self.all.setEnabled(ready and bool(takers))
        self.all.setText(f"Take on all {self._place.number(len(takers))}" if len(takers) > 1 else "Take on all")
        planned = bool(self._view is not None and self._view.planned)
        self.take_back.setEnabled(ready and planned and bool(self.list.current_key))
        self.copy.setEnabled(planned)
        self.print.setEnabled(planned)

    def _pointed(self, key: str) -> None:
        self.booking_chosen.emit(key.partition("|")[0])
        self._show_buttons()

    def _take_on(self) -> None:
        if self.take_on.isEnabled() and self.tab != CARRY_OUT:
            keys = self.list.keys
            self._next = "".join(keys[keys.index(self.list.current_key) + 1 :][:1])
            self.change_wanted.emit(TakeOn((self.list.current_key,)))

    def _take_on_all(self) -> None:
        if self._view is not None:
            self.change_wanted.emit(TakeOn(taken_on_by(self._view, self.tab)))

    def _take_back(self) -> None:
        self.change_wanted.emit(TakeBack(self.list.current_key))

    def _copy(self) -> None:
        if self._view is not None:
            copied = put_on_clipboard(list_text(self._place, self._view))
            tell_copied(self._context, count(len(self._view.planned), "line"), copied=copied)

    def _print(self) -> None:
        if self._view is not None:
            print_list(self._context, self, self._place, self._view)
