"""One drop folder under watch: a supervised thread that notices files, waits until they are complete and has them taken in."""

from __future__ import annotations

import logging
import os
import queue
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import EventBus, FileNoticed, FileStage, Settled, Warned
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.paths import reachable
from hotelml_app.core.severity import Severity
from hotelml_app.intake.drop.clerk import Clerk, Fate
from hotelml_app.intake.drop.disk_room import DiskRoom
from hotelml_app.intake.drop.folder_files import FolderFiles
from hotelml_app.intake.drop.folder_state import FolderStatus, WaitingFile, Watching
from hotelml_app.intake.drop.names import FOLDER_KEY, WATCHES_KEY, file_key, readable
from hotelml_app.intake.drop.patience import told_of_file
from hotelml_app.intake.drop.shelves import take_back
from hotelml_app.intake.errors import FolderAwayError, NoSuchFileError
from hotelml_app.store import Store
from hotelml_app.store.errors import StoreError

if TYPE_CHECKING:
    from hotelml_app.intake.drop.observing import FolderObserver
    from hotelml_app.intake.mapping.column_map import ColumnMap
    from hotelml_app.intake.report import ImportReport

log = logging.getLogger(__name__)

POLL_EVERY_S = 3.0
LOOK_EVERY_S = 1.0
IDLE_S = 5.0
"""How often it is looked whether the folder is still there: no event tells of one that was renamed, or of a share that went."""
BACK_OFF_S = (1.0, 2.0, 5.0, 15.0, 60.0)
WELL_AFTER_S = 900.0
"""A folder that came back may be away again any minute: whoever was told is told anew only once it was there for so long."""


class FolderWatcher:
    """Watches one drop folder. ``step`` is one pass and does everything; the thread only repeats it."""

    def __init__(
        self,
        folder: Path,
        *,
        store: Store,
        clock: Clock,
        bus: EventBus,
        property_name: str | None = None,
        polling: bool = False,
        stable_after_s: float = 5.0,
        rescan_every_s: float = 300.0,
    ) -> None:
        self.folder = folder
        self._store, self._clock, self._bus = store, clock, bus
        self._property_name = property_name
        self._clerk = Clerk(store, clock, bus, property_name)
        self._reach = reachable(folder)
        self._files = FolderFiles(self._reach, clock, stable_after_s, self._tell_of)
        self._polling = polling
        self._scan_every_s = POLL_EVERY_S if polling else rescan_every_s
        self._noticed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._one_at_a_time = threading.Lock()
        self._cancel = CancelToken()
        self._thread: threading.Thread | None = None
        self._observer: FolderObserver | None = None
        self._room = DiskRoom(store.path.parent, clock, bus)
        self._identity: tuple[int, int] | None = None
        self._mounted = False
        self._next_scan_s = clock.monotonic()
        self._last_scan: datetime | None = None
        self._away: str | None = None
        self._first_pass = True
        self._back_since_s: float | None = None

    def start(self) -> None:
        """Begin to watch, on a thread of its own; the folder may be away for now."""
        if self._thread is not None:
            return
        self._stopping.clear()
        self._cancel = CancelToken()
        self._thread = threading.Thread(target=self._run, name=f"drop folder {self.folder.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; an import that is under way is undone and the file stays."""
        self._stopping.set()
        self._cancel.cancel()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._stop_observer()

    def rescan(self) -> None:
        """Look at the whole folder now, and try files that wait."""
        self._files.patience.hurry()
        self._next_scan_s = self._clock.monotonic()
        self._wake.set()

    def retry_failed(self, name: str) -> None:
        """Put a failed file back into the folder, so that it is tried again. Raises NoSuchFileError."""
        try:
            take_back(self._reach, name)
        except OSError as error:
            raise NoSuchFileError(
                f"{name} cannot be taken back from {self.folder / 'failed'}.", remedy="See whether the file still lies there."
            ) from error
        self.rescan()

    def take_in_answered(
        self, name: str, property_name: str, answer: ColumnMap | None, progress: ProgressCallback, cancel: CancelToken
    ) -> ImportReport:
        """Import a file that waits, by what somebody said about it, on whatever thread asks. Raises what went wrong."""
        with self._one_at_a_time, self._files.at_work(name) as path:
            report = self._clerk.take_in_answered(path, property_name, answer, progress, cancel)
        self._settle(name)
        self._files.forget(name)
        return report

    def waiting(self) -> list[WaitingFile]:
        """Return the files that are not imported yet, and why."""
        return self._files.waiting()

    def in_flight(self) -> bool:
        """Return whether a file is on its way into the database, or may be: the folder is about to be looked at."""
        if self._thread is None or self._away is not None:
            return False
        return self._clock.monotonic() >= self._next_scan_s or self._files.in_flight()

    def status(self) -> FolderStatus:
        """Return how the folder is doing."""
        if self._away is not None:
            return FolderStatus(str(self.folder), Watching.AWAY, self._away, self._last_scan)
        if self._thread is None:
            return FolderStatus(str(self.folder), Watching.STOPPED, "The folder is not watched.", self._last_scan)
        how = Watching.POLLING if self._polling else Watching.EVENTS
        return FolderStatus(str(self.folder), how, f"The folder is {how}.", self._last_scan)

    def step(self) -> float:
        """Make one pass and return in how many seconds the next is due. Raises FolderAwayError and StoreError."""
        self._check_folder()
        self._drain_events()
        now = self._clock.monotonic()
        if now >= self._next_scan_s:
            self._scan()
            self._next_scan_s = now + self._scan_every_s
        else:
            self._files.look_again()
        for name in self._files.ready():
            if self._stopping.is_set():
                break
            self._drain_events()
            if self._files.still_ready(name):
                self._take_in(name)
        return LOOK_EVERY_S if self._files else min(self._scan_every_s, IDLE_S)

    def _run(self) -> None:
        """Repeat ``step`` whatever happens, waiting longer after every failure."""
        failures = 0
        while not self._stopping.is_set():
            pause, failures = self.attempt(failures)
            self._wake.wait(pause)
            self._wake.clear()

    def attempt(self, failures: int) -> tuple[float, int]:
        """Make a pass after so many that failed; return in how many seconds the next is due, and how many failed by then."""
        try:
            pause = self.step()
            self._recovered(failures)
            self._away = None
            return pause, 0
        except (FolderAwayError, StoreError) as error:
            return self._stumbled(failures, error)
        except BaseException as error:
            # A panic of a library is no Exception; it must not end the watch either.
            log.exception("watching %s failed", self.folder)
            unforeseen = HotelMLError(f"Watching {self.folder} failed ({type(error).__name__}).", remedy="It is tried again.")
            return self._stumbled(failures, unforeseen)

    def _stumbled(self, failures: int, error: HotelMLError) -> tuple[float, int]:
        self._away, self._back_since_s = str(error), None
        self._stop_observer()
        if failures == 0:
            self._bus.publish(Warned(f"{FOLDER_KEY}{self.folder}", error.title, error.message, error.remedy, Severity.FAILURE))
        return BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)], failures + 1

    def _recovered(self, failures: int) -> None:
        # At the start too: the folder may have come back while HotelML did not run.
        now, key = self._clock.monotonic(), f"{FOLDER_KEY}{self.folder}"
        if failures or self._away is not None or self._first_pass:
            self._bus.publish(Settled(key, for_good=False))
            self._first_pass, self._back_since_s = False, now
        elif self._back_since_s is not None and now >= self._back_since_s + WELL_AFTER_S:
            self._bus.publish(Settled(key))
            self._back_since_s = None

    def _check_folder(self) -> None:
        """Make sure the folder is there and watched; one that was mounted anew is watched anew."""
        try:
            status = self._reach.stat()
        except OSError as error:
            self._identity = None
            raise _away(self.folder, error) from error
        identity = (status.st_dev, status.st_ino)
        self._refuse_bare_mount_point()
        if identity == self._identity and (self._polling or (self._observer is not None and self._observer.alive)):
            return
        self._stop_observer()
        if not self._polling:
            self._start_observer()
        self._identity = identity
        self._next_scan_s = self._clock.monotonic()

    def _refuse_bare_mount_point(self) -> None:
        """Raise FolderAwayError where a share was mounted and only the empty folder below it is left."""
        # Path.is_mount() knows no Windows before Python 3.12.
        mounted = os.path.ismount(self._reach)
        if self._mounted and not mounted:
            self._identity = None
            raise _away(self.folder, OSError(0, "nothing is mounted there any more"))
        self._mounted = mounted

    def _start_observer(self) -> None:
        from hotelml_app.intake.drop.observing import FolderObserver, TooManyWatches

        key, observer = f"{WATCHES_KEY}{self.folder}", FolderObserver(self._reach, self._notice)
        try:
            observer.start()
        except TooManyWatches as error:
            self._polling, self._scan_every_s = True, POLL_EVERY_S
            told = f"{self.folder} is looked at every {POLL_EVERY_S:.0f} seconds instead; nothing is missed."
            title = "The system's limit of watched folders is reached"
            self._bus.publish(Warned(key, title, told, f"An administrator can raise {error.setting}."))
        except OSError as error:
            raise _away(self.folder, error) from error
        else:
            self._bus.publish(Settled(key))
            self._observer = observer

    def _stop_observer(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer = None

    def _notice(self, name: str) -> None:
        self._noticed.put(name)
        self._wake.set()

    def _tell_of(self, name: str, stage: FileStage) -> None:
        self._bus.publish(FileNoticed(readable(str(self.folder / name)), stage))
        if stage is FileStage.GONE:
            self._settle(name)

    def _settle(self, name: str) -> None:
        self._bus.publish(Settled(file_key(self.folder / name)))

    def _drain_events(self) -> None:
        for name in {self._noticed.get_nowait() for _ in range(self._noticed.qsize())}:
            self._files.stir(name)

    def _scan(self) -> None:
        try:
            names = self._files.scan()
        except OSError as error:
            raise _away(self.folder, error) from error
        if self._last_scan is None:
            self._clerk.forget_moved(self.folder, names)
            for name in self._clerk.taken_away(self.folder, names):
                self._settle(name)
        self._last_scan = self._clock.now()
        self._room.look()

    def _take_in(self, name: str) -> None:
        with self._one_at_a_time, self._files.at_work(name) as path:
            outcome = self._clerk.take_in(path, self._cancel)
        if outcome.fate is not Fate.LATER or outcome.error is None:
            self._settle(name)
            self._files.forget(name)
            return
        self._files.put_off(name, outcome.error)
        told = self._files.patience.to_tell(name)
        if told is not None:
            self._bus.publish(told_of_file(self.folder / name, self._property_name, told))


def _away(folder: Path, error: OSError) -> FolderAwayError:
    return FolderAwayError(
        f"The drop folder {folder} does not answer ({error.strerror or error}).",
        remedy="Connect the disk or the network share; HotelML then goes on by itself. Or choose another folder in Settings.",
    )
