"""Training several modules on several properties and waiting for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from hotelml_app.core.jobs import CancelToken
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.training.report import TrainingReport
from hotelml_app.training.trainer import Trainer

_LOOK_EVERY_S = 0.2

Watch = Callable[[float, str], None]


def train_all(
    trainer: Trainer,
    modules: Iterable[str],
    property_ids: Iterable[int],
    *,
    config: Mapping[str, ModuleTrainingConfig] | None = None,
    as_of: date | None = None,
    asked_by: str = "user",
    progress: Watch | None = None,
    cancel: CancelToken | None = None,
) -> list[TrainingReport]:
    """Train every module on every property and return a report each, in that order, skipped ones with their reason.

    ``config`` holds the modules that are not to follow the settings. ``progress`` hears the done share of the whole.
    When ``cancel`` is set, or the caller is interrupted, everything that is not over is stopped.
    """
    wanted = [(module, property_id) for property_id in property_ids for module in modules]
    chosen = config or {}
    ids = [trainer.submit(m, p, asked_by=asked_by, as_of=as_of, config=chosen.get(m)) for m, p in wanted]
    try:
        for job_id in ids:
            while trainer.wait(job_id, _LOOK_EVERY_S) is None:
                if cancel is not None and cancel.cancelled:
                    _stop(trainer, ids)
                _tell(trainer, ids, progress)
    except BaseException:
        _stop(trainer, ids)
        raise
    _tell(trainer, ids, progress)
    return [report for job_id in ids if (report := trainer.wait(job_id)) is not None]


def _stop(trainer: Trainer, ids: Iterable[int]) -> None:
    for job_id in ids:
        trainer.cancel(job_id)


def _tell(trainer: Trainer, ids: list[int], progress: Watch | None) -> None:
    if progress is None or not ids:
        return
    views = [trainer.view(job_id) for job_id in ids]
    running = next((view for view in views if not view.stage.final and view.started_at is not None), views[-1])
    done = sum(1.0 if view.stage.final else view.fraction for view in views) / len(views)
    progress(done, f"{running.property_name}, {running.module}: {running.step}")
