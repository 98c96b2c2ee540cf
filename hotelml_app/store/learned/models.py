"""Model versions and what was live when. The files themselves are the registry's; the rows say what they are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hotelml_app.store.values import json_text, moment_or_none, moment_text


class VersionState(StrEnum):
    """How a version stands."""

    CANDIDATE = "candidate"
    REJECTED = "rejected"
    CHALLENGER = "challenger"
    CHAMPION = "champion"
    RETIRED = "retired"
    DAMAGED = "damaged"
    WITHDRAWN = "withdrawn"
    """It learned from an export that was taken back."""


UNFIT = (VersionState.DAMAGED, VersionState.WITHDRAWN)
"""Nothing goes back to such versions."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One model version; ``folder`` lies below the home's models folder, ``card`` is its model card."""

    property_id: int
    module: str
    version: str
    created_at: datetime | None
    folder: str
    card: Mapping[str, object]
    state: VersionState


@dataclass(frozen=True, slots=True)
class DeploymentRow:
    """What answered for a module from when until when; version "" is the statistical rule, ``live_until`` None is now."""

    property_id: int
    module: str
    version: str
    live_from: datetime | None
    live_until: datetime | None
    reason: str
    id: int


_VERSION = "SELECT property_id, module, version, created_at, folder, card, state FROM model_versions"
_DEPLOYMENT = "SELECT property_id, module, version, live_from, live_until, reason, id FROM deployments"


def next_version(
    connection: sqlite3.Connection, property_id: int, module: str, data_until: date, beside: Iterable[str] = ()
) -> str:
    """Return the name of the next version learned from data up to ``data_until``, e.g. 2016-08-31.2.

    ``beside`` are names that are taken as well, whatever the database knows of them. So are those of versions that are forgotten
    by now and were live once: kept predictions still name them.
    """
    start = f"{data_until.isoformat()}."
    rows = connection.execute(
        "SELECT version FROM model_versions WHERE property_id = ?1 AND module = ?2 AND version GLOB ?3"
        " UNION SELECT version FROM deployments WHERE property_id = ?1 AND module = ?2 AND version GLOB ?3",
        (property_id, module, f"{start}*"),
    )
    numbers = [name.removeprefix(start) for name in (*(row[0] for row in rows), *beside) if name.startswith(start)]
    return f"{start}{max((int(number) for number in numbers if number.isdecimal()), default=0) + 1}"


def version_folders(connection: sqlite3.Connection) -> set[str]:
    """Return where the files of all versions lie, below the folder of models; of databases of any layout."""
    return {row[0] for row in connection.execute("SELECT folder FROM model_versions")}


def add_version(
    connection: sqlite3.Connection,
    property_id: int,
    module: str,
    version: str,
    *,
    folder: str,
    card: Mapping[str, object],
    state: VersionState,
    now: datetime,
) -> None:
    """Keep a new version. Raises sqlite3.IntegrityError where its name is taken."""
    connection.execute(
        "INSERT INTO model_versions (property_id, module, version, created_at, folder, card, state) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (property_id, module, version, moment_text(now), folder, json_text(dict(card)), str(state)),
    )


def set_state(connection: sqlite3.Connection, property_id: int, module: str, version: str, state: VersionState) -> None:
    """Change how a version stands."""
    connection.execute(
        "UPDATE model_versions SET state = ? WHERE property_id = ? AND module = ? AND version = ?",
        (str(state), property_id, module, version),
    )


def remove_version(connection: sqlite3.Connection, property_id: int, module: str, version: str) -> None:
    """Forget a version; what was live when stays known."""
    connection.execute(
        "DELETE FROM model_versions WHERE property_id = ? AND module = ? AND version = ?", (property_id, module, version)
    )


def version(connection: sqlite3.Connection, property_id: int, module: str, name: str) -> VersionRow | None:
    """Return one version, or None."""
    query = f"{_VERSION} WHERE property_id = ? AND module = ? AND version = ?"
    row = connection.execute(query, (property_id, module, name)).fetchone()
    return _version_row(row) if row is not None else None


def versions(connection: sqlite3.Connection, property_id: int | None = None, module: str | None = None) -> list[VersionRow]:
    """Return versions, newest first, of all or one property and module."""
    query = f"{_VERSION} WHERE (?1 IS NULL OR property_id = ?1) AND (?2 IS NULL OR module = ?2)"
    rows = connection.execute(f"{query} ORDER BY created_at DESC, version DESC", (property_id, module))
    return [_version_row(row) for row in rows]


def champion(connection: sqlite3.Connection, property_id: int, module: str) -> VersionRow | None:
    """Return the version that is live now, or None where the statistical rule answers."""
    row = connection.execute(
        f"{_VERSION} WHERE property_id = ? AND module = ? AND state = ?", (property_id, module, str(VersionState.CHAMPION))
    ).fetchone()
    return _version_row(row) if row is not None else None


def deploy(connection: sqlite3.Connection, property_id: int, module: str, version: str, reason: str, now: datetime) -> None:
    """Let ``version`` ("" is the statistical rule) answer from ``now`` on: ends what was live and keeps the states right.

    The former champion is retired unless its state already says something else, such as damaged.
    """
    moment = moment_text(now)
    key = (property_id, module)
    connection.execute(
        "UPDATE deployments SET live_until = ? WHERE property_id = ? AND module = ? AND live_until IS NULL", (moment, *key)
    )
    connection.execute(
        "UPDATE model_versions SET state = ? WHERE property_id = ? AND module = ? AND state = ?",
        (str(VersionState.RETIRED), *key, str(VersionState.CHAMPION)),
    )
    if version:
        set_state(connection, property_id, module, version, VersionState.CHAMPION)
    connection.execute(
        "INSERT INTO deployments (property_id, module, version, live_from, reason) VALUES (?, ?, ?, ?, ?)",
        (*key, version, moment, reason),
    )


def live(connection: sqlite3.Connection, property_id: int, module: str) -> DeploymentRow | None:
    """Return what is deployed now, or None where nothing ever was."""
    query = f"{_DEPLOYMENT} WHERE property_id = ? AND module = ? AND live_until IS NULL"
    row = connection.execute(query, (property_id, module)).fetchone()
    return _deployment_row(row) if row is not None else None


def deployments(connection: sqlite3.Connection, property_id: int | None = None, module: str | None = None) -> list[DeploymentRow]:
    """Return what was live when, newest first, of all or one property and module."""
    query = f"{_DEPLOYMENT} WHERE (?1 IS NULL OR property_id = ?1) AND (?2 IS NULL OR module = ?2) ORDER BY id DESC"
    return [_deployment_row(row) for row in connection.execute(query, (property_id, module))]


def _version_row(row: tuple[int, str, str, str, str, str, str]) -> VersionRow:
    return VersionRow(row[0], row[1], row[2], moment_or_none(row[3]), row[4], json.loads(row[5]), VersionState(row[6]))


def _deployment_row(row: tuple[int, str, str, str, str | None, str, int]) -> DeploymentRow:
    return DeploymentRow(row[0], row[1], row[2], moment_or_none(row[3]), moment_or_none(row[4]), row[5], row[6])
