"""What ``hotelml doctor`` looks at in folders: the home, its disk, and the drop folders."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.paths import is_folder
from hotelml_app.core.rights import may_write
from hotelml_app.intake.drop.disk_room import LOW_BYTES, LOW_SHARE
from hotelml_app.intake.drop.names import FOLDER_KEY
from hotelml_app.services.asking.words import bytes_of
from hotelml_app.services.doctor.finding import Check
from hotelml_app.settings.home import HomeLayout, refuse_network_drive

if TYPE_CHECKING:
    from hotelml_app.store.told.warnings import WarningRow

NEEDED_BYTES = 200_000_000

NOT_WATCHED = "not watched now, as HotelML is not running"

_READ_BY_OTHERS = "the home lies outside your own folder, so other users of this PC may be able to read what it keeps"


def check_home(layout: HomeLayout) -> Iterator[Check]:
    """Look at the home: is it there, may it be written, and may others read it?"""
    refuse_network_drive(layout.home)
    place = next((path for path in (layout.home, *layout.home.parents) if os.path.lexists(path)), None)
    if place is not None and not is_folder(place):
        yield Check("Home", "problem", f"{place} is no folder", "Choose another folder with --home or in HOTELML_HOME.")
        return
    if place is not None and not may_write(place):
        remedy = "Give the user that runs HotelML the right to write there, or choose another folder with --home."
        yield Check("Home", "problem", f"{place} cannot be written by this user", remedy)
    elif place != layout.home:
        yield Check("Home", "warning", f"{layout.home} does not exist yet", "It is made by the first import.")
        return
    else:
        yield Check("Home", "ok", str(layout.home))
    if sys.platform == "win32" and others_may_read(layout.home, Path.home()):
        yield Check("Passwords", "warning", _READ_BY_OTHERS, _keep_to_yourself(layout.home))


def others_may_read(home: PurePath, profile: PurePath) -> bool:
    """Tell whether a home on Windows lies where other users of the PC may usually read: outside the user's own folder."""
    return not home.is_relative_to(profile)


def _keep_to_yourself(home: Path) -> str:
    command = f'icacls "{home}" /inheritance:r /grant:r "%USERNAME%:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F"'
    return (
        f"If they should not, type at a command prompt: {command}  (whoever else works with this HotelML needs the right, too)."
    )


def check_disk(layout: HomeLayout) -> Iterator[Check]:
    """Look at the room on the home's disk."""
    place = next((path for path in (layout.home, *layout.home.parents) if path.exists()), None)
    if place is None:
        # On Windows a whole drive may be away.
        yield Check("Disk", "problem", f"{layout.home.anchor} is not there", "Connect it, or choose another folder with --home.")
        return
    usage = shutil.disk_usage(place)
    low = usage.free < NEEDED_BYTES or (usage.free < LOW_SHARE * usage.total and usage.free < LOW_BYTES)
    state = "problem" if usage.free < NEEDED_BYTES else "warning" if low else "ok"
    yield Check("Disk", state, f"{bytes_of(usage.free)} free of {bytes_of(usage.total)}", "Free some space." if low else "")


def check_drop_folders(layout: HomeLayout) -> Iterator[Check]:
    """Look whether each drop folder is there and may be written, and what the HotelML that watches it says of it."""
    from hotelml_app.services.asking.home_owner import owning_process
    from hotelml_app.settings.files import load

    settings = load(layout.home)
    # Another user's need not answer; a mere command leaves no word of where to ask.
    watched = owning_process(layout) is not None and layout.api_file.exists()
    said = _said_of_folders(layout) if watched else {}
    if not settings.properties and layout.database.exists():
        yield from _drop_folder("this home", layout.drop, "watched" if watched else NOT_WATCHED, said)
    for one in settings.properties:
        how = NOT_WATCHED if not watched else "looked at regularly" if one.polling else "watched"
        yield from _drop_folder(one.name, layout.drop_folder(one.drop_folder), how, said)


def _said_of_folders(layout: HomeLayout) -> dict[str, WarningRow]:
    """Return the warnings that stand of folders, by the folder: where a share was, an empty folder may lie now."""
    from hotelml_app.core.clock import SystemClock
    from hotelml_app.store import Store
    from hotelml_app.store.told import warnings

    try:
        with Store.open(layout.database, SystemClock(), writer=False) as store, store.read() as connection:
            rows = warnings.standing(connection)
    except (HotelMLError, OSError):
        # The check of the database says what is wrong with it.
        return {}
    return {row.key.removeprefix(FOLDER_KEY): row for row in rows if row.key.startswith(FOLDER_KEY)}


def _drop_folder(name: str, folder: Path, how: str, said: Mapping[str, WarningRow]) -> Iterator[Check]:
    title = f"Drop folder of {name}"
    if not is_folder(folder):
        yield Check(
            title, "warning", f"{folder} is not there", "Connect the share, or choose another folder on the Settings page."
        )
        return
    if not may_write(folder):
        yield Check(
            title, "problem", f"{folder} cannot be written", "HotelML moves files after reading: it needs the right to write."
        )
        return
    trouble = said.get(str(folder))
    if trouble is not None:
        yield Check(title, "warning", trouble.message, trouble.remedy)
        return
    yield Check(title, "ok", f"{folder}, {how}")
