"""The operating system's events about a folder, where it sends any."""

from __future__ import annotations

import errno
import select
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from watchdog.events import EVENT_TYPE_DELETED, FileSystemEvent, FileSystemEventHandler

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

MOUNT_TABLE = Path("/proc/self/mounts")

NAMES_OF_LIMITS = {
    errno.ENOSPC: "fs.inotify.max_user_watches",
    errno.EMFILE: "fs.inotify.max_user_instances",
}


class TooManyWatches(Exception):
    """The system's limit of watched folders is reached; ``setting`` is what an administrator raises."""

    def __init__(self, setting: str) -> None:
        super().__init__(setting)
        self.setting = setting


class _Names(FileSystemEventHandler):
    """Passes on the names of files that changed directly in the folder, and its own where that is gone."""

    def __init__(self, folder: Path, noticed: Callable[[str], None]) -> None:
        self._folder = folder
        self._noticed = noticed

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.is_directory and event.event_type == EVENT_TYPE_DELETED and event.src_path == str(self._folder):
            self._noticed(self._folder.name)
        if event.is_directory or event.event_type in ("opened", "closed_no_write"):
            return
        for raw in (event.src_path, event.dest_path):
            path = Path(raw.decode() if isinstance(raw, bytes) else raw)
            if raw and path.parent == self._folder:
                self._noticed(path.name)


class MountTable:
    """Linux's list of what is mounted. A share that goes and comes back takes all watches on it along, and says nothing."""

    def __init__(self) -> None:
        self._file: BinaryIO | None = None

    def open(self) -> None:
        """Look from now on; other systems have no such list, and tell of a share that is gone."""
        with suppress(OSError):
            self._file = MOUNT_TABLE.open("rb")

    def changed(self) -> bool:
        """Return whether anything was mounted or unmounted since it was opened."""
        if self._file is None:
            return False
        poller = select.poll()
        poller.register(self._file, select.POLLPRI | select.POLLERR)
        return bool(poller.poll(0))

    def close(self) -> None:
        """Look no more."""
        if self._file is not None:
            self._file.close()
            self._file = None


class FolderObserver:
    """Native events of one folder; ``noticed`` is called with file names, on a thread of its own."""

    def __init__(self, folder: Path, noticed: Callable[[str], None]) -> None:
        self._folder = folder
        self._noticed = noticed
        self._observer: BaseObserver | None = None
        self._mounts = MountTable()

    def start(self) -> None:
        """Begin. Raises TooManyWatches where the system has no room, OSError where the folder is away."""
        from watchdog.observers import Observer

        observer: BaseObserver | None = None
        self._mounts.open()
        try:
            # Even making an observer takes one of the system's watchers.
            observer = Observer()
            observer.schedule(_Names(self._folder, self._noticed), str(self._folder), recursive=False)
            observer.start()
        except OSError as error:
            self._mounts.close()
            if observer is not None:
                observer.stop()
            if error.errno in NAMES_OF_LIMITS:
                raise TooManyWatches(NAMES_OF_LIMITS[error.errno]) from error
            raise
        self._observer = observer

    @property
    def alive(self) -> bool:
        """True while events are delivered, as far as can be told."""
        if self._observer is None or not self._observer.is_alive() or self._mounts.changed():
            return False
        return all(emitter.is_alive() for emitter in self._observer.emitters)

    def stop(self) -> None:
        """End; stopping twice does nothing."""
        self._mounts.close()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None
