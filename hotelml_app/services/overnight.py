"""What ran in the last day, in a line each."""

from __future__ import annotations

from datetime import timedelta

from hotelml_app.core.jobs import JobStage
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules import discover
from hotelml_app.services.measure_words import figure, how_good, primary_measure
from hotelml_app.services.parts import Parts
from hotelml_app.services.words import moment
from hotelml_app.store import imports, jobs
from hotelml_app.store.properties import PropertyRow

LOOK_BACK = timedelta(hours=24)
MOST_SHOWN = 8

_ENDED = {
    JobStage.DONE: "learned again",
    JobStage.FAILED: "training failed",
    JobStage.CANCELLED: "training was stopped",
    JobStage.SKIPPED: "training was not needed",
    JobStage.ABANDONED: "training was cut off",
}


def overnight(parts: Parts, row: PropertyRow) -> tuple[str, ...]:
    """Return imports and trainings of the last 24 hours, newest first."""
    since = parts.clock.now() - LOOK_BACK
    modules = discover()
    with parts.store.read() as connection:
        files = imports.recent(connection, MOST_SHOWN, row.id)
        ran = jobs.recent(connection, MOST_SHOWN * 2, property_id=row.id)
    told = []
    for file in files:
        if (at := file.finished_at or file.received_at) >= since:
            what = f"{file.accepted:,} rows read" if file.status == imports.DONE else file.message
            told.append((at, f"{moment(at)}  {file.file_name}: {what}"))
    for job in ran:
        if job.finished_at is not None and job.finished_at >= since and job.stage in _ENDED:
            told.append((job.finished_at, f"{moment(job.finished_at)}  {_sentence(job, modules.get(job.module))}"))
    told.sort(reverse=True)
    return tuple(line for _, line in told[:MOST_SHOWN])


def _sentence(job: jobs.JobRow, manifest: ModuleManifest | None) -> str:
    """Return how a training ended, in words that need no statistics."""
    if manifest is None:
        return f"{job.module}: {_ENDED[job.stage]}"
    measure = primary_measure(manifest, job.report)
    good = how_good(manifest, figure(measure, "value"), figure(measure, "baseline_value")) if measure else ""
    rest = good if job.stage is JobStage.DONE else job.message
    return f"{manifest.title}: {_ENDED[job.stage]}{f' ({rest})' if rest else ''}"
