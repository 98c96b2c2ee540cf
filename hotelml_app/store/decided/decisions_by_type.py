"""What staff decided of room types, among the data settings: limits, rates, overbooking and the list of rooms.

It is for nights to come, and follows a room type to its present name. As it was before is kept beside it: where a renaming is
taken back, so is this, unless staff have decided otherwise since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from hotelml_app.store.decided import data_settings
from hotelml_app.store.decided.staff_decisions import DESKS, options_of

_BEFORE = "before renaming room types"
_LIMITS, _NIGHTLY = ("floor", "ceiling"), ("locked", "current")
_HOUSES = ("house", "house_before")

Told = dict[str, Any]
Names = Mapping[str, str]
"""Present names of room types by their former ones."""

_RATES, _ROOMS = ((options_of(module), desk) for module, desk in DESKS.items())


def follow(connection: sqlite3.Connection, property_id: int, names: Names) -> None:
    """Have everything that staff decided of room types go on under their present names; what was decided of those stays."""
    for name, renamed in _REWRITTEN.items():
        told = data_settings.get(connection, name, None, property_id)
        if isinstance(told, dict) and (after := renamed(told, names)) != told:
            data_settings.put(connection, name, after, property_id)


def rename(connection: sqlite3.Connection, property_id: int, former: str, present: str) -> None:
    """Have it follow one room type to its present name, so that it can come back."""
    kept = {name: data_settings.get(connection, name, None, property_id) for name in _REWRITTEN}
    told = {"present": present, "told": kept, "rooms": _rooms_told(connection, property_id, present)}
    before = _before(connection, property_id) | {former: told}
    before.pop(present, None)
    data_settings.put(connection, _BEFORE, before, property_id)
    follow(connection, property_id, {former: present})


def take_back(connection: sqlite3.Connection, property_id: int, former: str) -> None:
    """Have it stand as before a room type was renamed, but for what staff have decided otherwise since."""
    before = _before(connection, property_id)
    kept = before.pop(former, None)
    if kept is None:
        return
    data_settings.put(connection, _BEFORE, before, property_id)
    present = str(kept["present"])
    names, rooms = {former: present}, _rooms_told(connection, property_id, former)
    if kept["rooms"] is None and _rooms_told(connection, property_id, present) == rooms:
        connection.execute("UPDATE room_types SET rooms = NULL WHERE property_id = ? AND code = ?", (property_id, present))
    was = {name: told for name, told in kept["told"].items() if isinstance(told, dict)}
    now = {name: data_settings.get(connection, name, {}, property_id) for name in was}
    after = {name: _REWRITTEN[name](told, names) for name, told in was.items()}
    if all(now[name] == after[name] for name in _RATES if name in was):
        # Of the rates the one makes no sense without the other.
        _put(connection, property_id, {name: was[name] for name in _RATES if name in was})
    for name in (one for one in _ROOMS if one in was):
        told, same = now[name], [key for key, value in after[name].items() if value != was[name][key]]
        if isinstance(told, dict):
            back = {key: was[name][key] for key in same if told.get(key) == after[name][key]}
            _put(connection, property_id, {name: told | back})


def _put(connection: sqlite3.Connection, property_id: int, told: Mapping[str, object]) -> None:
    for name, value in told.items():
        data_settings.put(connection, name, value, property_id)


def _rooms_told(connection: sqlite3.Connection, property_id: int, code: str) -> int | None:
    query = "SELECT rooms FROM room_types WHERE property_id = ? AND code = ?"
    row = connection.execute(query, (property_id, code)).fetchone()
    return row[0] if row is not None else None


def _before(connection: sqlite3.Connection, property_id: int) -> Told:
    kept = data_settings.get(connection, _BEFORE, {}, property_id)
    return dict(kept) if isinstance(kept, dict) else {}


def _rates(told: Told, names: Names) -> Told:
    """Return options of the pricing, or what is to enter in the PMS, under present names; earlier states with it."""
    after = dict(told)
    limits = [told[name] for name in _LIMITS if isinstance(told.get(name), dict)]
    # A floor of one and a ceiling of another may exclude each other: who has either keeps both.
    unlimited = {former: present for former, present in names.items() if not any(present in table for table in limits)}
    for name in _LIMITS:
        if isinstance(told.get(name), dict):
            after[name] = _joined(told[name], unlimited, names)
    for name in _NIGHTLY:
        if isinstance(told.get(name), dict):
            after[name] = {
                night: _joined(rates, names) if isinstance(rates, dict) else rates for night, rates in told[name].items()
            }
    if isinstance(told.get("to_enter"), list):
        after["to_enter"] = _to_enter(told["to_enter"], names)
    if isinstance(told.get("options"), dict):
        after["options"] = _rates(told["options"], names)
    return _with_past(after, names, _rates)


def _rooms(told: Told, names: Names) -> Told:
    """Return options of the allocation, or what waits for the PMS, with the list of rooms under present names; likewise."""
    after = dict(told)
    if isinstance(told.get("overbooking"), dict):
        after["overbooking"] = _joined(told["overbooking"], names)
    if isinstance(told.get("rooms"), dict):
        after["rooms"] = {number: names.get(str(kind), kind) for number, kind in told["rooms"].items()}
    for name in _HOUSES:
        if isinstance(told.get(name), dict):
            after[name] = _rooms(told[name], names)
    if isinstance(told.get("locks"), dict):
        after["locks"] = {number: _given(rooms, names) for number, rooms in told["locks"].items()}
    if isinstance(told.get("planned"), dict):
        after["planned"] = {
            number: one | {side: _given(one[side], names) for side in ("before", "after")}
            for number, one in told["planned"].items()
        }
    if isinstance(told.get("out_of_order"), list):
        after["out_of_order"] = [one | {"room": _called(one["room"], names)} for one in told["out_of_order"]]
    return _with_past(after, names, _rooms)


def _given(rooms: object, names: Names) -> object:
    return [_called(room, names) for room in rooms] if isinstance(rooms, list) else _called(rooms, names)


def _called(room: object, names: Names) -> object:
    """Return what a room is called; one whose number nobody knows goes by that of its type, as in "DLX room 5"."""
    kind, room_of, number = str(room).rpartition(" room ")
    return f"{names[kind]}{room_of}{number}" if kind in names and number.isdecimal() else room


def _with_past(told: Told, names: Names, renamed: Callable[[Told, Names], Told]) -> Told:
    return told | {"past": [renamed(one, names) for one in told["past"]]} if isinstance(told.get("past"), list) else told


def _joined(told: Told, moved: Names, gone: Names | None = None) -> Told:
    """Return a table by room types under present names; what is told of a present name itself goes before."""
    gone = moved if gone is None else gone
    brought = {moved[kind]: value for kind, value in told.items() if kind in moved}
    return brought | {kind: value for kind, value in told.items() if kind not in gone}


def _to_enter(told: list[Told], names: Names) -> list[Told]:
    own = {(one["night"], one["room_type"]) for one in told}
    return [
        one | {"room_type": names.get(one["room_type"], one["room_type"])}
        for one in told
        if one["room_type"] not in names or (one["night"], names[one["room_type"]]) not in own
    ]


_REWRITTEN: Mapping[str, Callable[[Told, Names], Told]] = {**dict.fromkeys(_RATES, _rates), **dict.fromkeys(_ROOMS, _rooms)}
