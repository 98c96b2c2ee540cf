"""The bytes of a dropped file, unpacked within limits."""

from __future__ import annotations

import errno
import gzip
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

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

MAX_BYTES = 512 * 2**20
"""Unpacked bytes that one file may have."""

MAX_RATIO = 200
"""How many times larger than packed the unpacked content may be, where it is more than RATIO_FREE_BYTES."""

RATIO_FREE_BYTES = 32 * 2**20
MAX_MEMBERS = 200
_BLOCK = 2**20

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
            raise NotAFileError(f"{path} is a folder.", remedy="Name the export files inside it.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(path.name)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NoSuchFileError(f"There is no file {path}.", remedy="Check the name and the folder.") from error
    except OSError as error:
        raise unreadable(path, error) from error
    if not data.strip(b"\x00\t\r\n "):
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


def unpack(name: str, data: bytes) -> list[Member]:
    """Return what a .gz or .zip holds, or the file itself; workbooks stay whole.

    Raises DamagedFileError for a broken package, TooLargeError beyond the limits, ForbiddenContentError for zips in zips.
    """
    if data[:2] == _GZIP:
        return unpack(name.removesuffix(".gz"), _gunzip(name, data))
    if data[:4] == _EMPTY_ZIP:
        raise EmptyFileError(f"There is no file inside {name}.", remedy="Export it from the PMS again.")
    if data[:4] == _ZIP:
        return _unzip(name, data)
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
            content = _read_limited(stream, name, len(data))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DamagedFileError(
            f"The compressed file {name} is cut off or broken ({error}).",
            remedy="Copy or export it again; nothing of it was imported.",
        ) from error
    if not content.strip(b"\x00\t\r\n "):
        raise EmptyFileError(f"There is nothing in {name}.", remedy="Export it from the PMS again.")
    return content


def _read_limited(stream: IO[bytes] | gzip.GzipFile, name: str, packed: int) -> bytes:
    blocks, size = [], 0
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > MAX_BYTES or size > max(RATIO_FREE_BYTES, MAX_RATIO * packed):
            raise too_large(name)
        blocks.append(block)
    return b"".join(blocks)


def _unzip(name: str, data: bytes) -> list[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _members(name, data, package)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise DamagedFileError(
            f"{name} is cut off or broken ({error}).", remedy="Copy or export it again; nothing of it was imported."
        ) from error


def _members(name: str, data: bytes, package: zipfile.ZipFile) -> list[Member]:
    files = [info for info in package.infolist() if not info.is_dir()]
    names = {info.filename for info in files}
    workbook = "[Content_Types].xml" in names or "mimetype" in names
    if any(bool(info.flag_bits & 0x1) for info in files):
        raise DamagedFileError(f"{name} is protected by a password.", remedy="Export it without a password.")
    if len(files) > MAX_MEMBERS and not workbook:
        raise TooLargeError(f"{name} holds {len(files)} files.", remedy=f"Put at most {MAX_MEMBERS} exports into one zip.")
    members: list[Member] = []
    for info in files:
        with package.open(info) as stream:
            content = _read_limited(stream, name, len(data))
        if sum(len(member.data) for member in members) + len(content) > MAX_BYTES:
            raise too_large(name)
        # A workbook is only measured here: its reader unpacks it by itself, without limits of its own.
        members.append(Member(info.filename, b"" if workbook else content))
    return [Member(name, data)] if workbook else _exports_in(name, members)


def _exports_in(name: str, members: list[Member]) -> list[Member]:
    exports = []
    for member in members:
        inner = PurePosixPath(member.name).name
        if inner.startswith((".", "~$")) or "__MACOSX" in member.name or not member.data.strip():
            continue
        if member.data[:4] == _ZIP and not _is_workbook(member.data):
            raise ForbiddenContentError(f"{name} holds a zip inside the zip ({inner}).", remedy="Unpack it and drop the exports.")
        exports += unpack(inner, member.data)
    if not exports:
        raise EmptyFileError(f"There is no export inside {name}.", remedy="Drop the exported files themselves.")
    return exports


def _is_workbook(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = set(package.namelist())
    return "[Content_Types].xml" in names or "mimetype" in names
