"""What speaks against a training before any process is started for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.training.errors import NotEnoughDataError
from hotelml_app.training.job import TrainingJob
from hotelml_app.training.report import Skip, TrainingReport
from hotelml_app.training.run import skipped

Counted = Callable[[ModuleManifest, int], int | None]
"""Asked for a module of a property, tells how many examples there are where that is known already; else None."""


def nothing_counted(manifest: ModuleManifest, property_id: int) -> int | None:
    """Return that nobody knows yet how many examples there are."""
    return None


def skipped_beforehand(job: TrainingJob, manifest: ModuleManifest, counted: Counted, now: datetime) -> TrainingReport | None:
    """Return the report of a training that is not worth a process, with the reason; None where it may begin."""
    if manifest.train is None:
        reason = f"{manifest.title} cannot learn yet; it answers by its plain rule ({manifest.answers_by})."
        return skipped(job, Skip.CANNOT_TRAIN, reason, now)
    if not job.config.enabled:
        return skipped(job, Skip.DISABLED, "Training is switched off (enabled = false).", now)
    needed, points = job.config.min_data_points, counted(manifest, job.property_id) if job.as_of is None else None
    if points is not None and points < needed:
        why = NotEnoughDataError.of(manifest.data_point, points, needed).message
        return replace(skipped(job, Skip.TOO_LITTLE_DATA, why, now), points=points)
    return None
