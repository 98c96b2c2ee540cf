"""How a trained model becomes a version, and how old versions make room: folder and row together or not at all."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from hotelml_app.ml.onnx.artifacts import verify_artifact, write_card
from hotelml_app.registry import folders
from hotelml_app.registry.lineage import lineage
from hotelml_app.settings.home import slug
from hotelml_app.store import Store
from hotelml_app.store.errors import StoreError
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import models
from hotelml_app.store.learned.models import VersionRow, VersionState
from hotelml_app.store.sqlite import putting_back
from hotelml_app.store.sqlite.connections import connect_reader

log = logging.getLogger(__name__)

KEEP_VERSIONS = 12
"""Versions kept per property and module beside the champion; older ones make room."""

KEEP_FOR_ROLLBACK = 3
"""Versions that were live last stay in any case."""


def shelve(
    store: Store, models_dir: Path, property_id: int, module: str, staged: Path, state: VersionState, verdict: str, now: datetime
) -> str:
    """Move a staged model among the versions and return its name. Raises DamagedModelError, ModelFolderError."""
    card = verify_artifact(staged)
    learned_until = date.fromisoformat(str(card.get("as_of") or card["data_until"]))
    moved: Path | None = None
    try:
        with store.write() as connection:
            owner = properties.get(connection, property_id)
            own = _own_folder(connection, owner)
            shelf = models_dir / own / module
            # A database that was set aside may know versions that this one does not; they may be wanted again.
            beside = [folder.name for folder in shelf.glob("*")]
            name = models.next_version(connection, property_id, module, learned_until, beside)
            stamp = {"version": name, "module": module, "property": owner.name, "verdict": verdict}
            stamped = write_card(staged, {**card, **stamp})
            relative = Path(own) / module / name
            folders.move(staged, models_dir / relative)
            moved = models_dir / relative
            if state is not VersionState.REJECTED:
                _retire_challengers(connection, property_id, module)
            folder = relative.as_posix()
            models.add_version(connection, property_id, module, name, folder=folder, card=stamped, state=state, now=now)
    except BaseException:
        if moved is not None:
            folders.remove(moved)
        raise
    return name


def _own_folder(connection: sqlite3.Connection, owner: properties.PropertyRow) -> str:
    """Return the folder of a property's new versions: never one in which those of another lie, which had that name before."""
    taken = {Path(row.folder).parts[0] for row in models.versions(connection) if row.property_id != owner.id}
    name = slug(owner.name)
    return name if name not in taken else f"{name}-{owner.id}"


def _retire_challengers(connection: sqlite3.Connection, property_id: int, module: str) -> None:
    """There is one challenger at a time: the newest, and none where a newer version goes live."""
    for row in models.versions(connection, property_id, module):
        if row.state is VersionState.CHALLENGER:
            models.set_state(connection, property_id, module, row.version, VersionState.RETIRED)


def prune(store: Store, models_dir: Path, property_id: int, module: str, made: str, keep: int = KEEP_VERSIONS) -> list[str]:
    """Remove the oldest versions beyond ``keep`` and return them; what is live or was live last stays.

    The one just ``made`` stays in any case: where the PC's clock went back it looks like the oldest.
    """
    with store.write() as connection:
        rows = models.versions(connection, property_id, module)
        needed = {made, *lineage(models.deployments(connection, property_id, module))[-1 - KEEP_FOR_ROLLBACK :]}
        gone = [row for row in rows[keep:] if row.state is not VersionState.CHAMPION and row.version not in needed]
        for row in gone:
            models.remove_version(connection, property_id, module, row.version)
    for row in gone:
        folders.remove(models_dir / row.folder)
    return [row.version for row in gone]


def sweep(store: Store, models_dir: Path) -> list[Path]:
    """Remove folders that were on their way to become versions when the program was stopped.

    Those that a database knows which was set aside for a backup stay: it may be put back.
    """
    with store.read() as connection:
        known = models.version_folders(connection)
    for aside in putting_back.set_aside(store.path):
        known |= _known_to(aside)
    return folders.sweep_models(models_dir, {models_dir / folder for folder in known})


def _known_to(aside: Path) -> set[str]:
    try:
        with closing(connect_reader(aside, any_version=True)) as connection:
            return models.version_folders(connection)
    except (sqlite3.Error, StoreError) as error:
        log.warning("%s cannot be read, so nobody can put it back: %s", aside, error)
        return set()


def learned_until(row: VersionRow) -> date:
    """Return the last day a version knows of."""
    return date.fromisoformat(str(row.card.get("as_of") or row.card["data_until"])[:10])
