"""Room types that are called otherwise from one export to the next: their history would stay behind under the former name."""

from __future__ import annotations

import sqlite3
from datetime import date

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.store.decided import room_type_names
from hotelml_app.store.exported import imports, known_stays
from hotelml_app.store.hotels import properties

FEWEST = 10
NEARLY_ALL = 0.9
"""So much of what a room type had to come has another one now; a booking or two may be moved to another type any day."""


def renamed_types(connection: sqlite3.Connection, property_id: int, import_id: int, as_of: date) -> list[Finding]:
    """Return what to say where nearly all bookings of a room type have another one since this export."""
    row = imports.get(connection, import_id)
    if row is None or row.changed < FEWEST:
        return []
    known = room_type_names.renamed(connection, property_id)
    changed = list(known_stays.room_types_changed(connection, property_id, import_id))
    as_one, split = [], []
    for former in dict.fromkeys(one for one, _, _ in changed):
        into = sorted(((count, present) for one, present, count in changed if one == former), reverse=True)
        moved, left = sum(count for count, _ in into), known_stays.to_come_of_type(connection, property_id, as_of, former)
        if moved < FEWEST or moved < NEARLY_ALL * (moved + left) or known.get(former) == into[0][1]:
            continue
        if into[0][0] >= NEARLY_ALL * moved:
            as_one.append((former, into[0][1]))
        else:
            split.append((former, into))
    return [_finding(as_one, split, _of_property(connection, property_id))] if as_one or split else []


def _of_property(connection: sqlite3.Connection, property_id: int) -> str:
    """Return what a command has to say of the property, "" where it is the only one."""
    if len(properties.all(connection)) == 1:
        return ""
    return f" --property {_quoted(properties.get(connection, property_id).name)}"


def _finding(as_one: list[tuple[str, str]], split: list[tuple[str, list[tuple[int, str]]]], option: str) -> Finding:
    told, to_do = [], []
    if as_one:
        names = ", ".join(f"{former} is now {present}" for former, present in as_one)
        told.append(f"Bookings have other room types than before: {names}. What was told until now still counts as before: by it")
        told.append("alone the new ones seem to have fewer rooms, or no past.")
        to_do.append("If they are the same rooms, run:")
        named = [f"hotelml rooms rename {_quoted(former)} {_quoted(present)}{option}" for former, present in as_one]
        to_do.append("; ".join(named) + ".")
    for former, into in split:
        parts = ", ".join(f"{present} ({count:,})" for count, present in into)
        told.append(f"The room type {former} has hardly any booking to come any more: they are now {parts}.")
        to_do.append("Say in Settings how many rooms each of these has; their forecasts begin anew.")
    formers = [former for former, _ in as_one] + [former for former, _ in split]
    presents = [present for _, present in as_one] + [present for _, into in split for _, present in into]
    return Finding(
        FindingKind.RENAMED_ROOM_TYPES,
        " ".join(told),
        " ".join(dict.fromkeys(to_do)),
        wants_person=True,
        details=(*formers, *presents),
        was=", ".join(formers),
        now=", ".join(dict.fromkeys(presents)),
    )


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
