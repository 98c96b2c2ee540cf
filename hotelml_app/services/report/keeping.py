"""Where a report goes: what its name must end in, and what it may not take the place of."""

from __future__ import annotations

import zipfile
from pathlib import Path

from hotelml_app.core.errors import UsageError
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.files.own_files import refuse_own
from hotelml_app.services.files.written_files import write_bytes
from hotelml_app.settings.home import HomeLayout

EXCEL, PDF = ".xlsx", ".pdf"
CREATOR = "HotelML"
"""What a report says in its properties; by that it is known again."""

PAPER_MARK = b"/Creator (\xfe\xff" + CREATOR.encode("utf-16-be") + b")"
"""How Qt writes that into a PDF file."""

_PROPERTIES = "docProps/core.xml"
_LARGEST_PROPERTIES = _BEGINNING_BYTES = 65_536


def ending(path: Path) -> str:
    """Return .xlsx or .pdf. Raises UsageError for anything else."""
    found = path.suffix.lower()
    if found not in (EXCEL, PDF):
        remedy = f"Let the file's name end in {EXCEL} or {PDF}, for example report{EXCEL}."
        raise UsageError(f"{path.name} says neither Excel nor PDF.", remedy=remedy)
    return found


def refuse(layout: HomeLayout, target: Path, *, replace: bool = False) -> None:
    """Raise FileNotWrittenError where a report may not be written; with ``replace`` staff agreed to lose what is there."""
    refuse_own(layout, target)
    if not replace and target.is_file() and target.stat().st_size and not is_report(target):
        raise FileNotWrittenError(f"{target} already exists and is not a report of HotelML.", remedy="Choose another name.")


def keep(layout: HomeLayout, target: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a report, complete or not at all. Raises FileNotWrittenError."""
    refuse(layout, target, replace=replace)
    write_bytes(target, content)


def is_report(path: Path) -> bool:
    """Return whether a file is a report that HotelML made."""
    try:
        if path.suffix.lower() == PDF:
            with path.open("rb") as file:
                return PAPER_MARK in file.read(_BEGINNING_BYTES)
        with zipfile.ZipFile(path) as parts:
            told = parts.getinfo(_PROPERTIES)
            return told.file_size <= _LARGEST_PROPERTIES and f"<dc:creator>{CREATOR}<".encode() in parts.read(told)
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
