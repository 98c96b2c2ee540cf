"""What a file is that somebody took for a hand-over file, and what reads it: told by its content, its name last."""

from __future__ import annotations

import zipfile
from pathlib import Path

from hotelml_app.services.handover.errors import NotAHandoverError
from hotelml_app.services.handover.manifest import MANIFEST, SUFFIX
from hotelml_app.services.report.keeping import is_report
from hotelml_app.services.updates.packages import meant_by
from hotelml_app.store.sqlite.schema import APPLICATION_ID

_SQLITE = b"SQLite format 3\0"
_APPLICATION_ID_AT = 68
"""Where SQLite keeps the number of the program that a database belongs to, in four bytes."""

_ZIP, _GZIP, _OLD_OFFICE = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
_BEGINNING_BYTES = 4_096
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1a")

_RIGHT_ONE = f"Name the file that another HotelML wrote; it ends in {SUFFIX}."


def refuse_other(path: Path) -> None:
    """Raise NotAHandoverError where ``path`` is clearly another kind of file. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING_BYTES)
    what, remedy = _kind(path, beginning)
    if what:
        raise NotAHandoverError(f"{path.name} is {what}, not a hand-over file of HotelML; nothing was changed.", remedy=remedy)


def _kind(path: Path, beginning: bytes) -> tuple[str, str]:
    """Return what a file is and what to do with it; two empty texts where it may be a hand-over file, whole or damaged."""
    from hotelml_app.intake.readers.opening import foreign_kind

    if beginning.startswith(_SQLITE):
        return _database(path, beginning)
    if meant_by(path.name) is not None:
        return "a package of the program", f"Take it with Read an update in the settings, or with: hotelml update {path}"
    if is_report(path):
        return "a report that HotelML wrote for people to read", _RIGHT_ONE
    if beginning.startswith(_ZIP):
        return _packed(path)
    if what := foreign_kind(beginning):
        return what, _RIGHT_ONE
    if beginning.startswith(_OLD_OFFICE):
        return "an Office document", _import(path)
    if beginning.startswith(_GZIP):
        return "a compressed file", _import(path)
    if path.suffix.lower() != SUFFIX and _is_text(beginning):
        return "a text file", _import(path)
    return "", ""


def _database(path: Path, beginning: bytes) -> tuple[str, str]:
    number = int.from_bytes(beginning[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4])
    if number != APPLICATION_ID:
        return "a database of another program", _RIGHT_ONE
    return "a backup of HotelML's database", f"Put it back with: hotelml restore {path}"


def _packed(path: Path) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return "", ""
    if MANIFEST in names:
        return "", ""
    if "[Content_Types].xml" in names or "mimetype" in names:
        return "an Excel workbook or another Office document", _import(path)
    return "a zip of other files", _import(path)


def _import(path: Path) -> str:
    return f"If it is an export of the PMS, read it with Import files… on the Data page, or with: hotelml import {path}"


def _is_text(beginning: bytes) -> bool:
    """Return whether a file begins like a text in any of the usual encodings, and holds something."""
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(beginning.strip()) and not any(byte < 32 and byte not in _TEXT_CONTROLS for byte in beginning)
