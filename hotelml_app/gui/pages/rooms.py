"""Rooms: who gets which room, what has to move for it, and what is to be carried out in the PMS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.pages.base import Page
from hotelml_app.gui.rooms_parts.dialogs import ClosedRoomsDialog, MoveDialog
from hotelml_app.gui.rooms_parts.find_box import FindBox
from hotelml_app.gui.rooms_parts.legend import Legend
from hotelml_app.gui.rooms_parts.panel import RoomsPanel
from hotelml_app.gui.rooms_parts.plan import RoomPlan, where_words
from hotelml_app.gui.rooms_parts.room_list_dialog import ROOM_LIST, ROOM_LIST_SHORT, RoomListDialog
from hotelml_app.gui.rooms_parts.solve_run import SolveRun
from hotelml_app.gui.rooms_parts.solving_bar import SolvingBar
from hotelml_app.gui.rooms_parts.stories import plain_reason
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import bare, card, column, row
from hotelml_app.gui.widgets.buttons import Button, Segments
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.side_by_side import SideBySide
from hotelml_app.gui.widgets.states import Message
from hotelml_app.services.asking.words import count
from hotelml_app.services.exports.freshness import ahead_words
from hotelml_app.services.rooms.list_views import RoomListView
from hotelml_app.services.rooms.views import GiveRoom, LockRoom, RoomsChange, RoomsView, Standing, StayView, UndoRooms

LINE_HEIGHT = 5 * tokens.GRID
PLAN_HEIGHT = 46 * tokens.GRID
SUGGESTED, AS_IN_PMS = "suggested", "pms"
NO_ROOMS_TITLE = "The exports name no rooms yet"
NO_ROOMS_TEXT = (
    "To suggest rooms, HotelML has to know them by number. Export the reservations with the room number in a column (Room,"
    " Room No., Zimmer …), past stays included, and drop the file into the drop folder or on to this window."
)
NO_ROOMS_REMEDY = "Where your PMS cannot do that, list the rooms here once: their numbers and room types are enough."


class RoomsPage(Page):
    """The room plan of the next 14 nights."""

    key = "rooms"
    title = "Rooms"

    def __init__(self, context: WindowContext) -> None:
        self.shown = Segments(((SUGGESTED, "With suggestions"), (AS_IN_PMS, "As in the PMS")), "Plan")
        self.plan = RoomPlan()
        self.panel = RoomsPanel(context)
        self.solving = SolvingBar()
        self._grid = SideBySide()
        self._limit_s = 1.0
        self._outrun = False
        super().__init__(context)
        self.run = SolveRun(self, context, self._changed)
        self.filter = FindBox(self.plan)
        self._bar.insertWidget(1, self.filter)
        self.run.changed.connect(self._show_run)
        self.solving.stopped.connect(self.run.cancel)
        self.shown.chosen.connect(lambda _: self._draw_again())
        self.plan.chosen.connect(lambda _: self._show_chosen())
        self.plan.opened.connect(self.open_move)
        self.plan.dropped.connect(self._drop)
        self.panel.booking_chosen.connect(self.plan.choose_booking)
        self.panel.change_wanted.connect(self.change)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(self._undo)

    def build(self) -> QWidget:
        """Return the plan with the panel beside it."""
        self.undo = Button("Undo", self._undo, icon="arrow-counter-clockwise")
        self.closures = Button("Out of order…", self.open_closures, tip="Rooms out of order")
        self.house = Button(ROOM_LIST, self.open_room_list, tip="Which rooms there are, with their types")
        self._bar = row((self.shown, None, self.house, self.closures, self.undo), gap=tokens.SPACE_1)
        self._chosen, self._legend = label(role="muted", wrap=True), Legend()
        for part in (self._chosen, self._legend, self.solving):
            part.setFixedHeight(LINE_HEIGHT)
        self._chosen.hide()
        self.move_it = Button("Move to…", lambda: self.open_move(self.plan.current), tip="Enter on the plan")
        self.lock = Button("Lock", self._lock, tip="Hold the booking in this room, whatever else is moved")
        line = row((self._chosen, self._legend, self.solving, self.lock, self.move_it), gap=tokens.SPACE_1)
        for index in (0, 1):
            line.setStretch(index, 1)
        plan = card(column((self.plan,)), margin=2)
        left = column((plan, line), gap=tokens.SPACE_1)
        left.setStretch(0, 1)
        self._left = bare(left)
        self._left.setMinimumHeight(PLAN_HEIGHT)
        self.set_narrow(False)
        whole = column((self._bar, self._grid), gap=tokens.SPACE_1 + 4)
        whole.setStretch(1, 1)
        return bare(whole)

    def set_narrow(self, narrow: bool) -> None:
        """Put the panel below the plan, or beside it; the plan must not be as wide as long words on buttons."""
        self.house.setText(ROOM_LIST_SHORT if narrow else ROOM_LIST)
        self._grid.put_panel(self._left, self.panel, narrow=narrow)

    def question(self) -> Callable[[], object]:
        """Ask for the plan."""
        appliance, name = self.context.appliance, self.context.property_name
        return lambda: appliance.rooms(name)

    def emptiness(self, view: object) -> Message | None:
        """Without room numbers there is nothing to plan."""
        assert isinstance(view, RoomsView)
        if view.rooms_known:
            return None
        coming = f"{count(view.arrivals, 'arriving booking')} in" if view.arrivals else "No arrival in"
        ahead, beside = ahead_words(view.freshness, view.nights), "but" if view.arrivals else "and"
        self.say(f"{coming} the {ahead}, {beside} the rooms are not known by number")
        self.provenance.show_origin(self.context.place, view.freshness, ())
        go = lambda: self.context.open_page("data")  # noqa: E731
        told = Message(NO_ROOMS_TITLE, NO_ROOMS_TEXT, NO_ROOMS_REMEDY, "bed", other="Show the drop folder", on_other=go)
        return replace(told, action=ROOM_LIST, on_action=self.open_room_list)

    def show_view(self, view: object) -> None:
        """Show plan and panel."""
        assert isinstance(view, RoomsView)
        place = self.context.place
        self.say(view.sentence)
        self.provenance.show_origin(place, view.freshness, (("", view.made_by),))
        self.plan.show_view(view, place, as_in_pms=self.shown.choice == AS_IN_PMS)
        self.panel.show_view(view, place)
        self.undo.setEnabled(bool(view.undo))
        undo = f"Undo: {place.with_days(view.undo)} (Ctrl+Z)" if view.undo else "Nothing was changed since the last export"
        self.undo.setToolTip(undo)
        self._show_chosen()

    def change(self, change: object) -> None:
        """Change something about the rooms, also where a dialog asks for it while the page waits for a new export's plan."""
        assert isinstance(change, RoomsChange)
        if isinstance(self.view, RoomsView):
            self._limit_s = self.view.limit_s
        self.run.begin(change, self._limit_s)

    def escape(self) -> bool:
        """Stop what is being solved, else empty the field."""
        if self.run.running:
            self.run.cancel()
            return True
        return super().escape()

    def stop(self) -> None:
        """Do not go on solving for a window that closes."""
        self.run.cancel()

    def forget(self) -> None:
        """Another property has other rooms."""
        super().forget()
        self.run.cancel()

    def renew(self) -> None:
        """A new export does not undo what staff are doing: the change is made, and the plan is asked for anew after it."""
        super().renew()
        self._outrun = self.run.running

    def open_move(self, key: str) -> None:
        """Offer other rooms for a stay."""
        stay = self._stay(key)
        if stay is None or not isinstance(self.view, RoomsView):
            return
        if stay.standing is Standing.GUEST:
            self.context.tell(Notice(f"{stay.reservation_id} is in the house", "Guests in the house are moved in the PMS."))
            return
        give = lambda room: self.change(GiveRoom(stay.reservation_id, stay.number, room))  # noqa: E731
        MoveDialog(self, self.context.place, self.view, stay, give).open()

    def open_closures(self) -> None:
        """Show the rooms out of order."""
        if isinstance(self.view, RoomsView):
            chosen = self.plan.stay
            room = chosen.room if chosen is not None else ""
            ClosedRoomsDialog(self, self.context.place, self.view, self.change, room).open()

    def open_room_list(self) -> None:
        """Show which rooms there are, once the appliance has told."""
        appliance, name = self.context.appliance, self.context.property_name
        self.context.do(lambda: appliance.room_list(name), self._show_room_list)

    def _show_room_list(self, view: object) -> None:
        assert isinstance(view, RoomListView)
        if any(one.isVisible() for one in self.findChildren(RoomListDialog)):
            return  # It was asked for twice before the first answer came.
        if view.property_name == self.context.property_name and isinstance(self.view, RoomsView):
            RoomListDialog(self, self.context, view, self.run, self.change).open()

    def _changed(self, view: object) -> None:
        """Show the page after a change, unless an export outran it; an answer still to come may be about the time before it."""
        self.context.decided.emit()
        outrun, self._outrun = self._outrun, False
        if outrun:
            self.refresh()
            return
        self._answer(view)
        if not self.context.runner.quiet:
            self.refresh()

    def _drop(self, key: str, room: str) -> None:
        stay = self._stay(key)
        if stay is not None:
            self.change(GiveRoom(stay.reservation_id, stay.number, room))

    def _undo(self) -> None:
        if isinstance(self.view, RoomsView) and self.view.undo:
            self.change(UndoRooms())

    def _lock(self) -> None:
        stay = self.plan.stay
        if stay is not None:
            self.change(LockRoom(stay.reservation_id, not stay.locked))

    def _stay(self, key: str) -> StayView | None:
        stays = self.view.stays if isinstance(self.view, RoomsView) else ()
        return next((one for one in stays if one.key == key), None)

    def _show_chosen(self) -> None:
        stay = self.plan.stay
        movable = stay is not None and stay.standing is not Standing.GUEST and not self.run.running
        self.move_it.setEnabled(movable)
        self.lock.setEnabled(movable and stay is not None and bool(stay.room))
        self.lock.say("Unlock" if stay is not None and stay.locked else "Lock")
        self._chosen.setVisible(stay is not None and not self.run.running)
        self._legend.setVisible(stay is None and not self.run.running)
        if stay is None:
            return
        place = self.context.place
        when = f"{place.day(stay.arrival)} to {place.day(stay.departure)}"
        kind = f" · {stay.room_type}" if stay.room_type else ""
        why = self.context.place.with_days(plain_reason(stay.reason))
        self._chosen.setText(f"{stay.reservation_id}{kind} · {when} · {where_words(stay)} {why}")
        self._chosen.setToolTip(self._chosen.text())
        self.panel.choose_booking(stay.reservation_id)

    def _show_run(self) -> None:
        self.solving.show_run(self.run)
        for part in (self.lock, self.move_it):
            part.setVisible(not self.run.running)
        self.panel.set_busy(self.run.running)
        self.undo.setEnabled(not self.run.running and isinstance(self.view, RoomsView) and bool(self.view.undo))
        self._show_chosen()
