"""Long work that was asked for: when, by whom, and how it ended."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hotelml_app.core.jobs import TRAIN, JobStage
from hotelml_app.store.values import json_text, moment_or_none, moment_text

LATEST_KEPT = 50
"""So many jobs of a property, module and kind of work are never forgotten: as many as anybody asks for at a time."""


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job; ``asked_by`` is user, schedule, new data or accuracy drop; ``report`` is the training report."""

    id: int
    kind: str
    module: str
    property_id: int | None
    stage: JobStage
    asked_by: str
    message: str
    report: Mapping[str, object]
    queued_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None


_SELECT = "SELECT id, kind, module, property_id, stage, asked_by, message, report, queued_at, started_at, finished_at FROM jobs"


def add(
    connection: sqlite3.Connection,
    kind: str,
    now: datetime,
    *,
    module: str = "",
    property_id: int | None = None,
    asked_by: str = "",
) -> int:
    """Queue a job and return its id."""
    cursor = connection.execute(
        "INSERT INTO jobs (kind, module, property_id, stage, asked_by, queued_at) VALUES (?, ?, ?, ?, ?, ?)",
        (kind, module, property_id, str(JobStage.QUEUED), asked_by, moment_text(now)),
    )
    return int(cursor.lastrowid or 0)


def start(connection: sqlite3.Connection, job_id: int, now: datetime) -> None:
    """Note that the work began."""
    connection.execute(
        "UPDATE jobs SET stage = ?, started_at = ? WHERE id = ?", (str(JobStage.RUNNING), moment_text(now), job_id)
    )


def finish(
    connection: sqlite3.Connection,
    job_id: int,
    stage: JobStage,
    now: datetime,
    *,
    message: str = "",
    report: Mapping[str, object] | None = None,
) -> None:
    """Note how the work ended. Raises ValueError for a stage that is not final."""
    if not stage.final:
        raise ValueError(f"{stage} is not an end")
    connection.execute(
        "UPDATE jobs SET stage = ?, finished_at = ?, message = ?, report = ? WHERE id = ?",
        (str(stage), moment_text(now), message, json_text(dict(report or {})), job_id),
    )


def unfinished(connection: sqlite3.Connection) -> list[int]:
    """Return the ids of the jobs that wait or run; at the start of the program, those that an earlier run left so."""
    open_stages = (str(JobStage.QUEUED), str(JobStage.RUNNING))
    return [row[0] for row in connection.execute("SELECT id FROM jobs WHERE stage IN (?, ?) ORDER BY id", open_stages)]


def under_way(connection: sqlite3.Connection, property_ids: Iterable[int]) -> list[JobRow]:
    """Return the jobs of some properties that wait or run, oldest first."""
    rows = connection.execute(
        f"{_SELECT} WHERE stage IN (?, ?) AND property_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (str(JobStage.QUEUED), str(JobStage.RUNNING), json_text(list(property_ids))),
    )
    return [_row(row) for row in rows]


def forget_old(connection: sqlite3.Connection, before: datetime) -> int:
    """Forget jobs that ended before a moment and return how many; what is asked for by no date stays.

    That is of each property, module and kind of work the latest ones, the latest of each end, the latest that counted its
    examples, and whatever a model in the registry came from.
    """
    cursor = connection.execute(
        "DELETE FROM jobs WHERE finished_at < ?1 AND id NOT IN ("
        " SELECT id FROM (SELECT id,"
        " row_number() OVER (PARTITION BY property_id, module, kind ORDER BY id DESC) AS back,"
        " row_number() OVER (PARTITION BY property_id, module, kind, stage, json_type(report, '$.points') ORDER BY id DESC)"
        " AS back_of_its_end FROM jobs) WHERE back <= ?2 OR back_of_its_end = 1"
        " UNION SELECT json_extract(card, '$.job') FROM model_versions WHERE json_type(card, '$.job') = 'integer')",
        (moment_text(before), LATEST_KEPT),
    )
    return cursor.rowcount


def get(connection: sqlite3.Connection, job_id: int) -> JobRow | None:
    """Return one job, or None."""
    row = connection.execute(f"{_SELECT} WHERE id = ?", (job_id,)).fetchone()
    return _row(row) if row is not None else None


def recent(
    connection: sqlite3.Connection, limit: int = LATEST_KEPT, *, module: str | None = None, property_id: int | None = None
) -> list[JobRow]:
    """Return the latest jobs, newest first, of all or one module and property."""
    query = f"{_SELECT} WHERE (?1 IS NULL OR module = ?1) AND (?2 IS NULL OR property_id = ?2) ORDER BY id DESC LIMIT ?3"
    return [_row(row) for row in connection.execute(query, (module, property_id, limit))]


def latest_finished(
    connection: sqlite3.Connection, property_id: int, module: str, stage: JobStage | None = None
) -> JobRow | None:
    """Return the module's last job that ended (in ``stage`` where it is named), or None."""
    row = connection.execute(
        f"{_SELECT} WHERE property_id = ?1 AND module = ?2 AND finished_at IS NOT NULL AND (?3 IS NULL OR stage = ?3)"
        " ORDER BY id DESC LIMIT 1",
        (property_id, module, str(stage) if stage else None),
    ).fetchone()
    return _row(row) if row is not None else None


def last_counted(connection: sqlite3.Connection, property_id: int, module: str) -> tuple[JobRow, int] | None:
    """Return the module's last training that got as far as counting its data, however it ended, and how much it was.

    One that had fewer examples than it needs is skipped before: its report does not say up to which day they were counted.
    """
    row = connection.execute(
        f"{_SELECT} WHERE property_id = ? AND module = ? AND kind = ? AND json_type(report, '$.points') = 'integer'"
        " AND (stage IN (?, ?) OR stage = ? AND coalesce(json_extract(report, '$.as_of'), '') <> '') ORDER BY id DESC LIMIT 1",
        (property_id, module, TRAIN, str(JobStage.DONE), str(JobStage.FAILED), str(JobStage.SKIPPED)),
    ).fetchone()
    found = _row(row) if row is not None else None
    return (found, int(str(found.report["points"]))) if found is not None else None


def forget_counted(connection: sqlite3.Connection, property_id: int, since: datetime) -> None:
    """Forget how much data the trainings of a property counted that ended after a moment: part of it is not known any more."""
    connection.execute(
        "UPDATE jobs SET report = json_remove(report, '$.points') WHERE property_id = ? AND kind = ? AND finished_at >= ?",
        (property_id, TRAIN, moment_text(since)),
    )


def _row(row: tuple[int, str, str, int | None, str, str, str, str, str, str | None, str | None]) -> JobRow:
    return JobRow(*row[:4], JobStage(row[4]), row[5], row[6], json.loads(row[7]), *map(moment_or_none, row[8:]))  # type: ignore[arg-type]
