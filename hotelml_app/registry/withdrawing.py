"""Model versions that learned from an export that is taken back: they answer no more."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from hotelml_app.registry.errors import WithdrawnVersionError
from hotelml_app.registry.lineage import STATISTICAL_RULE, behind
from hotelml_app.store.learned import models
from hotelml_app.store.learned.models import UNFIT, VersionRow, VersionState


def refuse_withdrawn(row: VersionRow) -> None:
    """Raise WithdrawnVersionError for a version that learned from an export that was taken back."""
    if row.state is VersionState.WITHDRAWN:
        raise WithdrawnVersionError(
            f"Version {row.version} of {row.module} learned from an export that was taken back.",
            remedy="Choose another version, or train the module again.",
        )


def trained_since(connection: sqlite3.Connection, property_id: int, since: datetime) -> list[VersionRow]:
    """Return the versions of a property that were made at a moment or later, and could answer."""
    known = models.versions(connection, property_id)
    return [row for row in known if row.state not in UNFIT and (row.created_at is None or row.created_at >= since)]


def withdraw(connection: sqlite3.Connection, property_id: int, since: datetime, reason: str, now: datetime) -> dict[str, str]:
    """Withdraw these versions, inside the caller's transaction; what was live before them is live again.

    Return what is live now ("" is the plain rule) of each module of which another version was.
    """
    withdrawn = trained_since(connection, property_id, since)
    names = {(row.module, row.version) for row in withdrawn}
    sound = {
        (row.module, row.version)
        for row in models.versions(connection, property_id)
        if row.state not in UNFIT and (row.module, row.version) not in names
    }
    changed = {}
    for row in withdrawn:
        if row.state is VersionState.CHAMPION:
            line = behind(models.deployments(connection, property_id, row.module))
            before = next((one for one in line if (row.module, one) in sound), STATISTICAL_RULE)
            models.deploy(connection, property_id, row.module, before, reason, now)
            changed[row.module] = before
    for row in withdrawn:
        models.set_state(connection, property_id, row.module, row.version, VersionState.WITHDRAWN)
    return changed
