"""Copies of the database: made through SQLite's own backup, checked, pruned, and put back on request."""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
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
_PARTIAL = ".partial"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_GIVEN_UP_AFTER_S = 86_400.0
"""No copy takes a day: one that was begun so long ago was cut off."""


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
    partial = target.with_name(f"{target.name}{_PARTIAL}")
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
            explained = _no_room(target)
        if isinstance(explained, (DatabaseUnavailableError, ReadOnlyHomeError)):
            explained = _cannot_be_written(target, error)
        raise explained or error from error
    except OSError as error:
        raise _cannot_be_written(target, error.strerror or error) from error
    finally:
        _remove(partial)
    return target


def copy_elsewhere(made: Path, target: Path) -> Path:
    """Copy a backup that was made and checked to another disk, where it appears only when it is complete; return ``target``.

    Byte by byte: on a share that knows no locks SQLite could not write it. Raises StoreError.
    """
    partial = target.with_name(f"{target.name}{_PARTIAL}")
    try:
        with made.open("rb") as source, partial.open("wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        if not filecmp.cmp(made, partial, shallow=False):
            raise DamagedDatabaseError(
                f"What was written into {target.parent} is not what is read there.", remedy="Check that disk, or choose another."
            )
        partial.replace(target)
    except OSError as error:
        raise (_no_room(target) if error.errno in _NO_ROOM else _cannot_be_written(target, error.strerror or error)) from error
    finally:
        _remove(partial)
    return target


def _remove(partial: Path) -> None:
    for left in (partial, partial.with_name(f"{partial.name}-journal")):
        if left.exists():
            left.unlink()


def _no_room(target: Path) -> DiskFullError:
    return DiskFullError(f"There is no room for the backup {target}.", remedy="Free some space, or choose another disk.")


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

    The one just ``made`` stays in any case: where the PC's clock went back it looks like the oldest. What is left of copies
    that were cut off goes as well. Raises OSError where the folder cannot be read or written.
    """
    # Compared whole: the copies of "Hotel" are not those of "Hotel Two".
    ending = f"{_AUTOMATIC}{reason}.db" if reason else ".db"
    automatic = [one for one in all_backups(folder) if f"-{_AUTOMATIC}" in one.name and one.name.endswith(ending) and one != made]
    removed = automatic[keep - 1 :]
    begun_before = made.stat().st_mtime - _GIVEN_UP_AFTER_S
    cut_off = [one for one in folder.glob(f"*{ending}{_PARTIAL}*") if one.stat().st_mtime < begun_before]
    for path in (*removed, *cut_off):
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


def finish_restore(database: Path, now: datetime) -> bool:
    """Do what is left of a restore and return whether there was one: cut off, or chosen. Only who may write in the home calls it.

    Raises DamagedDatabaseError where the copy that was chosen was spoiled since; then it is given up.
    """
    try:
        for cut_off in database.parent.glob(f"{database.name}.*{_PARTIAL}*"):
            cut_off.unlink()
        if not restore_was_cut_off(database):
            waiting = chosen(database)
            if waiting is None:
                return False
            _refuse_spoiled(waiting)
            waiting.replace(_incoming(database))
        # A restore by command was wished for later than what was chosen in the window.
        give_up_choice(database)
    except OSError as error:
        raise _in_the_way(database, error) from error
    _swap(database, now)
    return True


def _refuse_spoiled(waiting: Path) -> None:
    """Raise DamagedDatabaseError where the copy that was chosen cannot be used any more; then it is given up."""
    if not is_good(waiting):
        waiting.unlink()
        raise DamagedDatabaseError(
            "The backup that was to be put back was damaged meanwhile; everything is as it was.",
            remedy="Start HotelML again, then choose another backup in the settings.",
        )


def _in_the_way(database: Path, error: OSError) -> ReadOnlyHomeError:
    return ReadOnlyHomeError(
        f"The backup cannot take the place of {database} ({error.strerror or error}); everything is as it was.",
        remedy="Close whatever has the database open and try again.",
    )


def _incoming(database: Path) -> Path:
    return database.with_name(f"{database.name}.incoming")


def _chosen(database: Path) -> Path:
    return database.with_name(f"{database.name}.chosen")


def _aside(database: Path, now: datetime) -> Path:
    """Return the name under which the present database is set aside.

    It follows from when that was written last: cut off between database and journal and begun again, the swap must give both
    the same name, or what the journal holds would be lost.
    """
    at = datetime.fromtimestamp(database.stat().st_mtime, UTC) if database.exists() else now
    while (aside := database.with_name(f"{database.stem}{_REPLACED}{at:%Y%m%d-%H%M%S-%f}.db")).exists():
        at += timedelta(microseconds=1)
    return aside


def _swap(database: Path, now: datetime) -> Path | None:
    """Set the present database aside with its journals and let the incoming copy take its place."""
    moved: list[tuple[Path, Path]] = []
    name = _aside(database, now)
    try:
        for suffix in ("-wal", "-shm", ""):
            present = database.with_name(database.name + suffix)
            if present.exists():
                aside = name.with_name(name.name + suffix)
                present.replace(aside)
                moved.append((present, aside))
        _incoming(database).replace(database)
    except OSError as error:
        for present, aside in reversed(moved):
            aside.replace(present)
        _incoming(database).unlink(missing_ok=True)
        raise _in_the_way(database, error) from error
    return name if name.exists() else None
