"""``hotelml status``: the appliance at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotelml_app.core.jobs import CancelToken, JobStage, JobView, ProgressCallback
from hotelml_app.core.json_values import json_ready
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules import discover
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.choose_property import NOTHING_YET
from hotelml_app.services.asking.words import bytes_of, calls_words, count, moment
from hotelml_app.services.backups import next_start
from hotelml_app.services.channels.stands import channel_lines, channel_views
from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.exports.freshness import freshness, stale_words
from hotelml_app.services.home.status_views import StatusView
from hotelml_app.services.home.warning_list import standing_warnings
from hotelml_app.services.learning.job_list import job_list
from hotelml_app.services.learning.made_by import brought_answers
from hotelml_app.services.learning.plain_rules import in_staff_words
from hotelml_app.services.nights import rooms_seen
from hotelml_app.services.parts import Parts
from hotelml_app.services.properties.list_properties import property_view
from hotelml_app.services.properties.views import PropertyView
from hotelml_app.services.sign_in.stands import look as look_at_sign_in
from hotelml_app.services.updates.taking import waiting as waiting_update
from hotelml_app.services.updates.telling import KEY as UPDATE_WAITS
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import models, predictions

RECENT_JOBS = 5

STATISTICAL, BUNDLED = "statistical", "bundled"
"""What a module's live version is called where it answers by its plain rule, or by a model brought along."""


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Return the status as fields and, under ``lines``, in words."""
    view = build(parts)
    told = json_ready(view)
    assert isinstance(told, dict)
    return {**told, "lines": list(_lines(view))}


def build(parts: Parts) -> StatusView:
    """Return how things stand; bookings are loaded only where no answer yet tells what makes it."""
    with parts.store.read() as connection:
        rows = properties.all(connection)
        live = {(one.property_id, one.module): one for one in models.deployments(connection) if one.live_until is None}
        makers = {(row.id, name): predictions.makers(connection, row.id, name) for row in rows for name in discover()}
    modules = []
    for row in rows:
        for name, manifest in discover().items():
            deployed = live.get((row.id, name))
            own = deployed.version if deployed else ""
            modules.append((row.name, name, own or _without_own(parts, row, manifest, makers[row.id, name])))
    return StatusView(
        home=str(parts.layout.home),
        running=parts.running,
        database_bytes=parts.store.size_bytes(),
        properties=tuple(property_view(parts, row, rooms_seen.remembered(parts, row)) for row in rows),
        freshness=tuple(freshness(parts.store, parts.clock, row) for row in rows),
        jobs=_jobs_shown(job_list(parts)),
        modules=tuple(modules),
        waiting_files=parts.folders.waiting_files(),
        warnings=standing_warnings(parts.store),
        network_calls=parts.network.count,
        channel_calls=parts.network.set_up_by_user,
        channels=channel_views(parts.store, parts.settings.notifications),
        next_start=next_start.waiting(parts.layout),
        sign_in=look_at_sign_in(parts.layout),
        update=waiting_update(parts.layout),
    )


def _without_own(parts: Parts, row: PropertyRow, manifest: ModuleManifest, makers: set[str]) -> str:
    return BUNDLED if brought_answers(parts, row, manifest, makers) is not None else STATISTICAL


def _jobs_shown(jobs: tuple[JobView, ...]) -> tuple[JobView, ...]:
    open_jobs = [job for job in jobs if not job.stage.final]
    ended = [job for job in jobs if job.stage.final]
    return (*open_jobs, *ended[:RECENT_JOBS])


def _lines(view: StatusView) -> Iterator[str]:
    state = "HotelML is running" if view.running else "HotelML is not running"
    yield f"{state} on {view.home} (database {bytes_of(view.database_bytes)})."
    if view.next_start is not None:
        yield f"{view.next_start.sentence} {next_start.HOW_TO_KEEP}"
    if view.update is not None:
        yield f"{view.update.waits}. {view.update.next_step}"
    if view.sign_in is not None:
        yield f"{view.sign_in.sentence} {view.sign_in.remedy}".rstrip()
    if not view.properties:
        yield f"There is no property yet. {NOTHING_YET}"
    for one, fresh in zip(view.properties, view.freshness, strict=True):
        yield _property_line(one, fresh)
        yield from _module_lines([(module, version) for name, module, version in view.modules if name == one.name])
    for job in view.jobs:
        yield _job_line(job)
    if view.waiting_files:
        yield f"{count(view.waiting_files, 'file')} waiting in the drop folder."
    for warning in view.warnings:
        if warning.key != UPDATE_WAITS:
            yield f"Warning: {warning.title}. {warning.message} {warning.remedy}".rstrip()
    yield from channel_lines(view.channels)
    yield f"Network calls: {calls_words(view.network_calls, view.channel_calls)}."


def _property_line(one: PropertyView, fresh: Freshness) -> str:
    if one.business_date is None:
        return f"{one.name}: no export was read yet."
    rooms = one.rooms or one.rooms_stated.get("")
    told = f", {count(rooms, 'room')}" if rooms else f", at least {count(one.rooms_seen, 'room')}" if one.rooms_seen else ""
    if fresh.imported_at is None:
        return f"{one.name}{told}: only reviews were read, up to {one.business_date}."
    whence = f"{fresh.export_name}, read {moment(fresh.imported_at)}"
    return f"{one.name}{told}: as of the end of {one.business_date} ({whence}). {stale_words(fresh)}".rstrip()


def _module_lines(modules: Sequence[tuple[str, str]]) -> Iterator[str]:
    for module, version in modules:
        if version not in (STATISTICAL, BUNDLED):
            yield f"  {module}: {version} is live"
    brought = [module for module, version in modules if version == BUNDLED]
    if brought:
        yield f"  answered by models HotelML brings along: {', '.join(brought)}"
    by_rule = [module for module, version in modules if version == STATISTICAL]
    if by_rule:
        yield f"  answered by a plain rule: {', '.join(by_rule)}"


def _job_line(job: JobView) -> str:
    share = f" {job.fraction:.0%}" if job.stage is JobStage.RUNNING else ""
    words = in_staff_words(job.message or job.step)
    what = job.module or "predictions"
    return f"{what} of {job.property_name}: {job.stage}{share}{f', {words}' if words else ''}"
