"""One asked-for training while it waits, runs and ends."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import date, datetime

from hotelml_app.core.jobs import TRAIN, CancelToken, JobStage, JobView
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.training.report import TrainingReport


@dataclass
class TrainingJob:
    """A training job; only who took it changes it once it is queued, its lane or who stops it before, except for the token."""

    id: int
    module: str
    property_id: int
    property_name: str
    asked_by: str
    config: ModuleTrainingConfig
    as_of: date | None = None
    module_title: str = ""
    token: CancelToken = field(default_factory=CancelToken)
    closing: bool = False
    taken: bool = False
    stage: JobStage = JobStage.QUEUED
    fraction: float = 0.0
    step: str = "Waits for its turn"
    started_at: datetime | None = None
    finished_at: datetime | None = None
    began_s: float | None = None
    message: str = ""
    report: TrainingReport | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def same_as(self, module: str, property_id: int, as_of: date | None, config: ModuleTrainingConfig) -> bool:
        """Tell whether this job is still to come and would do just that."""
        asked = (self.module, self.property_id, self.as_of, self.config)
        return self.stage is JobStage.QUEUED and not self.token.cancelled and asked == (module, property_id, as_of, config)

    def view(self, seconds_left: float | None = None) -> JobView:
        """Return what may be shown of it."""
        return JobView(
            id=self.id,
            kind=TRAIN,
            module=self.module,
            property_name=self.property_name,
            stage=self.stage,
            fraction=self.fraction,
            step=self.step,
            started_at=self.started_at,
            finished_at=self.finished_at,
            seconds_left=seconds_left if self.stage is JobStage.RUNNING else None,
            message=self.message,
            module_title=self.module_title,
        )
