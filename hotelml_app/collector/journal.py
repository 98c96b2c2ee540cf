"""The journal: what the collector acknowledged and the database does not hold yet, one checked line per data point.

It consists of numbered segments. New points go to the newest; when a flush begins that one is closed, and it is removed
once the database has committed what it holds. A torn last line was never acknowledged and is left out when read again.
"""

from __future__ import annotations

import json
import logging
import os
import re
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BufferedWriter
from pathlib import Path

from hotelml_app.collector.errors import JournalError, UnusableDataPointError
from hotelml_app.core import held_files
from hotelml_app.core.data_points import Source, TrainingDataPoint

log = logging.getLogger(__name__)

_SEGMENT = re.compile(r"collector-(\d+)\.journal")


class Journal:
    """Segments in one folder, owned by one process; not thread-safe by itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BufferedWriter | None = None
        self._path: Path | None = None
        self._number = max((_number(path) for path in self.segments()), default=0)

    def segments(self) -> list[Path]:
        """Return the segments that exist, oldest first."""
        if not self._folder.is_dir():
            return []
        return sorted((path for path in self._folder.iterdir() if _SEGMENT.fullmatch(path.name)), key=_number)

    def append(self, lines: Sequence[bytes]) -> None:
        """Write lines and return when they are on the disk. Raises JournalError, after which none of them counts."""
        start = -1
        try:
            file = self._file or self._begin()
            start = file.tell()
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            self._undo(start)
            raise JournalError(
                f"The journal in {self._folder} cannot be written ({error.strerror or error}).",
                remedy="Check that there is room on the disk and that this user may write in the folder.",
            ) from error

    def cut(self) -> None:
        """End the newest segment; the next line opens another."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._path = None

    def remove(self, segments: Iterable[Path]) -> None:
        """Forget segments, oldest first, whose points the database holds.

        One that a virus scanner holds stays with all that follow, until the next flush: read again without what came later, it
        would put older points over newer ones.
        """
        for path in segments:
            try:
                held_files.remove(path)
            except OSError as error:
                log.warning("%s cannot be removed now: %s", path.name, error)
                if not _emptied(path):
                    return

    def _begin(self) -> BufferedWriter:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._number += 1
        self._path = self._folder / f"collector-{self._number:08d}.journal"
        self._file = self._path.open("xb")
        _sync_folder(self._folder)
        return self._file

    def _undo(self, start: int) -> None:
        """Take back what a failed append left, so that it does not come back as acknowledged."""
        path = self._path
        try:
            self.cut()
        except OSError as error:
            self._file = None
            log.warning("the journal could not be closed after a failed write: %s", error)
        if path is not None and start >= 0:
            try:
                os.truncate(path, start)
            except OSError as error:
                log.warning("the journal keeps an unacknowledged end: %s", error)


def _emptied(path: Path) -> bool:
    try:
        os.truncate(path, 0)
    except OSError as error:
        log.warning("%s cannot be emptied either and stays for now: %s", path.name, error)
        return False
    return True


def encode(point: TrainingDataPoint) -> bytes:
    """Return a data point as one line with its checksum. Raises UnusableDataPointError."""
    if not point.id or not point.module:
        raise UnusableDataPointError("A data point needs an id and a module.")
    if point.timestamp.tzinfo is None:
        raise UnusableDataPointError(f"The data point {point.id} has a moment without a time zone.")
    if point.accuracy is not None and not 0 <= point.accuracy <= 1:
        raise UnusableDataPointError(f"The accuracy of data point {point.id} is {point.accuracy}; it must lie between 0 and 1.")
    fields = {
        "id": point.id,
        "timestamp": point.timestamp.isoformat(),
        "module": point.module,
        "input": dict(point.input),
        "output": dict(point.output),
        "accuracy": point.accuracy,
        "source": str(Source(point.source)),
        "property": point.property_name,
    }
    try:
        text = json.dumps(fields, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")
    except (TypeError, ValueError) as error:
        raise UnusableDataPointError(f"The data point {point.id} cannot be written down: {error}.") from error
    return b"%08x %s\n" % (zlib.crc32(text), text)


def read_segment(path: Path) -> list[TrainingDataPoint]:
    """Return the points of a segment in the order they were collected; damaged lines are left out and logged."""
    points = []
    for number, line in enumerate(held_files.read(path).split(b"\n"), start=1):
        if not line:
            continue
        checksum, _, text = line.partition(b" ")
        if checksum != b"%08x" % zlib.crc32(text):
            log.warning("line %d of %s was not written to its end and was never acknowledged; it is left out", number, path.name)
            continue
        points.append(_point(json.loads(text)))
    return points


def _point(fields: dict[str, object]) -> TrainingDataPoint:
    return TrainingDataPoint(
        id=str(fields["id"]),
        timestamp=datetime.fromisoformat(str(fields["timestamp"])),
        module=str(fields["module"]),
        input=fields["input"],  # type: ignore[arg-type]
        output=fields["output"],  # type: ignore[arg-type]
        accuracy=fields["accuracy"],  # type: ignore[arg-type]
        source=Source(str(fields["source"])),
        property_name=str(fields["property"]),
    )


def _number(path: Path) -> int:
    match = _SEGMENT.fullmatch(path.name)
    return int(match[1]) if match else 0


def _sync_folder(folder: Path) -> None:
    """Make a new file's name last through a power cut; Windows does that by itself and cannot open folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
