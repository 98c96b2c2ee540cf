"""Which warnings about an export the next one takes away: some tell of a change that lasts, however orderly exports go on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.values.words import header_word
from hotelml_app.store.decided import data_settings
from hotelml_app.store.told import warnings

RECORD = "export doctor: "
"""Name of a layout's record among a property's data settings, before the layout's own name."""
LOST = "lost"
"""Name, in such a record, of the columns that HotelML used and that have not come back."""

UNTIL_DISMISSED = frozenset(
    {
        FindingKind.REPRICED,
        FindingKind.NEW_NUMBERS,
        FindingKind.NEW_ROOM_TYPES,
        FindingKind.RENAMED_ROOM_TYPES,
        FindingKind.NEW_CURRENCIES,
    }
)
"""From then on everything is told so: that the next export is like this one does not make it right."""


def warning_key(profile: str, property_id: int, kind: FindingKind) -> str:
    """Return the key under which staff are warned of what is odd about a layout's exports."""
    return f"export:{property_id}:{profile}:{kind.value}"


def still_lost(record: object, findings: Iterable[Finding], header: Sequence[str]) -> list[str]:
    """Return the columns that are missing since this export of a layout or an earlier one, and wanted a person."""
    before = record.get(LOST, []) if isinstance(record, Mapping) else []
    told = [name for one in findings if one.kind is FindingKind.LOST_COLUMNS and one.wants_person for name in one.details]
    there = {header_word(name) for name in header}
    return [name for name in dict.fromkeys([*map(str, before), *told]) if header_word(name) not in there]


def clear_settled(
    connection: sqlite3.Connection,
    profile: str,
    property_id: int,
    findings: Sequence[Finding],
    lost: Sequence[str],
    now: datetime,
) -> None:
    """Take away the warnings about earlier exports that this one gives no reason for, and none that tells of what lasts."""
    standing = {one.kind for one in findings if one.wants_person} | UNTIL_DISMISSED
    if lost:
        standing.add(FindingKind.LOST_COLUMNS)
    for kind in FindingKind:
        if kind not in standing:
            warnings.clear(connection, warning_key(profile, property_id, kind), now)


def settle_lost(connection: sqlite3.Connection, property_id: int, header: Sequence[str], now: datetime) -> None:
    """Take away what was said of lost columns where an export of whatever layout has all of them again."""
    there = {header_word(name) for name in header}
    for name, record in data_settings.all(connection, property_id).items():
        if not (name.startswith(RECORD) and isinstance(record, dict)):
            continue
        lost = record.get(LOST)
        if lost and {header_word(str(one)) for one in lost} <= there:
            data_settings.put(connection, name, record | {LOST: []}, property_id)
            warnings.clear(connection, warning_key(name.removeprefix(RECORD), property_id, FindingKind.LOST_COLUMNS), now)
