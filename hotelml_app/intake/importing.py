"""Import one file: the door everything comes through, from the drop folder, the window and the command line."""

from __future__ import annotations

import gc
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import Cancelled
from hotelml_app.core.events import Event, EventBus, ImportFinished
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.core.paths import reachable
from hotelml_app.intake import objections
from hotelml_app.intake.doctor.examine import examine, warnings_of
from hotelml_app.intake.drop.names import readable
from hotelml_app.intake.drop.seen import digest_of, look
from hotelml_app.intake.errors import (
    EmptyFileError,
    IntakeError,
    LockedFileError,
    NoPropertyError,
    NoSuchFileError,
    NotAFileError,
    NothingUsableError,
    TooLargeError,
    UnknownProfileError,
    UnreadableFileError,
)
from hotelml_app.intake.file_content import FileContent
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.mapping.errors import ANSWERABLE, MapDoesNotFitError, MapError
from hotelml_app.intake.mapping.frames import known_frames, remember_frames
from hotelml_app.intake.mapping.remembered import remember, remembered
from hotelml_app.intake.objections import NOTHING_SAID, Said
from hotelml_app.intake.quiet_day import store_quiet
from hotelml_app.intake.readers.content import load
from hotelml_app.intake.reading import Layouts, read_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.intake.storing import Stored, store_content
from hotelml_app.store import Store
from hotelml_app.store.corrected.import_undo import ImportRecording
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported import imports

KEY = "intake key"
"""Name of the home's secret for hashes, among the data settings."""

NOT_THE_FILES_FAULT = (
    NoSuchFileError,
    NotAFileError,
    LockedFileError,
    UnreadableFileError,
    UnknownProfileError,
    NoPropertyError,
    *ANSWERABLE,
    MapError,
    MapDoesNotFitError,
    Cancelled,
)
"""After these the file may be tried again as it is; they are not noted as failed imports."""

READ_SHARE = 0.4
REASONS_TOLD = 5

AlongWith = Callable[[sqlite3.Connection, int], None]


def import_file(
    path: Path,
    *,
    store: Store,
    settings_property: str | None = None,
    profile: str | ColumnMap | None = None,
    clock: Clock,
    progress: ProgressCallback = no_progress,
    cancel: CancelToken | None = None,
    bus: EventBus | None = None,
    along_with: AlongWith | None = None,
    said: Said = NOTHING_SAID,
) -> ImportReport:
    """Take in one export and return what came of it; all of it is stored, or nothing.

    ``settings_property`` is the property for exports that name none; ``profile`` forces a layout, by its name or as
    a column map, which is then remembered for the property. ``along_with`` is called
    inside the transaction with the connection and the import's id. ``said`` is what somebody
    said of this very file. Raises children of IntakeError (the failed import is
    noted in the database unless the file may simply be tried again) and of StoreError.
    """
    asked = _Import(store, settings_property, profile, clock, progress, cancel or CancelToken(), bus, along_with, said)
    with _no_search_for_cycles():
        return asked.run(Path(path))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Keep the cycle collector away from rows by the hundred thousand, which hold no cycles: it takes a fifth of an import."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@dataclass(frozen=True)
class _Import:
    """One import as it was asked for."""

    store: Store
    settings_property: str | None
    profile: str | ColumnMap | None
    clock: Clock
    progress: ProgressCallback
    cancel: CancelToken
    bus: EventBus | None
    along_with: AlongWith | None
    said: Said

    def run(self, path: Path) -> ImportReport:
        started, received = self.clock.monotonic(), self.clock.now()
        data = self._load(path, received)
        path = Path(readable(path.name))
        self.progress(0.0, f"Reading {path.name}")
        draft = imports.ImportRow(path.name, sha256(data).hexdigest(), len(data), imports.DONE, received)
        content: FileContent | None = None
        try:
            layouts = layouts_for(self.store, self.settings_property, self.profile)
            said = self._said_of(draft.sha256)
            layouts = replace(layouts, new_numbers=said.new_numbers, owner=said.owner)
            today = received.astimezone().date()
            content = read_file(path, data, layouts, today, _key(self.store), self.cancel.check)
            if not content.taken and content.rejected:
                raise _nothing_usable(content)
            stored = self._keep(content, draft)
        except NOT_THE_FILES_FAULT:
            raise
        except IntakeError as error:
            self._note_failure(draft, content, error)
            raise
        report = _report(stored, content, self.clock.monotonic() - started)
        self._tell(report)
        return report

    def _load(self, path: Path, received: datetime) -> bytes:
        here = reachable(path)
        try:
            return load(here)
        except (EmptyFileError, TooLargeError) as error:
            draft = imports.ImportRow(readable(path.name), digest_of(here), look(here)[0], imports.DONE, received)
            self._note_failure(draft, None, error)
            raise

    def _note_failure(self, draft: imports.ImportRow, content: FileContent | None, error: IntakeError) -> None:
        failed = _note_failure(self.store, draft, content, error, self.clock.now())
        rejected = len(content.rejected) if content else 0
        owner = (self.settings_property,) if self.settings_property else ()
        self._publish(ImportFinished(failed, draft.file_name, imports.FAILED, owner, 0, rejected))

    def _said_of(self, sha256: str) -> Said:
        with self.store.read() as connection:
            before = objections.said_of(connection, sha256)
        return Said(self.said.new_numbers or before.new_numbers, self.said.owner or before.owner)

    def _keep(self, content: FileContent, draft: imports.ImportRow) -> Stored:
        """Store what was read, with what is learned from it for the next file, in one transaction."""
        rows = f"Storing {content.taken:,} rows"

        def step(fraction: float) -> None:
            self.cancel.check()
            self.progress(READ_SHARE + (1 - READ_SHARE) * fraction, rows)

        self.progress(READ_SHARE, rows)
        with self.store.write() as connection:
            changes = ImportRecording(connection)
            stored = store_quiet(connection, content, draft, self.settings_property)
            if stored is None:
                stored = store_content(connection, content, draft, self.settings_property, step)
                stored.findings = examine(
                    connection, content, stored.import_id, stored.by_name, stored.row.business_date_from, draft.received_at
                )
            notes = (*(finding.sentence for finding in stored.findings), *stored.row.notes)
            stored.row = replace(stored.row, finished_at=self.clock.now(), notes=tuple(dict.fromkeys(notes)))
            imports.rewrite(connection, stored.import_id, stored.row)
            owners = [share.property_id for share in stored.shares]
            if content.layout is not None:
                remember(connection, content.layout, owners)
            remember_frames(connection, content.frames, owners)
            objections.settle(connection, draft.sha256)
            if self.along_with is not None:
                self.along_with(connection, stored.import_id)
            changes.keep(stored.import_id)
            self.cancel.check()
        return stored

    def _tell(self, report: ImportReport) -> None:
        names = tuple(share.name for share in report.properties)
        self._publish(ImportFinished(report.import_id, report.file_name, report.status, names, report.accepted, report.rejected))
        for warning in warnings_of(report.findings, report.profile, report.properties):
            self._publish(warning)
        self.progress(1.0, report.message)

    def _publish(self, event: Event) -> None:
        if self.bus is not None:
            self.bus.publish(event)


def layouts_for(store: Store, property_name: str | None, forced: str | ColumnMap | None) -> Layouts:
    """Return how a file of a property may be laid out, of any property where none is named: as is said, or as before."""
    with store.read() as connection:
        return Layouts(forced, remembered(connection, property_name), known_frames(connection, property_name))


def _key(store: Store) -> bytes:
    with store.read() as connection:
        known = data_settings.get(connection, KEY)
    if known is None:
        with store.write() as connection:
            known = data_settings.get(connection, KEY) or secrets.token_hex(32)
            data_settings.put(connection, KEY, known)
    return bytes.fromhex(str(known))


def _nothing_usable(content: FileContent) -> NothingUsableError:
    told = "; ".join(f"line {line}: {reason}" for line, reason, _ in islice(content.rejected, REASONS_TOLD))
    more = f"; and {len(content.rejected) - REASONS_TOLD} more" if len(content.rejected) > REASONS_TOLD else ""
    return NothingUsableError(
        f"None of the {content.rows_read} rows of {content.name} could be used ({told}{more}).",
        remedy="Check in the PMS that the columns of this export are as they were, and export it again.",
    )


def _note_failure(store: Store, draft: imports.ImportRow, content: FileContent | None, error: IntakeError, now: datetime) -> int:
    row = replace(draft, status=imports.FAILED, message=str(error), finished_at=now)
    if content is not None:
        row = replace(
            row,
            profile=content.profile,
            rows_read=content.rows_read,
            rejected=len(content.rejected),
            ignored=content.ignored,
            notes=tuple(content.notes),
        )
    with store.write() as connection:
        number = imports.record(connection, row)
        imports.add_rejected(connection, number, content.rejected if content else ())
        objections.keep(connection, draft.sha256, error)
    return number


def _report(stored: Stored, content: FileContent, seconds: float) -> ImportReport:
    row = stored.row
    return ImportReport(
        import_id=stored.import_id,
        file_name=row.file_name,
        sha256=row.sha256,
        profile=row.profile,
        status=row.status,
        kind=content.kind.value,
        business_date=row.business_date,
        business_date_from=row.business_date_from,
        rows_read=row.rows_read,
        accepted=row.accepted,
        created=row.created,
        changed=row.changed,
        unchanged=row.unchanged,
        older=row.older,
        rejected=row.rejected,
        ignored=row.ignored,
        properties=tuple(stored.shares),
        notes=row.notes,
        message=row.message,
        seconds=seconds,
        findings=stored.findings,
    )
