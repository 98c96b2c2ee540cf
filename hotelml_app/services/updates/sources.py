"""Where an update comes from: a package with its signature beside it, or a hand-over file that brings both."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.services.asking.words import bytes_of
from hotelml_app.services.updates.errors import AlteredUpdateError, NoUpdateError, UnsignedUpdateError
from hotelml_app.services.updates.keys import trusted_keys
from hotelml_app.services.updates.signature import COPY_BOTH, MOST_BYTES, SUFFIX, Statement, verified

HANDOVER = ".hotelml"
FOLDER = "update"
"""The folder in a hand-over file that the package and its signature lie in."""

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class Source:
    """A package that is open, and what was signed of it: its signature fits, its bytes were not read yet."""

    statement: Statement
    signature: bytes
    package: IO[bytes]


def package_beside(path: Path) -> Path:
    """Return the package that is meant where somebody names its signature."""
    return path.with_name(path.name.removesuffix(SUFFIX))


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open an update. Raises UpdateError where nobody vouches for it or it has another size than was signed."""
    path = package_beside(path)
    try:
        with _in_handover(path) if path.suffix.lower() == HANDOVER else _in_folder(path) as source:
            yield source
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise AlteredUpdateError(
            f"{path.name} is damaged or was cut off; it is not used.", remedy="Copy it again from where it was written."
        ) from error


@contextmanager
def _in_folder(path: Path) -> Iterator[Source]:
    signature = path.with_name(f"{path.name}{SUFFIX}")
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "is not there"
        raise NoUpdateError(f"{path} {what}.", remedy="Name the package of HotelML, and check that the stick is in.")
    if not signature.is_file():
        raise UnsignedUpdateError(
            f"{path.name} has no signature beside it ({signature.name}), so its origin cannot be checked; it is not used.",
            remedy="Copy both files from HotelML's publisher.",
        )
    with signature.open("rb") as file:
        content = file.read(MOST_BYTES)
    statement = verified(content, trusted_keys(), path.name)
    _refuse_size(path.name, path.stat().st_size, statement)
    with path.open("rb") as package:
        yield Source(statement, content, package)


@contextmanager
def _in_handover(path: Path) -> Iterator[Source]:
    if not path.is_file():
        raise NoUpdateError(f"{path} is not there.", remedy="Check the path, and that the stick is in.")
    with zipfile.ZipFile(path) as archive:
        names = [one for one in archive.namelist() if one.startswith(f"{FOLDER}/")]
        signatures = [one for one in names if one.endswith(SUFFIX)]
        if not names:
            raise NoUpdateError(f"{path.name} brings no update.", remedy="Read it as a hand-over file, or choose another one.")
        if len(names) != 2 or len(signatures) != 1 or signatures[0].removesuffix(SUFFIX) not in names:
            told = f"The update in {path.name} is no package with its signature; it is not used."
            raise UnsignedUpdateError(told, remedy="Write the file anew.")
        inside = signatures[0].removesuffix(SUFFIX)
        with archive.open(signatures[0]) as file:
            content = file.read(MOST_BYTES)
        statement = verified(content, trusted_keys(), inside.rpartition("/")[2])
        _refuse_size(statement.name, archive.getinfo(inside).file_size, statement)
        with archive.open(inside) as package:
            yield Source(statement, content, package)


def _refuse_size(name: str, size: int, statement: Statement) -> None:
    if size != statement.bytes:
        raise altered(name)


def read_whole(source: Source, progress: ProgressCallback, cancel: CancelToken, words: str, into: Path | None = None) -> None:
    """Read the package and compare it with what was signed; with ``into`` keep it there, on the disk when this returns.

    Raises AlteredUpdateError, OSError, Cancelled.
    """
    said, done, digest = source.statement, 0, hashlib.sha256()
    with into.open("xb") if into is not None else Path(os.devnull).open("wb") as sink:
        while chunk := source.package.read(CHUNK_BYTES):
            done += len(chunk)
            cancel.check()
            if done > said.bytes:
                break
            digest.update(chunk)
            sink.write(chunk)
            progress(done / said.bytes, f"{words}: {bytes_of(done)} of {bytes_of(said.bytes)}")
        sink.flush()
        if into is not None:
            os.fsync(sink.fileno())
    if done != said.bytes or digest.hexdigest() != said.sha256:
        raise altered(said.name)


def altered(name: str) -> AlteredUpdateError:
    """Return the error of a package that is not what was signed."""
    return AlteredUpdateError(f"{name} is not what was signed: it was altered or cut off, and is not used.", remedy=COPY_BOTH)
