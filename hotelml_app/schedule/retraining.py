"""Who asks for training besides people: data that grew, accuracy that dropped, and the clock."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import takewhile

from hotelml_app.core.jobs import TRAIN, JobStage
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.schedule import unfinished
from hotelml_app.schedule.neighbours import Judges, Submits
from hotelml_app.schedule.triggers import REST_DAYS, Growth, accuracy_dropped, grown_enough
from hotelml_app.settings import Settings, training_config
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.learned import jobs
from hotelml_app.store.learned.jobs import JobRow

log = logging.getLogger(__name__)

NEW_DATA, ACCURACY_DROP, SCHEDULE = "new data", "accuracy drop", "schedule"

Manifests = Callable[[], Iterable[ModuleManifest]]
Counts = Callable[[ModuleManifest, PropertyData], int]


def counted_now(manifest: ModuleManifest, data: PropertyData) -> int:
    """Return how many examples of a module a property's data hold."""
    return int(str(manifest.load(manifest.count_points)(manifest.data_of(data))))


class Retrainer:
    """Submits trainings that the data, the accuracy or the clock call for; one that is under way is not asked for again."""

    def __init__(
        self,
        store: Store,
        settings: Callable[[], Settings],
        submit: Submits,
        judge: Judges,
        manifests: Manifests,
        count: Counts = counted_now,
    ) -> None:
        self._store, self._settings, self._submit = store, settings, submit
        self._judge, self._manifests, self._count = judge, manifests, count
        self._held_back: set[int] = set()

    def after_import(self, data: PropertyData) -> list[int]:
        """Submit the modules whose data grew enough or whose accuracy dropped, and return the jobs."""
        submitted, waits = [], False
        # Before looking: a training that ends between the look and a later note would never be asked about this data.
        self._held_back.add(data.facts.id)
        for manifest in self._manifests():
            if manifest.train is None or not training_config(self._settings(), manifest.name).enabled:
                continue
            if self.under_way(manifest.name, data.facts.id):
                waits = True
                continue
            try:
                asked_by, why = self.reason(manifest, data)
            except Exception:
                # One module that cannot count its data must not keep the others from learning.
                log.exception("whether %s of %s is to be trained cannot be told", manifest.name, data.facts.name)
                continue
            if why:
                log.info("%s of %s is to be trained: %s", manifest.name, data.facts.name, why)
                submitted.append(self._submit(manifest.name, data.facts.id, asked_by=asked_by))
        if not waits:
            self._held_back.discard(data.facts.id)
        return submitted

    def take_held_back(self, property_id: int) -> bool:
        """Tell, once, whether a training that was under way kept this property's newer data from being counted."""
        if property_id not in self._held_back:
            return False
        self._held_back.discard(property_id)
        return True

    def on_schedule(self, module: str, property_ids: Iterable[int]) -> list[int]:
        """Submit a module whose schedule is due, for the properties that brought anything new since its last training."""
        if not training_config(self._settings(), module).enabled:
            return []
        due = [one for one in property_ids if not self.under_way(module, one) and self._something_new(module, one)]
        return [self._submit(module, property_id, asked_by=SCHEDULE) for property_id in due]

    def reason(self, manifest: ModuleManifest, data: PropertyData) -> tuple[str, str]:
        """Return who asks for training and why; two empty texts where nobody does."""
        points, settings, property_id = self._count(manifest, data), self._settings(), data.facts.id
        data = manifest.data_of(data)
        needed = training_config(settings, manifest.name).min_data_points
        rule = Growth(settings.training.growth_share, settings.training.growth_min, needed)
        with self._store.read() as connection:
            counted = jobs.last_counted(connection, property_id, manifest.name)
        why = grown_enough(points, counted[1] if counted is not None else None, rule)
        if why:
            return NEW_DATA, why
        if counted is not None and points >= needed and self._was_cut_off(manifest.name, property_id):
            return SCHEDULE, "the training that the clock asked for was cut off"
        if counted is None or points < needed or _days_since(counted[0], data.as_of) < REST_DAYS:
            return "", ""
        lately = self._judge.showing(manifest, property_id, data.as_of)
        if lately is None:
            return "", ""
        why = accuracy_dropped(lately, manifest.lower_is_better)
        return (ACCURACY_DROP, why) if why else ("", "")

    def under_way(self, module: str, property_id: int) -> bool:
        """Tell whether a training of the module is queued or runs."""
        return any(not row.stage.final for row in self._trainings(module, property_id))

    def _trainings(self, module: str, property_id: int) -> list[JobRow]:
        with self._store.read() as connection:
            rows = jobs.recent(connection, module=module, property_id=property_id)
        return [row for row in rows if row.kind == TRAIN]

    def _was_cut_off(self, module: str, property_id: int) -> bool:
        """Tell whether the end of the program cut off what the clock asked for last, not so often that it may be the cause."""
        cut_off = list(takewhile(lambda row: row.stage is JobStage.ABANDONED, self._trainings(module, property_id)))
        return bool(cut_off) and cut_off[0].asked_by == SCHEDULE and len(cut_off) < unfinished.MOST_TRIES

    def _something_new(self, module: str, property_id: int) -> bool:
        last = next((row for row in self._trainings(module, property_id) if row.stage is JobStage.DONE), None)
        # One that began later than now was begun by a clock that has been set back since: it tells nothing of what is new.
        if last is None or last.started_at is None or last.started_at > self._store.clock.now():
            return True
        newest = self._newest_import(property_id)
        return newest is None or newest >= last.started_at

    def _newest_import(self, property_id: int) -> datetime | None:
        with self._store.read() as connection:
            last = imports.get(connection, imports.last_done(connection, property_id))
        return (last.finished_at or last.received_at) if last is not None else None


def _days_since(row: JobRow, today: date) -> int:
    as_of = row.report.get("as_of")
    return (today - date.fromisoformat(str(as_of))).days if as_of else REST_DAYS
