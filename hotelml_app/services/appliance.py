"""The appliance: everything that windows, commands and the API may ask of one home. All of it may be asked from any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from hotelml_app.core.events import EventBus
from hotelml_app.core.jobs import CancelToken, JobView, ProgressCallback, no_progress
from hotelml_app.registry.lineage import WENT_BACK_BY_HAND
from hotelml_app.services.appliance_parts.desk_pages import DeskPages
from hotelml_app.services.appliance_parts.rate_pages import RatePages
from hotelml_app.services.appliance_parts.reports import Reports
from hotelml_app.services.appliance_parts.settings_pages import SettingsPages
from hotelml_app.services.arrivals.views import ArrivalsView
from hotelml_app.services.asking.choose_property import chosen
from hotelml_app.services.background import BackgroundService, end_each, start_all, stop_all
from hotelml_app.services.errors import ReadingOnlyError
from hotelml_app.services.exports.data_views import DataView, FindingView, ImportView
from hotelml_app.services.exports.mapping_views import DryRunView, MappingProposalView
from hotelml_app.services.home import first_run, settings_page, status_page
from hotelml_app.services.home.status_views import StatusView
from hotelml_app.services.home.warning_list import dismiss_warning
from hotelml_app.services.learning import models_page
from hotelml_app.services.learning.job_list import job_list
from hotelml_app.services.learning.views import ModelsView
from hotelml_app.services.nights.views import ForecastView
from hotelml_app.services.parts import Parts
from hotelml_app.services.properties import list_properties
from hotelml_app.services.properties.views import PropertyView
from hotelml_app.services.today.views import TodayView
from hotelml_app.settings.model import Settings

if TYPE_CHECKING:
    from hotelml_app.services.exports.taking_back_views import TakeBackView, TakenBack
    from hotelml_app.training.trainer import Trainer


class Appliance(DeskPages, RatePages, Reports, SettingsPages):
    """One home, opened. Close it; inside a ``with`` block that happens by itself."""

    def __init__(self, parts: Parts, background: Callable[[Appliance], Sequence[BackgroundService]]) -> None:
        self.parts = parts
        self._background = background(self)
        self._running: list[BackgroundService] = []
        self._lock = threading.Lock()
        self._closed = False

    # -- life ---------------------------------------------------------------------------------------------------------

    @property
    def writes(self) -> bool:
        """True where this process owns the home and may change it."""
        return self.parts.writes

    @property
    def started(self) -> bool:
        """True while the watcher, the triggers and the API work."""
        return self.parts.started

    @property
    def events(self) -> EventBus:
        """What happens, told on the thread it happens on."""
        return self.parts.bus

    @property
    def trainer(self) -> Trainer:
        """The trainer. Raises ReadingOnlyError where this process only looks."""
        return self.parts.owned_trainer

    def start(self) -> None:
        """Start watching, training on events and schedule, and answering on loopback. Only the owner of the home may.

        A part that cannot be started is warned of, and its error raised once all others work.
        """
        if not self.writes:
            raise ReadingOnlyError("Another HotelML owns this home.", remedy="Close that one first.")
        with self._lock:
            if self._running or self._closed:
                return
            self.trainer.make_room()
            self._running, self.parts.started = list(self._background), True
            start_all(self._running, self.events)

    def close(self) -> None:
        """Stop everything in the reverse order it began, write what is buffered, and let go of the home."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            running, self._running, self.parts.started = self._running, [], False
        stop_all(running)
        self.parts.memory.forget()
        end_each(hold.close for hold in reversed(self.parts.holds))

    def __enter__(self) -> Appliance:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()

    # -- pages --------------------------------------------------------------------------------------------------------

    def properties(self) -> tuple[PropertyView, ...]:
        """Return all properties with their rooms."""
        return list_properties.list_properties(self.parts)

    def today(self, property_name: str) -> TodayView:
        """Return the Today page."""
        from hotelml_app.services.today import today_page

        return today_page.build(self._ground(property_name))

    def forecast(
        self, property_name: str, metric: str = "rooms_sold", room_type: str = "", horizon: int = 90, segment: str = ""
    ) -> ForecastView:
        """Return the Forecast page: one metric, the whole house, one room type or one segment."""
        from hotelml_app.services.nights import forecast_page

        return forecast_page.build(self._ground(property_name), metric, room_type, horizon, segment)

    def arrivals(self, property_name: str, day: date | None = None) -> ArrivalsView:
        """Return the Arrivals page of a day; without one, of the day after the business date."""
        from hotelml_app.services.arrivals import arrivals_page

        return arrivals_page.build(self._ground(property_name), day)

    def models(self, property_name: str) -> ModelsView:
        """Return the Models page."""
        return models_page.build(self.parts, self._property(property_name))

    def data(self, property_name: str) -> DataView:
        """Return the Data page; it also works for a property that is set up but never spoke yet."""
        from hotelml_app.services.exports import data_page

        return data_page.build(self.parts, property_name)

    def status(self) -> StatusView:
        """Return the appliance at a glance."""
        return status_page.build(self.parts)

    # -- training and models ------------------------------------------------------------------------------------------

    def train(self, module: str, property_name: str) -> int:
        """Queue a training and return its job's id; it runs in the background. Raises TooLittleToLearnError."""
        from hotelml_app.services.learning import start_training

        return start_training.start(self.parts, self.trainer, module, self._property(property_name))

    def cancel_job(self, job_id: int) -> None:
        """Stop a training; what was live stays live."""
        self.trainer.cancel(job_id)

    def jobs(self) -> tuple[JobView, ...]:
        """Return trainings that run or wait, then the latest."""
        return job_list(self.parts)

    def promote(self, property_name: str, module: str, version: str) -> None:
        """Make a version the live one and renew the predictions it answers for."""
        self.parts.registry.promote(self._id(property_name), module, version)

    def rollback(self, property_name: str, module: str) -> str:
        """Go back to what was live before and return it; "" is the plain rule."""
        return self.parts.registry.rollback(self._id(property_name), module, WENT_BACK_BY_HAND)

    # -- data ---------------------------------------------------------------------------------------------------------

    def import_files(
        self,
        paths: Sequence[Path],
        property_name: str | None = None,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> tuple[ImportView, ...]:
        """Read exports now, one transaction each; the files stay where they are. A file that fails is told as failed."""
        from hotelml_app.services.exports import import_files

        return import_files.import_all(self.parts, paths, property_name or "", "", progress, cancel or CancelToken())

    def propose_mapping(self, path: Path, property_name: str = "", cancel: CancelToken | None = None) -> MappingProposalView:
        """Return how a file would be read, column by column, and what must be asked before."""
        from hotelml_app.services.exports import map_columns

        return map_columns.propose_mapping(self.parts, path, property_name, cancel)

    def dry_run(
        self,
        path: Path,
        mapping: Mapping[str, object] | None = None,
        property_name: str = "",
        cancel: CancelToken | None = None,
    ) -> DryRunView:
        """Return what an import would bring, by a mapping as map files have it or as it comes; nothing is stored."""
        from hotelml_app.services.exports import map_columns

        return map_columns.dry_run_or_question(self.parts, path, mapping, property_name, cancel or CancelToken())

    def import_mapped(
        self,
        path: Path,
        mapping: Mapping[str, object],
        property_name: str = "",
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> ImportView:
        """Import a file by what somebody said about it, remember that for its property, and try those like it again."""
        from hotelml_app.services.exports import map_columns

        return map_columns.import_mapped(self.parts, path, mapping, property_name, progress, cancel or CancelToken())

    def export_health(self, property_name: str) -> dict[str, tuple[FindingView, ...]]:
        """Return, by layout, what was odd about its last export beside those before it."""
        from hotelml_app.services.exports import export_health

        return export_health.export_health(self.parts, property_name)

    def rescan(self) -> None:
        """Look through the drop folders now."""
        self.parts.folders.rescan()

    def retry_failed(self, file_name: str, overruled: int = 0, number: int = 0) -> None:
        """Put the file of the failed import ``number`` back; ``overruled`` is the import that wrongly refused it."""
        self.parts.folders.retry_failed(file_name, overruled, number)

    def original_of(self, import_id: int) -> Path:
        """Return where the file of an import lies, to be looked at or read otherwise. Raises NoSuchFileError."""
        return self.parts.folders.original_of(import_id)

    def look_at_taking_back(self, import_id: int) -> TakeBackView:
        """Return what taking an import back would do. Only the owner of the home may. Raises NotTakenBackError."""
        from hotelml_app.services.exports import taking_back

        self._owner_only()
        return taking_back.look(self.parts, import_id)

    def take_back(self, import_id: int) -> TakenBack:
        """Make everything what it was before an import. Only the owner of the home may. Raises HotelMLError."""
        from hotelml_app.services.exports import taking_back

        self._owner_only()
        return taking_back.take_back(self.parts, import_id)

    # -- settings -----------------------------------------------------------------------------------------------------

    def needs_first_run(self) -> bool:
        """Return whether nobody has said yet which property this is."""
        return first_run.needed(self.parts)

    def complete_first_run(self, property_name: str, drop_folder: Path) -> None:
        """Keep the property's name and drop folder, and begin to watch it."""
        first_run.complete(self.parts, property_name, drop_folder)

    def settings(self) -> Settings:
        """Return the settings."""
        return self.parts.settings

    def save_settings(self, settings: Settings) -> None:
        """Keep the settings and let them count at once."""
        settings_page.save(self.parts, settings)

    def update_property(self, view: PropertyView) -> None:
        """Keep what staff say of a property and its room types."""
        list_properties.update_property(self.parts, view)

    def dismiss_warning(self, key: str) -> None:
        """Take a warning away until its cause comes again."""
        dismiss_warning(self.parts.store, self.parts.clock, key)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _id(self, property_name: str) -> int:
        return chosen(self.parts.store, property_name)[0].id
