"""Files that people asked for: complete or not there at all, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import errno
import io
import logging
import os
import platform
import re
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

from hotelml_app.core import held_files
from hotelml_app.core.paths import never_ends
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.files.scratch import works_elsewhere

log = logging.getLogger(__name__)

_DECIMALS = 6
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
"""The wide ones are what a Japanese spreadsheet takes for the same."""


@contextmanager
def replacing(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Give a text file that takes the place of ``path`` once it is complete. Raises FileNotWrittenError."""
    with _complete(path) as partial, partial.open("w", encoding=encoding, newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file all or nothing. Raises FileNotWrittenError."""
    with _complete(path) as partial, partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _complete(path: Path) -> Iterator[Path]:
    """Give the name of a file beside ``path``, or beside what it links to, that takes its place if all goes well."""
    real = path.resolve() if path.is_symlink() and not never_ends(path) else path
    # Whoever else writes the same file at this moment has one of its own, and the last to be complete stays.
    partial = real.with_name(f".{real.name}.{_this_machine()}-{os.getpid()}-{threading.get_native_id()}.partial")
    try:
        if real.is_dir():
            raise IsADirectoryError(0, "there is a folder of that name")
        if never_ends(real):
            raise OSError(errno.EINVAL, "that is a device or a pipe, not a file")
        real.parent.mkdir(parents=True, exist_ok=True)
        _sweep(real)
        yield partial
        held_files.replace(partial, real)
    except OSError as error:
        raise FileNotWrittenError(
            f"{path} could not be written ({error.strerror or error}).",
            remedy="Check that the folder exists, that there is room, that no other program has the file open, and try again.",
        ) from error
    finally:
        if partial.exists():
            held_files.removed(partial)


def _this_machine() -> str:
    """Return what tells this machine from others that write to the same share; processes have numbers of their own on each."""
    return f"{zlib.crc32(platform.node().encode()):08x}"


def _sweep(target: Path) -> None:
    """Remove what commands of this machine that were killed left beside ``target``."""
    left = re.compile(rf"\.{re.escape(target.name)}\.{_this_machine()}-(\d+)-\d+\.partial")
    try:
        found = [(path, of) for path in target.parent.iterdir() if (of := left.fullmatch(path.name))]
        for path, of in found:
            if int(of[1]) != os.getpid() and not works_elsewhere(int(of[1])):
                held_files.remove(path)
    except OSError as error:
        log.warning("what killed commands left beside %s cannot be removed: %s", target, error)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a CSV file all or nothing and return the number of rows."""
    with replacing(path) as file:
        return _fill(file, header, rows)


def write_csv_for_people(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write the same with the mark by which Excel knows UTF-8: by a double click it shows "Frühstück" wrong without it."""
    with replacing(path, encoding="utf-8-sig") as file:
        return _fill(file, header, rows)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> tuple[str, int]:
    """Return the same CSV as a text, and the number of rows."""
    text = io.StringIO()
    count = _fill(text, header, rows)
    return text.getvalue(), count


def _fill(file: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    count = 0
    for row in rows:
        writer.writerow([cell(value) for value in row])
        count += 1
    return count


def cell(value: object) -> str:
    """Return a value as a CSV cell: nothing for unknown, a list joined by "; ", no text that a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return _harmless("; ".join(cell(item) for item in value))
    return _harmless(str(value))


def _number(value: float) -> str:
    if value - value != 0:
        return ""
    rounded = round(value, _DECIMALS)
    return str(int(rounded)) if rounded == int(rounded) else f"{rounded:.{_DECIMALS}f}".rstrip("0")


def _harmless(text: str) -> str:
    """Put a text on one line, and an apostrophe before what a spreadsheet would run; a negative number is no formula."""
    text = " ".join(text.splitlines())
    return f"'{text}" if looks_like_formula(text) else text


def looks_like_formula(text: str) -> bool:
    """Return whether a spreadsheet might run a text; a negative number is no formula."""
    return text.lstrip(" ").startswith(_FORMULA_SIGNS) and not text[1:].replace(".", "", 1).isdigit()
