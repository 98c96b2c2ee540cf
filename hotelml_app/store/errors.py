"""What can go wrong with the database, in words for the hotel, and the one place where SQLite's own errors are explained.

HotelMLError
└── StoreError
    ├── NoDatabaseError             nothing was ever stored here
    ├── NewerDatabaseError          a later HotelML wrote it
    ├── OutdatedDatabaseError       an earlier HotelML wrote it and this reader may not bring it up to date
    ├── NotOurDatabaseError         a SQLite file, but of another program
    ├── DamagedDatabaseError        the file is broken
    ├── DatabaseBusyError           another program keeps it locked
    ├── DiskFullError               no room left
    ├── ReadOnlyHomeError           the folder or the file may not be written
    ├── DatabaseUnavailableError    the disk or the folder does not answer
    ├── MigrationError              an update of the database did not go through
    ├── StoreClosedError            asked after the end
    └── HomeBusyError               another HotelML already runs on this home
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hotelml_app.core.errors import HotelMLError


class StoreError(HotelMLError):
    """The database did not do what was asked of it."""

    title = "The database has a problem"


class NoDatabaseError(StoreError):
    """Nothing was ever stored here."""

    title = "There is no data yet"


class NewerDatabaseError(StoreError):
    """A later HotelML wrote this database."""

    title = "The database is newer than this HotelML"


class OutdatedDatabaseError(StoreError):
    """An earlier HotelML wrote this database, and who asks may only read."""

    title = "The database must be brought up to date first"


class NotOurDatabaseError(StoreError):
    """The file is a SQLite database of another program."""

    title = "This is not a HotelML database"


class DamagedDatabaseError(StoreError):
    """The file is broken."""

    title = "The database is damaged"


class DatabaseBusyError(StoreError):
    """Another program keeps the database locked."""

    title = "The database is in use"


class DiskFullError(StoreError):
    """There is no room left on the disk."""

    title = "The disk is full"


class ReadOnlyHomeError(StoreError):
    """The folder or the file may not be written."""

    title = "The data folder cannot be written"


class DatabaseUnavailableError(StoreError):
    """The disk or the folder does not answer."""

    title = "The database cannot be reached"


class MigrationError(StoreError):
    """An update of the database's layout did not go through; it was rolled back."""

    title = "The database could not be brought up to date"


class StoreClosedError(StoreError):
    """The store was asked after it was closed."""

    title = "HotelML is shutting down"


class HomeBusyError(StoreError):
    """Another HotelML already runs on this home."""

    title = "HotelML is already running"


_FULL = {sqlite3.SQLITE_FULL}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_LEFT_HALF_DONE = {sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY}
"""Only a writer may bring these in order."""
_UNAVAILABLE = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOLFS, sqlite3.SQLITE_PROTOCOL}


def is_about_the_file(error: sqlite3.Error) -> bool:
    """Return whether the file, its folder or its disk is at fault, and not the statement."""
    return explain(error, Path()) is not None


def explain(error: sqlite3.Error, path: Path) -> StoreError | None:
    """Return the error to raise instead of SQLite's, or None where the fault is in the statement, not in the file."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = (code & 0xFF) if code is not None else None
    if code in _LEFT_HALF_DONE:
        return OutdatedDatabaseError(
            f"The database {path} was left in the middle of a change by a HotelML that was stopped.",
            remedy="Start HotelML once: it undoes the change.",
        )
    if primary in _FULL:
        return DiskFullError(
            f"There is no room left on the disk that holds {path}. The last change was undone; everything before it is kept.",
            remedy="Free some space; HotelML then goes on by itself.",
        )
    if primary in _BUSY:
        return DatabaseBusyError(
            f"Another program keeps {path} locked.",
            remedy="Close other programs that use this file (backup, a second HotelML, a database browser) and try again.",
        )
    if primary in _DAMAGED:
        return DamagedDatabaseError(
            f"The database {path} is damaged ({error}).",
        )
    if primary in _READ_ONLY:
        return ReadOnlyHomeError(
            f"{path} cannot be written.",
            remedy="Give the user that runs HotelML the right to write in that folder, or choose another with --home.",
        )
    if primary in _UNAVAILABLE:
        return DatabaseUnavailableError(
            f"The database {path} cannot be opened or read ({error}).",
            remedy="Check that the disk is connected, that the folder exists and that this user may read and write it.",
        )
    return None
