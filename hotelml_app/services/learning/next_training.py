"""When a module learns again by itself, in the words of the Models page and by the numbers of the triggers."""

from __future__ import annotations

from hotelml_app.core.jobs import JobStage, JobView
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.schedule.cron import next_planned
from hotelml_app.schedule.local_zone import local_zone
from hotelml_app.schedule.triggers import Growth, missing_growth
from hotelml_app.services.asking.words import moment, several
from hotelml_app.services.parts import Parts
from hotelml_app.settings.model import training_config
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import jobs


def waits_for(parts: Parts, row: PropertyRow, manifest: ModuleManifest, points: int, job: JobView | None) -> str:
    """Return what the next training waits for; ``points`` is what there is to learn from, ``job`` one that is under way."""
    if manifest.train is None:
        return ""
    if job is not None:
        return "Training now." if job.stage is JobStage.RUNNING else "Waits for its turn."
    config = training_config(parts.settings, manifest.name)
    if not config.enabled:
        return "Learns only when you start it: learning by itself is switched off in the settings."
    if points < config.min_data_points:
        return f"Waits for more to learn from: {points:,} of {config.min_data_points:,} {several(manifest.data_point)}."
    with parts.store.read() as connection:
        counted = jobs.last_counted(connection, row.id, manifest.name)
        learned = jobs.latest_finished(connection, row.id, manifest.name, JobStage.DONE) is not None
    if counted is None:
        return "Ready to learn: start the training, or wait for the next export."
    rules, (last, then) = parts.settings.training, counted
    missing = missing_growth(points, then, Growth(rules.growth_share, rules.growth_min, config.min_data_points))
    by_clock = _by_clock(parts, config.schedule, learned=learned)
    if missing <= 0:
        return f"There is enough new to learn from: it learns by itself after the next export{by_clock}."
    begins = "Learns again" if last.stage is JobStage.DONE else "Tries again"
    more = manifest.data_point if missing == 1 else several(manifest.data_point)
    return f"{begins} by itself after {missing:,} more {more}{by_clock}."


def _by_clock(parts: Parts, schedule: str, *, learned: bool) -> str:
    """Return when the clock asks for a training, as the end of a sentence; once one went well, it asks where an export came."""
    now = parts.clock.now()
    planned = next_planned(schedule, now, local_zone()) if schedule else None
    if planned is None:
        return ""
    return f", or {moment(planned, now)}{' if an export came since it learned' if learned else ''}"
