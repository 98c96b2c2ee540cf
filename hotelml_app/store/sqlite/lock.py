"""The home's lock: one HotelML per data folder writes, and others learn who it is."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from hotelml_app.core import held_files
from hotelml_app.core.disk import is_out_of_room
from hotelml_app.core.paths import never_ends
from hotelml_app.store.errors import DiskFullError, HomeBusyError, ReadOnlyHomeError

log = logging.getLogger(__name__)


OWNER_FILE = "owner.json"


@dataclass(frozen=True)
class ToldOwner:
    """A process that took a home, and when it said so, in seconds since 1970."""

    pid: int
    at: float


def told_owner(run_folder: Path) -> ToldOwner | None:
    """Return who has, or last had, the lock, or None where nobody says; the lock itself is not asked for."""
    file = run_folder / OWNER_FILE
    try:
        if never_ends(file):
            return None
        return ToldOwner(int(json.loads(file.read_text(encoding="utf-8"))["pid"]), file.stat().st_mtime)
    except (OSError, ValueError, KeyError, TypeError):
        return None


class HomeLock:
    """Held by the process that may write in a home; the system frees it when that process ends, however it ends."""

    def __init__(self, run_folder: Path) -> None:
        self._run_folder = run_folder
        # The owner is told in a file of its own: Windows does not let others read a file that is locked.
        self._owner_file = run_folder / OWNER_FILE
        # Brings asyncio with it, which nobody who only reads should pay for.
        from filelock import FileLock

        self._lock = FileLock(run_folder / "lock", thread_local=False)

    @property
    def held(self) -> bool:
        """True while this object holds the lock."""
        return bool(self._lock.is_locked)

    def acquire(self) -> None:
        """Take the lock. Raises HomeBusyError naming the process that has it."""
        from filelock import Timeout

        try:
            self._run_folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            self._owner_file.write_text(json.dumps({"pid": os.getpid()}), encoding="utf-8")
        except Timeout as error:
            pid = self.owner()
            who = f" (process {pid})" if pid else ""
            raise HomeBusyError(
                f"Another HotelML{who} already works with {self._run_folder.parent}.",
                remedy="Use that window, or close it first (its icon may be in the tray); where it has none, stop its service.",
                pid=pid,
            ) from error
        except OSError as error:
            self._lock.release()
            if is_out_of_room(error):
                raise DiskFullError(
                    f"There is no room left on the disk that holds {self._run_folder}.",
                    remedy="Free some space, then start HotelML again.",
                ) from error
            raise ReadOnlyHomeError(
                f"The folder {self._run_folder} cannot be written ({error.strerror or error}).",
                remedy="Give the user that runs HotelML the right to write there, or choose another folder with --home.",
            ) from error

    def owner(self) -> int | None:
        """Return the process that has, or last had, the lock."""
        told = told_owner(self._run_folder)
        return told.pid if told is not None else None

    def release(self) -> None:
        """Give the lock back; without it, do nothing."""
        if self.held:
            try:
                held_files.remove(self._owner_file)
            except OSError as error:
                # Who asks next takes the lock all the same, and tells of itself then.
                log.warning("%s cannot be removed: %s", self._owner_file, error)
            finally:
                self._lock.release()

    def __enter__(self) -> HomeLock:
        self.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.release()
