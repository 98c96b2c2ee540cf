"""Files that were put away after their import and are to be read once more: they go back into their drop folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from hotelml_app.core.paths import shown
from hotelml_app.intake.drop.names import PROCESSED, is_litter
from hotelml_app.intake.drop.seen import digest_of
from hotelml_app.intake.drop.shelves import free_name, move
from hotelml_app.intake.errors import IntakeError
from hotelml_app.store import Store, data_settings
from hotelml_app.store.imports import ImportRow

_NOTED = "to be read again"


def put_away(folders: Iterable[Path], rows: Sequence[ImportRow]) -> dict[int, Path]:
    """Return where the files of imports lie among those that were put away, by the ids of the imports; others are left out."""
    lying = [path for folder in dict.fromkeys(folders) for path in _files(folder / PROCESSED)]
    found: dict[int, Path] = {}
    for row in rows:
        for path in lying:
            if _is(path, row):
                found[row.id] = path
                break
    return found


def note(connection: sqlite3.Connection, files: Iterable[Path]) -> None:
    """Have files go back to their folders: with ``send_back``, or at the next start where the program is stopped before."""
    noted = data_settings.get(connection, _NOTED, [])
    before = noted if isinstance(noted, list) else []
    data_settings.put(connection, _NOTED, [*before, *map(shown, files)])


def send_back(store: Store) -> list[Path]:
    """Move the noted files back into their drop folders and return where they lie; one that is held stays noted."""
    with store.read() as connection:
        noted = data_settings.get(connection, _NOTED, [])
    waiting = [Path(str(one)) for one in noted] if isinstance(noted, list) else []
    if not waiting:
        return []
    moved, held = [], []
    for path in waiting:
        try:
            target = free_name(path.parent.parent, path.name)
            move(path, target)
            moved.append(target)
        except FileNotFoundError:
            continue
        except OSError:
            held.append(path)
    with store.write() as connection:
        data_settings.put(connection, _NOTED, [shown(path) for path in held])
    return moved


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not is_litter(path.name))
    except OSError:
        # A share that is away has nothing to give; the files are told as to be dropped again.
        return []


def _is(path: Path, row: ImportRow) -> bool:
    try:
        return path.stat().st_size == row.size_bytes and digest_of(path) == row.sha256
    except (OSError, IntakeError):
        return False
