"""Which property of this home a name in an export means."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from hotelml_app.intake.errors import NoPropertyError
from hotelml_app.store import data_settings, properties

ALIASES = "names in exports"
UNNAMED = "My hotel"
"""What the first property is called where neither the user nor the export names it."""


def owners(connection: sqlite3.Connection, names: Sequence[str], default: str | None, now: datetime) -> dict[str, int]:
    """Return the property id of each name; names nobody knows become new properties. "" is an export that names none.

    An export often knows the hotel by a code. Where it names exactly one property that is unknown, and no export has yet named
    the property the user set up, they are the same house; that is remembered.
    """
    return {name: _owner(connection, name, default, alone=len(names) == 1, now=now) for name in names}


def known_owner(connection: sqlite3.Connection, default: str | None) -> int | None:
    """Return the property that an export without rows is of, or None where none is known or several may be meant."""
    known = properties.all(connection)
    if default:
        found = properties.find(connection, default)
        return found.id if found is not None else None
    return known[0].id if len(known) == 1 else None


def _owner(connection: sqlite3.Connection, name: str, default: str | None, *, alone: bool, now: datetime) -> int:
    known = properties.all(connection)
    if not name:
        return _only_property(connection, default, known, now)
    found = properties.find(connection, name)
    if found is not None:
        if not _aliases(connection, found.id):
            data_settings.put(connection, ALIASES, [name.casefold()], found.id)
        return found.id
    for row in known:
        if name.casefold() in _aliases(connection, row.id):
            return row.id
    candidate = properties.find(connection, default) if default else known[0] if len(known) == 1 else None
    if default and candidate is None and alone and not known:
        candidate = properties.get(connection, properties.ensure(connection, default, now))
    if alone and candidate is not None and not _aliases(connection, candidate.id):
        data_settings.put(connection, ALIASES, [name.casefold()], candidate.id)
        return candidate.id
    created = properties.ensure(connection, name, now)
    data_settings.put(connection, ALIASES, [name.casefold()], created)
    return created


def _only_property(
    connection: sqlite3.Connection, default: str | None, known: Sequence[properties.PropertyRow], now: datetime
) -> int:
    if default:
        return properties.ensure(connection, default, now)
    if len(known) > 1:
        raise NoPropertyError(
            f"The export does not say which property it belongs to; there are {', '.join(row.name for row in known)}.",
            remedy="Drop it into that property's own folder.",
        )
    return known[0].id if known else properties.ensure(connection, UNNAMED, now)


def _aliases(connection: sqlite3.Connection, property_id: int) -> list[str]:
    found = data_settings.get(connection, ALIASES, [], property_id)
    return [str(name) for name in found] if isinstance(found, list) else []
