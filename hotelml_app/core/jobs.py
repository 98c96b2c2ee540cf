"""Long work as typed values: its stage, its progress, and a way to stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotelml_app.core.errors import Cancelled

ProgressCallback = Callable[[float, str], None]
"""Called with the done fraction in [0, 1] and a short phrase for staff."""


TRAIN, PREDICT = "train", "predict"
"""The kinds of jobs: a module learns, or the modules predict again."""


class JobStage(StrEnum):
    """Where a job stands; the last five are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    ABANDONED = "abandoned"

    @property
    def final(self) -> bool:
        """True where nothing more will happen to the job."""
        return self not in (JobStage.QUEUED, JobStage.RUNNING)


@dataclass(frozen=True, slots=True)
class JobView:
    """What may be shown of a job. ``fraction`` lies in [0, 1]; ``seconds_left`` is None while unknown.

    ``module`` and ``module_title``, what staff call it, are "" where the job is about all of them.
    """

    id: int
    kind: str
    module: str
    property_name: str
    stage: JobStage
    fraction: float
    step: str
    started_at: datetime | None = None
    finished_at: datetime | None = None
    seconds_left: float | None = None
    message: str = ""
    module_title: str = ""


class CancelToken:
    """A flag that the asking side sets and the working side checks."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """True once somebody asked to stop."""
        return self._event.is_set()

    def wait(self, timeout_s: float) -> bool:
        """Wait until somebody asks to stop, or so long, and return whether somebody asked."""
        return self._event.wait(timeout_s)

    def check(self) -> None:
        """Raise ``Cancelled`` once somebody asked to stop."""
        if self.cancelled:
            raise Cancelled("The work was stopped before it finished.", remedy="Nothing was changed; start it again at any time.")


def no_progress(fraction: float, step: str) -> None:
    """Ignore progress, for callers that do not show any."""
