"""Training jobs: those of this run of the program as they stand, and those of earlier runs as they ended."""

from __future__ import annotations

from hotelml_app.core.jobs import JobStage, JobView
from hotelml_app.modules import title_of
from hotelml_app.services.parts import Parts
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import jobs
from hotelml_app.store.learned.jobs import JobRow

SHOWN = 30


def job_list(parts: Parts) -> tuple[JobView, ...]:
    """Return what runs or waits first, then the latest that ended."""
    live = list(parts.trainer.jobs()) if parts.trainer is not None else []
    live += parts.upkeep.jobs() if parts.upkeep is not None else ()
    known = {job.id for job in live}
    with parts.store.read() as connection:
        names = {row.id: row.name for row in properties.all(connection)}
        earlier = [_view(row, names) for row in jobs.recent(connection, SHOWN) if row.id not in known]
    everything = sorted((*live, *earlier), key=lambda job: (job.stage.final, -job.id))
    return tuple(everything[:SHOWN])


def _view(row: JobRow, names: dict[int, str]) -> JobView:
    return JobView(
        id=row.id,
        kind=row.kind,
        module=row.module,
        property_name=names.get(row.property_id or 0, ""),
        stage=row.stage,
        fraction=1.0 if row.stage is JobStage.DONE else 0.0,
        step="",
        started_at=row.started_at,
        finished_at=row.finished_at,
        message=row.message,
        module_title=title_of(row.module),
    )
