"""What runs by the clock: trainings, the daily copy of the database, the daily report, a look whether an export is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hotelml_app.core.jobs import CancelToken
from hotelml_app.modules import discover
from hotelml_app.schedule import unfinished
from hotelml_app.services.backups import nightly
from hotelml_app.services.exports.missing_exports import tell_missing_exports
from hotelml_app.services.parts import Parts
from hotelml_app.services.report import daily
from hotelml_app.settings.model import training_config
from hotelml_app.store.hotels import properties

if TYPE_CHECKING:
    from hotelml_app.schedule.errands import Errands
    from hotelml_app.schedule.retraining import Retrainer

BACKUP = "daily backup"
BACKUP_AT = "50 2 * * *"
"""Before the trainings, so that a copy of what they learned from is at hand."""

REPORT = "daily report"
REPORT_AT = "30 5 * * *"
"""After the trainings, and before the front office begins."""

EXPORTS = "exports looked for"
EXPORTS_AT = "0 7 * * *"
"""When the night audit is over everywhere, and somebody is there to make up for a missing export."""


class Timetable:
    """Answers the scheduler: what is planned, and what to do when it is due. What takes long runs as an errand."""

    def __init__(self, parts: Parts, retrainer: Retrainer, errands: Errands) -> None:
        self._parts = parts
        self._retrainer = retrainer
        self._errands = errands

    def schedules(self) -> Mapping[str, str]:
        """Return the crontab line of everything by name; the settings of the moment count."""
        trainings = {name: training_config(self._parts.settings, name) for name, one in discover().items() if one.train}
        backup = {BACKUP: BACKUP_AT} if self._parts.settings.backup.daily else {}
        report = {REPORT: REPORT_AT} if self._parts.settings.report.folder else {}
        always = {EXPORTS: EXPORTS_AT}
        return always | backup | report | {name: config.schedule for name, config in trainings.items() if config.enabled}

    def run(self, name: str) -> bool:
        """Do what is due, or have it begun; return whether it goes on, and ends what is kept of it as unfinished."""
        if name == BACKUP:
            if not self._begin(name, self._back_up):
                nightly.tell_of_overlong(self._parts)
            return True
        if name == REPORT:
            if not self._begin(name, self._report):
                daily.tell_of_overlong(self._parts)
            return True
        if name == EXPORTS:
            self._begin(name, self._look_for_exports)
            return True
        with self._parts.store.read() as connection:
            ids = [row.id for row in properties.all(connection) if row.business_date is not None]
        self._retrainer.on_schedule(name, ids)
        return False

    def _begin(self, name: str, work: Callable[[CancelToken], bool]) -> bool:
        """Have ``work`` begun, which returns whether it came to its end, and return False where it is still under way."""

        def errand(cancel: CancelToken) -> None:
            if work(cancel):
                with self._parts.store.write() as connection:
                    unfinished.end(connection, name)

        return self._errands.begin(name, errand)

    def _back_up(self, cancel: CancelToken) -> bool:
        with self._parts.store.read() as connection:
            begun = unfinished.of(connection, BACKUP)
        return nightly.nightly(self._parts, cancel, begun.at if begun is not None and begun.tries > 1 else None)

    def _report(self, cancel: CancelToken) -> bool:
        return daily.write_daily(self._parts, cancel)

    def _look_for_exports(self, cancel: CancelToken) -> bool:
        tell_missing_exports(self._parts, cancel)
        return True
