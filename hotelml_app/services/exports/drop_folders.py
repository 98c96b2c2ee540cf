"""The drop folders of all properties: watched while the appliance is started, looked into at any time."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hotelml_app.core.clock import Clock, written_at
from hotelml_app.core.events import EventBus, Settled
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.paths import is_folder, reachable
from hotelml_app.intake import objections
from hotelml_app.intake.drop import reading_again
from hotelml_app.intake.drop.clerk import Clerk, Outcome
from hotelml_app.intake.drop.folder_state import Watching
from hotelml_app.intake.drop.names import FILE_KEY, FOLDER_KEY, WATCHES_KEY, is_litter
from hotelml_app.intake.drop.seen import digest_of
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.intake.errors import NoSuchFileError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.report import ImportReport
from hotelml_app.services.exports.data_views import WaitingFileView
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.model import Settings
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.told import warnings

NOT_RUNNING = "waits until HotelML runs"


@dataclass(frozen=True)
class _Place:
    """A folder and what is dropped there; "" is whatever the exports themselves say."""

    path: Path
    property_name: str
    polling: bool


class DropFolders:
    """One watcher per folder. Any thread may call."""

    def __init__(self, layout: HomeLayout, store: Store, settings: Settings, clock: Clock, bus: EventBus) -> None:
        self._layout, self._store, self._clock, self._bus = layout, store, clock, bus
        self._settings = settings
        self._watchers: dict[Path, FolderWatcher] = {}
        self._started = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin to watch all folders; one that is away is watched as soon as it is there."""
        reading_again.send_back(self._store)
        with self._lock:
            self._started = True
            for place in self._places():
                self._watch(place)
        self._settle_left()

    def stop(self) -> None:
        """End all watching; an import that is under way is undone and its file stays."""
        with self._lock:
            self._started = False
            watchers, self._watchers = self._watchers, {}
        for watcher in watchers.values():
            watcher.stop()

    def apply(self, settings: Settings) -> None:
        """Follow changed settings: folders that are new are watched, those that are gone are not any more."""
        started = self._started
        if started:
            self.stop()
        self._settings = settings
        if started:
            self.start()

    def rescan(self) -> None:
        """Look through all folders now, and try again what had to wait."""
        watchers = self._running()
        if watchers:
            reading_again.send_back(self._store)
        for watcher in watchers:
            watcher.rescan()

    def retry_failed(self, file_name: str, overruled: int = 0, number: int = 0) -> None:
        """Put a file from ``failed/`` back into its folder. Raises NoSuchFileError.

        ``number`` is the import that failed: of files that are called alike in several folders, its own is put back.
        ``overruled`` is the same where somebody knows better than to refuse it: that counts wherever the file lies.
        """
        if overruled:
            with self._store.write() as connection:
                refused = imports.get(connection, overruled)
                if refused is not None:
                    objections.overrule(connection, refused.sha256)
        holding = self._holding(file_name, number)
        if holding is None or Path(file_name).name != file_name:
            raise NoSuchFileError(
                f"{file_name} does not lie in the folder failed: it was imported from elsewhere, or moved since.",
                remedy="Import it again from where it is: Import files… on the Data page.",
            )
        self._watcher(holding).retry_failed(file_name)

    def original_of(self, number: int) -> Path:
        """Return where the file of an import lies among those that were put away. Raises NoSuchFileError."""
        with self._store.read() as connection:
            row = imports.get(connection, number)
        found = reading_again.put_away(self.paths(), [row] if row is not None else []).get(number)
        if found is None:
            name = row.file_name if row is not None else "The file"
            raise NoSuchFileError(
                f"{name} does not lie in the folder processed: it was imported from elsewhere, or moved since.",
                remedy="Put it there again, or import it by a column map: hotelml import --map MAP.toml FILE.",
            )
        return found

    def _holding(self, file_name: str, number: int) -> Path | None:
        """Return the folder in whose ``failed/`` a file lies, None where it does in none."""
        found = [path for path in self.paths() if reachable(path / "failed" / file_name).is_file()]
        if len(found) > 1 and number:
            with self._store.read() as connection:
                failed = imports.get(connection, number)
            alike = (path for path in found if failed and digest_of(reachable(path / "failed" / file_name)) == failed.sha256)
            return next(alike, found[0])
        return next(iter(found), None)

    def take_in(self, path: Path, property_name: str) -> Outcome:
        """Import a file that is known to be complete and put it away, as the watcher would once it is stable."""
        return Clerk(self._store, self._clock, self._bus, property_name).take_in(path, CancelToken())

    def take_in_again(self, paths: Iterable[Path]) -> None:
        """Import files that lie in their drop folders again and put them away; the watchers do it where they run."""
        owners = {place.path: place.property_name for place in self._places()}
        for path in paths if not self._started else ():
            Clerk(self._store, self._clock, self._bus, owners.get(path.parent) or None).take_in(path, CancelToken())
        self.rescan()

    def take_in_answered(
        self, path: Path, property_name: str, answer: ColumnMap | None, progress: ProgressCallback, cancel: CancelToken
    ) -> ImportReport:
        """Import a file by what somebody said about it, and have those that wait tried again; raises what went wrong.

        One that lies in a drop folder is put away as the watcher would, any other stays where it is.
        """
        place = next((place for place in self._places() if place.path == path.parent), None)
        if place is not None:
            report = self._watcher(place.path).take_in_answered(path.name, property_name, answer, progress, cancel)
        else:
            report = import_file(
                path,
                store=self._store,
                settings_property=property_name or None,
                profile=answer,
                clock=self._clock,
                progress=progress,
                cancel=cancel,
                bus=self._bus,
            )
        self.rescan()
        return report

    def paths(self) -> tuple[Path, ...]:
        """Return all drop folders."""
        return tuple(dict.fromkeys(place.path for place in self._places()))

    def folder_of(self, property_name: str) -> Path:
        """Return the folder of one property."""
        return self._place_of(property_name).path

    def owner_of(self, folder: Path) -> str:
        """Return the property that a folder is of, "" where it is that of several or of none."""
        return next((place.property_name for place in self._places() if place.path == folder), "")

    def watching(self, property_name: str) -> str:
        """Return how the folder of one property is doing, in a sentence."""
        place = self._place_of(property_name)
        watcher = self._watchers.get(place.path)
        if watcher is not None:
            return watcher.status().sentence
        return "The folder is not watched now." if is_folder(place.path) else "The folder is not there."

    def reachable(self, property_name: str) -> bool:
        """Return whether the folder of one property is there."""
        place = self._place_of(property_name)
        watcher = self._watchers.get(place.path)
        return watcher.status().watching is not Watching.AWAY if watcher is not None else is_folder(place.path)

    def waiting(self, property_name: str) -> tuple[WaitingFileView, ...]:
        """Return the files that lie in one property's folder and are not imported yet, and why."""
        path = self._place_of(property_name).path
        watcher = self._watchers.get(path)
        if watcher is None:
            return tuple(_lying_in(path))
        return tuple(
            WaitingFileView(one.name, one.size_bytes, one.since, one.why, one.question, str(path / one.name))
            for one in watcher.waiting()
        )

    def waiting_files(self) -> int:
        """Return how many files wait in all folders together."""
        paths = {place.path for place in self._places()}
        watched = {path: self._watchers.get(path) for path in paths}
        return sum(len(watcher.waiting()) if watcher else len(list(_lying_in(path))) for path, watcher in watched.items())

    def in_flight(self, property_name: str) -> bool:
        """Return whether a file of one property's folder is on its way into the database."""
        watcher = self._watchers.get(self._place_of(property_name).path)
        return watcher is not None and watcher.in_flight()

    def _places(self) -> list[_Place]:
        found = [
            _Place(self._layout.drop_folder(one.drop_folder), one.name, one.polling) for one in self._settings.properties
        ] or [_Place(self._layout.drop, "", False)]
        shared = {place.path for place in found if sum(place.path == other.path for other in found) > 1}
        # In a folder that several properties share, the exports themselves must say whose they are.
        return [place if place.path not in shared else _Place(place.path, "", place.polling) for place in found]

    def _place_of(self, property_name: str) -> _Place:
        wanted = self._settings.property(property_name)
        path = self._layout.drop_folder(wanted.drop_folder if wanted else "")
        return next((place for place in self._places() if place.path == path), _Place(path, property_name, False))

    def _watch(self, place: _Place) -> None:
        if place.path not in self._watchers:
            self._watchers[place.path] = watcher = self._new_watcher(place)
            watcher.start()

    def _settle_left(self) -> None:
        """Settle what was said of folders that another was chosen for, and of the files that lie there."""
        here = {place.path for place in self._places()}
        with self._store.read() as connection:
            keys = [row.key for row in warnings.standing(connection)]
        for key in keys:
            kind, path = key[: key.find(":") + 1], Path(key[key.find(":") + 1 :])
            folder = path.parent if kind == FILE_KEY else path
            if kind in (FILE_KEY, FOLDER_KEY, WATCHES_KEY) and folder not in here:
                self._bus.publish(Settled(key))

    def _watcher(self, path: Path) -> FolderWatcher:
        """Return the running watcher of a folder, or one that was never started: it can still move files."""
        place = next(place for place in self._places() if place.path == path)
        return self._watchers.get(path) or self._new_watcher(place)

    def _new_watcher(self, place: _Place) -> FolderWatcher:
        if place.path == self._layout.drop:
            place.path.mkdir(parents=True, exist_ok=True)
        rules = self._settings.intake
        return FolderWatcher(
            place.path,
            store=self._store,
            clock=self._clock,
            bus=self._bus,
            property_name=place.property_name or None,
            polling=place.polling,
            stable_after_s=rules.stable_after_s,
            rescan_every_s=rules.rescan_every_s,
        )

    def _running(self) -> list[FolderWatcher]:
        with self._lock:
            return list(self._watchers.values())


def _lying_in(folder: Path) -> Iterator[WaitingFileView]:
    """Yield the files in a folder that nobody watches."""
    try:
        found = [(path.name, path.stat()) for path in sorted(reachable(folder).iterdir()) if path.is_file()]
    except OSError:
        # A share that is away has nothing to show; the sentence about the folder says that it is.
        return
    for name, status in found:
        if not is_litter(name):
            yield WaitingFileView(name, status.st_size, written_at(status.st_mtime), NOT_RUNNING, path=str(folder / name))
