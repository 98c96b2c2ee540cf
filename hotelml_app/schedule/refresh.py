"""Fresh predictions of a property after an import or a change of model, and the judgement of earlier ones."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import partial

from hotelml_app.collector.errors import JournalError
from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import EventBus, PredictionsRefreshed, Settled, Warned
from hotelml_app.core.jobs import ProgressCallback, no_progress
from hotelml_app.core.severity import Severity
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.registry.answers import predict, store_predictions
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.schedule.neighbours import Judges
from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings
from hotelml_app.store.errors import StoreError
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import predictions

log = logging.getLogger(__name__)

Manifests = Callable[[], Iterable[ModuleManifest]]

_FOLLOWED_UP = "followed up to import"


class Refresher:
    """Keeps what is stored of a property's predictions in step with its newest business date.

    ``load`` gives a property's data where the caller keeps some in memory; else it is read anew each time.
    """

    def __init__(
        self,
        store: Store,
        registry: ModelRegistry,
        clock: Clock,
        bus: EventBus,
        judge: Judges,
        manifests: Manifests,
        load: Callable[[int], PropertyData] | None = None,
    ) -> None:
        self._store, self._registry, self._clock, self._bus = store, registry, clock, bus
        self._judge, self._manifests = judge, manifests
        self._load = load
        self._undone: set[int] = set()

    def data(self, property_id: int) -> PropertyData | None:
        """Return the property's data, None where nothing was imported for it yet."""
        from hotelml_app.ml.property.reading import property_data

        with self._store.read() as connection:
            row = properties.get(connection, property_id)
        if row.business_date is None:
            return None
        return self._load(property_id) if self._load is not None else property_data(self._store, property_id)

    def refresh(
        self, data: PropertyData, modules: Iterable[str] | None = None, progress: ProgressCallback = no_progress
    ) -> tuple[str, ...]:
        """Predict as of the business date, keep the answers, and return the modules that could; publish that it was done."""
        chosen = set(modules) if modules is not None else None
        asked = [one for one in self._manifests() if chosen is None or one.name in chosen]
        # Where only reviews were read, or nightly figures, what is asked of the rest is not late: there is nothing to answer.
        asked = [one for one in asked if len(data.history) or (one.reads_reviews and one.data_of(data).reviews)]
        done = []
        for place, manifest in enumerate(asked):
            progress(place / len(asked), f"Predicting: {manifest.title}")
            if self._attempt(data, manifest, "predict", partial(self._predict, manifest, data)):
                done.append(manifest.name)
        self._bus.publish(PredictionsRefreshed(data.facts.name, tuple(done)))
        return tuple(done)

    def judge(self, data: PropertyData) -> None:
        """Compare earlier predictions with what happened."""
        for manifest in self._manifests():
            self._attempt(data, manifest, "judge", partial(self._judge.match, manifest, data.facts.id, data))

    def take_undone(self) -> set[int]:
        """Return the properties of which the database could not give or take something since this was last asked."""
        undone, self._undone = self._undone, set()
        return undone

    def newest_import(self, property_id: int) -> int:
        """Return the id of the property's latest import, 0 where there is none."""
        with self._store.read() as connection:
            return imports.last_done(connection, property_id)

    def note_followed_up(self, property_id: int, import_id: int) -> None:
        """Remember that all was done that follows from the imports up to this one, unless the database kept some from it."""
        if property_id in self._undone:
            return
        with self._store.write() as connection:
            data_settings.put(connection, _FOLLOWED_UP, import_id, property_id)

    def is_stale(self, property_id: int) -> bool:
        """Tell whether something that follows from an import is yet to be done, as after a kill or an update of HotelML.

        The newest business date does not tell alone: another export of the same day may have come, or nothing been judged yet.
        """
        with self._store.read() as connection:
            followed_up = data_settings.get(connection, _FOLLOWED_UP, None, property_id)
            if followed_up is not None and followed_up != imports.last_done(connection, property_id):
                return True
            newest = properties.get(connection, property_id).business_date
            kept = [(one, predictions.any_of_newest(connection, property_id, one.name)) for one in self._manifests()]
        if newest is None:
            return False
        given = [(module, row) for module, row in kept if row is not None]
        return not given or any(row.as_of < newest or not module.is_whole(row.payload) for module, row in given)

    def _predict(self, manifest: ModuleManifest, data: PropertyData) -> int:
        run = predict(self._store, self._registry, data.facts.id, manifest.name, data=data, manifest=manifest)
        return store_predictions(self._store, run, self._clock.now())

    def _attempt(self, data: PropertyData, manifest: ModuleManifest, what: str, work: Callable[[], object]) -> bool:
        """Do one module's part; where it fails the others go on, and the user is told."""
        try:
            work()
        except HotelMLError as error:
            log.warning("%s of %s could not %s: %s", manifest.name, data.facts.name, what, error)
            if isinstance(error, (StoreError, JournalError)):
                self._undone.add(data.facts.id)
            self._warn(data, manifest, what, error.message, error.remedy)
            return False
        except Exception as error:
            log.exception("%s of %s could not %s", manifest.name, data.facts.name, what)
            self._warn(data, manifest, what, f"It stopped at an error: {error}", "Please report this with the log.")
            return False
        self._bus.publish(Settled(_key(data, manifest, what)))
        return True

    def _warn(self, data: PropertyData, manifest: ModuleManifest, what: str, message: str, remedy: str) -> None:
        title = f"{manifest.title}: {'no new predictions' if what == 'predict' else 'results not compared'}"
        told, outside = f"{data.facts.name}: {message}", f"{data.facts.name}: the Today page says why."
        self._bus.publish(Warned(_key(data, manifest, what), title, told, remedy, Severity.FAILURE, outside))


def _key(data: PropertyData, manifest: ModuleManifest, what: str) -> str:
    return f"{what}:{data.facts.name}:{manifest.name}"
