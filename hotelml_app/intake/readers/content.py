"""The bytes of a dropped file, unpacked within limits."""

from __future__ import annotations

import errno
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from hotelml_app.core.paths import never_ends, shown
from hotelml_app.intake.errors import (
    DamagedFileError,
    EmptyFileError,
    ForbiddenContentError,
    LockedFileError,
    NoSuchFileError,
    NotAFileError,
    TooLargeError,
    UnreadableFileError,
)
from hotelml_app.intake.readers.workbooks.workbook_size import refuse_oversized

MAX_BYTES = 512 * 2**20
"""Unpacked bytes that one file may have."""

MAX_RATIO = 200
"""How many times larger than packed the unpacked content may be, where it is more than RATIO_FREE_BYTES."""

RATIO_FREE_BYTES = 32 * 2**20
MAX_MEMBERS = 200
MAX_PARTS = 5_000
"""Parts that a workbook may be made of."""

MAX_NESTING = 2
"""How often something packed may be packed again."""

_BLOCK = 2**20
_SOMETHING = re.compile(rb"[^\x00\t\r\n ]")

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_EMPTY_ZIP = b"PK\x05\x06"
SHARING_VIOLATION, LOCK_VIOLATION = 32, 33
"""What Windows answers while another program has the file open."""


@dataclass(frozen=True)
class Member:
    """One unpacked file: its name inside the package, or the file's own, and its bytes."""

    name: str
    data: bytes


def load(path: Path) -> bytes:
    """Return the bytes of ``path``. Raises NoSuchFile, NotAFile, EmptyFile, TooLarge, LockedFile or UnreadableFileError."""
    try:
        if path.is_dir():
            raise NotAFileError(f"{shown(path)} is a folder.", remedy="Name the export files inside it.")
        if never_ends(path):
            raise NotAFileError(f"{shown(path)} is a pipe or a device.", remedy="Save the export as a file and name that.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(path.name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NoSuchFileError(f"There is no file {shown(path)}.", remedy="Check the name and the folder.") from error
    except OSError as error:
        raise unreadable(path, error) from error
    if not _SOMETHING.search(data):
        raise EmptyFileError(f"There is nothing in {path.name}.", remedy="Export it from the PMS again.")
    return data


def unreadable(path: Path, error: OSError) -> LockedFileError | UnreadableFileError:
    """Return the error for a file that the system will not let us read just now."""
    locked = getattr(error, "winerror", None) in (SHARING_VIOLATION, LOCK_VIOLATION) or error.errno in (
        errno.EBUSY,
        errno.ETXTBSY,
    )
    if locked or isinstance(error, PermissionError):
        return LockedFileError(
            f"{path.name} is open in another program, or this user may not read it.",
            remedy="Close the file in Excel, or give the user that runs HotelML the right to read it.",
        )
    return UnreadableFileError(
        f"{path.name} cannot be read ({error.strerror or error}).",
        remedy="Check that the disk or the network share is connected.",
    )


def unpack(name: str, data: bytes, nesting: int = 0) -> list[Member]:
    """Return what a .gz or .zip holds, or the file itself; workbooks stay whole.

    Raises DamagedFileError for a broken package, TooLargeError beyond the limits, ForbiddenContentError for packages in
    packages in packages.
    """
    if nesting > MAX_NESTING:
        raise ForbiddenContentError(f"{name} is packed more than {MAX_NESTING} times.", remedy="Unpack it and drop the exports.")
    if data[:2] == _GZIP:
        return unpack(name.removesuffix(".gz"), _gunzip(name, data), nesting + 1)
    if data[:4] == _EMPTY_ZIP:
        raise EmptyFileError(f"There is no file inside {name}.", remedy="Export it from the PMS again.")
    if data[:4] == _ZIP:
        return _unzip(name, data, nesting + 1)
    return [Member(name, data)]


def too_large(name: str) -> TooLargeError:
    """Return the error for a file beyond the limits."""
    return TooLargeError(
        f"{name} holds more than {MAX_BYTES // 2**20} MB or unpacks to suspiciously much.",
        remedy="Export fewer months per file; HotelML joins them by itself.",
    )


def _gunzip(name: str, data: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            content = _read_limited(stream, name, len(data), MAX_BYTES)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DamagedFileError(
            f"The compressed file {name} is cut off or broken ({error}).",
            remedy="Copy or export it again; nothing of it was imported.",
        ) from error
    if not _SOMETHING.search(content):
        raise EmptyFileError(f"There is nothing in {name}.", remedy="Export it from the PMS again.")
    return content


def _read_limited(stream: IO[bytes] | gzip.GzipFile, name: str, packed: int, room: int) -> bytes:
    """Return what a stream unpacks to. Raises TooLargeError beyond ``room`` bytes and where it is suspiciously much."""
    blocks, size = [], 0
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > room or size > max(RATIO_FREE_BYTES, MAX_RATIO * packed):
            raise too_large(name)
        blocks.append(block)
    return b"".join(blocks)


def _unzip(name: str, data: bytes, nesting: int) -> list[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _members(name, data, package, nesting)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise DamagedFileError(
            f"{name} is cut off or broken ({error}).", remedy="Copy or export it again; nothing of it was imported."
        ) from error


def _members(name: str, data: bytes, package: zipfile.ZipFile, nesting: int) -> list[Member]:
    files = [info for info in package.infolist() if not info.is_dir()]
    workbook = is_workbook({info.filename for info in files})
    if any(bool(info.flag_bits & 0x1) for info in files):
        raise DamagedFileError(f"{name} is protected by a password.", remedy="Export it without a password.")
    if len(files) > (MAX_PARTS if workbook else MAX_MEMBERS):
        raise TooLargeError(f"{name} holds {len(files)} files.", remedy=f"Put at most {MAX_MEMBERS} exports into one zip.")
    members: list[Member] = []
    room = MAX_BYTES
    for info in files:
        with package.open(info) as stream:
            content = _read_limited(stream, name, len(data), room)
        room -= len(content)
        # A workbook is only measured here: its reader unpacks it by itself, without limits of its own.
        members.append(Member(info.filename, b"" if workbook else content))
    if workbook:
        refuse_oversized(name, package)
        return [Member(name, data)]
    return _exports_in(name, members, nesting)


def _exports_in(name: str, members: list[Member], nesting: int) -> list[Member]:
    exports = []
    for member in members:
        inner = PurePosixPath(member.name).name
        if inner.startswith((".", "~$")) or "__MACOSX" in member.name or not _SOMETHING.search(member.data):
            continue
        if member.data[:4] == _ZIP and not _holds_workbook(member.data):
            raise ForbiddenContentError(f"{name} holds a zip inside the zip ({inner}).", remedy="Unpack it and drop the exports.")
        exports += unpack(inner, member.data, nesting)
    if not exports:
        raise EmptyFileError(f"There is no export inside {name}.", remedy="Drop the exported files themselves.")
    return exports


def is_workbook(names: Collection[str]) -> bool:
    """Return whether files of these names, packed together, are an office document."""
    return "[Content_Types].xml" in names or "mimetype" in names


def _holds_workbook(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return is_workbook(package.namelist())
