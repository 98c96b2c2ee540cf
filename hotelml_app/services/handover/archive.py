"""The hand-over file as a zip that nobody need trust: every name, size and checksum is looked at before anything is used."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.paths import is_folder, never_ends
from hotelml_app.services.asking.words import bytes_of
from hotelml_app.services.handover.errors import NotAHandoverError
from hotelml_app.services.handover.manifest import COPY_AGAIN, MANIFEST, SEAL, Manifest, Part, check_seal, read_manifest
from hotelml_app.services.handover.other_files import refuse_other

MOST_ENTRIES = 20_000
MOST_MANIFEST_BYTES = 8_000_000
MOST_UNPACKED_TIMES = 300
"""A part that is larger than this many times its packed size was made to fill disks; a database packs to a tenth at best."""

SMALL_BYTES = 10_000_000
CHUNK_BYTES = 1 << 20

_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Opened:
    """A hand-over file whose names, sizes and seal were looked at; the parts themselves were not read yet."""

    archive: zipfile.ZipFile
    manifest: Manifest
    sealed: bool
    name: str


@contextmanager
def opened(path: Path, passphrase: str | None) -> Iterator[Opened]:
    """Open a hand-over file. ``passphrase`` None leaves the seal alone. Raises HandoverError."""
    name = path.name
    if never_ends(path):
        raise NotAHandoverError(f"{path} is a device or a pipe, not a file.", remedy="Name the file that was written.")
    if is_folder(path):
        raise NotAHandoverError(f"{name} is a folder.", remedy="Name the hand-over file in it.")
    with ExitStack() as held:
        with _damage_told(name):
            refuse_other(path)
            archive = held.enter_context(zipfile.ZipFile(path))
            entries = _entries(archive, name)
            if MANIFEST not in entries:
                raise NotAHandoverError(f"{name} is not a hand-over file of HotelML; nothing was changed.", remedy=COPY_AGAIN)
            content = _small(archive, entries[MANIFEST], name)
            manifest = read_manifest(content, name)
            sealed = _small(archive, entries[SEAL], name) if SEAL in entries else None
            if passphrase is not None:
                check_seal(content, sealed, passphrase, name)
            _refuse_others(manifest, entries, name)
        yield Opened(archive, manifest, sealed is not None, name)


def check_parts(file: Opened, progress: ProgressCallback, cancel: CancelToken, words: str, into: Path | None = None) -> None:
    """Read every part and compare it with its checksum; with ``into`` keep it there. Raises NotAHandoverError, OSError."""
    done, total = 0, max(file.manifest.size_bytes, 1)
    for part in file.manifest.parts:
        target = into / part.name if into is not None else None
        with _damage_told(file.name), file.archive.open(part.name) as source:
            for size in _copied(source, part, target, file.name):
                done += size
                cancel.check()
                progress(done / total, f"{words}: {bytes_of(done)} of {bytes_of(total)}")


def _copied(source: IO[bytes], part: Part, target: Path | None, name: str) -> Iterator[int]:
    digest, left = hashlib.sha256(), part.bytes
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") if target is not None else Path(os.devnull).open("wb") as sink:
        while chunk := source.read(CHUNK_BYTES):
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            sink.write(chunk)
            yield len(chunk)
        sink.flush()
        if target is not None:
            os.fsync(sink.fileno())
    if left or digest.hexdigest() != part.sha256:
        raise damaged(name)


def damaged(name: str) -> NotAHandoverError:
    """Return the error of a file that is not what was written."""
    return NotAHandoverError(f"{name} is damaged or was cut off; nothing was changed.", remedy=COPY_AGAIN)


def _entries(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    found = archive.infolist()
    entries = {one.filename: one for one in found}
    plain = all(one.compress_type in _KINDS and not one.flag_bits & 1 for one in found)
    if len(found) > MOST_ENTRIES or len(entries) != len(found) or not plain:
        raise NotAHandoverError(f"{name} is not a hand-over file of HotelML; nothing was changed.", remedy=COPY_AGAIN)
    return entries


def _refuse_others(manifest: Manifest, entries: dict[str, zipfile.ZipInfo], name: str) -> None:
    """Raise NotAHandoverError where parts are missing, more, of another size, or packed to fill the disk of whoever unpacks."""
    wanted = {part.name: part.bytes for part in manifest.parts}
    there = {one: info for one, info in entries.items() if one not in (MANIFEST, SEAL)}
    fits = wanted.keys() == there.keys() and all(there[one].file_size == size for one, size in wanted.items())
    bombs = [one for one in there.values() if one.file_size > max(SMALL_BYTES, MOST_UNPACKED_TIMES * max(one.compress_size, 1))]
    if not fits or bombs:
        raise NotAHandoverError(f"{name} does not hold what it says; nothing was changed.", remedy=COPY_AGAIN)


def _small(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Return a part that is read into memory, however large it claims to be."""
    with archive.open(entry) as source:
        content = source.read(MOST_MANIFEST_BYTES + 1)
    if len(content) > MOST_MANIFEST_BYTES:
        raise damaged(name)
    return content


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """Raise NotAHandoverError in place of what zip files say about themselves."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OverflowError, ValueError) as error:
        raise damaged(name) from error
    except FileNotFoundError as error:
        raise NotAHandoverError(
            f"There is no file {error.filename}.", remedy="Check the path, and that the stick is in."
        ) from error
