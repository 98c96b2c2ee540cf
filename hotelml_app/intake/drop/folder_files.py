"""The files that lie in a drop folder, what is known of each, and which is next."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from stat import S_ISREG

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import FileStage
from hotelml_app.intake.dating.business_date import in_name
from hotelml_app.intake.drop.folder_state import WaitingFile
from hotelml_app.intake.drop.names import is_litter, is_only_in_cloud, readable
from hotelml_app.intake.drop.patience import Patience
from hotelml_app.intake.drop.shelves import with_readable_name
from hotelml_app.intake.drop.stability import Look, StabilityTracker


class FolderFiles:
    """Written to by the watching thread, and ``forget`` by whoever answers a question; ``waiting`` may be asked from any."""

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        stable_after_s: float,
        tell: Callable[[str, FileStage], None],
    ) -> None:
        self.folder = folder
        self.patience = Patience(clock)
        self._clock = clock
        self._tell = tell
        self._tracker = StabilityTracker(clock, stable_after_s)
        self._in_cloud: dict[str, WaitingFile] = {}
        self._at_work: str | None = None
        self._lock = threading.Lock()

    def __bool__(self) -> bool:
        return bool(len(self._tracker) or self._in_cloud)

    def scan(self) -> list[str]:
        """Look at everything in the folder and return the names of its files. Raises OSError where it cannot be listed."""
        with os.scandir(self.folder) as entries:
            names = [entry.name for entry in entries if not is_litter(entry.name) and entry.is_file()]
        names = [self._named(name) for name in names]
        here = set(names)
        for name in [*names, *(name for name in self._known() if name not in here)]:
            self.look_at(name)
        return names

    def look_again(self) -> None:
        """Look at the files that are known to lie there."""
        for name in self._known():
            self.look_at(name)

    def stir(self, name: str) -> None:
        """Take in that the system told of a change."""
        self.look_at(name)
        with self._lock:
            self._tracker.stir(name)

    def look_at(self, name: str) -> None:
        """Look at one file; what is litter, a folder or gone is not waited for."""
        name = self._named(name)
        if is_litter(name):
            return
        try:
            status = (self.folder / name).stat()
        except OSError as error:
            known = name in self._known()
            self.forget(name)
            if known and isinstance(error, FileNotFoundError):
                self._tell(name, FileStage.GONE)
            return
        if not S_ISREG(status.st_mode):
            self.forget(name)
            return
        with self._lock:
            if is_only_in_cloud(status):
                waiting = WaitingFile(name, status.st_size, self._clock.now(), "waiting for the cloud")
                self._in_cloud.setdefault(name, waiting)
                self._tracker.forget(name)
                return
            self._in_cloud.pop(name, None)
            new = name not in self._tracker
            if self._tracker.look(name, Look(status.st_size, status.st_mtime_ns)):
                # Another export of that name: what the one before waited for is no reason any more.
                self.patience.hurry(name)
        if new:
            self._tell(name, FileStage.WAITING)

    def ready(self) -> list[str]:
        """Return the files to take in, the oldest export first as far as names and times tell."""
        with self._lock:
            return sorted((name for name in self._tracker.names() if self._is_ready(name)), key=self._age_of)

    def still_ready(self, name: str) -> bool:
        """Return whether a file that was ready is so at this moment: while others were read, it may have been written anew."""
        self.look_at(name)
        return self._is_ready(name)

    @contextmanager
    def at_work(self, name: str) -> Iterator[Path]:
        """Mark a file as being taken in."""
        with self._lock:
            self._at_work = name
        try:
            yield self.folder / name
        finally:
            with self._lock:
                self._at_work = None

    def put_off(self, name: str, error: HotelMLError) -> None:
        """Note that a file must wait, and why."""
        with self._lock:
            self.patience.put_off(name, error)

    def forget(self, name: str) -> None:
        """Stop waiting for a file."""
        with self._lock:
            self._tracker.forget(name)
            self._in_cloud.pop(name, None)
            self.patience.forget(name)

    def waiting(self) -> list[WaitingFile]:
        """Return the files that are not imported yet, and why."""
        with self._lock:
            listed = [
                WaitingFile(
                    name,
                    self._tracker.size(name),
                    self._tracker.since(name) or self._clock.now(),
                    self._why(name),
                    self.patience.question(name),
                )
                for name in self._tracker.names()
            ]
            return [*listed, *self._in_cloud.values()]

    def in_flight(self) -> bool:
        """Return whether a file is on its way into the database; one that waits for a person's answer is not."""
        with self._lock:
            waits_for_nobody = (not self.patience.question(name) for name in self._tracker.names())
            return self._at_work is not None or bool(self._in_cloud) or any(waits_for_nobody)

    def _is_ready(self, name: str) -> bool:
        return self._tracker.is_stable(name) and not self.patience.must_wait(name)

    def _known(self) -> list[str]:
        return [*self._tracker.names(), *self._in_cloud]

    def _why(self, name: str) -> str:
        if name == self._at_work:
            return FileStage.READING
        if (why := self.patience.why(name)) is not None:
            return why
        return "next in line" if self._tracker.is_stable(name) else FileStage.WAITING

    def _age_of(self, name: str) -> tuple[str, int, str]:
        days, written = in_name(name), self._tracker.mtime_ns(name)
        day = days[0].isoformat() if len(days) == 1 else self._day_of(written)
        return day, written, name

    def _day_of(self, written_ns: int) -> str:
        try:
            return datetime.fromtimestamp(written_ns / 1e9, self._clock.now().tzinfo).date().isoformat()
        except (OverflowError, ValueError, OSError):
            # A file from the year 33,000: some program wrote nonsense as its time.
            return ""

    def _named(self, name: str) -> str:
        """Return the name of a file, which gets one that is text where it had none."""
        if readable(name) == name:
            return name
        try:
            return with_readable_name(self.folder / name).name
        except OSError:
            # Who may not rename here may not put away either: that is told when it is tried.
            return name
