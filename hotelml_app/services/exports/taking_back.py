"""An import that should not have been: everything is made what it was before it, and what came later is read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hotelml_app.core.events import DeploymentChanged, ImportFinished
from hotelml_app.core.jobs import TRAIN, CancelToken, ProgressCallback
from hotelml_app.core.json_values import json_ready
from hotelml_app.intake import objections
from hotelml_app.intake.drop import reading_again
from hotelml_app.intake.drop.unmoved import lies_on
from hotelml_app.intake.mapping import remembered
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.modules import title_of
from hotelml_app.registry import withdrawing
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.words import moment
from hotelml_app.services.exports.reactions import judge_past_predictions
from hotelml_app.services.exports.taking_back_views import KnownView, TakeBackView, TakenBack
from hotelml_app.services.parts import Parts
from hotelml_app.services.properties.at_work import refuse_at_work, stop_learning
from hotelml_app.store.corrected import import_undo, what_followed
from hotelml_app.store.corrected.import_undo import NotTakenBackError
from hotelml_app.store.exported import bookings, imports, reviews
from hotelml_app.store.exported.imports import ImportRow
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import jobs

HIGHEST = 2**31


class _OnlyLooked(Exception):
    """Ends a transaction that was to show what would happen."""


def answer_look(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Say what would happen; nothing is changed."""
    return _told(look(parts, _number(arguments)))


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Take an import back and say what was done."""
    done = take_back(parts, _number(arguments))
    if not parts.started:
        judge_past_predictions(parts)
    return {**_told(done.view), "taken_back": True, "again": list(done.again), "sentence": done.sentence}


def _number(arguments: Arguments) -> int:
    return arguments.number("import", default=0, low=1, high=HIGHEST)


def _told(view: TakeBackView) -> dict[str, object]:
    fields = json_ready(view)
    assert isinstance(fields, dict), "a view has fields"
    return {**fields, "lines": list(view.lines), "taken_back": False}


def look(parts: Parts, import_id: int) -> TakeBackView:
    """Return what taking an import back would do. Raises NotTakenBackError."""
    found: list[TakeBackView] = []
    try:
        # It is done and undone: nothing else knows as well what it comes to.
        with parts.store.write() as connection:
            found.append(_Undoing(parts, connection, import_id).do())
            raise _OnlyLooked
    except _OnlyLooked:
        return found[0]


def take_back(parts: Parts, import_id: int) -> TakenBack:
    """Make everything what it was before an import: all of it or nothing; files that came later go back to the drop folder.

    Raises NotTakenBackError, PropertyAtWorkError, StoreError.
    """
    stop_learning(parts, *_owners(parts, import_id))
    if parts.collector is not None:
        parts.collector.flush()
    with parts.store.write() as connection:
        undoing = _Undoing(parts, connection, import_id)
        refuse_at_work(connection, *undoing.owners)
        view = undoing.do()
    # First, for it is done, whatever becomes of the files.
    undoing.follow(view)
    again = reading_again.send_back(parts.store)
    parts.folders.take_in_again(again)
    return TakenBack(view, tuple(path.name for path in again), reading_again.held(parts.store, undoing.lying))


def _owners(parts: Parts, import_id: int) -> list[PropertyRow]:
    """Return the properties of an import that can be taken back. Raises NotTakenBackError."""
    with parts.store.read() as connection:
        _, owners = import_undo.with_later(connection, import_id)
        return [properties.get(connection, number) for number in sorted(owners)]


class _Undoing:
    """The taking back of one import, inside a transaction."""

    def __init__(self, parts: Parts, connection: sqlite3.Connection, import_id: int) -> None:
        self._parts, self._connection, self._now = parts, connection, parts.clock.now()
        self._rows, owners = import_undo.with_later(connection, import_id)
        self._file = self._rows[-1]
        self._refuse_unmoved()
        self.owners = [properties.get(connection, number) for number in sorted(owners)]
        self.lying: tuple[Path, ...] = ()
        self._live: dict[tuple[str, str], str] = {}
        self._marker = 0

    @property
    def _since(self) -> datetime:
        return min(row.received_at for row in self._rows)

    def _refuse_unmoved(self) -> None:
        """A file that is still to be put away would be read again at once."""
        for row in self._rows:
            lies = lies_on(self._connection, row.sha256)
            if lies:
                raise NotTakenBackError(
                    f"{lies} could not be put away yet and would be read again.",
                    remedy="Close the program that has it open, or move the file out of the drop folder; then try again.",
                )

    def do(self) -> TakeBackView:
        """Make all that is known what it was, with what followed from it, and return what that came to."""
        connection, rows = self._connection, self._rows
        running = jobs.under_way(connection, [row.id for row in self.owners])
        came = import_undo.new_properties(connection, rows)
        goes = {row.id for row in self.owners if row.id in came and self._parts.settings.property(row.name) is None}
        before = {row.id: self._counted(row.id) for row in self.owners}
        changed = {row.id: import_undo.changed_bookings(connection, rows, row.id) for row in self.owners}
        said = {row.id: remembered.answered(connection, row.id) for row in self.owners}
        import_undo.take_back(connection, rows, {row.id for row in self.owners})
        known = tuple(
            replace(self._known(owner, before[owner.id]), changed=changed[owner.id], goes=owner.id in goes)
            for owner in self.owners
        )
        self._mark()
        for owner in self.owners:
            self._withdraw(owner)
            if owner.id in goes:
                what_followed.remove_property(connection, owner, self._now)
            else:
                what_followed.forget(connection, properties.get(connection, owner.id), self._since, self._now)
                self._keep_answers(owner.id, said[owner.id])
        later = list(reversed(rows[:-1]))
        folders = self._parts.folders
        own = [folders.folder_of(row.name) for row in self.owners]
        # Their own folders first: another hotel may have put away the same content.
        lying = reading_again.put_away([*own, *folders.paths()], later)
        self.lying = tuple(lying.values())
        reading_again.note(connection, self.lying)
        return TakeBackView(
            self._file.id,
            self._file.file_name,
            known,
            _names([row for row in later if row.id in lying]),
            _names([row for row in later if row.id not in lying]),
            tuple(dict.fromkeys(title_of(module) for _, module in self._live)),
            tuple(dict.fromkeys(title_of(job.module) for job in running if job.kind == TRAIN)),
        )

    def _keep_answers(self, property_id: int, said: Sequence[ColumnMap]) -> None:
        """Keep what staff answered of the columns of files that are read again; of this file that may be what was wrong."""
        known = remembered.answered(self._connection, property_id)
        for one in reversed(said):
            if one not in known and one.name != self._file.profile:
                remembered.remember(self._connection, one, [property_id])

    def _counted(self, property_id: int) -> tuple[int, int]:
        return bookings.count(self._connection, property_id), reviews.count(self._connection, property_id)

    def _known(self, row: PropertyRow, before: tuple[int, int]) -> KnownView:
        after = self._counted(row.id)
        day = properties.get(self._connection, row.id).business_date
        return KnownView(row.name, before[0], after[0], before[1], after[1], row.business_date, day)

    def _mark(self) -> None:
        """Note of each import that it counts no more, and that what is known of its properties changed."""
        connection, now = self._connection, self._now
        for row in self._rows:
            again = "" if row is self._file else f" with {self._file.file_name}"
            imports.mark_taken_back(connection, row.id, f"Taken back on {moment(now)}{again}. It had brought {row.message}")
        objections.forget(connection, self._file.sha256)
        day = min((row.business_date for row in self._rows if row.business_date), default=now.date())
        marker = ImportRow(self._file.file_name, "", 0, imports.UNDONE, now, business_date=day, finished_at=now)
        self._marker = imports.record(connection, marker)
        for owner in self.owners:
            imports.add_property(connection, self._marker, owner.id, day, 0)

    def _withdraw(self, row: PropertyRow) -> None:
        reason = f"the model before it had learned from {self._file.file_name}, which was taken back"
        changed = withdrawing.withdraw(self._connection, row.id, self._since, reason, self._now)
        self._live |= {(row.name, module): version for module, version in changed.items()}

    def follow(self, view: TakeBackView) -> None:
        """Have everything that works beside follow: what is kept in memory, predictions, the window."""
        bus = self._parts.bus
        for row in self.owners:
            self._parts.memory.forget(row.id)
        reason = f"{view.file_name} was taken back"
        for (owner, module), version in self._live.items():
            bus.publish(DeploymentChanged(owner, module, version, reason, True))
        stay = tuple(one.property_name for one in view.known if not one.goes)
        bus.publish(ImportFinished(self._marker, view.file_name, imports.UNDONE, stay, 0, 0))


def _names(rows: Sequence[ImportRow]) -> tuple[str, ...]:
    return tuple(row.file_name for row in rows)
