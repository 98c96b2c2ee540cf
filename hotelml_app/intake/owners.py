"""Which property of this home a name in an export means."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from hotelml_app.core.property_names import folded
from hotelml_app.intake.errors import NoPropertyError
from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings
from hotelml_app.store.hotels import properties

ALIASES, SET_UP = "names in exports", "properties set up"
REVIEWED_AS = "names in reviews"
"""What files of reviews call a property; that sites know it by a name says nothing of the code its PMS has for it."""
FORMER = "former properties"
"""Name, among a property's data settings, of what it was called before, and of the properties that became part of it."""
UNNAMED = "My hotel"
"""What the first property is called where neither the user nor the export names it."""


def owners(
    connection: sqlite3.Connection,
    names: Sequence[str],
    default: str | None,
    now: datetime,
    known_by_bookings: Callable[[str], int | None] = lambda _: None,
    kept_as: str = ALIASES,
) -> dict[str, int]:
    """Return the property id of each name; names nobody knows become new properties. "" is an export that names none.

    An export often knows the hotel by a code. Where it names exactly one property that is unknown, and no export has yet named
    the property the user set up, they are the same house; that is remembered. Of several that the user set up, the export must
    say which it means: the only one that is known yet need not be it. ``known_by_bookings`` finds a property that exports called
    otherwise until now; ``kept_as`` is where what they call it is remembered, REVIEWED_AS for files of reviews.
    """
    alone = len(names) == 1
    return {
        name: _renamed(connection, name, known_by_bookings, kept_as)
        or _owner(connection, name, default, alone=alone, now=now, kept_as=kept_as)
        for name in names
    }


def known_as(connection: sqlite3.Connection, name: str) -> properties.PropertyRow | None:
    """Return the property of this name, or the one that exports were seen to call so, or that was called so before.

    None where there is none.
    """
    called = folded(name)
    known = (row for row in properties.all(connection) if called in _other_names(connection, row.id))
    return properties.find(connection, name) or next(known, None)


def known_or_set_up(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of all properties that are known, or that the user set up where these are several."""
    return tuple(_known_names(connection, properties.all(connection)).values())


def keep_set_up(store: Store, names: Sequence[str]) -> None:
    """Keep which properties the user set up, where they are several: what is dropped may be of any of them."""
    several = list(names) if len(names) > 1 else []
    with store.read() as connection:
        if _set_up(connection) == several:
            return
    with store.write() as connection:
        data_settings.put(connection, SET_UP, several)


def known_owner(connection: sqlite3.Connection, default: str | None) -> int | None:
    """Return the property that an export without rows is of, or None where none is known or several may be meant."""
    known = properties.all(connection)
    if default:
        found = find_or_former(connection, default)
        return found.id if found is not None else None
    return known[0].id if len(known) == len(_known_names(connection, known)) == 1 else None


def find_or_former(connection: sqlite3.Connection, name: str) -> properties.PropertyRow | None:
    """Return the property ``name``, or the one that it became part of; None where there is neither."""
    found = properties.find(connection, name)
    if found is not None:
        return found
    wanted = folded(name)
    return next((row for row in properties.all(connection) if wanted in _names(connection, FORMER, row.id)), None)


def other_known_as(connection: sqlite3.Connection, name: str, property_id: int) -> properties.PropertyRow | None:
    """Return another property than ``property_id`` that is, was, or is in exports called ``name``; None where none is."""
    called = folded(name)
    others = (row for row in properties.all(connection) if row.id != property_id)
    return next((row for row in others if called in {folded(row.name), *_other_names(connection, row.id)}), None)


def keep_former_name(connection: sqlite3.Connection, row: properties.PropertyRow, name: str) -> None:
    """Let exports and commands that call ``row`` by its name still mean it when it is called ``name``.

    What exports call it stays as it is: one that none named so far may yet be known by a code.
    """
    former = dict.fromkeys((*_names(connection, FORMER, row.id), folded(row.name)))
    former.pop(folded(name), None)
    data_settings.put(connection, FORMER, list(former), row.id)
    told = [name if folded(one) == folded(row.name) else one for one in _set_up(connection)]
    data_settings.put(connection, SET_UP, told)


def join_names(connection: sqlite3.Connection, gone: properties.PropertyRow, stays: int) -> None:
    """Let exports that name ``gone``, or what it was known by, be of the property ``stays`` from now on."""
    name = folded(gone.name)
    known = (*_aliases(connection, stays), *_aliases(connection, gone.id), name)
    former = (*_names(connection, FORMER, stays), *_names(connection, FORMER, gone.id), name)
    reviewed = (*_names(connection, REVIEWED_AS, stays), *_names(connection, REVIEWED_AS, gone.id))
    data_settings.put(connection, ALIASES, list(dict.fromkeys(known)), stays)
    data_settings.put(connection, REVIEWED_AS, list(dict.fromkeys(reviewed)), stays)
    data_settings.put(connection, FORMER, list(dict.fromkeys(former)), stays)


def is_of_others(connection: sqlite3.Connection, told: Collection[int], default: str | None) -> bool:
    """Return whether properties that a file was imported for are others than ``default``, which all have folders of their own.

    Where such a file names no property, in another folder it tells of another one.
    """
    set_up = {folded(name) for name in _set_up(connection)}
    names = {folded(properties.get(connection, number).name) for number in told}
    return bool(default) and bool(names) and names <= set_up - {folded(str(default))}


def _renamed(
    connection: sqlite3.Connection, name: str, known_by_bookings: Callable[[str], int | None], kept_as: str
) -> int | None:
    """Return the property that goes by a new name, which is remembered; None where the name is known, set up, or new indeed."""
    known = properties.all(connection)
    told = [other for row in known for other in _other_names(connection, row.id)]
    if not known or not name or folded(name) in {*_known_names(connection, known), *told}:
        return None
    found = known_by_bookings(name)
    if found is not None:
        data_settings.put(connection, kept_as, [*_names(connection, kept_as, found), folded(name)], found)
    return found


def _owner(connection: sqlite3.Connection, name: str, default: str | None, *, alone: bool, now: datetime, kept_as: str) -> int:
    known = properties.all(connection)
    if not name:
        return _only_property(connection, default, known, now)
    found = known_as(connection, name)
    if found is not None:
        if not _names(connection, kept_as, found.id):
            data_settings.put(connection, kept_as, [folded(name)], found.id)
        return found.id
    names = _known_names(connection, known)
    candidate = find_or_former(connection, default) if default else known[0] if len(known) == len(names) == 1 else None
    if default and candidate is None and alone and not known:
        candidate = properties.get(connection, properties.ensure(connection, default, now))
    if alone and folded(name) not in names and candidate is not None and not _named(connection, candidate.id, kept_as):
        data_settings.put(connection, kept_as, [folded(name)], candidate.id)
        return candidate.id
    created = properties.ensure(connection, name, now)
    data_settings.put(connection, kept_as, [folded(name)], created)
    return created


def _only_property(
    connection: sqlite3.Connection, default: str | None, known: Sequence[properties.PropertyRow], now: datetime
) -> int:
    if default:
        named = find_or_former(connection, default)
        return named.id if named is not None else properties.ensure(connection, default, now)
    names = _known_names(connection, known)
    if len(names) > 1:
        raise NoPropertyError(
            f"The export does not say which property it belongs to; there are {', '.join(names.values())}.",
            remedy="Choose it on the Data page while that property is shown, or name it with: "
            "hotelml import --property NAME FILE. For files to come, give each property a drop folder of its own in Settings.",
        )
    return known[0].id if known else properties.ensure(connection, UNNAMED, now)


def _known_names(connection: sqlite3.Connection, known: Sequence[properties.PropertyRow]) -> dict[str, str]:
    """Return the names of all properties that are known or set up, each by itself in small letters."""
    return {folded(name): name for name in (*_set_up(connection), *(row.name for row in known))}


def _set_up(connection: sqlite3.Connection) -> list[str]:
    found = data_settings.get(connection, SET_UP, [])
    return [str(name) for name in found] if isinstance(found, list) else []


def _other_names(connection: sqlite3.Connection, property_id: int) -> list[str]:
    """Return what exports call a property, and what it was called before."""
    return [name for kept in (ALIASES, REVIEWED_AS, FORMER) for name in _names(connection, kept, property_id)]


def _named(connection: sqlite3.Connection, property_id: int, kept_as: str) -> bool:
    """Return whether an export, or for reviews any file, has yet named a property."""
    return any(_names(connection, kept, property_id) for kept in {ALIASES, kept_as})


def _aliases(connection: sqlite3.Connection, property_id: int) -> list[str]:
    return _names(connection, ALIASES, property_id)


def _names(connection: sqlite3.Connection, setting: str, property_id: int) -> list[str]:
    found = data_settings.get(connection, setting, [], property_id)
    return [folded(str(name)) for name in found] if isinstance(found, list) else []
