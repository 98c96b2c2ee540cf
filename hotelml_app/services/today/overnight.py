"""What ran in the last day, in a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from hotelml_app.core.jobs import TRAIN, JobStage
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules import discover
from hotelml_app.services.asking.words import count, moment
from hotelml_app.services.exports.freshness import today_of
from hotelml_app.services.learning.measure_words import figure, how_good, primary_measure, unit_then
from hotelml_app.services.parts import Parts
from hotelml_app.store.exported import imports
from hotelml_app.store.exported.imports import ImportRow
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import jobs

LOOK_BACK = timedelta(hours=24)
MOST_SHOWN = 8
MOST_FILES_NAMED = 3
MOST_FILES_LOOKED_AT = 100

LIVE, NOT_LIVE = "champion", "but what answered before still does"
"""A training's verdict, and what is said of any other: its figure is not that of the numbers on the pages."""

_NOTHING = re.compile(r"Too little data: 0 of ")
_IN_BRACKETS = re.compile(r" \([^()]*\)$")

_ENDED = {
    JobStage.DONE: "learned",
    JobStage.FAILED: "training failed",
    JobStage.CANCELLED: "training was stopped",
    JobStage.SKIPPED: "nothing was learned",
    JobStage.ABANDONED: "training was cut off",
}


def overnight(parts: Parts, row: PropertyRow) -> tuple[str, ...]:
    """Return imports and trainings of the last 24 hours, newest first."""
    since, today = parts.clock.now() - LOOK_BACK, today_of(parts.clock)
    modules = discover()
    with parts.store.read() as connection:
        files = imports.recent(connection, MOST_FILES_LOOKED_AT, row.id)
        ran = jobs.recent(connection, MOST_FILES_LOOKED_AT, property_id=row.id)
    lately = [file for file in files if (file.finished_at or file.received_at) >= since]
    told = list(_read([file for file in lately if file.status == imports.DONE], today))
    for file in lately:
        if file.status != imports.DONE:
            at = file.finished_at or file.received_at
            said = _first_sentence(file.message)
            whose = "" if file.file_name in said else f"{file.file_name}: "
            told.append((at, f"{moment(at, today)}  {whose}{said}"))
    for job in ran:
        if job.stage is JobStage.SKIPPED and _NOTHING.match(job.message):
            # A hotel without reviews need not read every morning that nothing was learned from them.
            continue
        # Predictions are renewed after every import; only that they were not is worth a line.
        routine = job.kind != TRAIN and job.stage is JobStage.DONE
        if job.finished_at is not None and job.finished_at >= since and job.stage in _ENDED and not routine:
            at, said = job.finished_at, _sentence(job, modules.get(job.module), row.currency)
            told.append((at, f"{moment(at, today)}  {said}"))
    told.sort(reverse=True)
    return tuple(line for _, line in told[:MOST_SHOWN])


def _first_sentence(message: str) -> str:
    """Return what happened; what to do about it stands on the Data page."""
    return f"{message.partition('. ')[0].rstrip('.')}." if message else "could not be read."


def _read(files: Sequence[ImportRow], today: date) -> Iterator[tuple[datetime, str]]:
    """Yield a line for each file that was read, or one for all where there are many."""
    if len(files) > MOST_FILES_NAMED:
        at = max(file.finished_at or file.received_at for file in files)
        rows = sum(file.accepted for file in files)
        yield at, f"{moment(at, today)}  {count(len(files), 'export')} read, {count(rows, 'row')} in all"
        return
    for file in files:
        at = file.finished_at or file.received_at
        # What a first file brought is all new; of later ones this is what staff look for.
        news = f", {file.created:,} new and {file.changed:,} changed" if file.created < file.accepted else ""
        yield at, f"{moment(at, today)}  {file.file_name}: {count(file.accepted, 'row')} read{news}"


def _sentence(job: jobs.JobRow, manifest: ModuleManifest | None, currency: str | None) -> str:
    """Return how a job ended, in words that need no statistics."""
    if job.kind != TRAIN:
        return f"Renewing the predictions did not end well{f': {job.message}' if job.message else ''}"
    if manifest is None:
        return f"{job.module}: {_ENDED[job.stage]}"
    if gave_way := job.report.get("gave_way"):
        why = "which errs more than the plain rule"
        return f"{manifest.title}: nothing better was learned, and {gave_way}, {why}, answers no longer"
    if job.stage is JobStage.DONE and job.report.get("verdict", LIVE) != LIVE:
        return f"{manifest.title}: learned, {NOT_LIVE}"
    measure = primary_measure(manifest, job.report)
    good = how_good(manifest, figure(measure, "value"), None, unit_then(manifest, measure, currency)) if measure else ""
    rest = good if job.stage is JobStage.DONE else job.message
    if job.stage is JobStage.SKIPPED and rest:
        # What an example is, the Models page says.
        said = _IN_BRACKETS.sub("", rest.rstrip("."))
        return f"{manifest.title}: {_ENDED[job.stage]}; {said[:1].lower()}{said[1:]}"
    return f"{manifest.title}: {_ENDED[job.stage]}{f' ({rest})' if rest else ''}"
