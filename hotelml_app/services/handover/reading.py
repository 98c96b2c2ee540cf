"""Reading a hand-over file: all of it is checked before anything of the home is touched."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hotelml_app.core import held_files
from hotelml_app.core.clock import SystemClock
from hotelml_app.core.disk import is_out_of_room
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.core.json_values import json_ready
from hotelml_app.ml.onnx.artifacts import verify_artifact
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.words import bytes_of
from hotelml_app.services.files.scratch import scratch_in
from hotelml_app.services.handover import exchange
from hotelml_app.services.handover.archive import Opened, check_parts, damaged, opened
from hotelml_app.services.handover.bringing_update import Brought, look_at_brought
from hotelml_app.services.handover.errors import HandoverError, NoRoomError
from hotelml_app.services.handover.manifest import DATABASE, MODEL_FOLDER, MODELS, SETTINGS, Manifest
from hotelml_app.services.handover.portable import read_portable
from hotelml_app.services.handover.views import HandoverView
from hotelml_app.services.parts import Parts
from hotelml_app.services.updates.taking import waiting as waiting_update
from hotelml_app.services.updates.telling import tell
from hotelml_app.services.updates.views import BroughtUpdate
from hotelml_app.settings.home import HomeLayout
from hotelml_app.store.learned import models
from hotelml_app.store.sqlite import backups, putting_back
from hotelml_app.store.sqlite.addresses import read_only
from hotelml_app.store.sqlite.lock import HomeLock
from hotelml_app.store.sqlite.schema import version_of

SPARE_BYTES = 100_000_000
"""Room that stays free beside what is unpacked."""


def look(path: Path) -> HandoverView:
    """Return what a hand-over file says it holds; its parts and its seal are not checked yet. Raises HandoverError."""
    with _told(path), opened(path, None) as file:
        return _view(path, file.manifest, file.sealed, look_at_brought(path, file.manifest))


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Check a hand-over file and have it take the place of what is there at the next start."""
    path = arguments.path("file") or Path(arguments.needed("file"))
    view = prepare_and_tell(parts, path, arguments.text("passphrase"), progress, cancel)
    return {**fields(view), "at_once": False, "set_aside": None, "sentence": f"{view.sentence} {NEXT_START}"}


NEXT_START = "All of it was checked; it takes its place when HotelML starts next. What is there now is set aside then."


def prepare_and_tell(
    parts: Parts, path: Path, passphrase: str, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None
) -> HandoverView:
    """Do what ``prepare`` does, and tell staff of an update that came with it. Raises HandoverError, Cancelled."""
    view = prepare(parts.layout, path, passphrase, progress, cancel)
    if view.update is not None and view.update.usable:
        tell(parts, waiting_update(parts.layout))
    return view


def prepare(
    layout: HomeLayout,
    path: Path,
    passphrase: str,
    progress: ProgressCallback = no_progress,
    cancel: CancelToken | None = None,
) -> HandoverView:
    """Check all of a hand-over file and have it take the place of the home's contents at the next start.

    The caller owns the home. Raises HandoverError, Cancelled; then nothing was changed.
    """
    stop = cancel or CancelToken()
    with _told(path), opened(path, passphrase) as file:
        _refuse_full(layout, file)
        with scratch_in(layout.handover, exchange.UNPACKING) as folder:
            check_parts(file, lambda done, words: progress(0.9 * done, words), stop, "Unpacking", folder)
            progress(0.9, "Checking the database and the models")
            _check_contents(folder, file)
            brought = Brought.in_folder(folder, file.manifest, layout, stop)
            held_files.replace(folder / SETTINGS, folder / exchange.BROUGHT)
            (folder / MODELS).mkdir(exist_ok=True)
            # Checking takes a while, too: who stopped it then does not want the file.
            stop.check()
            view = _view(path, file.manifest, file.sealed, brought.settle(layout) if brought is not None else None)
            putting_back.give_up_choice(layout.database)
            exchange.make_ready(layout, folder, view.made_at)
    progress(1.0, "Checked")
    return view


def read_now(
    layout: HomeLayout, path: Path, passphrase: str, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None
) -> dict[str, object]:
    """Check a hand-over file and let it take the place of what is there. Raises HomeBusyError while HotelML runs."""
    with HomeLock(layout.run):
        layout.prepare()
        now = SystemClock().now()
        if exchange.cut_off(layout):
            exchange.take_over(layout, now)
        before = set(exchange.asides(layout))
        view = prepare(layout, path, passphrase, progress, cancel)
        exchange.take_over(layout, now)
        aside = next((one for one in exchange.asides(layout) if one not in before), None)
    kept = f" What was there is kept in {aside}; hotelml restore puts it back." if aside else ""
    sentence = f"{view.sentence} All of it was checked and is here now.{kept}"
    return {**fields(view), "at_once": True, "set_aside": str(aside) if aside else None, "sentence": sentence}


def _view(path: Path, manifest: Manifest, sealed: bool, update: BroughtUpdate | None) -> HandoverView:
    size = path.stat().st_size
    return HandoverView(str(path), manifest.properties, manifest.made_at, manifest.version, manifest.models, size, sealed, update)


def fields(view: HandoverView) -> dict[str, object]:
    """Return what is told of a hand-over file by command, whether it was only looked at or read."""
    named = [{"name": name, "business_date": day or None} for name, day in view.properties]
    told = {"file": view.file, "properties": named, "made_at": view.made_at.isoformat(timespec="seconds")}
    held = {"version": view.version, "models": view.models, "bytes": view.size_bytes, "sealed": view.sealed}
    return {**told, **held, "update": json_ready(view.update)}


def _check_contents(folder: Path, file: Opened) -> None:
    """Raise HandoverError unless database, models and settings are what they should be and belong together."""
    database = folder / DATABASE
    if not backups.is_good(database):
        raise damaged(file.name)
    with closing(sqlite3.connect(read_only(database.absolute()), uri=True)) as connection:
        known = models.version_folders(connection)
        schema = version_of(connection)
    brought = {"/".join(part.name.split("/")[1:4]) for part in file.manifest.parts if part.name.startswith(f"{MODELS}/")}
    # What the database says of folders is followed later, when old versions are removed.
    if schema != file.manifest.schema or known != brought or not all(MODEL_FOLDER.fullmatch(one) for one in known):
        raise damaged(file.name)
    try:
        for one in sorted(known):
            verify_artifact(folder / MODELS / one)
        read_portable((folder / SETTINGS).read_text(encoding="utf-8"), folder / SETTINGS)
    except (HotelMLError, UnicodeDecodeError) as error:
        raise damaged(file.name) from error


def _refuse_full(layout: HomeLayout, file: Opened) -> None:
    place = next(one for one in (layout.home, *layout.home.parents) if one.exists())
    free, needed = shutil.disk_usage(place).free, file.manifest.size_bytes + SPARE_BYTES
    if free < needed:
        raise NoRoomError(
            f"{file.name} needs {bytes_of(needed)} here, and {bytes_of(free)} are free; nothing was changed.",
            remedy="Free some space and read it again.",
        )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell in words what a disk or a stick refuses."""
    try:
        yield
    except OSError as error:
        if is_out_of_room(error):
            remedy = "Free some space and read it again."
            raise NoRoomError(f"There is no room to unpack {path.name}; nothing was changed.", remedy=remedy) from error
        raise HandoverError(
            f"{path.name} cannot be read, or its contents not written ({error.strerror or error}); nothing was changed.",
            remedy="Check that the stick is in, and that this user may read the file and write in HotelML's data folder.",
        ) from error
