"""Exchanging a whole home's contents, so that at any moment it is the former or the new one.

What comes waits in ``handover/ready``; until the exchange begins that can be given up. Then the folder is called ``leaving``
while what was there moves to ``handover/aside-...``, and ``entering`` while what is new moves in. Cut off in either, the next
writer goes on where it stopped; where something cannot be moved, everything is moved back. Moves are renames on one disk: no room
is needed.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from hotelml_app.core import clock, held_files
from hotelml_app.services.files import scratch
from hotelml_app.services.handover.errors import HandoverError
from hotelml_app.services.handover.manifest import DATABASE, SETTINGS
from hotelml_app.services.handover.portable import merged, read_portable
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.files import load, written
from hotelml_app.settings.home import HomeLayout

log = logging.getLogger(__name__)

CONTENTS = (f"{DATABASE}*", "hotelml-replaced-*", f"{SETTINGS}*", "models", "cache", "run/collector-*.journal")
"""All that belongs to the hotel in a home; exports, backups, logs and secrets stay where they are."""

BROUGHT = "brought.toml"
"""The settings as they came; they meet those of this PC when the exchange begins."""

_ORIGIN = "origin.json"
_READY, _LEAVING, _ENTERING, _ASIDE = "ready", "leaving", "entering", "aside-"
UNPACKING, PACKING = "unpacking", "handover"
"""What folders are called in which a file is read, in ``handover``, and written, in ``staging``."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the next start: when it was made, and whether it is what a hand-over file took the place of."""

    made_at: datetime
    was_aside: bool


def make_ready(layout: HomeLayout, folder: Path, made_at: datetime) -> None:
    """Let what lies complete in ``folder``, on the home's disk, take the place of the home's contents at the next start."""
    give_up(layout)
    _write(folder / _ORIGIN, json.dumps({"made_at": made_at.isoformat()}))
    held_files.replace(folder, layout.handover / _READY)


def choose_aside(layout: HomeLayout, aside: Path) -> None:
    """Have what was set aside put back at the next start. Raises HandoverError where it is not there."""
    aside = layout.handover / aside.name
    if aside not in asides(layout):
        raise HandoverError(f"{aside} is not there any more.", remedy="Open the Settings page again to see what there is.")
    give_up(layout)
    _write(aside / _ORIGIN, json.dumps({"made_at": written_at(aside).isoformat(), "aside": aside.name}))
    held_files.replace(aside, layout.handover / _READY)


def waiting(layout: HomeLayout) -> Waiting | None:
    """Return what waits for the next start, or None."""
    ready = layout.handover / _READY
    if not ready.is_dir():
        return None
    origin = _origin(ready)
    return Waiting(datetime.fromisoformat(str(origin["made_at"])), "aside" in origin)


def give_up(layout: HomeLayout) -> None:
    """Leave the home as it is; what had been set aside is set aside again."""
    ready = layout.handover / _READY
    if not ready.is_dir():
        return
    name = _origin(ready).get("aside")
    if name is not None:
        held_files.replace(ready, layout.handover / str(name))
    else:
        _remove(layout, ready)


def asides(layout: HomeLayout) -> list[Path]:
    """Return what hand-over files took the place of, newest first."""
    return sorted((one for one in layout.handover.glob(f"{_ASIDE}*") if one.is_dir()), reverse=True)


def written_at(aside: Path) -> datetime:
    """Return when the database in it was written last."""
    database = aside / DATABASE
    return clock.written_at((database if database.exists() else aside).stat().st_mtime)


def cut_off(layout: HomeLayout) -> bool:
    """Return whether an exchange has begun and not ended: the home is whole again once a writer opens it."""
    return any((layout.handover / name).is_dir() for name in (_LEAVING, _ENTERING))


def refuse_cut_off(layout: HomeLayout) -> None:
    """Raise HandoverError for somebody who only looks, while an exchange is cut off."""
    if cut_off(layout):
        raise HandoverError("Taking a hand-over file over was cut off.", remedy="Start HotelML once: it finishes that.")


def take_over(layout: HomeLayout, now: datetime) -> Waiting | None:
    """Do what is left of an exchange and return what came, or None where there was nothing to do. Hold the home's lock.

    Raises HandoverError where something cannot be moved; then all is as it was, and what waited is given up.
    """
    scratch.sweep(layout.handover, UNPACKING)
    scratch.sweep(layout.staging, PACKING)
    place = layout.handover
    came = waiting(layout)
    if came is None and not cut_off(layout):
        return None
    try:
        if came is not None:
            _meet_settings(layout, place / _READY)
            origin = _origin(place / _READY)
            _write(place / _READY / _ORIGIN, json.dumps({**origin, "to": _free_name(layout, now)}))
            held_files.replace(place / _READY, place / _LEAVING)
        if (place / _LEAVING).is_dir():
            _leave(layout)
        return _enter(layout)
    except OSError as error:
        _undo(layout)
        raise HandoverError(
            f"What was read cannot take its place ({error.strerror or error}: {error.filename}); everything is as it was.",
            remedy="Close whatever has files in HotelML's data folder open, start it again, and read the file once more.",
        ) from error


def _leave(layout: HomeLayout) -> None:
    leaving = layout.handover / _LEAVING
    aside = layout.handover / str(_origin(leaving)["to"])
    aside.mkdir(exist_ok=True)
    for name in _contents(layout.home):
        _move_out(layout.home / name, aside / name)
    held_files.replace(leaving, layout.handover / _ENTERING)


def _enter(layout: HomeLayout) -> Waiting:
    entering = layout.handover / _ENTERING
    origin = _origin(entering)
    for name in _contents(entering):
        _move(entering / name, layout.home / name)
    aside = layout.handover / str(origin["to"])
    if aside.is_dir() and not any(aside.iterdir()):
        # The home was empty: there is nothing to go back to.
        aside.rmdir()
    _remove(layout, entering)
    return Waiting(datetime.fromisoformat(str(origin["made_at"])), "aside" in origin)


def _undo(layout: HomeLayout) -> None:
    """Move everything back where it was, as far as it moved."""
    for begun in (_LEAVING, _ENTERING):
        folder = layout.handover / begun
        if not folder.is_dir():
            continue
        origin = _origin(folder)
        aside = layout.handover / str(origin["to"])
        if begun == _ENTERING:
            for name in list(_contents(layout.home)):
                _move_out(layout.home / name, folder / name)
        for name in list(_contents(aside)):
            _move(aside / name, layout.home / name)
        shutil.rmtree(aside, ignore_errors=True)
        held_files.replace(folder, layout.handover / _READY)
    give_up(layout)


def _contents(folder: Path) -> Iterator[Path]:
    """Yield, below ``folder``, what belongs to the hotel; journals of the database before the database itself."""
    for pattern in CONTENTS:
        yield from sorted((one.relative_to(folder) for one in folder.glob(pattern)), reverse=True)


def _remove(layout: HomeLayout, folder: Path) -> None:
    """Remove a folder that leads the next start, at one stroke: half of one, cut off or held by Windows, would end that start."""
    names = (layout.handover / f"{UNPACKING}-{os.getpid()}-{number}" for number in count())
    gone = next(one for one in names if not one.exists())
    held_files.replace(folder, gone)
    shutil.rmtree(gone, ignore_errors=True)


def _move_out(source: Path, target: Path) -> None:
    """Move what is there; an empty folder, which every start makes anew, only goes."""
    if _is_empty_folder(source):
        source.rmdir()
    else:
        _move(source, target)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if _is_empty_folder(target):
        # Windows renames onto nothing that is there.
        target.rmdir()
    held_files.rename(source, target)


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not any(path.iterdir())


def _meet_settings(layout: HomeLayout, ready: Path) -> None:
    """Join the settings that were brought along with those of this PC; what was set aside comes back with its own."""
    brought = ready / BROUGHT
    if not brought.exists():
        return
    settings = read_portable(brought.read_text(encoding="utf-8"), brought)
    try:
        settings = merged(settings, load(layout.home), layout.home)
    except SettingsError as error:
        log.warning("the settings of this PC cannot be read, and those that were brought along hold: %s", error)
    _write(ready / SETTINGS, written(settings))


def _free_name(layout: HomeLayout, now: datetime) -> str:
    at = now
    while (layout.handover / (name := f"{_ASIDE}{at:%Y%m%d-%H%M%S-%f}")).exists():
        at += timedelta(microseconds=1)
    return name


def _origin(folder: Path) -> dict[str, object]:
    told = json.loads((folder / _ORIGIN).read_text(encoding="utf-8"))
    assert isinstance(told, dict)
    return told


def _write(path: Path, told: str) -> None:
    """Write a small file all or nothing; it is on the disk before it counts, or a power cut would leave an empty one."""
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        file.write(told)
        file.flush()
        os.fsync(file.fileno())
    held_files.replace(partial, path)
