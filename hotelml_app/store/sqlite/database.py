"""The store itself: one write connection, as many readers as there are questions, and nothing half written."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from hotelml_app.core.clock import Clock
from hotelml_app.core.jobs import CancelToken
from hotelml_app.store.errors import DamagedDatabaseError, OutdatedDatabaseError, StoreClosedError, StoreError, explain
from hotelml_app.store.sqlite import backups, putting_back
from hotelml_app.store.sqlite.connections import ReaderPool, connect_reader, connect_writer, probe
from hotelml_app.store.sqlite.schema import migrate, newest_version, version_of

if TYPE_CHECKING:
    from sqlite_utils import Database

_CHECKED_AT_OPEN_BYTES = 256 * 1024 * 1024
"""Files up to this size are checked whenever a writer opens them (3 ms per MB); larger ones only after a crash."""

_LOOK_EVERY_S = 0.1


class Store:
    """One SQLite file.

    A writer (``writer=True``) brings the file up to date when it opens it; it belongs to the process that holds the home's
    lock. Any other process opens ``writer=False``: it never changes the file and works beside a running writer.
    """

    def __init__(self, path: Path, clock: Clock, database: Database | None, backup_folder: Path) -> None:
        self.path = path
        self.clock = clock
        self.backup_folder = backup_folder
        self.was_put_back = False
        """True where opening it put a backup in the place of what was there."""
        self._database = database
        self._write_lock = threading.RLock()
        self._copy_lock = threading.Lock()
        self._depth = 0
        self._writing_thread: int | None = None
        self._readers = ReaderPool(path)
        self._closed = False

    @classmethod
    def open(cls, path: Path, clock: Clock, *, writer: bool = True, backup_folder: Path | None = None) -> Store:
        """Open the database at ``path``; a writer creates it where it does not exist.

        Copies made before a change of the layout go to ``backup_folder`` (``backups`` beside the file unless named).
        Raises a child of StoreError that says what to do: no, newer, outdated, foreign, damaged, locked database, full
        disk, read-only folder.
        """
        path = Path(path)
        folder = backup_folder or path.parent / "backups"
        with _explained(path, folder):
            put_back = False
            if writer:
                put_back = putting_back.finish_restore(path, clock.now())
            elif putting_back.restore_was_cut_off(path):
                raise OutdatedDatabaseError(
                    f"Putting a backup in the place of {path} was cut off.", remedy="Start HotelML once: it finishes that."
                )
            probe(path, must_exist=not writer)
            if not writer:
                connect_reader(path).close()
                return cls(path, clock, None, folder)
            store = cls(path, clock, _open_writer(path, clock, folder), folder)
            store.was_put_back = put_back
            return store

    @property
    def writable(self) -> bool:
        """True where this store may write."""
        return self._database is not None

    @property
    def database(self) -> Database:
        """The sqlite-utils view of the write connection, for use inside ``write()`` alone."""
        if self._closed:
            raise StoreClosedError("The database is already closed.")
        if self._database is None:
            raise StoreError("This part of HotelML may only read the database.", remedy="Ask the running HotelML to do it.")
        return self._database

    @property
    def inside_write(self) -> bool:
        """True while the calling thread is inside a ``write()`` block, whose end nobody knows yet."""
        return self._writing_thread == threading.get_ident()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give the write connection inside a transaction: all of the block is kept, or none of it.

        Threads take turns. A ``write()`` inside another one of the same thread is a part of it (a savepoint): when it fails
        alone it is undone alone, and nothing of it lasts unless the outer block ends well.
        """
        with self._write_lock, _explained(self.path, self.backup_folder):
            connection: sqlite3.Connection = self.database.conn
            self._depth += 1
            self._writing_thread = threading.get_ident()
            try:
                if self._depth == 1:
                    with _transaction(connection):
                        yield connection
                else:
                    with _savepoint(connection, f"nested_{self._depth}"):
                        yield connection
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._writing_thread = None

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give a read-only connection that sees one moment of the database for the whole block, whatever is written meanwhile.

        It does not see what an open ``write()`` block has not committed, not even that of the same thread.
        """
        with _explained(self.path, self.backup_folder), self._readers.lend() as connection:
            yield connection

    def backup(
        self,
        target: Path | None = None,
        reason: str = "daily",
        keep: int = backups.KEEP_AUTOMATIC,
        cancel: CancelToken | None = None,
    ) -> Path:
        """Copy the database while it is in use; without ``target`` to the backup folder, where old copies beyond ``keep`` go.

        Raises StoreError, and Cancelled once it is asked to stop: then nothing of the copy is left.
        """
        automatic, cancel = target is None, cancel or CancelToken()
        chosen = target or self.backup_folder / backups.automatic_name(self.clock.now(), reason)
        with (
            self._copying(cancel),
            _explained(chosen, self.backup_folder),
            closing(connect_reader(self.path)) as source,
        ):
            backups.copy_database(source, chosen, cancel)
        if automatic:
            backups.prune(self.backup_folder, chosen, keep)
        return chosen

    @contextmanager
    def _copying(self, cancel: CancelToken) -> Iterator[None]:
        """One after the other: two of one second have one name, and each would take what the other is writing away."""
        while not self._copy_lock.acquire(timeout=_LOOK_EVERY_S):
            cancel.check()
        try:
            yield
        finally:
            self._copy_lock.release()

    def check(self) -> list[str]:
        """Return what SQLite finds wrong with the file, in its own words; an empty list is a sound database."""
        with self.read() as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
            orphans = [f"row {row[1]} of {row[0]} belongs to nothing" for row in connection.execute("PRAGMA foreign_key_check")]
        return [line for line in found if line != "ok"] + orphans[:20]

    def give_back_memory(self) -> None:
        """Let go of the pages of the database that are kept in memory; the next block reads what it needs again."""
        self._readers.close_idle()
        if self._database is None:
            return
        with self._write_lock:
            if not self._closed:
                self._database.conn.execute("PRAGMA shrink_memory")

    def size_bytes(self) -> int:
        """Return the room the database takes on disk, its journal included."""
        names = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return sum(name.stat().st_size for name in names if name.exists())

    def close(self) -> None:
        """Close all connections; a reader that is still at work is closed when it is done. Closing twice does nothing."""
        self._readers.close()
        with self._write_lock:
            self._closed = True
            if self._database is not None:
                self._database.close()
                self._database = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()


def _open_writer(path: Path, clock: Clock, backup_folder: Path) -> Database:
    from sqlite_utils import Database

    journal = path.with_name(f"{path.name}-wal")
    cut_off = journal.exists() and journal.stat().st_size > 0
    database = Database(connect_writer(path), execute_plugins=False)
    try:
        if cut_off or path.stat().st_size <= _CHECKED_AT_OPEN_BYTES:
            _refuse_damage(database.conn, path)
        version = version_of(database.conn)
        if 0 < version < newest_version():
            with closing(connect_reader(path, any_version=True)) as source:
                made = backup_folder / backups.automatic_name(clock.now(), f"before-v{newest_version()}")
                backups.copy_database(source, made)
            backups.prune(backup_folder, made)
        migrate(database)
        # A file that may not be written is told now, not in the middle of the first import.
        _try_to_write(database.conn)
    except BaseException:
        database.close()
        raise
    return database


def _try_to_write(connection: sqlite3.Connection) -> None:
    """Raise what SQLite says where the file may not be written; nothing of the attempt stays."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"PRAGMA user_version = {version_of(connection)}")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _refuse_damage(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedDatabaseError before anything is written into a broken file."""
    finding = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if finding != "ok":
        raise DamagedDatabaseError(f"The database {path} is damaged ({finding}); nothing was written to it.")


@contextmanager
def _explained(path: Path, backup_folder: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file into words; errors about a statement stay as they are."""
    try:
        yield
    except DamagedDatabaseError as error:
        error.remedy = error.remedy or backups.remedy_for(backup_folder)
        raise
    except sqlite3.Error as error:
        explained = explain(error, path)
        if explained is None:
            raise
        if isinstance(explained, DamagedDatabaseError):
            explained.remedy = backups.remedy_for(backup_folder)
        raise explained from error


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite rolls back by itself on some errors (disk full, I/O); a second ROLLBACK would hide the cause.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _savepoint(connection: sqlite3.Connection, name: str) -> Iterator[None]:
    connection.execute(f"SAVEPOINT {name}")
    try:
        yield
        connection.execute(f"RELEASE {name}")
    except BaseException:
        if connection.in_transaction:
            connection.execute(f"ROLLBACK TO {name}")
            connection.execute(f"RELEASE {name}")
        raise
