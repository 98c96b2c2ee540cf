"""Copies of the database: made through SQLite's own backup, checked and pruned."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from hotelml_app.core import held_files
from hotelml_app.core.disk import is_out_of_room
from hotelml_app.core.jobs import CancelToken
from hotelml_app.store.errors import (
    DamagedDatabaseError,
    DatabaseUnavailableError,
    DiskFullError,
    ReadOnlyHomeError,
    explain,
)
from hotelml_app.store.sqlite.addresses import read_only
from hotelml_app.store.sqlite.schema import APPLICATION_ID

KEEP_AUTOMATIC = 10
"""How many automatic copies stay; copies that a person asked for are never removed."""

_AUTOMATIC = "auto-"
PARTIAL = ".partial"
"""How the name of a copy ends until it is complete."""

_GIVEN_UP_AFTER_S = 86_400.0
"""No copy takes a day: one that was begun so long ago was cut off."""

_PAGES_AT_ONCE = 2_048
_BLOCK_BYTES = 4 * 1024 * 1024
_LOOK_EVERY_STEPS = 20_000
"""SQLite's steps between two looks at whether the check of a copy is to be stopped; a few milliseconds."""


def is_good(path: Path, cancel: CancelToken | None = None) -> bool:
    """Return whether ``path`` is an undamaged HotelML database. Raises Cancelled."""
    cancel = cancel or CancelToken()
    try:
        with closing(sqlite3.connect(read_only(path.absolute()), uri=True)) as connection:
            connection.set_progress_handler(lambda: cancel.cancelled, _LOOK_EVERY_STEPS)
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            return ours and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.Error:
        cancel.check()
        return False


def copy_database(source: sqlite3.Connection, target: Path, cancel: CancelToken | None = None) -> Path:
    """Copy an open database to ``target``, which appears only when it is complete and checked. Raises StoreError, Cancelled."""
    cancel = cancel or CancelToken()
    partial = target.with_name(f"{target.name}{PARTIAL}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        held_files.remove(partial)
        with closing(sqlite3.connect(partial)) as copy, _one_moment(source):
            source.backup(copy, pages=_PAGES_AT_ONCE, progress=lambda *_: cancel.check())
            # A copy must be one file: without this it would want a -wal file beside it when opened.
            copy.execute("PRAGMA journal_mode = DELETE")
        if not is_good(partial, cancel):
            raise DamagedDatabaseError(
                "The copy that was just made is damaged, and so is probably the database.",
                remedy=remedy_for(target.parent),
            )
        cancel.check()
        held_files.replace(partial, target)
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


@contextmanager
def _one_moment(source: sqlite3.Connection) -> Iterator[None]:
    """Have the source seen as it is now: else each commit between two steps would have the copy begin anew."""
    if source.in_transaction:
        yield
        return
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield
    finally:
        if source.in_transaction:
            source.execute("ROLLBACK")


def copy_elsewhere(made: Path, target: Path, cancel: CancelToken | None = None) -> Path:
    """Copy a backup that was made and checked to another disk, where it appears only when it is complete; return ``target``.

    Byte by byte: on a share that knows no locks SQLite could not write it. Raises StoreError, Cancelled.
    """
    cancel = cancel or CancelToken()
    partial = target.with_name(f"{target.name}{PARTIAL}")
    try:
        with made.open("rb") as source, partial.open("wb") as copy:
            for block in _blocks(source, cancel):
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        if not _same(made, partial, cancel):
            raise DamagedDatabaseError(
                f"What was written into {target.parent} is not what is read there.", remedy="Check that disk, or choose another."
            )
        held_files.replace(partial, target)
    except OSError as error:
        raise (_no_room(target) if is_out_of_room(error) else _cannot_be_written(target, error.strerror or error)) from error
    finally:
        _remove(partial)
    return target


def _blocks(file: BinaryIO, cancel: CancelToken) -> Iterator[bytes]:
    while block := file.read(_BLOCK_BYTES):
        cancel.check()
        yield block


def _same(made: Path, copied: Path, cancel: CancelToken) -> bool:
    with made.open("rb") as source, copied.open("rb") as copy:
        pairs = zip_longest(_blocks(source, cancel), _blocks(copy, cancel))
        return all(ours == theirs for ours, theirs in pairs)


def _remove(partial: Path) -> None:
    for left in (partial, partial.with_name(f"{partial.name}-journal")):
        if left.exists():
            held_files.removed(left)


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


def made_since(folder: Path, reason: str, moment: datetime, now: datetime) -> Path | None:
    """Return the newest automatic copy for ``reason`` that was begun between ``moment`` and ``now``, by its name, or None.

    What seems to come from later than ``now`` was made while the PC's clock was ahead.
    """
    first, last = automatic_name(moment, reason), automatic_name(now, reason)
    made = [one for one in all_backups(folder) if one.name.endswith(f"-{_AUTOMATIC}{reason}.db") and first <= one.name <= last]
    return max(made, key=lambda one: one.name, default=None)


def newest_good(folder: Path) -> Path | None:
    """Return the newest undamaged copy in ``folder``, or None."""
    return next((path for path in all_backups(folder) if is_good(path)), None)


def prune(
    folder: Path, made: Path, keep: int = KEEP_AUTOMATIC, reason: str = "", former: Iterable[tuple[str, datetime]] = ()
) -> list[Path]:
    """Remove the oldest automatic copies beyond ``keep``, of one ``reason`` where it is given, and return which these are.

    ``former`` are reasons that such copies had before, each until a moment: those made until then count as well.
    The one just ``made`` stays in any case, and what seems to come from later than it counts as the oldest: the PC's clock was
    ahead then. What is left of copies that were cut off goes as well. One that another program holds goes the next time. Raises
    OSError where the folder cannot be read or written.
    """
    # Compared whole: the copies of "Hotel" are not those of "Hotel Two".
    ending = f"{_AUTOMATIC}{reason}.db" if reason else ".db"
    latest = [automatic_name(until, earlier) for earlier, until in former]
    automatic = [
        one
        for one in all_backups(folder)
        if one != made and f"-{_AUTOMATIC}" in one.name and (one.name.endswith(ending) or _is_former(one.name, latest))
    ]
    made_at = made.stat().st_mtime
    automatic.sort(key=lambda one: one.stat().st_mtime > made_at)
    removed = automatic[keep - 1 :]
    begun_before = made_at - _GIVEN_UP_AFTER_S
    cut_off = [one for one in folder.glob(f"*{ending}{PARTIAL}*") if one.stat().st_mtime < begun_before]
    for path in (*removed, *cut_off):
        held_files.removed(path)
    return removed


def _is_former(name: str, latest: Iterable[str]) -> bool:
    """Return whether a copy is named as one of ``latest``, and was made no later."""
    ending = name.partition(_AUTOMATIC)[2]
    return any(ending == one.partition(_AUTOMATIC)[2] and name <= one for one in latest)


def remedy_for(folder: Path) -> str:
    """Return what to do about a damaged database, naming the newest good copy where there is one."""
    good = newest_good(folder)
    if good is None:
        return "There is no backup to go back to: move the file away, start HotelML again and drop the latest full PMS export."
    return f"Put back the newest good backup with: hotelml restore {good}  (then drop the exports that came after it again)"


def cut_off_last(folder: Path, reason: str) -> datetime | None:
    """Return when the latest automatic copy for ``reason`` was cut off, None where it was made or one was made later."""
    begun = [one.stat().st_mtime for one in folder.glob(f"*-{_AUTOMATIC}{reason}.db{PARTIAL}")]
    made = [one.stat().st_mtime for one in all_backups(folder)]
    last = max(begun, default=0.0)
    return datetime.fromtimestamp(last, UTC) if last > max(made, default=0.0) else None
