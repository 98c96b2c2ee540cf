"""Updates that wait in ``updates/`` of the home: each complete in a folder of its own, which appears at one stroke.

The folder is named by version and checksum, and holds the package and its signature. The newest counts; what is older, or as old
as the HotelML that runs, is removed by the next owner of the home.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hotelml_app.core import held_files
from hotelml_app.services.files import scratch
from hotelml_app.services.updates.errors import AlteredUpdateError, NotNewerError, UpdateError
from hotelml_app.services.updates.fitting import refuse_not_newer, refuse_other_platform
from hotelml_app.services.updates.keys import trusted_keys
from hotelml_app.services.updates.packages import Pc, order
from hotelml_app.services.updates.signature import MOST_BYTES, SUFFIX, Statement, verified
from hotelml_app.settings.home import HomeLayout

log = logging.getLogger(__name__)

INCOMING, _GONE = "incoming", "gone"
"""What folders are called that are being filled, and those that are being removed."""

_FOLDER = re.compile(r"(?P<version>\d+(?:\.\d+)*)-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that waits, and the package it consists of."""

    statement: Statement
    package: Path


def waiting(layout: HomeLayout, pc: Pc) -> Waiting | None:
    """Return the newest update that waits and still fits this PC; its signature is checked, its bytes are not read."""
    found = [one for folder in _folders(layout) if (one := _fitting(folder, pc)) is not None]
    return max(found, key=lambda one: order(one.statement.version), default=None)


def put(layout: HomeLayout, folder: Path, said: Statement) -> Path:
    """Let what lies complete in ``folder``, on the home's disk, wait; return the package.

    What waited before is removed, by the next owner of the home where somebody holds a file of it now.
    """
    layout.updates.mkdir(exist_ok=True)
    place = layout.updates / f"{said.version}-{said.sha256[:16]}"
    if place.exists() and not _is_as_signed(place, said):
        _remove(place)
    if not place.exists():
        held_files.rename(folder, place)
    for other in list(_folders(layout)):
        if other != place:
            _remove_if_free(other)
    return place / said.name


def refuse_older_than_waiting(layout: HomeLayout, said: Statement, pc: Pc) -> None:
    """Raise NotNewerError where a newer update waits already."""
    there = waiting(layout, pc)
    if there is not None and order(there.statement.version) > order(said.version):
        raise NotNewerError(
            f"HotelML {there.statement.version}, which is newer than {said.version}, waits to be installed already.",
            remedy="Install that one, or remove it first: hotelml update --discard",
        )


def discard(layout: HomeLayout) -> None:
    """Remove all updates that wait."""
    for folder in list(_folders(layout)):
        _remove(folder)


def any_installed(layout: HomeLayout, pc: Pc) -> bool:
    """Return whether one that waited is what runs now."""
    return any(_is_installed(folder, pc) for folder in _folders(layout))


def tidy(layout: HomeLayout, pc: Pc) -> None:
    """Remove what is installed by now, what was cut off, and all but the newest. Only the owner of the home may."""
    scratch.sweep(layout.updates, INCOMING)
    scratch.sweep(layout.updates, _GONE)
    newest = waiting(layout, pc)
    for folder in list(_folders(layout)):
        if _is_installed(folder, pc) or (newest is not None and folder != newest.package.parent):
            log.info("the update in %s is not needed any more", folder.name)
            _remove(folder)


def unfit(layout: HomeLayout, pc: Pc) -> list[str]:
    """Return in a sentence each why updates that lie there are not offered, other than that they are installed by now."""
    said = []
    for folder in _folders(layout):
        try:
            _checked(folder, pc)
        except NotNewerError:
            continue
        except (UpdateError, OSError) as error:
            said.append(f"{folder}: {error.message if isinstance(error, UpdateError) else error.strerror}")
    return said


def _folders(layout: HomeLayout) -> Iterator[Path]:
    try:
        found = sorted(layout.updates.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        log.warning("whether an update waits in %s cannot be seen: %s", layout.updates, error)
        return
    yield from (one for one in found if _FOLDER.fullmatch(one.name) and one.is_dir())


def _is_installed(folder: Path, pc: Pc) -> bool:
    version = _FOLDER.fullmatch(folder.name)
    return version is not None and order(version["version"]) <= order(pc.version)


def _fitting(folder: Path, pc: Pc) -> Waiting | None:
    try:
        return _checked(folder, pc)
    except (UpdateError, OSError) as error:
        log.info("the update in %s is not offered: %s", folder.name, error)
        return None


def _checked(folder: Path, pc: Pc) -> Waiting:
    """Return the update in a folder. Raises UpdateError where it does not fit or is not what was put there."""
    signature = next(folder.glob(f"*{SUFFIX}"), None)
    if signature is None:
        raise AlteredUpdateError("the signature is gone", remedy="Take the update again.")
    with signature.open("rb") as file:
        said = verified(file.read(MOST_BYTES), trusted_keys(), signature.name.removesuffix(SUFFIX))
    refuse_not_newer(said, pc)
    refuse_other_platform(said, pc)
    if not _is_whole(folder, said):
        raise AlteredUpdateError("the package is gone or was altered", remedy="Take the update again.")
    return Waiting(said, folder / said.name)


def _is_whole(folder: Path, said: Statement) -> bool:
    package = folder / said.name
    return package.is_file() and package.stat().st_size == said.bytes and (folder / f"{said.name}{SUFFIX}").is_file()


def _is_as_signed(folder: Path, said: Statement) -> bool:
    """Return whether every byte is there; whoever takes an update again may do so because the disk spoiled the first."""
    if not _is_whole(folder, said):
        return False
    with (folder / said.name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == said.sha256


def _remove_if_free(folder: Path) -> None:
    try:
        _remove(folder)
    except OSError as error:
        log.warning("the update in %s, which is not needed any more, stays for now: %s", folder.name, error)


def _remove(folder: Path) -> None:
    """Remove a folder at one stroke: half of one must not lie there."""
    number = 0
    while (gone := folder.with_name(f"{_GONE}-{os.getpid()}-{number}")).exists():
        number += 1
    held_files.rename(folder, gone)
    shutil.rmtree(gone, ignore_errors=True)
