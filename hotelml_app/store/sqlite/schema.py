"""The database's layout: numbered, append-only changes, each committed together with its record.

Changes live in ``hotelml_app/store/sqlite/migrations`` as ``mNNNN_name.sql`` or ``mNNNN_name.py`` with ``migrate(database)``,
which gets a ``sqlite_utils.Database`` inside the open transaction. What is applied is recorded in ``PRAGMA user_version``.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from hotelml_app.store.errors import MigrationError, NewerDatabaseError, is_about_the_file

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x484D4C31
"""Marks the file as HotelML's ("HML1"), so that another program's database is never touched."""

_PACKAGE = "hotelml_app.store.sqlite.migrations"
_NAME = re.compile(r"m(\d{4})_\w+")


@dataclass(frozen=True)
class Migration:
    """One change of the layout."""

    number: int
    name: str
    sql: str | None = None
    module: str | None = None

    def apply(self, database: Database) -> None:
        """Make the change inside the transaction that is open."""
        if self.sql is not None:
            for statement in statements(self.sql):
                database.conn.execute(statement)
        if self.module is not None:
            importlib.import_module(self.module).migrate(database)


@cache
def migrations() -> tuple[Migration, ...]:
    """Return all changes in order. Raises MigrationError where a number is missing or given twice."""
    package = importlib.import_module(_PACKAGE)
    # Scripts are data files, Python changes are modules: in a packaged program only these two ways find them.
    found = [
        Migration(int(match[1]), entry.name.removesuffix(".sql"), sql=entry.read_text(encoding="utf-8"))
        for entry in resources.files(package).iterdir()
        if (match := _NAME.fullmatch(entry.name.removesuffix(".sql"))) and entry.name.endswith(".sql")
    ]
    found += [
        Migration(int(match[1]), module.name, module=f"{_PACKAGE}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
        if (match := _NAME.fullmatch(module.name))
    ]
    found.sort(key=lambda migration: migration.number)
    if [migration.number for migration in found] != list(range(1, len(found) + 1)) or not found:
        raise MigrationError(
            "The program's list of database changes is incomplete.", remedy="Install HotelML again; the data was not touched."
        )
    return tuple(found)


def newest_version() -> int:
    """Return the layout version this program writes."""
    return migrations()[-1].number


def version_of(connection: sqlite3.Connection) -> int:
    """Return the layout version of an open database; 0 is an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    """Raise NewerDatabaseError where a later HotelML wrote the database at ``path``."""
    version = version_of(connection)
    if version > newest_version():
        raise NewerDatabaseError(
            f"The database {path} was written by a later HotelML (layout {version}; this one knows {newest_version()}).",
            remedy="Install the later HotelML again; this one does not touch the data.",
        )


def is_ours(connection: sqlite3.Connection) -> bool:
    """Return whether the database is HotelML's own or still empty."""
    if connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        return True
    return connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0


def statements(script: str) -> Iterator[str]:
    """Yield the single statements of an SQL script; each statement ends at the end of a line."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if any(line.strip() and not line.strip().startswith("--") for line in pending.splitlines()):
        raise ValueError(f"the last statement has no end: {pending.strip()[:80]}")


def migrate(database: Database, changes: Sequence[Migration] | None = None) -> int:
    """Bring the database up to date, one transaction per change, and return how many were made."""
    connection = database.conn
    missing = [change for change in (changes or migrations()) if change.number > version_of(connection)]
    # Foreign keys cannot be switched inside a transaction, and a change that rebuilds a table needs them off.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        for change in missing:
            _apply(database, change)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return len(missing)


def _apply(database: Database, change: Migration) -> None:
    connection = database.conn
    connection.execute("BEGIN IMMEDIATE")
    try:
        change.apply(database)
        orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
        if orphan is not None:
            raise MigrationError(
                f"The change {change.name} would leave a row of {orphan[0]} without what it belongs to.",
                remedy="The database was left as it was; use the previous HotelML and report this.",
            )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {change.number}")
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.Error) and not is_about_the_file(error):
            raise MigrationError(
                f"The change {change.name} of the database did not go through ({error}); it was undone.",
                remedy="Use the previous HotelML for now and report this; the data is as it was.",
            ) from error
        raise
