"""Import one file: the door everything comes through, from the drop folder, the window and the command line."""

from __future__ import annotations

import gc
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import Cancelled
from hotelml_app.core.events import Event, EventBus, ImportFinished
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.core.paths import reachable
from hotelml_app.intake.doctor.examine import examine, warnings_of
from hotelml_app.intake.drop.names import readable
from hotelml_app.intake.errors import (
    IntakeError,
    LockedFileError,
    NoPropertyError,
    NoSuchFileError,
    NotAFileError,
    NothingUsableError,
    UnknownProfileError,
    UnreadableFileError,
)
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.mapping.errors import ANSWERABLE, MapDoesNotFitError, MapError
from hotelml_app.intake.mapping.frames import KnownFrame, known_frames, remember_frames
from hotelml_app.intake.mapping.remembered import remember, remembered
from hotelml_app.intake.quiet_day import store_quiet
from hotelml_app.intake.readers.content import load
from hotelml_app.intake.reading import FileContent, read_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.intake.storing import Stored, store_content
from hotelml_app.store import Store, data_settings, imports

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
) -> ImportReport:
    """Take in one export and return what came of it; all of it is stored, or nothing.

    ``settings_property`` is the property for exports that name none; ``profile`` forces a layout, by its name or as
    a column map, which is then remembered for the property. ``along_with`` is called
    inside the transaction with the connection and the import's id. Raises children of IntakeError (the failed import is
    noted in the database unless the file may simply be tried again) and of StoreError.
    """
    with _no_search_for_cycles():
        return _import(path, store, settings_property, profile, clock, progress, cancel or CancelToken(), bus, along_with)


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


def _import(
    path: Path,
    store: Store,
    settings_property: str | None,
    profile: str | ColumnMap | None,
    clock: Clock,
    progress: ProgressCallback,
    token: CancelToken,
    bus: EventBus | None,
    along_with: AlongWith | None,
) -> ImportReport:
    started, received = clock.monotonic(), clock.now()
    data = load(reachable(Path(path)))
    path = Path(readable(path.name))
    progress(0.0, f"Reading {path.name}")
    draft = imports.ImportRow(path.name, sha256(data).hexdigest(), len(data), imports.DONE, received)
    content: FileContent | None = None
    try:
        own, frames = own_layouts(store, settings_property), frames_before(store, settings_property)
        content = read_file(path, data, profile, received.astimezone().date(), _key(store), token.check, own, frames)
        if not content.taken and content.rejected:
            raise _nothing_usable(content)
        progress(READ_SHARE, f"Storing {content.taken:,} rows")
        stored = _store(store, content, draft, settings_property, progress, token, along_with, clock)
    except NOT_THE_FILES_FAULT:
        raise
    except IntakeError as error:
        failed = _note_failure(store, draft, content, error, clock.now())
        _publish(bus, ImportFinished(failed, path.name, imports.FAILED, (), 0, len(content.rejected) if content else 0))
        raise
    report = _report(stored, content, clock.monotonic() - started)
    names = tuple(share.name for share in report.properties)
    _publish(bus, ImportFinished(report.import_id, path.name, report.status, names, report.accepted, report.rejected))
    for warning in warnings_of(report.findings, report.profile, report.properties):
        _publish(bus, warning)
    progress(1.0, report.message)
    return report


def _publish(bus: EventBus | None, event: Event) -> None:
    if bus is not None:
        bus.publish(event)


def _store(
    store: Store,
    content: FileContent,
    draft: imports.ImportRow,
    settings_property: str | None,
    progress: ProgressCallback,
    token: CancelToken,
    along_with: AlongWith | None,
    clock: Clock,
) -> Stored:
    def step(fraction: float) -> None:
        token.check()
        progress(READ_SHARE + (1 - READ_SHARE) * fraction, f"Storing {content.taken:,} rows")

    with store.write() as connection:
        stored = store_quiet(connection, content, draft, settings_property)
        if stored is None:
            stored = store_content(connection, content, draft, settings_property, step)
            stored.findings = examine(
                connection, content, stored.import_id, stored.by_name, stored.row.business_date_from, draft.received_at
            )
        notes = (*(finding.sentence for finding in stored.findings), *stored.row.notes)
        stored.row = replace(stored.row, finished_at=clock.now(), notes=tuple(dict.fromkeys(notes)))
        imports.rewrite(connection, stored.import_id, stored.row)
        if content.layout is not None:
            remember(connection, content.layout, [share.property_id for share in stored.shares])
        remember_frames(connection, content.frames, [share.property_id for share in stored.shares])
        if along_with is not None:
            along_with(connection, stored.import_id)
        token.check()
    return stored


def own_layouts(store: Store, property_name: str | None) -> list[ColumnMap]:
    """Return the layouts kept from before for a property, or for all where none is named."""
    with store.read() as connection:
        return remembered(connection, property_name)


def frames_before(store: Store, property_name: str | None) -> list[KnownFrame]:
    """Return what stood around the records of a property's exports, or of all where none is named."""
    with store.read() as connection:
        return known_frames(connection, property_name)


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
