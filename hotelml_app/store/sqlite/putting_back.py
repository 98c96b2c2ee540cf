"""Putting a copy of the database in its place: at once, or when it is opened next. What was there is set aside."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from hotelml_app.core import held_files
from hotelml_app.core.clock import written_at
from hotelml_app.store.errors import DamagedDatabaseError, NoDatabaseError, ReadOnlyHomeError
from hotelml_app.store.sqlite.addresses import read_only
from hotelml_app.store.sqlite.backups import PARTIAL, copy_database, is_good, newest_good
from hotelml_app.store.sqlite.schema import refuse_newer

_REPLACED = "-replaced-"


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
    held_files.remove(_chosen(database))


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
    source = sqlite3.connect(read_only(backup.absolute()), uri=True)
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
        for cut_off in database.parent.glob(f"{database.name}.*{PARTIAL}*"):
            held_files.removed(cut_off)
        if not restore_was_cut_off(database):
            waiting = chosen(database)
            if waiting is None:
                return False
            _refuse_spoiled(waiting)
            held_files.replace(waiting, _incoming(database))
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
    at = written_at(database.stat().st_mtime) if database.exists() else now
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
                held_files.replace(present, aside)
                moved.append((present, aside))
        held_files.replace(_incoming(database), database)
    except OSError as error:
        for present, aside in reversed(moved):
            held_files.replace(aside, present)
        held_files.remove(_incoming(database))
        raise _in_the_way(database, error) from error
    return name if name.exists() else None
