"""The DataCollector: training data points are taken at once, kept safely at once, and stored in bulk."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType

from hotelml_app.collector.errors import CollectorClosedError
from hotelml_app.collector.journal import Journal, encode, read_segment
from hotelml_app.core.clock import Clock
from hotelml_app.core.data_points import TrainingDataPoint
from hotelml_app.core.errors import HotelMLError
from hotelml_app.store import Store
from hotelml_app.store.learned import data_points

log = logging.getLogger(__name__)

DEFAULT_CAPACITY = 10_000
DEFAULT_FLUSH_AFTER_S = 30.0

_LONGEST_POLL_S = 1.0
_OVERFLOW = 4
"""How many times its capacity the buffer may grow while the database refuses to take it."""


class DataCollector:
    """A buffer of data points in front of the database.

    What ``add`` returned from survives a kill and a power cut: it is in the journal by then. The buffer is written to the
    database when it holds ``capacity`` points, when its oldest is ``flush_after_s`` old, on ``flush`` and on ``close``.
    Any thread may call; the same id twice keeps the point that was collected later. Close it before the store.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        capacity: int = DEFAULT_CAPACITY,
        flush_after_s: float = DEFAULT_FLUSH_AFTER_S,
        journal_folder: Path | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._capacity = capacity
        self._flush_after_s = flush_after_s
        self._journal = Journal(journal_folder or store.path.parent / "run")
        self._buffer: dict[str, TrainingDataPoint] = {}
        self._writing: dict[str, TrainingDataPoint] = {}
        self._oldest_s: float | None = None
        self._closed = False
        self._changed = threading.Condition()
        self._flush_lock = threading.Lock()
        self._replay()
        self._thread = threading.Thread(target=self._watch_age, name="collector", daemon=True)
        self._thread.start()

    def add(self, point: TrainingDataPoint) -> None:
        """Take one point; when this returns it is safe. Raises a CollectorError, and then it was not taken."""
        self.add_many([point])

    def add_many(self, points: Iterable[TrainingDataPoint]) -> int:
        """Take points with one wait for the disk per ``capacity`` of them and return how many; order counts for equal ids."""
        remaining, taken = iter(points), 0
        while batch := list(islice(remaining, self._capacity)):
            self._take(batch)
            taken += len(batch)
            self._flush_if_full()
        return taken

    def flush(self) -> int:
        """Write everything buffered to the database and return how many points that were.

        Inside a ``store.write()`` block of the same thread it does nothing, since that block may still be undone; age,
        size or shutdown will do it. Raises a StoreError, after which the points are still safe in the journal.
        """
        if self._store.inside_write:
            return 0
        with self._flush_lock:
            with self._changed:
                self._journal.cut()
                segments = self._journal.segments()
                self._writing, self._buffer = self._buffer, {}
                self._oldest_s = None
            try:
                if self._writing:
                    with self._store.write() as connection:
                        data_points.put(connection, self._writing.values())
            except BaseException:
                self._take_back()
                raise
            with self._changed:
                written, self._writing = len(self._writing), {}
            self._journal.remove(segments)
            return written

    def flush_if_due(self) -> int:
        """Flush where the oldest buffered point is old enough by the clock; return how many points were written."""
        with self._changed:
            due = self._oldest_s is not None and self._clock.monotonic() - self._oldest_s >= self._flush_after_s
        return self.flush() if due else 0

    def buffered(self) -> int:
        """Return how many points wait for the database."""
        with self._changed:
            return len(self._buffer | self._writing)

    def counts(self, property_name: str | None = None) -> dict[str, int]:
        """Return points per module, stored and buffered, each id once; of all properties or of one."""
        with self._changed, self._store.read() as connection:
            waiting = self._writing | self._buffer
            counts = Counter(data_points.counts(connection, property_name))
            for module, owner in data_points.owners(connection, waiting).values():
                if property_name in (None, owner):
                    counts[module] -= 1
        counts.update(point.module for point in waiting.values() if property_name in (None, point.property_name))
        return {module: number for module, number in sorted(counts.items()) if number}

    def close(self) -> None:
        """Stop the timer and write what is buffered; where the database refuses, the journal keeps it for the next start."""
        with self._changed:
            if self._closed:
                return
            self._closed = True
            self._changed.notify_all()
        self._thread.join()
        try:
            self.flush()
        except HotelMLError as error:
            log.warning("%d data points stay in the journal until the next start: %s", self.buffered(), error)

    def __enter__(self) -> DataCollector:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()

    def _take(self, points: Sequence[TrainingDataPoint]) -> None:
        lines = [encode(point) for point in points]
        with self._changed:
            if self._closed:
                raise CollectorClosedError("Data points can no longer be collected.", remedy="Start HotelML again.")
            self._journal.append(lines)
            for point in points:
                self._buffer.pop(point.id, None)
                self._buffer[point.id] = point
            if self._oldest_s is None:
                self._oldest_s = self._clock.monotonic()
                self._changed.notify_all()

    def _flush_if_full(self) -> None:
        with self._changed:
            waiting = len(self._buffer)
        if waiting < self._capacity:
            return
        try:
            self.flush()
        except HotelMLError as error:
            if waiting >= _OVERFLOW * self._capacity:
                raise
            log.warning("%d data points wait in the journal: %s", waiting, error)

    def _take_back(self) -> None:
        """Return what could not be written to the front of the buffer; what came meanwhile under the same id is newer."""
        with self._changed:
            self._buffer = self._writing | self._buffer
            self._writing = {}
            if self._buffer:
                self._oldest_s = self._clock.monotonic()

    def _replay(self) -> None:
        """Take what an earlier run acknowledged and did not store; where the database refuses it for now, it waits on."""
        for segment in self._journal.segments():
            for point in read_segment(segment):
                self._buffer.pop(point.id, None)
                self._buffer[point.id] = point
        if self._buffer:
            log.info("%d data points of the last run come from the journal", len(self._buffer))
        try:
            self.flush()
        except HotelMLError as error:
            log.warning("%d data points of the last run wait in the journal: %s", len(self._buffer), error)

    def _watch_age(self) -> None:
        poll_s = min(_LONGEST_POLL_S, self._flush_after_s / 4)
        while True:
            with self._changed:
                if self._closed:
                    return
                self._changed.wait(None if self._oldest_s is None else poll_s)
            try:
                self.flush_if_due()
            except (HotelMLError, OSError) as error:
                log.warning("data points wait in the journal: %s", error)
                # The disk may come round; it is not asked at every look until then.
                with self._changed:
                    self._oldest_s = self._clock.monotonic() if self._buffer else None
