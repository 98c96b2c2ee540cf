"""Writing a hand-over file: the database, the models that answer and those to go back to, and the settings."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import sqlite3
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from hotelml_app.core import held_files
from hotelml_app.core.disk import is_out_of_room
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.ml.errors import DamagedModelError
from hotelml_app.ml.onnx.artifacts import verify_artifact
from hotelml_app.registry.lineage import behind
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.words import bytes_of
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.files.own_files import refuse_own
from hotelml_app.services.files.scratch import scratch_in
from hotelml_app.services.handover.archive import CHUNK_BYTES, check_parts, opened
from hotelml_app.services.handover.bringing_update import Brings
from hotelml_app.services.handover.errors import HandoverError, NoRoomError
from hotelml_app.services.handover.exchange import PACKING
from hotelml_app.services.handover.manifest import (
    DATABASE,
    MANIFEST,
    MODELS,
    SEAL,
    SETTINGS,
    SUFFIX,
    UPDATE_FILE,
    Manifest,
    Part,
    new_salt,
    seal,
)
from hotelml_app.services.handover.portable import portable
from hotelml_app.services.handover.views import Written
from hotelml_app.services.parts import Parts
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import models
from hotelml_app.store.learned.models import VersionRow, VersionState
from hotelml_app.store.sqlite import backups
from hotelml_app.store.sqlite.schema import newest_version

log = logging.getLogger(__name__)

_OF_THIS_PC = ("disk:", "folder:", "watches:", "file:", "notify:", "backup ", "update ")
"""How keys of warnings begin that are about this PC and not about the hotel."""

_PACKED_AT_WORST = 0.6
"""Of the room its parts take, but for an update, a hand-over file takes a third to a half; one that does not fit is seen before
it is begun."""


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Write a hand-over file."""
    target = arguments.path("file") or Path(arguments.needed("file"))
    done = write(parts, target, arguments.text("passphrase"), progress, cancel, arguments.path("update"))
    told = {"file": str(done.file), "bytes": done.size_bytes, "models": done.models, "sealed": done.sealed}
    return {**told, "update": done.update or None, "sentence": done.sentence}


def write(
    parts: Parts,
    named: Path,
    passphrase: str,
    progress: ProgressCallback = no_progress,
    cancel: CancelToken | None = None,
    update: Path | None = None,
) -> Written:
    """Write everything that another PC needs into one file, which appears when it is complete and was read again.

    ``update`` is a signed package of HotelML that travels along. Raises FileNotWrittenError, HandoverError, UpdateError,
    StoreError, DamagedModelError, Cancelled.
    """
    stop = cancel or CancelToken()
    target = named if named.suffix.lower() == SUFFIX else named.with_name(f"{named.name}{SUFFIX}")
    refuse_own(parts.layout, target)
    _refuse_other_files(target)
    brings = Brings.checked(update, stop) if update is not None else None
    partial = target.with_name(f"{target.name}{backups.PARTIAL}")
    with _room_told(target, partial), scratch_in(parts.layout.staging, PACKING) as scratch:
        progress(0.0, "Copying the database")
        _answer_soundly(parts)
        database = parts.store.backup(scratch / DATABASE, cancel=stop)
        rows = _versions(parts, database)
        _leave_behind(database, rows)
        settings = scratch / SETTINGS
        settings.write_text(portable(parts.settings), encoding="utf-8", newline="\n")
        files = [(DATABASE, database), (SETTINGS, settings), *_model_files(parts, rows), *(brings.files if brings else ())]
        _refuse_full(target, files)
        _pack(parts, partial, files, len(rows), passphrase, lambda done, words: progress(0.05 + 0.65 * done, words), stop)
        with opened(partial, passphrase) as file:
            check_parts(file, lambda done, words: progress(0.7 + 0.3 * done, words), stop, "Reading it again")
        held_files.replace(partial, target)
    return Written(target, target.stat().st_size, len(rows), bool(passphrase), brings.version if brings else "")


def _answer_soundly(parts: Parts) -> None:
    """Have each module's model checked: a damaged one makes way for the last good one before anything is copied."""
    for property_id, module in {(row.property_id, row.module) for row in parts.registry.versions()}:
        parts.registry.live(property_id, module)


def _versions(parts: Parts, database: Path) -> list[VersionRow]:
    """Return what answers, as the copy knows it, for each module of each property, and the sound version to go back to."""
    wanted: list[VersionRow] = []
    with closing(sqlite3.connect(database)) as connection:
        rows = models.versions(connection)
        lines = {key: models.deployments(connection, *key) for key in {(row.property_id, row.module) for row in rows}}
    for key in sorted(lines):
        known = {row.version: row for row in rows if (row.property_id, row.module) == key}
        champion = next((row for row in known.values() if row.state is VersionState.CHAMPION), None)
        if champion is not None:
            verify_artifact(parts.registry.folder(champion))
            wanted.append(champion)
        former = [known[name] for name in behind(lines[key]) if name in known and known[name].state not in models.UNFIT]
        wanted += next(([row] for row in former if _is_sound(parts, row)), [])
    return wanted


def _is_sound(parts: Parts, row: VersionRow) -> bool:
    try:
        verify_artifact(parts.registry.folder(row))
    except DamagedModelError as error:
        log.warning("version %s of %s is not handed over: %s", row.version, row.module, error.message)
        return False
    return True


def _leave_behind(database: Path, rows: Iterable[VersionRow]) -> None:
    """Let the copy know only the versions that come along, and let nothing be told by another PC that waits here."""
    brought = {row.folder for row in rows}
    with closing(sqlite3.connect(database)) as connection, connection:
        stays = models.version_folders(connection) - brought
        connection.executemany("DELETE FROM model_versions WHERE folder = ?", [(folder,) for folder in stays])
        for kind in _OF_THIS_PC:
            connection.execute("DELETE FROM warnings WHERE key LIKE ? || '%'", (kind,))
        connection.execute("DELETE FROM outbox_notices")
        connection.execute("DELETE FROM outbox")
        connection.execute("DELETE FROM outbox_told")


def _model_files(parts: Parts, rows: Iterable[VersionRow]) -> Iterator[tuple[str, Path]]:
    for row in rows:
        folder = parts.registry.folder(row)
        for file in sorted(one for one in folder.iterdir() if one.is_file()):
            yield f"{MODELS}/{row.folder}/{file.name}", file


def _pack(
    parts: Parts,
    partial: Path,
    files: list[tuple[str, Path]],
    versions: int,
    passphrase: str,
    progress: ProgressCallback,
    cancel: CancelToken,
) -> None:
    done, total, packed = 0, sum(file.stat().st_size for _, file in files), []
    with partial.open("wb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=4) as archive:
            for name, file in files:
                digest, size = hashlib.sha256(), 0
                with file.open("rb") as source, archive.open(_entry(name), "w", force_zip64=True) as sink:
                    while chunk := source.read(CHUNK_BYTES):
                        cancel.check()
                        digest.update(chunk)
                        sink.write(chunk)
                        size += len(chunk)
                        progress((done + size) / total, f"Packing: {bytes_of(done + size)} of {bytes_of(total)}")
                done += size
                packed.append(Part(name, size, digest.hexdigest()))
            manifest = _manifest(parts, files[0][1], versions, packed).to_bytes()
            archive.writestr(MANIFEST, manifest)
            if passphrase:
                archive.writestr(SEAL, seal(manifest, passphrase, new_salt()))
        raw.flush()
        os.fsync(raw.fileno())


def _entry(name: str) -> zipfile.ZipInfo | str:
    """Return a part as the archive is told of it: by its name, or stored as it is, for a package of HotelML is packed already."""
    if not UPDATE_FILE.fullmatch(name):
        return name
    # Stored is what an entry is that brings its own description.
    return zipfile.ZipInfo(name, time.localtime()[:6])


def _manifest(parts: Parts, database: Path, versions: int, packed: list[Part]) -> Manifest:
    try:
        ours = version("hotelml")
    except PackageNotFoundError:
        ours = "unknown"
    with closing(sqlite3.connect(database)) as connection:
        rows = properties.all(connection)
    named = tuple((row.name, row.business_date.isoformat() if row.business_date else "") for row in rows)
    return Manifest(ours, newest_version(), parts.clock.now(), named, versions, tuple(packed))


def _refuse_other_files(target: Path) -> None:
    """Raise FileNotWrittenError where a file is there that is no hand-over file; one that is may be replaced."""
    if target.is_dir() or (target.exists() and not _is_ours(target)):
        raise FileNotWrittenError(f"{target} already exists and is not a hand-over file.", remedy="Choose another name.")


def _is_ours(target: Path) -> bool:
    try:
        with opened(target, None):
            return True
    except HandoverError:
        return False


def _refuse_full(target: Path, files: list[tuple[str, Path]]) -> None:
    shares = ((1.0 if UPDATE_FILE.fullmatch(name) else _PACKED_AT_WORST, file) for name, file in files)
    needed = round(sum(share * file.stat().st_size for share, file in shares))
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        raise _no_room(target, f"about {bytes_of(needed)} are needed and {bytes_of(free)} free")


def _no_room(target: Path, why: str) -> NoRoomError:
    return NoRoomError(f"There is no room for {target}: {why}.", remedy="Free some space, or choose another disk.")


@contextmanager
def _room_told(target: Path, partial: Path) -> Iterator[None]:
    """Tell in words what a disk refuses, and leave nothing half done behind."""
    try:
        yield
    except OSError as error:
        if is_out_of_room(error):
            raise _no_room(target, error.strerror or "it is full") from error
        place = Path(error.filename) if error.filename else target
        here = target.parent in (place.parent, place)
        raise FileNotWrittenError(
            f"{target if here else place} cannot be written ({error.strerror or error}).",
            remedy="Check that the stick is in and may be written, or choose another folder."
            if here
            else "The database is copied there first: give the user that runs HotelML the right to write in its data folder.",
        ) from error
    finally:
        # A stick that was pulled out cannot be tidied up.
        with suppress(OSError):
            partial.unlink(missing_ok=True)
