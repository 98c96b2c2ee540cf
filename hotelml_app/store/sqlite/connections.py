"""How the file is opened: one way to write, one way to read, and a first look before either."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hotelml_app.core.rights import may_write
from hotelml_app.store.errors import (
    DamagedDatabaseError,
    DatabaseUnavailableError,
    NoDatabaseError,
    NotOurDatabaseError,
    OutdatedDatabaseError,
    ReadOnlyHomeError,
    StoreClosedError,
)
from hotelml_app.store.sqlite.addresses import read_only
from hotelml_app.store.sqlite.schema import is_ours, newest_version, refuse_newer, version_of

BUSY_TIMEOUT_S = 15.0
"""How long SQLite waits for another process before it gives up."""

_HEADER = b"SQLite format 3\x00"
_CACHE_KIB = 8_192
_JOURNAL_KEPT_BYTES = 16 * 1024 * 1024


def probe(path: Path, *, must_exist: bool) -> None:
    """Look at the file before SQLite does: is it there, and is it a database at all?"""
    if not path.exists():
        if must_exist:
            raise NoDatabaseError(
                f"There is no HotelML database at {path}.",
                remedy="Start HotelML once, or import a PMS export with: hotelml import FILE",
            )
        _make_folder(path.parent)
        return
    if path.is_dir():
        raise DatabaseUnavailableError(
            f"{path} is a folder, but the database should be there.", remedy="Choose another data folder with --home."
        )
    try:
        with path.open("rb") as file:
            start = file.read(len(_HEADER))
    except PermissionError as error:
        raise DatabaseUnavailableError(
            f"{path} may not be read.", remedy="Give the user that runs HotelML access to it, or choose another with --home."
        ) from error
    if start and start != _HEADER:
        raise DamagedDatabaseError(f"The file {path} is not a readable database any more.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise DatabaseUnavailableError(
            f"{folder} cannot be a data folder: there is a file of that name.", remedy="Choose another data folder with --home."
        ) from error
    except OSError as error:
        raise ReadOnlyHomeError(
            f"The data folder {folder} cannot be made ({error.strerror or error}).",
            remedy="Give the user that runs HotelML the right to write there, or choose another folder with --home.",
        ) from error


def connect_writer(path: Path) -> sqlite3.Connection:
    """Open ``path`` for writing; what is committed survives a power cut. Transactions are begun and ended by hand."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        _refuse_strangers(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute(f"PRAGMA journal_size_limit = {_JOURNAL_KEPT_BYTES}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reader(path: Path, *, any_version: bool = False) -> sqlite3.Connection:
    """Open ``path`` for reading alone. Raises OutdatedDatabaseError where only a writer could bring it up to date."""
    connection = sqlite3.connect(
        read_only(path.absolute(), "&immutable=1" if _nobody_writes(path) else ""),
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _refuse_strangers(connection, path)
        if not any_version and version_of(connection) < newest_version():
            raise OutdatedDatabaseError(
                f"The database {path} comes from an earlier HotelML.",
                remedy="Quit the earlier one where it still runs, then start HotelML once: it makes a backup and brings the "
                "database up to date.",
            )
    except BaseException:
        connection.close()
        raise
    return connection


def _nobody_writes(path: Path) -> bool:
    """Return whether the file lies still where this user may not write: SQLite cannot make its journal's index there.

    A running writer, or one that was cut off, has a journal beside the file.
    """
    journals = (path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm"))
    return not any(journal.exists() for journal in journals) and not may_write(path.parent)


def _refuse_strangers(connection: sqlite3.Connection, path: Path) -> None:
    if not is_ours(connection):
        raise NotOurDatabaseError(
            f"{path} belongs to another program; HotelML left it untouched.", remedy="Choose another data folder with --home."
        )
    refuse_newer(connection, path)


class ReaderPool:
    """Read-only connections, lent to one block at a time and used again; any thread may ask."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextmanager
    def lend(self) -> Iterator[sqlite3.Connection]:
        """Give a connection inside a read transaction."""
        connection = self._take()
        try:
            connection.execute("BEGIN")
            yield connection
        finally:
            self._take_back(connection)

    def close(self) -> None:
        """Close what is idle now, and what is lent when it comes back."""
        with self._lock:
            self._closed = True
        self.close_idle()

    def close_idle(self) -> None:
        """Close what nobody uses now; whoever asks next gets a new connection."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreClosedError("The database is already closed.", remedy="Start HotelML again.")
            if self._idle:
                return self._idle.pop()
        return connect_reader(self._path)

    def _take_back(self, connection: sqlite3.Connection) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            # The disk went away in the middle: nobody may be lent this one again, nor may it stay open.
            connection.close()
            raise
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()
