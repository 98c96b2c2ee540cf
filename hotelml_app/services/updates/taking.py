"""Taking an update: all of it is checked before it lies in ``updates/``, where it waits to be installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hotelml_app.core.disk import is_out_of_room
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.core.json_values import json_ready
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.words import bytes_of
from hotelml_app.services.files.scratch import scratch_in
from hotelml_app.services.parts import Parts
from hotelml_app.services.updates import shelf
from hotelml_app.services.updates.errors import NoUpdateError, UpdateError
from hotelml_app.services.updates.fitting import refuse_not_newer, refuse_other_platform
from hotelml_app.services.updates.installing import view_of
from hotelml_app.services.updates.packages import Pc, this_pc
from hotelml_app.services.updates.signature import SUFFIX, Statement
from hotelml_app.services.updates.sources import opened, read_whole
from hotelml_app.services.updates.telling import tell
from hotelml_app.services.updates.views import UpdateView
from hotelml_app.settings.home import HomeLayout

SPARE_BYTES = 100_000_000
"""Room that stays free beside it."""


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Take an update and tell that it waits."""
    path = arguments.path("file") or Path(arguments.needed("file"))
    view = take(parts.layout, path, this_pc(), progress, cancel)
    tell(parts, view)
    return fields(view)


def answer_discard(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Remove the update that waits."""
    there = waiting(parts.layout)
    shelf.discard(parts.layout)
    tell(parts, None)
    return {"discarded": there.version if there is not None else None, **fields(None)}


def fields(view: UpdateView | None) -> dict[str, object]:
    """Return what commands tell of the update that waits, or that none does."""
    sentence = f"{view.waits}: {view.file}. {view.next_step}" if view is not None else "No update waits to be installed."
    return {"update": json_ready(view), "sentence": sentence}


def waiting(layout: HomeLayout, pc: Pc | None = None) -> UpdateView | None:
    """Return the update that waits, or None; nothing is opened for it."""
    if not layout.updates.is_dir():
        return None
    there = shelf.waiting(layout, pc or this_pc())
    return view_of(there.statement, there.package) if there is not None else None


def look(path: Path, pc: Pc | None = None) -> UpdateView:
    """Return what an update is, once its signature fits and it is for this PC. Raises UpdateError where it is not used."""
    with disk_told(path), opened(path) as source:
        _refuse_unfit(source.statement, pc or this_pc())
        return view_of(source.statement)


def take(
    layout: HomeLayout,
    path: Path,
    pc: Pc | None = None,
    progress: ProgressCallback = no_progress,
    cancel: CancelToken | None = None,
) -> UpdateView:
    """Check all of an update and let it wait; the caller owns the home.

    Raises UpdateError, Cancelled; then nothing was changed.
    """
    pc, stop = pc or this_pc(), cancel or CancelToken()
    with disk_told(path), opened(path) as source:
        said = source.statement
        _refuse_unfit(said, pc)
        shelf.refuse_older_than_waiting(layout, said, pc)
        _refuse_full(layout, said)
        with scratch_in(layout.updates, shelf.INCOMING) as folder:
            read_whole(source, progress, stop, "Copying and checking", folder / said.name)
            with (folder / f"{said.name}{SUFFIX}").open("xb") as file:
                file.write(source.signature)
                file.flush()
                os.fsync(file.fileno())
            stop.check()
            package = shelf.put(layout, folder, said)
    return view_of(said, package)


def _refuse_unfit(said: Statement, pc: Pc) -> None:
    refuse_other_platform(said, pc)
    refuse_not_newer(said, pc)


def _refuse_full(layout: HomeLayout, said: Statement) -> None:
    free, needed = shutil.disk_usage(layout.home).free, said.bytes + SPARE_BYTES
    if free < needed:
        raise UpdateError(
            f"{said.name} needs {bytes_of(needed)} here, and {bytes_of(free)} are free; it is not used.",
            remedy="Free some space and read it again.",
        )


@contextmanager
def disk_told(path: Path) -> Iterator[None]:
    """Tell in words what a disk or a stick refuses. Raises UpdateError."""
    try:
        yield
    except FileNotFoundError as error:
        raise NoUpdateError(f"{error.filename or path} is not there any more.", remedy="Check that the stick is in.") from error
    except OSError as error:
        full = is_out_of_room(error)
        raise UpdateError(
            f"{path.name} cannot be {'kept: the disk is full' if full else 'read or kept'} ({error.strerror or error}).",
            remedy="Free some space and read it again."
            if full
            else "Check that the stick is in, and that this user may read the file and write in HotelML's data folder.",
        ) from error
