"""Changes to the rooms: what staff take on, lock, close and give by hand; and what a newer export makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.modules.allocation.house.stays import Stay
from hotelml_app.services.asking.words import count, day, joined
from hotelml_app.services.errors import NothingToUndoError, RoomNotFreeError, RoomsChangedError
from hotelml_app.services.rooms.kept import Kept, Planned
from hotelml_app.services.rooms.plan import House
from hotelml_app.services.rooms.views import (
    ClosedRoomView,
    CloseRoom,
    GiveRoom,
    LockRoom,
    OpenRoom,
    Standing,
    StayChange,
    StayView,
    TakeBack,
    TakeOn,
    UndoRooms,
)


def brought_up(kept: Kept, house: House, on_the_books: Sequence[str], as_of: date) -> Kept:
    """Return what is left of staff's decisions after a newer export: what the PMS did, or did otherwise, is no longer to do."""
    stays = {stay.reservation_id: stay for stay in (*house.guests, *house.arrivals)}
    locks, planned, notes = dict(kept.locks), dict(kept.planned), []
    for name, one in kept.planned.items():
        now = house.now(stays[name]) if name in stays else None
        if now is not None and set(now) == set(one.before) and (name in locks or stays[name] in house.guests):
            continue
        del planned[name]
        if not one.locked or now is None:
            locks.pop(name, None)
        if now and set(now) not in (set(one.after), set(one.before)):
            notes.append(f"The PMS has given {name} room {joined(now)}, not {joined(one.after)} as planned.")
    known, held = house.numbers, {*on_the_books, *stays}
    locks = {name: rooms for name, rooms in locks.items() if name in held and set(rooms) <= known}
    closed = [one for one in kept.closed if one.until > as_of + timedelta(days=1) and one.room in known]
    changed = kept.with_planned(planned)
    if locks != kept.locks:
        changed = changed.with_locks(locks)
    if len(closed) != len(kept.closed):
        changed = changed.with_closed(closed)
    # What was done on other books is not to be undone on these.
    past = kept.past if kept.noted_on == as_of and len(planned) == len(kept.planned) else ()
    before = kept.notes if kept.noted_on == as_of else ()
    return replace(changed, notes=(*before, *notes), past=past, noted_on=as_of)


class RoomChanges:
    """One change after the other, on the house as it is shown."""

    def __init__(self, house: House, kept: Kept, stays: Sequence[StayView], as_of: date) -> None:
        self._house, self._kept, self._as_of = house, kept, as_of
        self._shown: dict[str, list[StayView]] = {}
        for stay in stays:
            self._shown.setdefault(stay.reservation_id, []).append(stay)

    def applied(self, change: StayChange) -> Kept:
        """Return the new state. Raises HotelMLError for what cannot be."""
        match change:
            case TakeOn(reservations):
                return self._taken_on(reservations)
            case TakeBack(reservation):
                return self._taken_back(reservation)
            case GiveRoom(reservation, number, room):
                return self._given(reservation, number, room)
            case LockRoom(reservation, locked):
                return self._locked(reservation) if locked else self._let_go(reservation)
            case CloseRoom(room, first, until):
                return self._closed(room, first, until)
            case OpenRoom(room, first):
                left = [one for one in self._kept.closed if (one.room, one.first) != (room, first)]
                return self._kept.with_closed(left).after(self._kept, f"put room {room} back into service")
            case UndoRooms():
                return self._undone()

    def must_solve(self, after: Kept) -> bool:
        """Tell whether the rooms shown may not be the best any more; a lock to the rooms that are shown changes nothing."""
        before = self._kept
        if before.closed != after.closed or before.house != after.house or not before.locks.keys() <= after.locks.keys():
            return True
        shown = {name: set(_rooms(stays)) for name, stays in self._shown.items()}
        return any(name in shown and set(rooms) != shown[name] for name, rooms in after.locks.items())

    def _taken_on(self, reservations: Sequence[str]) -> Kept:
        planned, locks = dict(self._kept.planned), self._kept.locks
        names = []
        for name in self._with_sharers(reservations):
            stays = self._shown.get(name, [])
            if any(stay.standing.suggested for stay in stays):
                planned[name] = self._plan(stays, _rooms(stays), locked=self._kept.locked_by_staff(name))
                names.append(name)
                if stays[0].arrival > self._as_of:
                    locks[name] = _rooms(stays)
        words = names[0] if len(names) == 1 else count(len(names), "suggestion")
        return self._kept.with_planned(planned).with_locks(locks).after(self._kept, f"took on {words}")

    def _with_sharers(self, reservations: Sequence[str]) -> list[str]:
        """Return the reservations with those that share their rooms: who shares a room moves together."""
        parties = {stay.party for name in reservations for stay in self._shown.get(name, ()) if stay.party}
        others = (name for name, stays in self._shown.items() if any(stay.party in parties for stay in stays))
        return list(dict.fromkeys((*reservations, *others)))

    def _taken_back(self, reservation: str) -> Kept:
        planned, locks = dict(self._kept.planned), self._kept.locks
        for name in self._with_sharers((reservation,)):
            if name in planned:
                del planned[name]
                locks.pop(name, None)
        return self._kept.with_planned(planned).with_locks(locks).after(self._kept, f"took {reservation} off the list")

    def _given(self, reservation: str, number: int, room: str) -> Kept:
        stays = self._of(reservation)
        self._refuse_taken(stays[0], room)
        rooms = list(_rooms(stays))
        old = next((stay.room for stay in stays if stay.number == number), "")
        if room in rooms:
            # The booking has both rooms; they change places, and that is no change.
            return self._kept
        rooms = [room if one == old else one for one in rooms] if old else [*rooms, room]
        locks, planned = {**self._kept.locks, reservation: tuple(rooms)}, dict(self._kept.planned)
        staff = self._kept.locked_by_staff(reservation)
        if set(rooms) == {stay.room_now for stay in stays if stay.room_now}:
            planned.pop(reservation, None)
        else:
            planned[reservation] = self._plan(stays, tuple(rooms), locked=staff, reason="Chosen by hand.")
        return self._kept.with_planned(planned).with_locks(locks).after(self._kept, f"gave {reservation} room {room}")

    def _locked(self, reservation: str) -> Kept:
        stays = self._of(reservation)
        rooms = _rooms(stays)
        if not rooms:
            raise RoomNotFreeError(f"{reservation} has no room to be locked to.", remedy="Choose a room for it first.")
        locks, planned = {**self._kept.locks, reservation: rooms}, dict(self._kept.planned)
        if set(rooms) != {stay.room_now for stay in stays if stay.room_now}:
            planned[reservation] = self._plan(stays, rooms, locked=True)
        return self._kept.with_planned(planned).with_locks(locks).after(self._kept, f"locked {reservation}")

    def _let_go(self, reservation: str) -> Kept:
        planned, locks = dict(self._kept.planned), self._kept.locks
        if reservation in planned:
            planned[reservation] = replace(planned[reservation], locked=False)
        else:
            locks.pop(reservation, None)
        return self._kept.with_planned(planned).with_locks(locks).after(self._kept, f"unlocked {reservation}")

    def _closed(self, room: str, first: date, until: date) -> Kept:
        if room not in self._house.numbers:
            raise RoomsChangedError(f"There is no room {room} in this house.", remedy="Choose a room of the plan.")
        if until <= first:
            raise RoomsChangedError(
                f"Room {room} cannot open again before it closes.", remedy="Give a later day for its opening."
            )
        guest = next((one for one in self._house.guests if room in self._house.now(one) and day_of(one.last_day) > first), None)
        if guest is not None:
            raise RoomNotFreeError(
                f"{guest.reservation_id} is in room {room} until {day(day_of(guest.last_day))}.",
                remedy="Close it from that day on, or move the guest in the PMS first.",
            )
        closed = [*self._kept.closed, ClosedRoomView(room, first, until)]
        return self._kept.with_closed(closed).after(self._kept, f"took room {room} out of order")

    def _undone(self) -> Kept:
        if not self._kept.past:
            raise NothingToUndoError("Nothing was changed since the last export.", remedy="There is nothing to do.")
        _, before = self._kept.past[-1]
        return replace(before, past=self._kept.past[:-1], notes=self._kept.notes, noted_on=self._kept.noted_on)

    def _of(self, reservation: str) -> list[StayView]:
        stays = self._shown.get(reservation)
        if not stays or stays[0].standing is Standing.GUEST:
            raise RoomsChangedError(
                f"{reservation} is not among the arrivals of the coming nights.", remedy="Look at the page again (F5)."
            )
        return stays

    def _plan(self, stays: Sequence[StayView], rooms: tuple[str, ...], *, locked: bool, reason: str = "") -> Planned:
        before = tuple(stay.room_now for stay in stays if stay.room_now)
        return Planned(before, rooms, reason or stays[0].reason, locked)

    def _refuse_taken(self, stay: StayView, room: str) -> None:
        """Raise RoomNotFreeError where a room is taken by what nothing can move: guests, locks, closures."""
        if room not in self._house.numbers:
            raise RoomsChangedError(f"There is no room {room} in this house.", remedy="Choose a room of the plan.")
        who = taken_by(self._house, self._kept, room, stay.arrival, stay.departure, except_for=stay.reservation_id)
        if who:
            raise RoomNotFreeError(f"Room {room} is not free: {who}.", remedy="Choose another room.")


def taken_by(house: House, kept: Kept, room: str, first: date, until: date, except_for: str = "") -> str:
    """Return why a room cannot be given on some nights, whatever else is moved; "" where it can."""
    for one in kept.closed:
        if one.room == room and one.first < until and first < one.until:
            return f"it is out of order until {day(one.until)}"
    low, high = day_number(first), day_number(until)
    for guest in house.guests:
        if room in house.now(guest) and guest.last_day > low:
            return f"{guest.reservation_id} is in it until {day(day_of(guest.last_day))}"
    locks = kept.locks
    for stay in house.arrivals:
        held = stay.reservation_id != except_for and room in locks.get(stay.reservation_id, ())
        if held and _meets(stay, low, high):
            return f"it is held for {stay.reservation_id}"
    return ""


def _meets(stay: Stay, low: int, high: int) -> bool:
    return stay.arrival < high and low < stay.last_day


def _rooms(stays: Sequence[StayView]) -> tuple[str, ...]:
    return tuple(stay.room for stay in stays if stay.room)
