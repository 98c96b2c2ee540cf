"""An appliance that answers from memory, counts what it was asked, and can be made to fail or to take its time."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import fake_modules
import fake_night
import fake_rates
import fake_reviews
import fake_rooms
import fake_views
from fake_importing import FakeImporting
from fake_keeping import FakeKeeping
from fake_looking import FakeLooking
from fake_reporting import FakeReporting

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import EventBus, JobChanged
from hotelml_app.core.jobs import CancelToken, JobStage, JobView, ProgressCallback, no_progress
from hotelml_app.services.arrivals.views import ArrivalsView
from hotelml_app.services.backups.views import NextStartView
from hotelml_app.services.errors import NothingKnownError
from hotelml_app.services.home.status_views import StatusView, WarningView
from hotelml_app.services.learning.views import ModelsView
from hotelml_app.services.nights.event_views import EventView
from hotelml_app.services.nights.night_views import NightDetailView
from hotelml_app.services.nights.views import ForecastView
from hotelml_app.services.properties.views import PropertyView
from hotelml_app.services.rates import views as rates_views
from hotelml_app.services.reviews.views import ReviewsView
from hotelml_app.services.rooms.views import RoomsChange, RoomsView
from hotelml_app.services.today.views import TodayView
from hotelml_app.settings.model import PropertySettings, Settings

Answer = TypeVar("Answer")


class FakeAppliance(FakeImporting, FakeKeeping, FakeLooking, FakeReporting):
    """The appliance of two invented hotels; ``names=()`` is a home before its first run."""

    def __init__(self, names: Sequence[str] = (fake_views.CITY, fake_views.RESORT)) -> None:
        self.events = EventBus()
        self.names = list(names)
        self.asked: Counter[str] = Counter()
        self.threads: set[str] = set()
        self.said: list[tuple[object, ...]] = []
        self.failures: dict[str, HotelMLError] = {}
        self.gates: dict[str, threading.Event] = {}
        self.empty = False
        self.rooms_named = True
        self.undo_rooms = ""
        self.no_reviews = False
        self.warnings: tuple[WarningView, ...] = ()
        self.next_start: NextStartView | None = None
        self.decided_of: list[str] = []
        self.decisions = fake_views.DECISIONS
        self.kept = Settings(properties=tuple(PropertySettings(name=name, country="PT", currency="EUR") for name in names))
        self.facts = {name: fake_views.property_view(name) for name in names}
        self.called: set[str] = set()
        self.told_events: list[EventView] = []
        self.import_nothing()
        self.keep_nothing()
        self.look_at_kept_days()
        self.report_at_once()
        self.decided: list[rates_views.RatesChange] = []
        self._jobs: dict[int, JobView] = {}

    def properties(self) -> tuple[PropertyView, ...]:
        return self._answer("properties", lambda: tuple(self.facts[name] for name in self.names))

    def needs_first_run(self) -> bool:
        return not self.names

    def complete_first_run(self, property_name: str, drop_folder: Path) -> None:
        def keep() -> None:
            self.said.append(("first run", property_name, drop_folder))
            self.names.append(property_name)
            self.facts[property_name] = PropertyView(property_name, "", "", None, None, None, ())
            self.empty = True

        self._answer("complete_first_run", keep)

    def today(self, property_name: str) -> TodayView:
        return self._numbers("today", lambda: fake_views.today(property_name, self.warnings, self.decisions))

    def forecast(
        self, property_name: str, metric: str = "rooms_sold", room_type: str = "", horizon: int = 90, segment: str = ""
    ) -> ForecastView:
        return self._numbers("forecast", lambda: fake_views.forecast(property_name, metric, room_type, horizon, segment))

    def night(self, property_name: str, night: date, room_type: str = "", segment: str = "") -> NightDetailView:
        return self._numbers("night", lambda: fake_night.night(property_name, night, room_type, segment))

    def arrivals(self, property_name: str, day: date | None = None) -> ArrivalsView:
        return self._numbers("arrivals", lambda: replace(fake_views.arrivals(property_name, day), called=frozenset(self.called)))

    def tick_call(self, property_name: str, reservation: str, arrival: date, *, called: bool) -> None:
        self._answer("tick_call", lambda: (self.called.add if called else self.called.discard)(reservation))

    def rates(self, property_name: str, month: date | None = None, room_type: str = "") -> rates_views.RatesView:
        return self._numbers("rates", lambda: fake_rates.rates(property_name, month, room_type, self.decided))

    def change_rates(
        self, property_name: str, change: rates_views.RatesChange, month: date | None = None, room_type: str = ""
    ) -> rates_views.RatesView:
        def decide() -> rates_views.RatesView:
            if isinstance(change, rates_views.UndoRates):
                self.decided.pop()
            else:
                self.decided.append(change)
                self.decided_of.append(property_name)
            return fake_rates.rates(property_name, month, room_type, self.decided)

        return self._answer("change_rates", decide)

    def rooms(self, property_name: str) -> RoomsView:
        return self._numbers("rooms", lambda: fake_rooms.rooms(property_name, self.rooms_named, self.undo_rooms))

    def change_rooms(
        self,
        property_name: str,
        change: RoomsChange,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> RoomsView:
        def make() -> RoomsView:
            if cancel is not None:
                cancel.check()
            self.said.append(("rooms", change))
            self.undo_rooms = "what was done"
            return fake_rooms.rooms(property_name, self.rooms_named, self.undo_rooms)

        return self._answer("change_rooms", make)

    def event_calendar(self, property_name: str) -> tuple[EventView, ...]:
        return self._answer("event_calendar", lambda: tuple(self.told_events))

    def keep_events(self, property_name: str, events: Sequence[EventView]) -> tuple[EventView, ...]:
        def keep() -> tuple[EventView, ...]:
            self.told_events = list(events)
            return tuple(events)

        return self._answer("keep_events", keep)

    def reviews(self, property_name: str, language: str = "") -> ReviewsView:
        return self._numbers("reviews", lambda: fake_reviews.reviews(property_name, language, empty=self.no_reviews))

    def models(self, property_name: str) -> ModelsView:
        return self._answer("models", lambda: fake_modules.models(property_name, self.jobs()))

    def status(self) -> StatusView:
        told = ("/srv/hotelml", True, 48_300_000, tuple(self.facts.values()), (), (), (), 0, self.warnings)
        named = {"next_start": self.next_start, "sign_in": self.sign_in, "update": self.update}
        return self._answer("status", lambda: StatusView(*told, **named))

    def train(self, module: str, property_name: str) -> int:
        def start() -> int:
            number = len(self._jobs) + 1
            title = fake_modules.TITLES[module]
            self._jobs[number] = JobView(number, "training", module, property_name, JobStage.QUEUED, 0.0, "", module_title=title)
            self.tell_job(number)
            return number

        return self._answer("train", start)

    def advance_job(self, number: int, stage: JobStage, fraction: float, step: str, seconds_left: float | None = None) -> None:
        self._jobs[number] = replace(self._jobs[number], stage=stage, fraction=fraction, step=step, seconds_left=seconds_left)
        self.tell_job(number)

    def tell_job(self, number: int) -> None:
        job = self._jobs[number]
        at = (job.stage, job.fraction, job.step, job.module_title)
        self.events.publish(JobChanged(job.id, job.module, job.property_name, *at))

    def cancel_job(self, job_id: int) -> None:
        self.said.append(("cancel", job_id))
        self.advance_job(job_id, JobStage.CANCELLED, 0.0, "")

    def jobs(self) -> tuple[JobView, ...]:
        return tuple(self._jobs.values())

    def promote(self, property_name: str, module: str, version: str) -> None:
        self._answer("promote", lambda: self.said.append(("promote", property_name, module, version)))

    def rollback(self, property_name: str, module: str) -> str:
        self._answer("rollback", lambda: self.said.append(("rollback", property_name, module)))
        return ""

    def settings(self) -> Settings:
        return self._answer("settings", lambda: self.kept)

    def save_settings(self, settings: Settings) -> None:
        def keep() -> None:
            self.kept = settings

        self._answer("save_settings", keep)

    def update_property(self, view: PropertyView) -> None:
        def keep() -> None:
            self.facts[view.name] = view

        self._answer("update_property", keep)

    def dismiss_warning(self, key: str) -> None:
        self.warnings = tuple(one for one in self.warnings if one.key != key)

    def _numbers(self, name: str, make: Callable[[], Answer]) -> Answer:
        def known() -> Answer:
            if self.empty:
                raise NothingKnownError(
                    "No bookings of My hotel were read yet.", remedy="Drop a PMS export into its folder; see the Data page."
                )
            return make()

        return self._answer(name, known)

    def _answer(self, name: str, make: Callable[[], Answer]) -> Answer:
        self.asked[name] += 1
        self.threads.add(threading.current_thread().name)
        gate = self.gates.get(name)
        if gate is not None:
            gate.wait(60)
        failure = self.failures.get(name)
        if failure is not None:
            raise failure
        return make()
