"""What happens by itself after an import or a change of model, in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import DeploymentChanged, Event, EventBus, ImportFinished, JobChanged
from hotelml_app.core.jobs import PREDICT, JobStage, JobView, ProgressCallback, no_progress
from hotelml_app.schedule.refresh import Refresher
from hotelml_app.schedule.retraining import Retrainer
from hotelml_app.store import Store
from hotelml_app.store.errors import StoreError
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import jobs
from hotelml_app.store.learned.job_ends import JobEnds

log = logging.getLogger(__name__)


AGAIN_AFTER_S = 300.0
"""What a full disk or a locked database kept from being done is tried again after so long."""

JOBS_KEPT = timedelta(days=400)
"""How long is remembered what ran and how it ended."""

_CAME_TO_AN_END = (JobStage.DONE, JobStage.FAILED, JobStage.SKIPPED)
"""Ends of a training that nobody asked for: one that was stopped is not to begin again at once."""


class Upkeep:
    """Import -> fresh predictions -> outcomes -> training where it is due; new model -> fresh predictions of its module.

    What comes in while it works is done together afterwards, and what the database could not take ``again_after_s`` later.
    The ``..._now`` calls work on the caller's thread.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        bus: EventBus,
        refresher: Refresher,
        retrainer: Retrainer,
        *,
        again_after_s: float = AGAIN_AFTER_S,
    ) -> None:
        self._store, self._clock, self._bus = store, clock, bus
        self._refresher, self._retrainer = refresher, retrainer
        self._again_after_s = again_after_s
        self._undone: set[int] = set()
        self._imported: dict[int, None] = {}
        self._changed: dict[int, set[str]] = {}
        self._recount: dict[int, None] = {}
        self._stirred = threading.Condition()
        self._working = False
        self._stopping = False
        self._current: JobView | None = None
        self._ends = JobEnds(store)
        self._thread: threading.Thread | None = None
        self._unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """Listen to events from now on, and make up for what a killed run left undone."""
        self._stopping = False
        self._ends = JobEnds(self._store)
        self._unsubscribe = self._bus.subscribe(self._hear)
        with self._store.read() as connection:
            known = [row.id for row in properties.all(connection) if row.business_date is not None]
        with self._stirred:
            for property_id in known:
                (self._imported if self._refresher.is_stale(property_id) else self._recount)[property_id] = None
        self._thread = threading.Thread(target=self._watch, name="upkeep", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being done and end; what waits is made up for at the next start."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        with self._stirred:
            self._stopping = True
            self._stirred.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._ends.close()

    def jobs(self) -> tuple[JobView, ...]:
        """Return what is being done at this moment."""
        current = self._current
        return (current,) if current is not None else ()

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until nothing is left to do and return whether that came in time."""
        with self._stirred:
            return self._stirred.wait_for(lambda: not (self._working or self._waiting()), timeout_s)

    def after_import_now(self, property_id: int, progress: ProgressCallback = no_progress) -> list[int]:
        """Refresh, judge, and return the training jobs this called for; nothing where nothing was imported."""
        newest, data = self._refresher.newest_import(property_id), self._refresher.data(property_id)
        if data is None:
            return []
        progress(0.1, "Predicting from the new export")
        self._refresher.refresh(data, progress=lambda done, step: progress(0.1 + 0.6 * done, step))
        progress(0.7, "Comparing earlier predictions with what happened")
        self._refresher.judge(data)
        progress(0.9, "Looking whether there is enough new to learn from")
        asked = self._retrainer.after_import(data)
        with self._store.write() as connection:
            jobs.forget_old(connection, self._clock.now() - JOBS_KEPT)
        self._refresher.note_followed_up(property_id, newest)
        return asked

    def refresh_now(self, property_id: int, modules: set[str] | None = None, progress: ProgressCallback = no_progress) -> None:
        """Predict again, for instance after another model went live."""
        data = self._refresher.data(property_id)
        if data is not None:
            self._refresher.refresh(data, modules, progress)

    def predict_soon(self, property_id: int, modules: set[str]) -> bool:
        """Have some modules predict again, for instance after staff changed what they look at, and return whether they will.

        Nothing happens where it is not started: whoever waits for it to be idle would wait for nobody.
        """
        if self._thread is None:
            return False
        with self._stirred:
            self._changed.setdefault(property_id, set()).update(modules)
            self._stirred.notify_all()
        return True

    def recount_now(self, property_id: int) -> list[int]:
        """Look again whether training is due, and return the jobs."""
        data = self._refresher.data(property_id)
        return self._retrainer.after_import(data) if data is not None else []

    def _hear(self, event: Event) -> None:
        if isinstance(event, ImportFinished) and event.status in imports.CHANGING:
            self._stir(self._imported, event.properties)
        elif isinstance(event, JobChanged) and event.stage in _CAME_TO_AN_END and event.module:
            # What was imported while it was training may be enough for another round.
            property_id = self._id_of(event.property_name)
            if property_id is not None and self._retrainer.take_held_back(property_id):
                self._stir(self._recount, (event.property_name,))
        elif isinstance(event, DeploymentChanged):
            property_id = self._id_of(event.property_name)
            if property_id is not None:
                self.predict_soon(property_id, {event.module})

    def _stir(self, waiting: dict[int, None], names: tuple[str, ...]) -> None:
        ids = [self._id_of(name) for name in names]
        with self._stirred:
            waiting.update({one: None for one in ids if one is not None})
            self._stirred.notify_all()

    def _id_of(self, name: str) -> int | None:
        with self._store.read() as connection:
            row = properties.find(connection, name)
        return row.id if row is not None else None

    def _stirring(self) -> bool:
        return self._stopping or self._waiting()

    def _waiting(self) -> bool:
        return bool(self._imported or self._changed or self._recount)

    def _watch(self) -> None:
        while True:
            with self._stirred:
                self._working = False
                self._stirred.notify_all()
                if not self._stirred.wait_for(self._stirring, self._again_after_s if self._undone else None):
                    self._imported.update(dict.fromkeys(self._undone))
                    self._undone.clear()
                if self._stopping:
                    return
                self._working = True
                property_id, work, title = self._next()
            try:
                self._as_job(property_id, title, work)
            except properties.UnknownPropertyError:
                log.info("%s has nothing to do any more: the property became part of another", title)
            except HotelMLError as error:
                log.warning("%s did not succeed: %s", title, error)
                if isinstance(error, StoreError):
                    self._undone.add(property_id)
            except Exception:
                log.exception("%s did not succeed", title)
            self._undone |= self._refresher.take_undone()

    def _next(self) -> tuple[int, Callable[[ProgressCallback], object], str]:
        """Take what is to be done next; an import first, since it brings all the rest with it."""
        if self._imported:
            chosen = next(iter(self._imported))
            del self._imported[chosen]
            self._changed.pop(chosen, None)
            self._recount.pop(chosen, None)
            return chosen, lambda progress: self.after_import_now(chosen, progress), "Predicting from the new export"
        if self._changed:
            chosen = next(iter(self._changed))
            modules = self._changed.pop(chosen)
            return chosen, lambda progress: self.refresh_now(chosen, modules, progress), "Predicting with what changed"
        chosen = next(iter(self._recount))
        del self._recount[chosen]
        return chosen, lambda progress: self.recount_now(chosen), ""

    def _as_job(self, property_id: int, title: str, work: Callable[[ProgressCallback], object]) -> None:
        """Do the work with a job beside it that screens and status can show; without a title it is too small to show."""
        if not title:
            work(no_progress)
            return
        with self._store.write() as connection:
            name, now = properties.get(connection, property_id).name, self._clock.now()
            job_id = jobs.add(connection, PREDICT, now, property_id=property_id, asked_by=title)
            jobs.start(connection, job_id, now)

        def show(fraction: float, step: str, stage: JobStage = JobStage.RUNNING) -> None:
            self._current = JobView(job_id, PREDICT, "", name, stage, fraction, step, now) if not stage.final else None
            self._bus.publish(JobChanged(job_id, "", name, str(stage), fraction, step))

        show(0.0, title)
        stage, message = JobStage.FAILED, "It stopped at an error; the log has the details."
        try:
            work(show)
            stage, message = JobStage.DONE, "Done"
        finally:
            try:
                self._ends.finish(job_id, stage, self._clock.now(), message=message)
            finally:
                # It is over even where that cannot be written down, as on a full disk: nobody may see it run for ever.
                show(1.0, message, stage)
