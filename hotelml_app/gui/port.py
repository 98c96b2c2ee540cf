"""What the window needs of the appliance; `services.appliance.Appliance` is one, the tests bring another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hotelml_app.core.events import EventBus
from hotelml_app.core.jobs import CancelToken, JobView, ProgressCallback, no_progress
from hotelml_app.services.arrivals.views import ArrivalsView
from hotelml_app.services.exports.data_views import DataView, ImportView
from hotelml_app.services.exports.mapping_views import DryRunView, MappingProposalView
from hotelml_app.services.home.status_views import StatusView
from hotelml_app.services.learning.views import ModelsView
from hotelml_app.services.nights.views import ForecastView
from hotelml_app.services.properties.views import PropertyView
from hotelml_app.services.rates.views import RatesChange, RatesView
from hotelml_app.services.today.views import TodayView

if TYPE_CHECKING:
    from hotelml_app.services.backups.views import BackupsView
    from hotelml_app.services.channels.views import ChannelsView
    from hotelml_app.services.exports.data_views import ShelfView
    from hotelml_app.services.exports.taking_back_views import TakeBackView, TakenBack
    from hotelml_app.services.handover.views import HandoverView, Written
    from hotelml_app.services.nights.event_views import EventView
    from hotelml_app.services.nights.night_views import NightDetailView
    from hotelml_app.services.properties.merge_views import Merged, MergeView
    from hotelml_app.services.properties.rename_property import Renamed
    from hotelml_app.services.rates.ledger_views import LedgerView
    from hotelml_app.services.replay.views import ReplayView
    from hotelml_app.services.report.views import Report
    from hotelml_app.services.reviews.views import ReviewsView
    from hotelml_app.services.rooms.list_views import RoomListView
    from hotelml_app.services.rooms.views import RoomsChange, RoomsView
    from hotelml_app.services.sign_in.views import SignInView
    from hotelml_app.services.updates.views import UpdateView
    from hotelml_app.settings.channels import EmailSettings, WebhookSettings
    from hotelml_app.settings.model import Settings


class AppliancePort(Protocol):
    """Every question the window asks; all may be called from any thread and raise HotelMLError."""

    @property
    def events(self) -> EventBus:
        """Where the appliance tells what happens."""

    def properties(self) -> tuple[PropertyView, ...]:
        """List the properties of this home."""

    def needs_first_run(self) -> bool:
        """Tell whether a property name and a drop folder are still to be given."""

    def complete_first_run(self, property_name: str, drop_folder: Path) -> None:
        """Create the first property."""

    def today(self, property_name: str) -> TodayView:
        """Answer the Today page."""

    def forecast(
        self, property_name: str, metric: str = "rooms_sold", room_type: str = "", horizon: int = 90, segment: str = ""
    ) -> ForecastView:
        """Answer the Forecast page."""

    def night(self, property_name: str, night: date, room_type: str = "", segment: str = "") -> NightDetailView:
        """Answer for one night of the forecast."""

    def replay(
        self,
        property_name: str,
        day: date | None = None,
        nights: int = 14,
        *,
        work_out: bool = False,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> ReplayView:
        """Answer for a past day: what was said then against what happened; ``work_out`` where nothing was kept."""

    def arrivals(self, property_name: str, day: date | None = None) -> ArrivalsView:
        """Answer the Arrivals page; no day means the next one."""

    def tick_call(self, property_name: str, reservation: str, arrival: date, *, called: bool) -> None:
        """Note that a guest of the call list was reached, or was not."""

    def rates(self, property_name: str, month: date | None = None, room_type: str = "") -> RatesView:
        """Answer the Rates page; without a month and room type, of the next night's and the one that earns most."""

    def rate_ledger(self, property_name: str) -> LedgerView:
        """Tell what rates that staff decided on brought, beside what had been suggested."""

    def keep_table(self, target: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """Write a table to a file that staff chose, and answer its number of rows."""

    def change_rates(self, property_name: str, change: RatesChange, month: date | None = None, room_type: str = "") -> RatesView:
        """Carry out what staff decided about rates, and answer the Rates page."""

    def rooms(self, property_name: str) -> RoomsView:
        """Answer the Rooms page."""

    def room_list(self, property_name: str) -> RoomListView:
        """Tell which rooms there are, as exports show them and as staff listed them."""

    def change_rooms(
        self,
        property_name: str,
        change: RoomsChange,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> RoomsView:
        """Change something about the rooms and answer the Rooms page as it is then."""

    def event_calendar(self, property_name: str) -> tuple[EventView, ...]:
        """Tell the events that staff told."""

    def keep_events(self, property_name: str, events: Sequence[EventView]) -> tuple[EventView, ...]:
        """Keep these events and no others, and tell them."""

    def backups(self) -> BackupsView:
        """Tell the copies of the database."""

    def back_up(self, target: Path | None = None) -> BackupsView:
        """Copy the database now, and tell all copies."""

    def put_back_next(self, backup: Path) -> BackupsView:
        """Have a copy put back at the next start."""

    def keep_present(self) -> BackupsView:
        """Give up what was to be put back."""

    def hand_over(
        self,
        target: Path,
        passphrase: str,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
        update: Path | None = None,
    ) -> Written:
        """Write everything that another PC needs into one file, with a program update where one is named."""

    def look_at_handover(self, path: Path) -> HandoverView:
        """Tell what a hand-over file says it holds."""

    def take_over_next(
        self, path: Path, passphrase: str, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None
    ) -> BackupsView:
        """Check a hand-over file, and have it take the place of what is there at the next start."""

    def waiting_update(self) -> UpdateView | None:
        """Tell the program update that waits to be installed."""

    def look_at_update(self, path: Path) -> UpdateView:
        """Tell what an update is that fits this PC."""

    def take_update(self, path: Path, progress: ProgressCallback = no_progress, cancel: CancelToken | None = None) -> UpdateView:
        """Check all of an update and let it wait to be installed."""

    def start_update(self) -> UpdateView:
        """Copy the database, and start the set-up of what waits where it has one."""

    def discard_update(self) -> None:
        """Remove the update that waits."""

    def channels(self) -> ChannelsView:
        """Tell how the channels are set up that tell people outside this PC, and how they are doing."""

    def keep_channel(self, channel: EmailSettings | WebhookSettings, secrets: Mapping[str, str]) -> ChannelsView:
        """Keep how a channel is set up."""

    def try_channel(self, channel: EmailSettings | WebhookSettings, secrets: Mapping[str, str]) -> str:
        """Send a test as a channel would be set up, and tell what happened."""

    def kept_originals(self, property_name: str) -> tuple[ShelfView, ...]:
        """Tell which exports lie on as they came."""

    def start_at_sign_in(self, *, on: bool) -> SignInView:
        """Have HotelML start when this user signs in, or not, and tell what the system says then."""

    def reviews(self, property_name: str, language: str = "") -> ReviewsView:
        """Answer the Reviews page."""

    def report(
        self,
        property_name: str,
        day: date | None = None,
        days: int = 28,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> Report:
        """Tell what goes into the report."""

    def keep_report(self, target: Path, content: bytes) -> None:
        """Write a report to a file that staff chose, complete or not at all."""

    def models(self, property_name: str) -> ModelsView:
        """Answer the Models page."""

    def data(self, property_name: str) -> DataView:
        """Answer the Data page."""

    def status(self) -> StatusView:
        """Tell how the appliance is."""

    def train(self, module: str, property_name: str) -> int:
        """Queue a training and return its job."""

    def cancel_job(self, job_id: int) -> None:
        """Stop a job."""

    def jobs(self) -> tuple[JobView, ...]:
        """List what runs, waits or ended lately."""

    def promote(self, property_name: str, module: str, version: str) -> object:
        """Let a version answer from now on."""

    def rollback(self, property_name: str, module: str) -> object:
        """Let the version before answer again."""

    def import_files(
        self,
        paths: Sequence[Path],
        property_name: str | None = None,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> tuple[ImportView, ...]:
        """Import files from anywhere."""

    def propose_mapping(self, path: Path, property_name: str = "", cancel: CancelToken | None = None) -> MappingProposalView:
        """Tell how a file would be read, and what must be asked before."""

    def dry_run(
        self,
        path: Path,
        mapping: Mapping[str, object] | None = None,
        property_name: str = "",
        cancel: CancelToken | None = None,
    ) -> DryRunView:
        """Tell what an import would bring."""

    def import_mapped(
        self,
        path: Path,
        mapping: Mapping[str, object],
        property_name: str = "",
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> ImportView:
        """Import a file by what somebody said about it, and remember that."""

    def rescan(self) -> object:
        """Look into the drop folders now."""

    def retry_failed(self, file_name: str, overruled: int = 0, number: int = 0) -> object:
        """Import the file of a failed import once more; ``overruled`` is the import that should not have been refused."""

    def original_of(self, import_id: int) -> Path:
        """Tell where the file of an import lies."""

    def settings(self) -> Settings:
        """Return the settings in force."""

    def save_settings(self, settings: Settings) -> None:
        """Keep and apply changed settings."""

    def update_property(self, view: PropertyView) -> None:
        """Keep changed facts of a property."""

    def look_at_taking_back(self, import_id: int) -> TakeBackView:
        """Tell what taking an import back would do."""

    def take_back(self, import_id: int) -> TakenBack:
        """Make everything what it was before an import."""

    def compare_properties(self, one: str, other: str, *, new_numbers: bool = False) -> MergeView:
        """Tell what putting two properties together would do."""

    def merge_properties(self, gone: str, stays: str, *, new_numbers: bool = False) -> Merged:
        """Put two properties together that are one hotel."""

    def rename_property(self, old: str, new: str) -> Renamed:
        """Give a property another name."""

    def dismiss_warning(self, key: str) -> None:
        """Put a warning away."""
