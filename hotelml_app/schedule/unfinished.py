"""What the clock began and has not come to its end: kept in the database, so that a kill in between does not lose it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from hotelml_app.store.decided import data_settings

MOST_TRIES = 3
"""What was cut off so often for one planned moment may be what takes the program down, and waits for the next one."""

_NAME = "unfinished."


@dataclass(frozen=True, slots=True)
class Begun:
    """When a schedule's run was begun first for its planned moment, and how often it was tried since."""

    at: datetime
    tries: int


def begin(connection: sqlite3.Connection, name: str, now: datetime) -> None:
    """Keep that what is planned under ``name`` begins; what was cut off before is not asked for any more."""
    data_settings.put(connection, _NAME + name, [now.isoformat(), 1])


def begin_again(connection: sqlite3.Connection, name: str, before: Begun) -> None:
    """Keep that it is tried once more."""
    data_settings.put(connection, _NAME + name, [before.at.isoformat(), before.tries + 1])


def end(connection: sqlite3.Connection, name: str) -> None:
    """Keep that it came to its end, well or not."""
    data_settings.remove(connection, _NAME + name)


def of(connection: sqlite3.Connection, name: str) -> Begun | None:
    """Return what was begun under ``name`` and has not come to its end, or None."""
    kept = data_settings.get(connection, _NAME + name)
    if not isinstance(kept, list):
        return None
    at, tries = kept
    return Begun(datetime.fromisoformat(str(at)), int(tries))
