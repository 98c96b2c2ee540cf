"""A lane: one thread that works off the trainings of one module on one property, one after the other."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from hotelml_app.training.job import TrainingJob

log = logging.getLogger(__name__)


class Lane:
    """Jobs in the order they came. ``work`` must not raise; should it do so, the lane goes on with the next job."""

    def __init__(self, name: str, work: Callable[[TrainingJob], None]) -> None:
        self._work = work
        self._jobs: queue.SimpleQueue[TrainingJob | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"lane-{name}", daemon=True)
        self._thread.start()

    def put(self, job: TrainingJob) -> None:
        """Add a job at the end."""
        self._jobs.put(job)

    def close(self, timeout_s: float) -> None:
        """Let the lane end after what is queued; the caller cancels that first if it shall not run."""
        self._jobs.put(None)
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._work(job)
            except Exception:
                log.exception("the lane of %s stumbled over job %d", job.module, job.id)
            finally:
                job.over.set()
