"""The rooms of the house: what exports and staff say of them, and keeping what staff say among the allocation's options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hotelml_app.core.clock import day_of
from hotelml_app.ml.property.room_numbers import rooms_seen
from hotelml_app.modules.allocation.house.inventory import inventory, natural
from hotelml_app.services.asking.words import count, joined, plain_day
from hotelml_app.services.errors import NothingToUndoError, RoomsChangedError
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rooms import kept as rooms_kept
from hotelml_app.services.rooms.draft import RoomDraft
from hotelml_app.services.rooms.kept import Kept
from hotelml_app.services.rooms.list_views import MOST_ROOMS, ListRooms, RoomListView, SeenRoomView, UndoList
from hotelml_app.services.rooms.room_numbers import bad_number
from hotelml_app.store.hotels import properties


def build(ground: Ground) -> RoomListView:
    """Return what is known of the rooms."""
    return view_of(ground, rooms_kept.read(ground.parts, ground.row))


def view_of(ground: Ground, kept: Kept) -> RoomListView:
    """Return what is known of the rooms with these decisions of staff."""
    history, row = ground.data.history, ground.row
    with ground.parts.store.read() as connection:
        types_told = {one.code: one.rooms for one in properties.room_types(connection, row.id)}
    listed = _listed(kept.options)
    given = {label for name in ("room_type", "assigned_room_type") for label in history.categories[name].labels if label}
    types = sorted({*given, *types_told, *listed.told.values()} - {""}, key=natural)
    return RoomListView(
        property_name=row.name,
        seen=tuple(SeenRoomView(one.number, one.room_type, day_of(one.last)) for one in rooms_seen(history, listed.told)),
        told=listed.told,
        features=listed.features,
        doors=listed.doors,
        types=tuple(types),
        held={room: joined(words) for room, words in _held(kept).items()},
        rooms_told=row.rooms,
        types_told={kind: rooms for kind, rooms in types_told.items() if rooms is not None},
        can_undo=kept.house_before is not None,
    )


def listed_anew(ground: Ground, kept: Kept, change: ListRooms | UndoList) -> Kept:
    """Return what is kept with another list of rooms; all other wishes stay, but for those about rooms that are no more.

    Raises RoomsChangedError for a list that makes no sense, NothingToUndoError where there is none to go back to.
    """
    before = kept.house
    if isinstance(change, UndoList):
        if kept.house_before is None:
            raise NothingToUndoError("The list of rooms was not changed here yet.", remedy="There is nothing to do.")
        house, words = kept.house_before, "put the list of rooms back"
    else:
        _refuse_nonsense(ground, kept, change)
        house, words = _told(change), f"listed {count(sum(bool(kind) for kind in change.told.values()), 'room')}"
    after = replace(kept.with_house(house), house_before=before)
    return _without_lost_rooms(ground, after).after(kept, words)


def _listed(options: Mapping[str, object]) -> ListRooms:
    told, features = options.get("rooms"), options.get("room_features")
    pairs = options.get("connecting")
    doors = pairs if isinstance(pairs, Sequence) and not isinstance(pairs, str) else ()
    return ListRooms(
        {str(number): str(kind) for number, kind in told.items()} if isinstance(told, Mapping) else {},
        {str(number): _words(has) for number, has in features.items()} if isinstance(features, Mapping) else {},
        frozenset((str(one), str(other)) for one, other in doors),
    )


def _told(change: ListRooms) -> dict[str, object]:
    told: dict[str, object] = {
        "rooms": {number: change.told[number] for number in sorted(change.told, key=natural)},
        "room_features": {number: list(has) for number, has in change.features.items() if has},
        "connecting": [list(pair) for pair in sorted(change.doors)],
    }
    return {name: value for name, value in told.items() if value}


def _refuse_nonsense(ground: Ground, kept: Kept, change: ListRooms) -> None:
    """Raise RoomsChangedError for a list that could not be worked with, whoever sends it."""
    view = view_of(ground, kept)
    rooms = RoomDraft(view, change.told, change.features, change.doors).rooms
    if len(rooms) > MOST_ROOMS:
        raise RoomsChangedError(
            f"These are {count(len(rooms), 'room')}.", remedy=f"A house may have up to {MOST_ROOMS:,}; check the ranges."
        )
    known = {*view.told, *(one.number for one in view.seen)}
    for number, kind in change.told.items():
        wrong = bad_number(number) if number not in known else ""
        if wrong or (kind and kind not in view.types and view.types):
            raise RoomsChangedError(
                wrong or f"“{kind}” is no room type of this house.", remedy=f"There are: {', '.join(view.types)}."
            )
    for number in (*change.features, *(one for pair in change.doors for one in pair)):
        if number not in rooms:
            raise RoomsChangedError(f"There is no room {number} in this list.", remedy="Check the room number.")


def _without_lost_rooms(ground: Ground, kept: Kept) -> Kept:
    """Return what is kept without the locks and closures of rooms that are no more."""
    known = {room.number for room in inventory(ground.data.history, ground.data.facts, kept.options).rooms}
    locks = {name: rooms for name, rooms in kept.locks.items() if set(rooms) <= known}
    planned = {name: one for name, one in kept.planned.items() if set(one.after) <= known}
    closed = [one for one in kept.closed if one.room in known]
    changed = kept.with_planned(planned)
    if locks != kept.locks:
        changed = changed.with_locks(locks)
    return changed.with_closed(closed) if len(closed) != len(kept.closed) else changed


def _held(kept: Kept) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for room, words in _decided(kept):
        found.setdefault(room, []).append(words)
    return found


def _decided(kept: Kept) -> Iterator[tuple[str, str]]:
    for one in kept.closed:
        yield one.room, f"is out of order until {plain_day(one.until)}"
    for name, rooms in kept.locks.items():
        for room in rooms:
            yield room, f"is held for {name}"


def _words(has: object) -> tuple[str, ...]:
    return (has,) if isinstance(has, str) else tuple(str(one) for one in has) if isinstance(has, Sequence) else ()
