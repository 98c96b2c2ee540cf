"""The copies of the database as the Settings page shows, makes and puts them back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hotelml_app.core.clock import written_at
from hotelml_app.core.events import Settled
from hotelml_app.services.backups import next_start
from hotelml_app.services.backups.nightly import NIGHTLY
from hotelml_app.services.backups.on_request import backup_to
from hotelml_app.services.backups.views import BackupsView, BackupView
from hotelml_app.services.handover import exchange
from hotelml_app.services.parts import Parts
from hotelml_app.store.sqlite import backups, putting_back


def build(parts: Parts) -> BackupsView:
    """Return the copies there are, and whether one is about to be put back."""
    database = parts.layout.database
    aside = [_view(path, aside=True) for path in putting_back.set_aside(database)]
    found = [*(_view(path) for path in backups.all_backups(parts.layout.backups)), *aside, *_former_homes(parts)]
    found.sort(key=lambda one: one.made_at, reverse=True)
    waiting, folder = next_start.waiting(parts.layout), str(parts.layout.backups)
    return BackupsView(folder, tuple(found), waiting.made_at if waiting else None, waiting is not None and waiting.handover)


def make(parts: Parts, target: Path | None = None) -> BackupsView:
    """Copy the database now, into the backup folder or to ``target``. Raises StoreError, FileNotWrittenError."""
    backup_to(parts, target)
    if target is None:
        parts.bus.publish(Settled(NIGHTLY))
    return build(parts)


def put_back_next(parts: Parts, backup: Path) -> BackupsView:
    """Have a backup put back when HotelML starts next; what is known now is set aside then. Raises StoreError, HandoverError."""
    if backup.parent.resolve() == parts.layout.handover.resolve():
        exchange.choose_aside(parts.layout, backup)
        putting_back.give_up_choice(parts.layout.database)
    else:
        putting_back.choose(backup, parts.layout.database)
        exchange.give_up(parts.layout)
    return build(parts)


def keep_present(parts: Parts) -> BackupsView:
    """Give up what was to be put back."""
    putting_back.give_up_choice(parts.layout.database)
    exchange.give_up(parts.layout)
    return build(parts)


def _former_homes(parts: Parts) -> list[BackupView]:
    """Return what hand-over files took the place of, models and settings included."""
    asides = exchange.asides(parts.layout)
    return [BackupView(str(one), exchange.written_at(one), _size(one), set_aside=True) for one in asides]


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def _view(path: Path, *, aside: bool = False) -> BackupView:
    return BackupView(str(path), _made_at(path), path.stat().st_size, aside)


def _made_at(path: Path) -> datetime:
    return written_at(path.stat().st_mtime)
