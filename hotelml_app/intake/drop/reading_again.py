"""Files that were put away after their import and are to be read once more: they go back into their drop folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from hotelml_app.core.paths import is_folder, shown
from hotelml_app.intake.drop.names import PROCESSED, is_litter
from hotelml_app.intake.drop.seen import digest_of
from hotelml_app.intake.drop.shelves import free_name, move
from hotelml_app.intake.errors import IntakeError
from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported.imports import ImportRow

_NOTED = "to be read again"


def put_away(folders: Iterable[Path], rows: Sequence[ImportRow]) -> dict[int, Path]:
    """Return where the files of imports lie among those that were put away, by the ids of the imports; others are left out.

    Of files with the same content, as those of quiet days, each import has its own: the one of its name, where that is there.
    """
    lying = [path for folder in dict.fromkeys(folders) for path in _files(folder / PROCESSED)]
    digest, found = cache(digest_of), dict[int, Path]()
    for named in (True, False):
        for row in (one for one in rows if one.id not in found):
            left = (path for path in lying if (path.name == row.file_name) is named and path not in found.values())
            own = next((path for path in left if _is(path, row, digest)), None)
            if own is not None:
                found[row.id] = own
    return {row.id: found[row.id] for row in rows if row.id in found}


def note(connection: sqlite3.Connection, files: Iterable[Path]) -> None:
    """Have files go back to their folders: with ``send_back``, or with a later one where the program is stopped before."""
    data_settings.put(connection, _NOTED, [*_noted(connection), *map(shown, files)])


def send_back(store: Store) -> list[Path]:
    """Move the noted files back into their drop folders and return where they lie; one that is held, or away, stays noted."""
    with store.read() as connection:
        waiting = [Path(one) for one in _noted(connection)]
    if not waiting:
        return []
    moved, settled = [], set[str]()
    for path in waiting:
        try:
            target = free_name(path.parent.parent, path.name)
            move(path, target)
            moved.append(target)
        except FileNotFoundError:
            if not is_folder(path.parent):
                # A share that is away: the file is not gone.
                continue
        except OSError:
            continue
        settled.add(shown(path))
    with store.write() as connection:
        # Others may have been noted meanwhile.
        data_settings.put(connection, _NOTED, [one for one in _noted(connection) if one not in settled])
    return moved


def held(store: Store, files: Iterable[Path]) -> tuple[str, ...]:
    """Return the names of those files that were noted and could not go back yet."""
    with store.read() as connection:
        noted = _noted(connection)
    return tuple(path.name for path in files if shown(path) in noted)


def _noted(connection: sqlite3.Connection) -> list[str]:
    noted = data_settings.get(connection, _NOTED, [])
    return [str(one) for one in noted] if isinstance(noted, list) else []


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not is_litter(path.name))
    except OSError:
        # A share that is away has nothing to give; the files are told as to be dropped again.
        return []


def _is(path: Path, row: ImportRow, digest: Callable[[Path], str]) -> bool:
    try:
        return path.stat().st_size == row.size_bytes and digest(path) == row.sha256
    except (OSError, IntakeError):
        return False
