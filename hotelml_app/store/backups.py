"""Copies of the database: made through SQLite's own backup, checked, pruned, and put back on request."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from hotelml_app.store.errors import (
    DamagedDatabaseError,
    DatabaseUnavailableError,
    DiskFullError,
    NoDatabaseError,
    ReadOnlyHomeError,
    explain,
)
from hotelml_app.store.schema import APPLICATION_ID, refuse_newer

KEEP_AUTOMATIC = 10
"""How many automatic copies stay; copies that a person asked for are never removed."""

_AUTOMATIC = "auto-"
_REPLACED = "-replaced-"


def is_good(path: Path) -> bool:
    """Return whether ``path`` is an undamaged HotelML database."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            return ours and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.Error:
        return False


def copy_database(source: sqlite3.Connection, target: Path) -> Path:
    """Copy an open database to ``target``, which appears only when it is complete and checked."""
    partial = target.with_name(f"{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(partial)) as copy:
            # In one step: it sees one moment of the database and keeps no writer waiting.
            source.backup(copy)
            # A copy must be one file: without this it would want a -wal file beside it when opened.
            copy.execute("PRAGMA journal_mode = DELETE")
        if not is_good(partial):
            raise DamagedDatabaseError(
                "The copy that was just made is damaged, and so is probably the database.",
                remedy=remedy_for(target.parent),
            )
        partial.replace(target)
    except sqlite3.Error as error:
        explained = explain(error, target)
        if isinstance(explained, DiskFullError):
            explained = DiskFullError(
                f"There is no room for the backup {target}.", remedy="Free some space, or choose another disk."
            )
        if isinstance(explained, (DatabaseUnavailableError, ReadOnlyHomeError)):
            explained = _cannot_be_written(target, error)
        raise explained or error from error
    except OSError as error:
        raise _cannot_be_written(target, error.strerror or error) from error
    finally:
        if partial.exists():
            partial.unlink()
    return target


def _cannot_be_written(target: Path, why: object) -> ReadOnlyHomeError:
    return ReadOnlyHomeError(
        f"The backup {target} cannot be written ({why}).", remedy="Choose a folder on a disk with room where this user may write."
    )


def automatic_name(now: datetime, reason: str) -> str:
    """Return the file name of an automatic copy; names sort by time."""
    return f"hotelml-{now:%Y%m%d-%H%M%S-%f}-{_AUTOMATIC}{reason}.db"


def all_backups(folder: Path) -> list[Path]:
    """Return the copies in ``folder``, newest first."""
    if not folder.is_dir():
        return []
    return sorted(folder.glob("*.db"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def newest_good(folder: Path) -> Path | None:
    """Return the newest undamaged copy in ``folder``, or None."""
    return next((path for path in all_backups(folder) if is_good(path)), None)


def prune(folder: Path, made: Path, keep: int = KEEP_AUTOMATIC, reason: str = "") -> list[Path]:
    """Remove the oldest automatic copies beyond ``keep``, of one ``reason`` where it is given, and return what was removed.

    The one just ``made`` stays in any case: where the PC's clock went back it looks like the oldest.
    """
    automatic = [path for path in all_backups(folder) if f"-{_AUTOMATIC}{reason}" in path.name and path != made]
    removed = automatic[keep - 1 :]
    for path in removed:
        path.unlink(missing_ok=True)
    return removed


def remedy_for(folder: Path) -> str:
    """Return what to do about a damaged database, naming the newest good copy where there is one."""
    good = newest_good(folder)
    if good is None:
        return "There is no backup to go back to: move the file away, start HotelML again and drop the latest full PMS export."
    return f"Put back the newest good backup with: hotelml restore {good}  (then drop the exports that came after it again)"


def restore(backup: Path, database: Path, now: datetime) -> Path | None:
    """Put ``backup`` in the place of ``database`` and return where the present file was set aside, if there was one.

    Nobody may have the database open. The file that is replaced is renamed, never deleted. Cut off in its middle, the
    restore is finished by the next writer; one that fails leaves everything as it was.
    """
    with closing(_opened(backup)) as source:
        copy_database(source, _incoming(database))
    give_up_choice(database)
    return _swap(database, now)


def choose(backup: Path, database: Path) -> None:
    """Have ``backup`` put in the place of ``database`` when it is opened for writing next; until then nothing changes."""
    with closing(_opened(backup)) as source:
        copy_database(source, _chosen(database))
    made_at = backup.stat().st_mtime
    os.utime(_chosen(database), (made_at, made_at))


def chosen(database: Path) -> Path | None:
    """Return the copy that waits to take the place of ``database``, as old as its original, or None."""
    waiting = _chosen(database)
    return waiting if waiting.exists() else None


def give_up_choice(database: Path) -> None:
    """Leave ``database`` where it is."""
    _chosen(database).unlink(missing_ok=True)


def set_aside(database: Path) -> list[Path]:
    """Return the databases that backups took the place of, newest first."""
    return sorted(database.parent.glob(f"{database.stem}{_REPLACED}*.db"), reverse=True)


def _opened(backup: Path) -> sqlite3.Connection:
    """Open a backup to read it. Raises NoDatabaseError, DamagedDatabaseError and NewerDatabaseError."""
    if not backup.is_file():
        raise NoDatabaseError(f"The backup {backup} does not exist.", remedy="List what there is with: hotelml backup --list")
    if not is_good(backup):
        good = newest_good(backup.parent)
        other = f"The newest good one beside it is {good}." if good else "List what there is with: hotelml backup --list"
        raise DamagedDatabaseError(f"The backup {backup} is damaged or not HotelML's; nothing was changed.", remedy=other)
    source = sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)
    try:
        refuse_newer(source, backup)
    except BaseException:
        source.close()
        raise
    return source


def restore_was_cut_off(database: Path) -> bool:
    """Return whether a copy is there that was about to take the place of ``database``."""
    return _incoming(database).exists()


def finish_restore(database: Path, now: datetime) -> None:
    """Do what is left of a restore: one that was chosen, or cut off; only who may write in the home calls this."""
    waiting = chosen(database)
    if waiting is not None:
        waiting.replace(_incoming(database))
    if restore_was_cut_off(database):
        _swap(database, now)


def _incoming(database: Path) -> Path:
    return database.with_name(f"{database.name}.incoming")


def _chosen(database: Path) -> Path:
    return database.with_name(f"{database.name}.chosen")


def _swap(database: Path, now: datetime) -> Path | None:
    """Set the present database aside with its journals and let the incoming copy take its place."""
    set_aside: list[tuple[Path, Path]] = []
    try:
        for suffix in ("-wal", "-shm", ""):
            present = database.with_name(database.name + suffix)
            if present.exists():
                aside = database.with_name(f"{database.stem}{_REPLACED}{now:%Y%m%d-%H%M%S-%f}.db{suffix}")
                present.replace(aside)
                set_aside.append((present, aside))
        _incoming(database).replace(database)
    except OSError as error:
        for present, aside in reversed(set_aside):
            aside.replace(present)
        _incoming(database).unlink(missing_ok=True)
        raise ReadOnlyHomeError(
            f"The backup cannot take the place of {database} ({error.strerror or error}); everything is as it was.",
            remedy="Close whatever has the database open and try again.",
        ) from error
    return set_aside[-1][1] if set_aside else None
