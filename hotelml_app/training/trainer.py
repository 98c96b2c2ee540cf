"""The trainer: takes training jobs, runs them in lanes beside each other, and tells how they stand."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import EventBus, JobChanged
from hotelml_app.core.jobs import TRAIN, JobStage, JobView
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules import manifest as manifest_of
from hotelml_app.registry.folders import sweep_staging
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.settings import HomeLayout, Settings, training_config
from hotelml_app.store import Store
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import jobs
from hotelml_app.store.learned.job_ends import JobEnds
from hotelml_app.training.beforehand import Counted, nothing_counted, skipped_beforehand
from hotelml_app.training.environment import children_at_once, usable_cores
from hotelml_app.training.errors import TrainerClosedError, UnknownJobError
from hotelml_app.training.estimates import seconds_left
from hotelml_app.training.job import TrainingJob
from hotelml_app.training.lane import Lane
from hotelml_app.training.process import child_command
from hotelml_app.training.report import TrainingReport
from hotelml_app.training.run import STAGING_PREFIX, Lost, TrainingRun, nothing_lost
from hotelml_app.training.turns import Turns

log = logging.getLogger(__name__)

BY_USER = "user"
"""Who asks for a training that somebody waits for."""

_CLOSE_WITHIN_S = 20.0
_RECENT_JOBS = 30
_REMEMBERED_JOBS = 200
_EARLIER_RUNS = 5


class Trainer:
    """One lane per module and property, at most so many processes at once: one per core, until told to ``make_room``.

    Any thread may call; make one per home, by its writer.
    Making it tidies up after a killed run: its jobs become abandoned, what it staged is removed.
    """

    def __init__(
        self,
        store: Store,
        registry: ModelRegistry,
        layout: HomeLayout,
        settings: Settings,
        clock: Clock,
        bus: EventBus,
        *,
        manifests: Callable[[str], ModuleManifest] = manifest_of,
        command: Sequence[str] | None = None,
        lost: Lost = nothing_lost,
        counted: Counted = nothing_counted,
    ) -> None:
        self._store, self._registry, self._layout = store, registry, layout
        self._clock, self._bus, self._manifests = clock, bus, manifests
        self._settings, self._counted = settings, counted
        self._ends = JobEnds(store)
        self._cores = usable_cores()
        self._take_turns(settings.training.max_children or self._cores)
        self._run = TrainingRun(registry, layout, clock, command or child_command(), self._threads_per_child, lost)
        self._lanes: dict[tuple[str, int], Lane] = {}
        self._jobs: dict[int, TrainingJob] = {}
        self._durations: dict[str, list[float]] = {}
        self._lock, self._submitting = threading.Lock(), threading.Lock()
        self._closed = False
        self._recover()

    def make_room(self) -> None:
        """Leave a core to the window and the imports that work beside trainings; call it before anything is queued."""
        self._take_turns(children_at_once(self._settings.training.max_children, self._cores))

    def submit(
        self,
        module: str,
        property_id: int,
        *,
        asked_by: str,
        as_of: date | None = None,
        config: ModuleTrainingConfig | None = None,
    ) -> int:
        """Queue a training and return its job id; the same training while it still waits is that job.

        ``asked_by`` is user, schedule, new data or accuracy drop; what a user asks for has the next turn. Raises
        UnknownModuleError, UnknownPropertyError, TrainerClosedError.
        """
        title = self._manifests(module).title
        chosen = config or training_config(self._settings, module)
        # What waits for an import to be written holds nobody up who only looks, or stops another one.
        with self._submitting:
            with self._lock:
                if self._closed:
                    raise TrainerClosedError("Training cannot be started any more.", remedy="Start HotelML again.")
                waiting = next((j for j in self._jobs.values() if j.same_as(module, property_id, as_of, chosen)), None)
            if waiting is not None:
                return waiting.id
            with self._store.write() as connection:
                owner = properties.get(connection, property_id)
                job_id = jobs.add(connection, TRAIN, self._clock.now(), module=module, property_id=property_id, asked_by=asked_by)
            job = TrainingJob(job_id, module, property_id, owner.name, asked_by, chosen, as_of, module_title=title)
            with self._lock:
                self._jobs[job_id] = job
                self._forget_old_jobs()
        self._tell(job)
        with self._lock:
            queued = not self._closed
            if queued:
                self._lane(module, property_id).put(job)
        if not queued and self._taken(job):
            # The lanes have ended meanwhile: nobody else would ever end it.
            self._finish(job, self._cancelled(job))
        return job_id

    def wait(self, job_id: int, timeout: float | None = None) -> TrainingReport | None:
        """Return a job's report once it is over; None where it is not over within ``timeout`` seconds."""
        job = self._job(job_id)
        return job.report if job.over.wait(timeout) else None

    def cancel(self, job_id: int) -> None:
        """Stop a job, waiting or running; one that is over stays as it ended. Raises UnknownJobError."""
        job = self._job(job_id)
        job.token.cancel()
        if self._taken(job):
            # Behind another training of its module that runs, its turn would be long in coming.
            self._finish(job, self._cancelled(job))

    def jobs(self) -> list[JobView]:
        """Return the jobs of this run of the program, newest first, those that are not over in any case."""
        with self._lock:
            known = sorted(self._jobs.values(), key=lambda job: job.id, reverse=True)
        shown = [job for place, job in enumerate(known) if place < _RECENT_JOBS or not job.stage.final]
        return [self._view(job) for job in shown]

    def view(self, job_id: int) -> JobView:
        """Return how one job stands. Raises UnknownJobError."""
        return self._view(self._job(job_id))

    def use_settings(self, settings: Settings) -> None:
        """Let later jobs follow changed settings (how many run at once holds from the next start on)."""
        self._settings = settings

    def call(self, property_id: int, name: str) -> None:
        """Name a property otherwise in the jobs of this run of the program."""
        with self._lock:
            for job in self._jobs.values():
                if job.property_id == property_id:
                    job.property_name = name

    def close(self) -> None:
        """Stop everything that runs or waits, and end the lanes; what was running counts as abandoned."""
        with self._lock:
            self._closed = True
            lanes = list(self._lanes.values())
            for job in self._jobs.values():
                if not job.stage.final:
                    job.closing = True
                    job.token.cancel()
        for lane in lanes:
            lane.close(_CLOSE_WITHIN_S)
        self._ends.close()

    def _recover(self) -> None:
        """Tidy up after an earlier run that was killed."""
        left = self._ends.abandon_unfinished(self._clock.now(), "HotelML was stopped before this was done.")
        swept = [*sweep_staging(self._layout.staging, STAGING_PREFIX), *self._registry.sweep()]
        if left or swept:
            log.warning("the last run was interrupted: %d jobs abandoned, %d leftovers removed", len(left), len(swept))

    def _work(self, job: TrainingJob) -> None:
        """Do one job to whatever end, on its lane's thread, unless it was ended while it waited there."""
        if not self._taken(job):
            return
        try:
            report = skipped_beforehand(job, self._manifests(job.module), self._counted, self._clock.now()) or self._do(job)
        except HotelMLError as error:
            log.warning("job %d failed: %s", job.id, error)
            report = self._failed(job, error.message, error.remedy)
        except Exception as error:
            log.exception("job %d failed", job.id)
            report = self._failed(job, f"The training stopped at an error: {error}", "The log has the details.")
        self._finish(job, report)

    def _lane(self, module: str, property_id: int) -> Lane:
        lane = self._lanes.get((module, property_id))
        if lane is None:
            lane = self._lanes[module, property_id] = Lane(f"{module}-{property_id}", self._work)
        return lane

    def _taken(self, job: TrainingJob) -> bool:
        """Take a job, and return whether nobody else had: whoever takes it does it, or ends it."""
        with self._lock:
            mine, job.taken = not job.taken, True
        return mine

    def _do(self, job: TrainingJob) -> TrainingReport:
        turns = self._turns
        if not turns.take((job.asked_by != BY_USER, job.id), lambda: job.token.cancelled):
            return self._cancelled(job)
        try:
            if job.token.cancelled:
                return self._cancelled(job)
            self._begin(job)
            return self._run.do(job, self._manifests(job.module), lambda fraction, step: self._progress(job, fraction, step))
        finally:
            turns.give_back()

    def _begin(self, job: TrainingJob) -> None:
        job.stage, job.step = JobStage.RUNNING, "Starting"
        job.started_at, job.began_s = self._clock.now(), self._clock.monotonic()
        with self._store.write() as connection:
            jobs.start(connection, job.id, job.started_at)
        self._tell(job)

    def _progress(self, job: TrainingJob, fraction: float, step: str) -> None:
        job.fraction, job.step = fraction, step
        self._tell(job)

    def _finish(self, job: TrainingJob, report: TrainingReport) -> None:
        if job.closing and report.stage is JobStage.CANCELLED:
            report = replace(report, stage=JobStage.ABANDONED, reason="HotelML was closed before this was done.")
        stage = report.stage
        job.report, job.message, job.finished_at = report, report.reason, self._clock.now()
        job.fraction, job.step = (1.0, "Done") if stage is JobStage.DONE else (job.fraction, report.reason)
        try:
            self._ends.finish(job.id, stage, job.finished_at, message=report.reason, report=report.as_dict())
        finally:
            job.stage = stage
            with self._lock:
                self._durations.pop(job.module, None)
            job.over.set()
            self._tell(job)

    def _cancelled(self, job: TrainingJob) -> TrainingReport:
        reason = "Stopped on request before it began."
        return TrainingReport(job.module, job.property_name, JobStage.CANCELLED, self._clock.now(), 0.0, reason, job_id=job.id)

    def _failed(self, job: TrainingJob, reason: str, remedy: str) -> TrainingReport:
        now = self._clock.now()
        elapsed_s = self._clock.monotonic() - job.began_s if job.began_s is not None else 0.0
        return TrainingReport(
            job.module, job.property_name, JobStage.FAILED, now, elapsed_s, reason, job_id=job.id, remedy=remedy
        )

    def _tell(self, job: TrainingJob) -> None:
        at = (str(job.stage), job.fraction, job.step, job.module_title)
        self._bus.publish(JobChanged(job.id, job.module, job.property_name, *at))

    def _view(self, job: TrainingJob) -> JobView:
        if job.stage is not JobStage.RUNNING or job.began_s is None:
            return job.view()
        elapsed_s = self._clock.monotonic() - job.began_s
        return job.view(seconds_left(job.fraction, elapsed_s, self._earlier_durations(job.module)))

    def _earlier_durations(self, module: str) -> list[float]:
        with self._lock:
            if module in self._durations:
                return self._durations[module]
        with self._store.read() as connection:
            rows = [row for row in jobs.recent(connection, module=module) if row.stage is JobStage.DONE]
        found = [float(str(row.report["duration_s"])) for row in rows[:_EARLIER_RUNS] if "duration_s" in row.report]
        with self._lock:
            self._durations[module] = found
        return found

    def _forget_old_jobs(self) -> None:
        over = [number for number, job in self._jobs.items() if job.stage.final]
        for number in over[:-_REMEMBERED_JOBS]:
            del self._jobs[number]

    def _job(self, job_id: int) -> TrainingJob:
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            raise UnknownJobError(f"There is no training job {job_id} in this run of HotelML.", remedy="See: hotelml status")
        return job

    def _take_turns(self, at_once: int) -> None:
        self._at_once = at_once
        self._turns = Turns(at_once)

    def _threads_per_child(self) -> int:
        return max(1, self._cores // self._at_once)
