"""What becomes of one complete file: imported and put away, a duplicate, refused with a note, or tried again later."""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import Cancelled, HotelMLError
from hotelml_app.core.events import EventBus, FileNoticed, FileProgressed, FileStage, ImportFinished
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.core.paths import shown
from hotelml_app.intake.drop.names import DUPLICATES, FILE_KEY, PROCESSED, readable
from hotelml_app.intake.drop.seen import Seen, digest_of, is_put_away, look
from hotelml_app.intake.drop.shelves import put_away_failed
from hotelml_app.intake.drop.unmoved import UNMOVED
from hotelml_app.intake.errors import (
    EndsTheProgramError,
    IntakeError,
    LockedFileError,
    NoSuchFileError,
    TooLargeError,
    UnreadableFileError,
)
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.mapping.errors import ANSWERABLE
from hotelml_app.intake.owners import is_of_others
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings
from hotelml_app.store.errors import StoreError
from hotelml_app.store.exported import imports
from hotelml_app.store.told import warnings

log = logging.getLogger(__name__)

MOST_DEATHS = 5
"""How often HotelML may end while it reads a file before it is the file's fault: some file may end any program."""

_READING = "being read: "


class Fate(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    GONE = "gone"
    CHANGED = "changed"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file's fate; ``error`` says why it failed or must wait."""

    fate: Fate
    error: HotelMLError | None = None


class Clerk:
    """Takes in the files of one drop folder, one at a time."""

    def __init__(self, store: Store, clock: Clock, bus: EventBus, property_name: str | None) -> None:
        self._store, self._clock, self._bus = store, clock, bus
        self._property_name = property_name
        self._run = secrets.token_hex(4)

    def take_in(self, path: Path, cancel: CancelToken) -> Outcome:
        """Import a complete file and put it away."""
        outcome = self._outcome(path, cancel)
        asks = isinstance(outcome.error, ANSWERABLE) and outcome.fate is Fate.LATER
        self._tell(path, FileStage.ASKING if asks else FileStage[outcome.fate.name])
        return outcome

    def _outcome(self, path: Path, cancel: CancelToken) -> Outcome:
        seen: Seen | None = None
        try:
            seen = look(path)
            return self._take_in(path, seen, cancel)
        except NoSuchFileError:
            return Outcome(Fate.GONE)
        except (*ANSWERABLE, LockedFileError, UnreadableFileError, StoreError, Cancelled) as error:
            return Outcome(Fate.LATER, error)
        except EndsTheProgramError as error:
            return self._refuse_unnoted(path, error, seen)
        except HotelMLError as error:
            return self._refuse(path, error, seen)
        except OSError as error:
            return Outcome(Fate.LATER, _cannot_move(path, error))
        except MemoryError:
            return self._refuse_unnoted(path, _too_much(path), seen)
        except Exception:
            log.exception("importing a file failed in a way nobody foresaw")
            return self._refuse_unnoted(path, _unforeseen(path), seen)

    def take_in_answered(
        self, path: Path, property_name: str, answer: ColumnMap | None, progress: ProgressCallback, cancel: CancelToken
    ) -> ImportReport:
        """Import a file by what somebody said about it, and put it away. Where that fails, it stays and goes on waiting.

        ``property_name`` counts where the folder is that of several properties.
        """
        before, digest, owner = look(path), digest_of(path), self._property_name or property_name or None
        try:
            report = self._import(path, digest, owner, answer, progress, cancel)
        except HotelMLError:
            self._tell(path, FileStage.ASKING)
            raise
        try:
            self._put_away(path, digest, before)
        except OSError as error:
            raise _cannot_move(path, error) from error
        self._tell(path, FileStage.IMPORTED)
        return report

    def forget_moved(self, folder: Path, here: Collection[str]) -> None:
        """Drop the notes of files that were put away before the program was stopped; ``here`` is what lies in the folder."""
        with self._store.read() as connection:
            noted = {name: Path(str(path)) for name, path in data_settings.all(connection).items() if name.startswith(UNMOVED)}
        gone = [name for name, path in noted.items() if path.parent == folder and path.name not in here]
        if gone:
            with self._store.write() as connection:
                for name in gone:
                    data_settings.remove(connection, name)

    def taken_away(self, folder: Path, here: Collection[str]) -> list[str]:
        """Return the files of the folder that a warning still stands of, and that were taken out of it since."""
        with self._store.read() as connection:
            keys = [row.key for row in warnings.standing(connection) if row.key.startswith(FILE_KEY)]
        warned = [Path(key.removeprefix(FILE_KEY)) for key in keys]
        lie = {readable(name) for name in here}
        return [path.name for path in warned if path.parent == folder and path.name not in lie]

    def _take_in(self, path: Path, before: Seen, cancel: CancelToken) -> Outcome:
        digest = digest_of(path)
        with self._store.read() as connection:
            known = imports.find_by_sha(connection, digest)
            unmoved = data_settings.get(connection, UNMOVED + digest)
            for_others = is_of_others(connection, imports.spoke_of(connection, digest), self._property_name)
        if known is not None and unmoved == shown(path):
            # The program was stopped after the import and before the move: nothing is left to do but that.
            return self._put_away(path, digest, before)
        if known is not None and known.rows_read and not for_others:
            # Nothing but names of columns is the same on every quiet day; each of them counts.
            return self._set_aside(path, digest, before, known)
        with self._survived(path, digest):
            self._import(path, digest, self._property_name, None, no_progress, cancel)
        if look(path) != before:
            # Somebody wrote on while it was read: what came later is a file of its own.
            return Outcome(Fate.CHANGED)
        return self._put_away(path, digest, before)

    def _import(
        self,
        path: Path,
        digest: str,
        owner: str | None,
        answer: ColumnMap | None,
        progress: ProgressCallback,
        cancel: CancelToken,
    ) -> ImportReport:
        self._tell(path, FileStage.READING)
        told = readable(shown(path))

        def tell(fraction: float, step: str) -> None:
            progress(fraction, step)
            self._bus.publish(FileProgressed(told, fraction))

        def note(connection: sqlite3.Connection, import_id: int) -> None:
            # What was read is what the import says, whatever lay there a moment before.
            taken = imports.get(connection, import_id)
            data_settings.put(connection, UNMOVED + (taken.sha256 if taken else digest), shown(path))
            data_settings.remove(connection, _READING + digest)

        return import_file(
            path,
            store=self._store,
            settings_property=owner,
            profile=answer,
            clock=self._clock,
            progress=tell,
            cancel=cancel,
            bus=self._bus,
            along_with=note,
        )

    @contextmanager
    def _survived(self, path: Path, digest: str) -> Iterator[None]:
        """Note that this run of the program reads a file, for as long as it does.

        Raises EndsTheProgramError where too many runs never came to the end of that.
        """
        name = _READING + digest
        with self._store.write() as connection:
            runs = data_settings.get(connection, name, [])
            others = [run for run in runs if run != self._run] if isinstance(runs, list) else []
            if len(others) < MOST_DEATHS:
                data_settings.put(connection, name, [*others, self._run])
            else:
                data_settings.remove(connection, name)
        if len(others) >= MOST_DEATHS:
            raise EndsTheProgramError(
                f"HotelML ended {len(others)} times while it read {path.name}.",
                remedy="If the PC was switched off each time, press Try again. Otherwise export the reservations anew, as CSV.",
            )
        try:
            yield
        finally:
            with self._store.write() as connection:
                data_settings.remove(connection, name)

    def _tell(self, path: Path, stage: FileStage) -> None:
        self._bus.publish(FileNoticed(readable(shown(path)), stage))

    def _put_away(self, path: Path, digest: str, seen: Seen) -> Outcome:
        if not is_put_away(path, PROCESSED, digest, seen):
            return Outcome(Fate.CHANGED)
        with self._store.write() as connection:
            data_settings.remove(connection, UNMOVED + digest)
        return Outcome(Fate.IMPORTED)

    def _set_aside(self, path: Path, digest: str, seen: Seen, known: imports.ImportRow) -> Outcome:
        if not is_put_away(path, DUPLICATES, digest, seen):
            return Outcome(Fate.CHANGED)
        now = self._clock.now()
        when = (known.finished_at or known.received_at).astimezone()
        row = imports.ImportRow(
            path.name,
            digest,
            seen[0],
            imports.DUPLICATE,
            now,
            profile=known.profile,
            message=f"The same content was imported on {when:%Y-%m-%d} at {when:%H:%M} as {known.file_name}.",
            finished_at=now,
        )
        with self._store.write() as connection:
            number = imports.record(connection, row)
        self._bus.publish(ImportFinished(number, path.name, imports.DUPLICATE, (), 0, 0))
        return Outcome(Fate.DUPLICATE)

    def _refuse(self, path: Path, error: HotelMLError, seen: Seen | None) -> Outcome:
        try:
            if look(path) != seen:
                # Somebody wrote on while it was read: what was not good may have been but a part.
                return Outcome(Fate.CHANGED)
            put_away_failed(path, error, self._clock.now())
        except (FileNotFoundError, NoSuchFileError):
            return Outcome(Fate.GONE)
        except (LockedFileError, UnreadableFileError) as held:
            return Outcome(Fate.LATER, held)
        except OSError as held:
            return Outcome(Fate.LATER, _cannot_move(path, held))
        return Outcome(Fate.FAILED, error)

    def _refuse_unnoted(self, path: Path, error: HotelMLError, seen: Seen | None) -> Outcome:
        """Refuse a file whose import could not note by itself that it failed."""
        now = self._clock.now()
        try:
            digest, size = digest_of(path), look(path)[0]
        except HotelMLError as held:
            return Outcome(Fate.LATER, held)
        outcome = self._refuse(path, error, seen)
        if outcome.fate is Fate.FAILED:
            name, said = readable(path.name), str(error)
            row = imports.ImportRow(name, digest, size, imports.FAILED, now, message=said, finished_at=now)
            with self._store.write() as connection:
                number = imports.record(connection, row)
            self._bus.publish(ImportFinished(number, name, imports.FAILED, (), 0, 0))
        return outcome


def _cannot_move(path: Path, error: OSError) -> IntakeError:
    return UnreadableFileError(
        f"{path.name} cannot be moved out of the drop folder ({error.strerror or error}).",
        remedy="Close programs that use the file, and let the user that runs HotelML write in that folder.",
    )


def _too_much(path: Path) -> TooLargeError:
    return TooLargeError(
        f"There was not enough memory to read {path.name}.",
        remedy="Close other programs and press Try again, or export fewer months per file; HotelML joins them by itself.",
    )


def _unforeseen(path: Path) -> IntakeError:
    return IntakeError(
        f"{path.name} caused an error in HotelML; the log says where.",
        remedy="Export it from the PMS again; if that fails too, send the log to support.",
    )
