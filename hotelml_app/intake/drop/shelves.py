"""Where dropped files end: processed, duplicates or failed. Nothing is ever deleted or overwritten."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import datetime
from pathlib import Path

from hotelml_app.core import held_files
from hotelml_app.core.errors import HotelMLError
from hotelml_app.intake.drop.names import FAILED, REASON_SUFFIX, readable

LONGEST_NAME = 255
"""Bytes that a file name may have on the usual disks."""


def put_away(path: Path, shelf: str) -> Path:
    """Move a file to a shelf beside it and return where it lies; a name that is taken gets a number.

    Raises OSError where the file is held by another program or the folder may not be written.
    """
    folder = path.parent / shelf
    folder.mkdir(exist_ok=True)
    target = free_name(folder, path.name)
    move(path, target)
    return target


def move(source: Path, target: Path) -> None:
    """Move a file, also where the shelf lies on another disk: then the copy is complete before the original goes."""
    try:
        source.rename(target)
        return
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    partial = target.with_name(f".{target.name[:200]}.partial")
    try:
        with partial.open("wb") as file, source.open("rb") as original:
            shutil.copyfileobj(original, file)
            file.flush()
            os.fsync(file.fileno())
        shutil.copystat(source, partial)
        partial.rename(target)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    try:
        source.unlink()
    except OSError:
        # Held in Excel: it waits and is moved later, and must not leave another copy behind at every try.
        target.unlink(missing_ok=True)
        raise


def free_name(folder: Path, name: str, suffix: str = "") -> Path:
    """Return a path in ``folder`` that is not taken: ``a.csv``, ``a (2).csv``, ``a (3).csv``…

    A name that is too long, with its number or with a ``suffix`` that a file beside it will have, is cut in its middle.
    """
    plain, suffixes = _split(name)
    number, mark = 1, ""
    while True:
        target = folder / f"{_cut(plain, LONGEST_NAME - len(os.fsencode(mark + suffixes + suffix)))}{mark}{suffixes}"
        if not os.path.lexists(target) and not os.path.lexists(_reason_path(target)):
            return target
        number += 1
        mark = f" ({number})"


def with_readable_name(path: Path) -> Path:
    """Rename a file whose name is no text, and return where it lies now. Raises OSError."""
    name = readable(path.name)
    return path if name == path.name else path.rename(free_name(path.parent, name))


def put_away_failed(path: Path, error: HotelMLError, now: datetime) -> Path:
    """Move a file to ``failed`` beside a note in plain words, and return where it lies."""
    folder = path.parent / FAILED
    folder.mkdir(exist_ok=True)
    target = free_name(folder, path.name, REASON_SUFFIX)
    try:
        # The note first: a file in failed/ without a word would be a riddle.
        _reason_path(target).write_text(_reason(path.name, error, now), encoding="utf-8")
        move(path, target)
    except OSError:
        held_files.removed(_reason_path(target))
        raise
    return target


def take_back(folder: Path, name: str) -> Path:
    """Move a failed file back into the drop folder, its note goes; return where it lies. Raises OSError.

    A note that somebody reads in a program that holds it stays: the file is back all the same.
    """
    if Path(name).name != name:
        raise FileNotFoundError(f"{name} is no name of a file")
    failed = folder / FAILED / name
    target = free_name(folder, name)
    move(failed, target)
    held_files.removed(_reason_path(failed))
    return target


def _reason_path(path: Path) -> Path:
    return path.with_name(path.name + REASON_SUFFIX)


def _reason(name: str, error: HotelMLError, now: datetime) -> str:
    todo = f"What to do: {error.remedy}\n" if error.remedy else ""
    return (
        f"{name} was not imported.\n\n"
        f"{error.title}: {error.message}\n"
        f"{todo}\n"
        "Nothing of this file was stored. Put it right and drop it into the folder again, or press Try again on the Data page.\n"
        f"({now.astimezone():%Y-%m-%d %H:%M})\n"
    )


def _cut(text: str, most_bytes: int) -> str:
    while len(os.fsencode(text)) > most_bytes:
        text = text[:-1]
    return text


def _split(name: str) -> tuple[str, str]:
    """Split ``a.csv.gz`` into ``a`` and ``.csv.gz``; dots further left belong to the name."""
    suffixes = ""
    for _ in range(2):
        stem, dot, suffix = name.rpartition(".")
        if not (stem and dot and suffix.isalnum() and len(suffix) <= 5 and not suffix.isdecimal()):
            break
        name, suffixes = stem, f".{suffix}{suffixes}"
    return name, suffixes
