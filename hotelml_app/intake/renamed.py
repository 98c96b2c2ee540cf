"""A hotel that goes by a new name in its exports: it is known again by its bookings or by the name beside its code, or its
history would begin anew.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping

from hotelml_app.core.clock import day_number
from hotelml_app.core.property_names import folded
from hotelml_app.intake.file_content import FileContent
from hotelml_app.intake.owners import known_as, known_or_set_up
from hotelml_app.intake.profile import Kind
from hotelml_app.store.exported import known_stays
from hotelml_app.store.exported.known_stays import KnownStay
from hotelml_app.store.hotels import properties

FEWEST_ALIKE, SHARE_ALIKE = 10, 0.5
"""So many bookings, and such a share of those looked at, must be known by number and stay: two houses that both count
from 1 have many numbers in common, and hardly any stays.
"""
MOST_LOOKED_AT = 2000

ANY_HOTEL = frozenset({"hotel", "hôtel", "the", "le", "la", "les", "el", "los", "das", "der", "die", "il", "and", "und", "et"})
"""Words that many names have, and that the names of two houses have in common by chance."""

_KINDS = (
    "apartment apartments aparthotel auberge boutique city gasthaus gasthof grand guesthouse hostel inn lodge motel my palace "
    "park pension resort royal spa suites villa"
)
KINDS_OF_HOUSE = frozenset(_KINDS.split())
"""Words that tell a hotel from others only beside another one: "City Hotel" is no shorter name of "Mercure City"."""

Stay = tuple[int, int]
"""Arrival and departure, as day numbers."""


def known_under_another(connection: sqlite3.Connection, content: FileContent, name: str) -> int | None:
    """Return the id of the property that a file means by ``name``; None where none is known to be it.

    It is the one whose name stands beside the code on every row, or whose bookings most of those are that are listed under it.
    """
    called = _called(content, name)
    by_name = known_as(connection, called) if called else None
    if by_name is not None:
        content.notes.append(f"The export calls {by_name.name} {name}.")
        return by_name.id
    if content.kind is Kind.REVIEWS:
        return _longer_named(connection, content, name)
    told = _stays(content, name)
    best: tuple[int, int | None] = (0, None)
    for row in properties.all(connection) if len(told) >= FEWEST_ALIKE else ():
        alike = _alike(told, known_stays.stays(connection, row.id, told))
        best = max(best, (alike, row.id), key=lambda one: one[0])
    alike, found = best
    if found is None or alike < max(FEWEST_ALIKE, SHARE_ALIKE * len(told)):
        return None
    content.notes.append(
        f"The export calls the hotel {name}. {alike:,} of {len(told):,} of its bookings are known as those of "
        f"{properties.get(connection, found).name}: it is the same house."
    )
    return found


def _longer_named(connection: sqlite3.Connection, content: FileContent, name: str) -> int | None:
    """Return the one property whose name has all words of ``name`` or only such: sites say "Harbour House Hotel & Spa, Rye"."""
    alike = [called for called in known_or_set_up(connection) if _may_be(name, called)]
    found = properties.find(connection, alike[0]) if len(alike) == 1 else None
    if found is None:
        return None
    others = {owner for part in content.parts for owner in part.owners if _words(owner) != _words(name)}
    if any(_may_be(other, found.name) for other in others):
        # Two that are told apart by the file itself are two hotels, as those of a chain.
        return None
    content.notes.append(f"The reviews call the hotel {name}: they count as those of {found.name}.")
    return found.id


def _may_be(one: str, other: str) -> bool:
    """Return whether both names have the same words, or one has more than those of the other, which say more than a kind."""
    words, others = _words(one), _words(other)
    both = words & others
    return bool(both) and both in (words, others) and (words == others or not both <= KINDS_OF_HOUSE)


def _words(name: str) -> frozenset[str]:
    """Return the words by which a hotel is told from others."""
    return frozenset(re.findall(r"\w+", folded(name))) - ANY_HOTEL


def _called(content: FileContent, name: str) -> str:
    """Return the property's name as it stands beside its code ``name``; "" where none does, or several do."""
    found: set[str] = set()
    for part in content.parts:
        column = part.typed.words.get("property_name")
        if column is not None:
            found.update(column.labels[code] for code in column.codes[part.rows_of(name)].tolist())
    return found.pop() if len(found) == 1 else ""


def _stays(content: FileContent, name: str) -> dict[str, Stay]:
    """Return the stays of a property's bookings by their numbers, the latest arrivals first, as far as is looked at."""
    found: dict[str, Stay] = {}
    for part in content.parts:
        if (bookings := part.bookings) is not None:
            for row in part.rows_of(name).tolist():
                found[bookings.ids.text(row)] = (int(bookings.arrival[row]), int(bookings.departure[row]))
    return dict(sorted(found.items(), key=lambda one: one[1], reverse=True)[:MOST_LOOKED_AT])


def _alike(told: Mapping[str, Stay], known: Mapping[str, KnownStay]) -> int:
    return sum(told[number] == (day_number(stay.arrival), day_number(stay.departure)) for number, stay in known.items())
