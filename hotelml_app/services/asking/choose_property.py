"""Which property a request is about: the one it names, all of them, or the only one there is."""

from __future__ import annotations

from hotelml_app.intake.owners import find_or_former
from hotelml_app.services.asking.arguments import nearest
from hotelml_app.services.errors import NoPropertyYetError, UnknownPropertyError, WhichPropertyError
from hotelml_app.store import Store
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow

NOTHING_YET = "Drop a PMS export into the folder, or read one with: hotelml import FILE"


def chosen(store: Store, name: str) -> tuple[PropertyRow, ...]:
    """Return the named property, or the one that was called so before, or all where none is named.

    Raises NoPropertyYetError and UnknownPropertyError.
    """
    with store.read() as connection:
        rows = properties.all(connection)
        found = find_or_former(connection, name) if name else None
    if not rows:
        raise NoPropertyYetError("This home holds no property yet.", remedy=NOTHING_YET)
    if not name:
        return tuple(rows)
    if found is None:
        names = [row.name for row in rows]
        raise UnknownPropertyError(
            f"There is no property called {name!r}.", remedy=f"{nearest(name, names)}There are: {', '.join(names)}."
        )
    return (found,)


def the_one(store: Store, name: str) -> PropertyRow:
    """Return one property; where none is named it must be the only one. Raises WhichPropertyError."""
    rows = chosen(store, name)
    if len(rows) > 1:
        raise WhichPropertyError(
            "This home holds several properties.", remedy=f"Name one with --property: {', '.join(row.name for row in rows)}."
        )
    return rows[0]
