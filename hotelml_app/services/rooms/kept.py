"""What staff decided about rooms, as it is kept: locks and rooms out of order as options of the allocation, and beside
them what is to be carried out in the PMS, with the states before it that can be gone back to.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from hotelml_app.core.jobs import CancelToken
from hotelml_app.core.json_values import json_ready
from hotelml_app.registry import run_options
from hotelml_app.services.parts import Parts
from hotelml_app.services.rooms.views import ClosedRoomView
from hotelml_app.store.decided import data_settings
from hotelml_app.store.decided.staff_decisions import ROOMS_DESK
from hotelml_app.store.hotels.properties import PropertyRow

MODULE = "allocation"
MOST_UNDONE = 20
HOUSE = ("rooms", "room_features", "connecting")
"""The options that say which rooms there are and what they have."""

_LOOK_AGAIN_S = 0.1
_CHANGING = threading.Lock()
"""Held by whoever changes rooms, in the window or by command, from reading what is kept until the rooms are solved for it."""


@dataclass(frozen=True)
class Planned:
    """A change that waits for the PMS; ``locked`` where staff hold the booking there also once that is done."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str
    locked: bool = False


@dataclass(frozen=True)
class Kept:
    """Everything staff decided. ``options`` are those of the allocation, with ``locks`` and ``out_of_order``.

    ``past`` are earlier states, the newest last, each with the words for what followed it.
    """

    options: Mapping[str, object]
    planned: Mapping[str, Planned]
    notes: tuple[str, ...] = ()
    past: tuple[tuple[str, Kept], ...] = ()
    noted_on: date | None = field(default=None, compare=False)
    solved_on: int = field(default=0, compare=False)
    """The import whose bookings the rooms were last solved for by the page."""

    house_before: Mapping[str, object] | None = field(default=None, compare=False)
    """The list of rooms before the one that was saved last, None where none was."""

    @property
    def house(self) -> dict[str, object]:
        """What staff say of the rooms there are."""
        return {name: self.options[name] for name in HOUSE if name in self.options}

    @property
    def locks(self) -> dict[str, tuple[str, ...]]:
        """The rooms bookings are held in: those locked by staff and those to be carried out."""
        told = self.options.get("locks")
        pairs = told.items() if isinstance(told, Mapping) else ()
        return {str(name): _numbers(rooms) for name, rooms in pairs}

    @property
    def closed(self) -> tuple[ClosedRoomView, ...]:
        """The rooms out of order."""
        told = self.options.get("out_of_order")
        entries = told if isinstance(told, Sequence) and not isinstance(told, str) else ()
        found = [ClosedRoomView(str(one["room"]), _day(one["from"]), _day(one["to"])) for one in entries]
        return tuple(sorted(found, key=lambda one: (one.first, one.room)))

    def locked_by_staff(self, reservation: str) -> bool:
        """Tell whether a booking is held by more than a change that waits for the PMS."""
        planned = self.planned.get(reservation)
        return planned.locked if planned is not None else reservation in self.locks

    def with_locks(self, locks: Mapping[str, Sequence[str]]) -> Kept:
        """Return the same with other locks."""
        told = {name: list(rooms) for name, rooms in locks.items() if rooms}
        return replace(self, options=_with(self.options, "locks", told))

    def with_closed(self, closed: Sequence[ClosedRoomView]) -> Kept:
        """Return the same with other rooms out of order."""
        told = [{"room": one.room, "from": one.first.isoformat(), "to": one.until.isoformat()} for one in closed]
        return replace(self, options=_with(self.options, "out_of_order", told))

    def with_house(self, house: Mapping[str, object]) -> Kept:
        """Return the same with another list of rooms."""
        rest = {name: told for name, told in self.options.items() if name not in HOUSE}
        return replace(self, options={**rest, **house})

    def with_planned(self, planned: Mapping[str, Planned]) -> Kept:
        """Return the same with other changes to be carried out."""
        return replace(self, planned=dict(planned))

    def after(self, before: Kept, words: str) -> Kept:
        """Return this state with the one before it remembered."""
        return replace(self, past=(*before.past, (words, replace(before, past=())))[-MOST_UNDONE:])


def read(parts: Parts, row: PropertyRow) -> Kept:
    """Return what is kept for a property."""
    with parts.store.read() as connection:
        options = run_options.options_in(connection, row.id, MODULE)
        told = data_settings.get(connection, ROOMS_DESK, {}, property_id=row.id)
    desk = told if isinstance(told, dict) else {}
    past = _past(desk.get("past"), options, desk.get("house_before"))
    noted = desk.get("noted_on")
    return replace(
        _state(desk, options),
        options=options,
        past=past,
        noted_on=date.fromisoformat(noted) if noted else None,
        solved_on=int(desk.get("solved_on") or 0),
        house_before=desk.get("house_before"),
    )


def write(parts: Parts, row: PropertyRow, kept: Kept) -> None:
    """Keep all of it or nothing."""
    desk = {
        **_told(kept),
        "notes": list(kept.notes),
        "noted_on": kept.noted_on.isoformat() if kept.noted_on else None,
        "solved_on": kept.solved_on,
        "house_before": kept.house_before,
        "past": _told_past(kept),
    }
    with parts.store.write() as connection:
        run_options.keep_options(parts.store, row.id, MODULE, kept.options)
        data_settings.put(connection, ROOMS_DESK, desk, property_id=row.id)


@contextmanager
def after_other_changes(cancel: CancelToken) -> Iterator[None]:
    """Wait until the changes that others make are kept: this one goes on from them and must not undo them. Raises Cancelled."""
    while not _CHANGING.acquire(timeout=_LOOK_AGAIN_S):
        cancel.check()
    try:
        yield
    finally:
        _CHANGING.release()


def follow(parts: Parts, row: PropertyRow, options: Mapping[str, object]) -> tuple[Kept, Kept]:
    """Keep the options of a file in place of what staff decided, and return what was kept before and what is now.

    To go back to a state before it would take all of it away.
    """
    told = json_ready(options)
    assert isinstance(told, dict), "a mapping stays one"
    before = read(parts, row)
    after = replace(before, options=told, past=())
    if after.house != before.house:
        after = replace(after, house_before=before.house)
    write(parts, row, after)
    return before, after


def _told_past(kept: Kept) -> list[dict[str, object]]:
    """Return the earlier states; the list of rooms stands only with those whose next state has another one."""
    following_states = [*(before for _, before in kept.past), kept][1:]
    told = []
    for (words, before), following in zip(kept.past, following_states, strict=True):
        house = {"house": before.house, "house_before": before.house_before} if before.house != following.house else {}
        told.append({"words": words, **_told(before), **house})
    return told


def _past(told: object, options: Mapping[str, object], before: Mapping[str, object] | None) -> tuple[tuple[str, Kept], ...]:
    """Return the earlier states, the newest last."""
    found: list[tuple[str, Kept]] = []
    for one in reversed(told if isinstance(told, list) else []):
        state = replace(_state(one, options), house_before=before)
        if isinstance(one.get("house"), dict):
            state = replace(state.with_house(one["house"]), house_before=one.get("house_before"))
        options, before = state.options, state.house_before
        found.append((str(one["words"]), state))
    return tuple(reversed(found))


def _told(kept: Kept) -> dict[str, object]:
    planned = {
        name: {"before": list(one.before), "after": list(one.after), "reason": one.reason, "locked": one.locked}
        for name, one in kept.planned.items()
    }
    own = {name: kept.options[name] for name in ("locks", "out_of_order") if name in kept.options}
    return {"planned": planned, **own}


def _state(told: Mapping[str, object], options: Mapping[str, object]) -> Kept:
    """Return a state as it was told; wishes that the page does not change stay as they are now."""
    planned = told.get("planned")
    entries = planned.items() if isinstance(planned, dict) else ()
    rest = {name: value for name, value in options.items() if name not in ("locks", "out_of_order")}
    own = {name: told[name] for name in ("locks", "out_of_order") if told.get(name)}
    notes = told.get("notes")
    return Kept(
        {**rest, **own},
        {
            str(name): Planned(tuple(one["before"]), tuple(one["after"]), str(one["reason"]), bool(one["locked"]))
            for name, one in entries
        },
        tuple(str(note) for note in notes) if isinstance(notes, list) else (),
    )


def _with(options: Mapping[str, object], name: str, value: object) -> dict[str, object]:
    rest = {key: told for key, told in options.items() if key != name}
    return {**rest, name: value} if value else rest


def _numbers(told: object) -> tuple[str, ...]:
    if isinstance(told, Sequence) and not isinstance(told, str):
        return tuple(str(one) for one in told)
    return tuple(part.strip() for part in str(told).split(",") if part.strip())


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
