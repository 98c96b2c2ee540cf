"""How jobs ended, written down even where the database cannot take it at that moment."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hotelml_app.core.jobs import JobStage
from hotelml_app.store.errors import StoreError
from hotelml_app.store.learned import jobs
from hotelml_app.store.sqlite.database import Store

log = logging.getLogger(__name__)

AGAIN_AFTER_S = 60.0
"""What a full disk or a locked database kept from being written is tried again after so long."""


@dataclass(frozen=True, slots=True)
class _End:
    stage: JobStage
    at: datetime
    message: str
    report: Mapping[str, object] | None


class JobEnds:
    """Writes the ends of jobs. A job whose end is not written counts as under way, and nobody would ask for another.

    Any thread may call. Close it before the store; what could not be written by then is abandoned at the next start.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unwritten: dict[int, _End] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def finish(
        self, job_id: int, stage: JobStage, now: datetime, *, message: str = "", report: Mapping[str, object] | None = None
    ) -> None:
        """Note how a job ended: at once, or as soon as the database takes it. Raises ValueError for a stage that is not final."""
        self._write_or_keep({job_id: _End(stage, now, message, report)})

    def abandon_unfinished(self, now: datetime, message: str) -> list[int]:
        """Note that an earlier run of the program left its unfinished jobs so, and return those ids; call it before any is added.

        A full disk must not keep the program from starting: nobody would see that it is full.
        """
        with self._store.read() as connection:
            left = jobs.unfinished(connection)
        if left:
            self._write_or_keep(dict.fromkeys(left, _End(JobStage.ABANDONED, now, message, None)))
        return left

    def close(self) -> None:
        """Try what is left for the last time, and end. Closing twice does nothing."""
        self._closed.set()
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()
            self._tried_again()

    def _write_or_keep(self, ends: Mapping[int, _End]) -> None:
        try:
            self._write(ends)
        except StoreError as error:
            log.warning("how %d jobs ended cannot be written down now: %s", len(ends), error)
            self._later(ends)

    def _later(self, ends: Mapping[int, _End]) -> None:
        with self._lock:
            self._unwritten.update(ends)
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._watch, name="job ends", daemon=True)
                self._thread.start()

    def _watch(self) -> None:
        while not self._closed.wait(AGAIN_AFTER_S):
            if self._tried_again():
                return

    def _tried_again(self) -> bool:
        """Return whether nothing is left to be written; the thread that asks then ends."""
        with self._lock:
            waiting = dict(self._unwritten)
        try:
            self._write(waiting)
        except StoreError as error:
            log.warning("how %d jobs ended cannot be written down yet: %s", len(waiting), error)
            return False
        with self._lock:
            for job_id in waiting:
                del self._unwritten[job_id]
            if self._unwritten:
                return False
            self._thread = None
            return True

    def _write(self, ends: Mapping[int, _End]) -> None:
        with self._store.write() as connection:
            for job_id, end in ends.items():
                jobs.finish(connection, job_id, end.stage, end.at, message=end.message, report=end.report)
