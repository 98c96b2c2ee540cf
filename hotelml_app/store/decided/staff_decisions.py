"""What staff decided, among the data settings: under which names it is kept, and what of it goes by the number of a booking.

What goes by the name of a room type is in decisions_by_type.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping
from typing import Any

from hotelml_app.store.decided import data_settings

EVENTS = "events"
"""The events they told of, with their nights."""
CALLED = "called"
"""Whom staff have reached, each number with the day of arrival."""
RATES_DESK, ROOMS_DESK = "rates decided", "rooms to carry out"
DESKS = {"pricing": RATES_DESK, "allocation": ROOMS_DESK}
"""What waits for the PMS, with the states before it, beside the options of a module: the one makes no sense without the other."""

_BY_NUMBER = ("locks", "wishes", "planned", "previous")
_TOGETHER, _PAST = "together", "past"

_OF_ROOMS = ("locks", "out_of_order")
"""What a newer export takes from the options of the rooms by itself: what is over, or of bookings that are no more."""

Told = dict[str, Any]
Names = Mapping[str, str]


def options_of(module: str) -> str:
    """Return the name of what staff ask of every run of a module."""
    return f"options of {module}"


def renumber(connection: sqlite3.Connection, property_id: int, numbers: Names) -> None:
    """Have everything that staff decided of bookings go on under other numbers, by the former ones."""
    rewrite(connection, property_id, CALLED, lambda told: _moved(told, numbers))
    for name in (options_of("allocation"), ROOMS_DESK):
        rewrite(connection, property_id, name, lambda told: _renumbered(told, numbers))


def join(connection: sqlite3.Connection, gone: int, stays: int) -> None:
    """Count what staff told of either of two properties that are one hotel: events, calls, rooms held for bookings.

    Of all else that is asked of a module, what was told of the one that stays is right where anything was.
    """
    events, own = (data_settings.get(connection, EVENTS, [], number) for number in (gone, stays))
    if isinstance(events, list) and isinstance(own, list) and events:
        data_settings.put(connection, EVENTS, _with_others(own, events), stays)
    called = _told(connection, gone, CALLED)
    rewrite(connection, stays, CALLED, lambda told: called | told)
    for module, desk in DESKS.items():
        names = (options_of(module), desk)
        if any(data_settings.get(connection, name, None, stays) is not None for name in names):
            if desk == ROOMS_DESK:
                _join_rooms(connection, gone, stays)
            for name in names:
                data_settings.remove(connection, name, gone)


def _join_rooms(connection: sqlite3.Connection, gone: int, stays: int) -> None:
    """Hold rooms for bookings of either property; earlier states, which did not know of all of them, are not gone back to."""
    name = options_of("allocation")
    theirs, ours = (_told(connection, number, name) for number in (gone, stays))
    their_desk, our_desk = (_told(connection, number, ROOMS_DESK) for number in (gone, stays))
    planned, held = our_desk.get("planned", {}), ours.get("locks", {})
    locks, waiting = (_others(told, {*planned, *held}) for told in (theirs.get("locks"), their_desk.get("planned")))
    after = {
        "locks": locks | held,
        "wishes": _others(theirs.get("wishes"), ()) | ours.get("wishes", {}),
        _TOGETHER: _with_others(ours.get(_TOGETHER, []), theirs.get(_TOGETHER, [])),
    }
    data_settings.put(connection, name, ours | {key: told for key, told in after.items() if told}, stays)
    if locks:
        data_settings.put(connection, ROOMS_DESK, our_desk | {"planned": waiting | planned, _PAST: []}, stays)


def rooms_told(connection: sqlite3.Connection) -> dict[int, list[Told]]:
    """Return what staff decided of the rooms of every property: the options, and what waits for the PMS."""
    names = (options_of("allocation"), ROOMS_DESK)
    rows = connection.execute("SELECT DISTINCT property_id FROM data_settings WHERE name IN (?, ?)", names).fetchall()
    return {number: [_told(connection, number, name) for name in names] for (number,) in rows}


def give_back(connection: sqlite3.Connection, property_id: int, was: list[Told]) -> None:
    """Have what staff had decided of the rooms stand again, where exports alone have taken from it since, and not staff."""
    names = (options_of("allocation"), ROOMS_DESK)
    if _is_less(*(_told(connection, property_id, name) for name in names), *was):
        for name, told in zip(names, was, strict=True):
            data_settings.put(connection, name, told, property_id)


def _is_less(options: Told, desk: Told, options_before: Told, desk_before: Told) -> bool:
    """Tell whether nothing but what exports take is missing; after an act of staff the states before it are kept."""
    if desk.get(_PAST) and desk[_PAST] != desk_before.get(_PAST):
        return False
    rest, rest_before = ({name: told[name] for name in told if name not in _OF_ROOMS} for told in (options, options_before))
    tables = ((options, options_before, "locks"), (desk, desk_before, "planned"))
    return (
        rest == rest_before
        and all(one in options_before.get("out_of_order", []) for one in options.get("out_of_order", []))
        and all(now.get(name, {}).items() <= before.get(name, {}).items() for now, before, name in tables)
    )


def _with_others(own: list[Any], others: list[Any]) -> list[Any]:
    return [*own, *(one for one in others if one not in own)]


def _others(told: object, settled: Collection[str]) -> Told:
    return {number: value for number, value in told.items() if number not in settled} if isinstance(told, dict) else {}


def _told(connection: sqlite3.Connection, property_id: int, name: str) -> Told:
    told = data_settings.get(connection, name, {}, property_id)
    return told if isinstance(told, dict) else {}


def rewrite(connection: sqlite3.Connection, property_id: int, name: str, rewritten: Callable[[Told], Told]) -> None:
    """Keep something that staff decided otherwise, where there is such."""
    told = data_settings.get(connection, name, None, property_id)
    if isinstance(told, dict) and (after := rewritten(told)) != told:
        data_settings.put(connection, name, after, property_id)


def _renumbered(told: Told, numbers: Names) -> Told:
    """Return options of the rooms, or a state of what waits, under other numbers; earlier states with it."""
    after = dict(told)
    for name in _BY_NUMBER:
        if isinstance(told.get(name), dict):
            after[name] = _moved(told[name], numbers)
    if isinstance(told.get(_TOGETHER), list):
        after[_TOGETHER] = [_pair(one, numbers) for one in told[_TOGETHER] if not _is_anothers(one, numbers)]
    if isinstance(told.get(_PAST), list):
        after[_PAST] = [_renumbered(one, numbers) for one in told[_PAST]]
    return after


def _moved(told: Told, numbers: Names) -> Told:
    """Return a table by numbers; what stood under a number that is another booking's now gives way."""
    moved = {numbers[number]: value for number, value in told.items() if number in numbers}
    taken = {*numbers, *numbers.values()}
    return {number: value for number, value in told.items() if number not in taken} | moved


def _is_anothers(told: object, numbers: Names) -> bool:
    """Return whether one of two bookings was under a number that is another booking's now."""
    taken = set(numbers.values()) - numbers.keys()
    return isinstance(told, list) and any(str(one) in taken for one in told[:2])


def _pair(told: object, numbers: Names) -> object:
    """Return two bookings that want rooms side by side; a third entry says how much that matters."""
    return [*(numbers.get(str(one), one) for one in told[:2]), *told[2:]] if isinstance(told, list) else told
