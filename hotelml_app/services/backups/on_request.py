"""Copies of the database on request, and putting one back."""

from __future__ import annotations

from pathlib import Path

from hotelml_app.core.clock import SystemClock, written_at
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.files.own_files import refuse_own
from hotelml_app.services.handover import exchange
from hotelml_app.services.parts import Parts
from hotelml_app.settings.home import HomeLayout
from hotelml_app.store.sqlite import backups, putting_back
from hotelml_app.store.sqlite.lock import HomeLock
from hotelml_app.store.told import outbox


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Copy the database while it is in use; the copy is checked before it gets its name."""
    progress(0.0, "Copying the database")
    written = backup_to(parts, arguments.path("file"), cancel)
    return {"file": str(written), "bytes": written.stat().st_size}


def backup_to(parts: Parts, named: Path | None, cancel: CancelToken | None = None) -> Path:
    """Copy the database to a file, else into the backup folder, and return the copy.

    Raises StoreError, FileNotWrittenError, Cancelled.
    """
    if named is not None:
        refuse_own(parts.layout, named, backups_too=False)
        _refuse_other_files(named)
    target = named or parts.layout.backups / f"hotelml-{parts.clock.now():%Y%m%d-%H%M%S}.db"
    return parts.store.backup(target, cancel=cancel)


def _refuse_other_files(target: Path) -> None:
    """Raise FileNotWrittenError where a file is there that is no backup; a backup is what the next one may replace."""
    if target.is_file() and target.stat().st_size and not backups.is_good(target):
        raise FileNotWrittenError(f"{target} already exists and is not a backup of HotelML.", remedy="Choose another name.")


def list_backups(layout: HomeLayout) -> dict[str, object]:
    """Return the copies in the home's backups folder, newest first."""
    found = backups.all_backups(layout.backups)
    return {
        "backups": [
            {
                "file": str(path),
                "bytes": path.stat().st_size,
                "made_at": written_at(path.stat().st_mtime).isoformat(timespec="seconds"),
            }
            for path in found
        ]
    }


def restore(layout: HomeLayout, backup: Path) -> dict[str, object]:
    """Put a backup in the place of the database, which is set aside. Raises HomeBusyError while HotelML runs on it.

    What a hand-over file took the place of, a folder, is put back whole.
    """
    if backup.is_dir() and backup.parent.resolve() == layout.handover.resolve():
        return _restore_home(layout, backup)
    with HomeLock(layout.run):
        if exchange.cut_off(layout):
            exchange.take_over(layout, SystemClock().now())
        exchange.give_up(layout)
        aside = putting_back.restore(backup, layout.database, SystemClock().now())
        _drop_what_waits(layout)
    kept = f" The former database is kept as {aside.name}." if aside else ""
    return {
        "restored": str(backup),
        "set_aside": str(aside) if aside else None,
        "sentence": f"{backup.name} is the database now.{kept} Drop the exports that came after it again.",
    }


def _drop_what_waits(layout: HomeLayout) -> None:
    """Tell nothing of what waited when the database was written last: it was told since, or is not true any more."""
    if layout.database.exists():
        outbox.drop_all_waiting(layout.database, SystemClock().now())


def _restore_home(layout: HomeLayout, folder: Path) -> dict[str, object]:
    with HomeLock(layout.run):
        if exchange.cut_off(layout):
            exchange.take_over(layout, SystemClock().now())
        before = set(exchange.asides(layout))
        exchange.choose_aside(layout, folder)
        exchange.take_over(layout, SystemClock().now())
        _drop_what_waits(layout)
        aside = next((one for one in exchange.asides(layout) if one not in before), None)
    return {
        "restored": str(folder),
        "set_aside": str(aside) if aside else None,
        "sentence": f"What {folder.name} held is here again, with its models. What was there is kept as {aside}.",
    }
