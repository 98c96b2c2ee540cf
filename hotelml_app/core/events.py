"""What happened, told to whoever listens, from any thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hotelml_app.core.severity import Severity

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """Root of all events."""


class FileStage(StrEnum):
    """Where a file of a drop folder stands, in plain words."""

    WAITING = "waiting until it is complete"
    READING = "being imported"
    ASKING = "waiting for your answer"
    LATER = "tried again later"
    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    GONE = "gone"
    CHANGED = "written anew meanwhile"


@dataclass(frozen=True, slots=True)
class FileNoticed(Event):
    """A file appeared in the drop folder or changed its standing there."""

    path: str
    stage: FileStage


@dataclass(frozen=True, slots=True)
class FileProgressed(Event):
    """More of a file that is being imported from a drop folder is done, ``fraction`` of it in all."""

    path: str
    fraction: float


@dataclass(frozen=True, slots=True)
class ImportFinished(Event):
    """A file was read to its end, well or not."""

    import_id: int
    file_name: str
    status: str
    properties: tuple[str, ...]
    accepted: int
    rejected: int

    @property
    def named(self) -> str:
        """The file, with the hotel where it is of one: a PMS calls the export of every hotel alike."""
        return f"{self.file_name} of {self.properties[0]}" if len(self.properties) == 1 else self.file_name


@dataclass(frozen=True, slots=True)
class PropertyRenamed(Event):
    """A property that was called ``before`` is called ``name`` now."""

    before: str
    name: str


@dataclass(frozen=True, slots=True)
class JobChanged(Event):
    """A job advanced or ended; ask the trainer for its view. ``module_title`` is what staff call its module."""

    job_id: int
    module: str
    property_name: str
    stage: str
    fraction: float
    step: str
    module_title: str = ""


@dataclass(frozen=True, slots=True)
class PredictionsRefreshed(Event):
    """New predictions of one property are stored."""

    property_name: str
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeploymentChanged(Event):
    """Another model version, or the statistical rule, now answers for a module; ``went_back`` where it did so before."""

    property_name: str
    module: str
    version: str
    reason: str
    went_back: bool = False


@dataclass(frozen=True, slots=True)
class ExportMissing(Event):
    """In the morning, the newest export of a property is ``days_old`` days old."""

    property_name: str
    business_date: date
    days_old: int

    @property
    def title(self) -> str:
        """What is missing, in a few words."""
        return missing_exports(self.days_old)


@dataclass(frozen=True, slots=True)
class Warned(Event):
    """Something needs a person's eye; ``key`` makes repeated warnings one.

    ``outside`` is what a message that leaves this PC says in place of ``message``, where that may repeat what a file holds.
    """

    key: str
    title: str
    message: str
    remedy: str = ""
    severity: Severity = Severity.WARNING
    outside: str | None = None


@dataclass(frozen=True, slots=True)
class Settled(Event):
    """What was warned of under ``key`` is over; not ``for_good`` where it may begin again any minute.

    Until it is over for good nobody is told of it anew who need not look.
    """

    key: str
    for_good: bool = True


Listener = Callable[[Event], None]


@dataclass
class EventBus:
    """Deliver events to every listener on the thread that published them; listeners must return quickly."""

    _listeners: list[Listener] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Add ``listener`` and return the call that removes it again."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Hand ``event`` to every listener; a listener that fails is logged and does not stop the others."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            try:
                listener(event)
            except Exception:
                log.exception("a listener failed on %s", type(event).__name__)

    @contextmanager
    def listening(self, listener: Listener) -> Iterator[None]:
        """Keep ``listener`` subscribed inside a ``with`` block."""
        unsubscribe = self.subscribe(listener)
        try:
            yield
        finally:
            unsubscribe()


LONG_AGO_DAYS = 270
"""Nobody works with exports as old as that; they are a history that somebody looks at."""


def missing_exports(days_old: int) -> str:
    """Return which exports are missing where the newest is of a business date ``days_old`` days back, two or more."""
    nights = days_old - 1
    if nights > LONG_AGO_DAYS:
        return "No export has come for a long time"
    return f"The exports of the last {nights:,} nights are missing" if nights > 1 else "Last night's export is missing"
