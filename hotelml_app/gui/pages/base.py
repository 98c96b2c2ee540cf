"""What every page has: a sentence with the number in it, where that comes from, a body, and a way to ask again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.jobs import JobView
from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.import_run import ImportRun
from hotelml_app.gui.place import together
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, column
from hotelml_app.gui.widgets.page_head import PageHead
from hotelml_app.gui.widgets.reading_order import follow_reading_order
from hotelml_app.gui.widgets.scrolling import scrolled
from hotelml_app.gui.widgets.states import Body, Message
from hotelml_app.services.errors import NoPropertyYetError, NothingKnownError


class Page(QWidget):
    """Base of all pages.

    A page says what to ask (``question``, run on a background thread), whether the answer is worth showing (``emptiness``)
    and how to show it (``show_view``, on the Qt thread). Everything else is the same for all of them.
    """

    settled = Signal()
    """The page has shown an answer, an emptiness or an error."""

    dirt_changed = Signal()
    """Something was typed on the page that is not kept yet, or no longer is there such a thing."""

    saved = Signal(bool)
    """What was to be kept is kept, or could not be."""

    key = ""
    title = ""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self.context = context
        self.setAccessibleName(self.title)
        self.view: object = None
        self.stale = True
        self.furnished = self._furnishing = self._renewed = False
        self._whose = context.property_name
        self.filter: QLineEdit | None = None
        self._head = PageHead()
        self.sentence, self.provenance, self.tools = self._head.sentence, self._head.provenance, self._head.tools
        self.body = Body()
        inside = bare(column((self.body,)), (tokens.SPACE_3, tokens.SPACE_1, tokens.SPACE_3, tokens.SPACE_2))
        self.setLayout(column((self._head, scrolled(inside)), gap=0))
        # Only now: each time something is put into something else, Qt looks up the style of all that is in it again.
        self.body.hold(self.build())
        context.look.changed.connect(self._draw_again)
        context.property_changed.connect(self._property_changed)
        context.decided.connect(self._outdated)

    def build(self) -> QWidget:
        """Return the body, without data."""
        raise NotImplementedError

    def furnish(self) -> Iterator[None]:
        """Build in steps what ``build`` left out, for all at once would keep clicks waiting; done before the first question."""
        return iter(())

    def question(self) -> Callable[[], object]:
        """Return what to ask the appliance; called on the Qt thread, the result runs elsewhere."""
        raise NotImplementedError

    def show_view(self, view: object) -> None:
        """Show the answer."""
        raise NotImplementedError

    def emptiness(self, view: object) -> Message | None:
        """Return why the answer is nothing to look at yet, or None."""
        return None

    def look_at(self, day: date) -> None:
        """Show one day, where the page has days to choose from."""

    def fit(self, narrow: bool) -> None:
        """Arrange head and body for a narrow window, or for a wide one."""
        self._head.set_narrow(narrow)
        self.set_narrow(narrow)

    def set_narrow(self, narrow: bool) -> None:
        """Arrange the body for a narrow window, or for a wide one."""

    def say(self, sentence: str) -> None:
        """Answer the page's question in its first line."""
        self.sentence.setText(together(self.context.place.spoken(sentence)))

    def go_to_filter(self) -> None:
        """Go to the page's filter, where it has one."""
        if self.filter is not None:
            self.filter.setFocus()
            self.filter.selectAll()

    def escape(self) -> bool:
        """Undo what Esc undoes on this page; return whether there was something."""
        if self.filter is not None and self.filter.text():
            self.filter.clear()
            return True
        return False

    @property
    def dirty(self) -> bool:
        """True while something is typed on the page that is lost unless it is saved."""
        return False

    def save(self) -> None:
        """Keep what was typed, where the page has such a thing."""

    def discard(self) -> None:
        """Give up what was typed, where the page has such a thing."""

    def stop(self) -> None:
        """End what the page has under way: the window closes."""

    def show_jobs(self, jobs: tuple[JobView, ...]) -> None:
        """Show how far trainings are, where the page does that."""

    def use_run(self, run: ImportRun) -> None:
        """Show the window's imports, where the page does that."""

    def choose_files(self) -> None:
        """Let the user choose files to import, where the page does that."""

    def set_dropping(self, dropping: bool) -> None:
        """Show that files held over the window would be taken, where the page does that."""

    def refresh(self) -> None:
        """Ask the appliance; the answer replaces what is shown when it comes."""
        self.stale = False
        if not self.context.property_name:
            self._show_nothing_set_up()
            return
        if self.view is None:
            if self.body.state == "message":
                # What kept the page empty may have passed.
                self.sentence.setText("")
            self.body.show_loading()
        if self.furnished:
            name = self.context.property_name
            answer, fail = partial(self._if_about, name, self._answer), partial(self._if_about, name, self._fail)
            self.context.runner.ask(f"page {self.key}", self.question(), answer, fail)
        elif not self._furnishing:
            self._furnishing = True
            self.context.runner.in_turns(self.furnish(), self._ask_first)

    def _ask_first(self) -> None:
        self.furnished = True
        self.refresh()

    def forget(self) -> None:
        """Drop what is shown: it is about another property."""
        self._let_go()

    def renew(self) -> None:
        """Drop what is shown: there is something new about the same property. What staff chose to look at stays."""
        self._let_go()

    def _let_go(self) -> None:
        self.view = None
        self.stale = True

    def _property_changed(self) -> None:
        self._renewed = self._whose == self.context.property_name
        self._whose = self.context.property_name
        if self._renewed:
            self.renew()
        else:
            self.forget()

    def _outdated(self) -> None:
        self.stale = True

    def _if_about(self, name: str, show: Callable[[Any], None], said: object) -> None:
        """Show what was said unless another property is looked at by now: what is done on the page would be done to that."""
        if name == self.context.property_name:
            show(said)

    def _answer(self, view: object) -> None:
        same = view == self.view and self.body.state == "content"
        self.view = view
        self._renewed = False
        self.context.runner.in_turns(iter(()) if same else self._draw_in_steps(), self.settled.emit)

    def _draw_in_steps(self) -> Iterator[None]:
        """Fill the page, then let it be seen: the first time each takes long enough for a turn of its own."""
        view = self.view
        if self._filled():
            yield
            self.body.lay_out_content()
            yield
            # Another answer may have come between the turns, or another property been chosen.
            if self.view is view:
                self._show_content()

    def _draw_again(self) -> None:
        if self._filled():
            self._show_content()

    def _show_content(self) -> None:
        self.body.show_content()
        follow_reading_order(self)

    def _filled(self) -> bool:
        """Show the answer; return whether there is content to be seen."""
        if self.view is None:
            return False
        message = self.emptiness(self.view)
        if message is not None:
            self.body.show_message(message)
        else:
            self.show_view(self.view)
        return message is None

    def show_failure(self, error: HotelMLError, again: Callable[[], object]) -> None:
        """Show an error that leaves nothing else to show, with a way to try again."""
        self.sentence.setText(error.title)
        self.provenance.show_words("")
        self.body.show_message(self.failure(error, again))

    def _fail(self, error: HotelMLError) -> None:
        if self._renewed:
            # A new export may have ended the day or month that was chosen: begin as with another property.
            self._renewed = False
            self.forget()
            self.refresh()
            return
        if self.view is None or self.body.state == "loading":
            self.show_failure(error, self.refresh)
        else:
            self.context.tell(Notice.of(error))
        self.settled.emit()

    def failure(self, error: HotelMLError, again: Callable[[], object]) -> Message:
        """Return the message for an error that leaves nothing to show."""
        if isinstance(error, (NothingKnownError, NoPropertyYetError)):
            return self._no_data(error)
        return Message(error.message, error.remedy, "", "warning-circle", True, "Try again", again)

    def _no_data(self, error: HotelMLError) -> Message:
        file = str(error.fields.get("file", ""))
        if file:
            answer = lambda: self.context.answer(file)  # noqa: E731
            return Message(error.message, error.remedy, icon="tray", action="Answer", on_action=answer)
        open_data = lambda: self.context.open_page("data")  # noqa: E731
        if error.fields.get("came_in"):
            return Message(error.message, error.remedy, icon="tray", action="See the file", on_action=open_data)
        text = (
            "Export the reservations from your PMS, every booking with its history if you can, and drop the file into the"
            " drop folder or on to this window. Numbers appear within a minute."
        )
        return Message(error.message, text, icon="tray", action="Show the drop folder", on_action=open_data)

    def _show_nothing_set_up(self) -> None:
        self.sentence.setText("No hotel is set up yet")
        text = "HotelML needs the name of your property and a folder to look for its PMS exports."
        action = self.context.set_up
        self.body.show_message(Message("Set up your hotel", text, icon="buildings", action="Set up", on_action=action))
        self.settled.emit()
