"""A new export leads, with no further hand, to fresh predictions, judged ones, and training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import tiny_hotel
from models_on_disk import staged
from pretend import FakeMonitor, FakeTrainer

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import Event, EventBus, ImportFinished, JobChanged, PredictionsRefreshed, Settled, Warned
from hotelml_app.core.jobs import JobStage
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules import discover
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.schedule.upkeep import Upkeep
from hotelml_app.store import Store
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import jobs, predictions

NAME = tiny_hotel.NAME


def imported(bus: EventBus, name: str = NAME, status: str = "done") -> None:
    bus.publish(ImportFinished(1, "export.csv", status, (name,), 10, 0))


def newest(store: Store, hotel: int, module: str = "tiny") -> date | None:
    with store.read() as connection:
        return predictions.latest_as_of(connection, hotel, module)


def test_an_import_refreshes_judges_and_asks_for_training(
    store: Store, bus: EventBus, new_upkeep: Callable[[], Upkeep], monitor: FakeMonitor, trainer: FakeTrainer, events: list[Event]
) -> None:
    upkeep = new_upkeep()
    upkeep.start()
    hotel = tiny_hotel.export(store, date(2016, 4, 1))
    imported(bus)
    assert upkeep.wait_idle(20)
    assert newest(store, hotel) == date(2016, 4, 1)
    assert newest(store, hotel, "rule") == date(2016, 4, 1)
    assert PredictionsRefreshed(NAME, ("tiny", "rule")) in events
    assert ("tiny", hotel, date(2016, 4, 1)) in monitor.matched
    assert trainer.orders == [("tiny", hotel, "new data")]
    assert upkeep.jobs() == ()


def test_the_work_is_seen_as_a_job(store: Store, bus: EventBus, new_upkeep: Callable[[], Upkeep], events: list[Event]) -> None:
    upkeep = new_upkeep()
    tiny_hotel.export(store, date(2016, 4, 1))
    upkeep.start()
    assert upkeep.wait_idle(20)
    told = [event for event in events if isinstance(event, JobChanged)]
    assert told[0].step == "Predicting from the new export"
    assert (told[-1].stage, told[-1].property_name) == ("done", NAME)
    with store.read() as connection:
        row = jobs.recent(connection)[0]
    assert (row.kind, row.stage) == ("predict", JobStage.DONE)


def test_jobs_of_more_than_a_year_ago_are_forgotten(
    store: Store, bus: EventBus, new_upkeep: Callable[[], Upkeep], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LATEST_KEPT", 1)
    upkeep = new_upkeep()
    tiny_hotel.export(store, date(2016, 4, 1))
    with store.write() as connection:
        long_ago = store.clock.now() - timedelta(days=500)
        for _ in range(3):
            jobs.finish(connection, jobs.add(connection, "train", long_ago, module="tiny"), JobStage.SKIPPED, long_ago)
    upkeep.start()
    assert upkeep.wait_idle(20)
    with store.read() as connection:
        assert [row.kind for row in jobs.recent(connection, module="tiny")] == ["train"]


def test_a_new_model_predicts_again_for_its_module_alone(
    store: Store, bus: EventBus, registry: ModelRegistry, new_upkeep: Callable[[], Upkeep], events: list[Event], tmp_path: Path
) -> None:
    upkeep = new_upkeep()
    hotel = tiny_hotel.export(store, date(2016, 4, 1))
    upkeep.start()
    assert upkeep.wait_idle(20)
    events.clear()
    registry.promote(hotel, "tiny", registry.add(hotel, "tiny", staged(tmp_path / "s", 2.0, date(2016, 4, 1))), "test")
    assert upkeep.wait_idle(20)
    assert PredictionsRefreshed(NAME, ("tiny",)) in events
    with store.read() as connection:
        rows = predictions.of_run(connection, hotel, "tiny", date(2016, 4, 1))
    assert {row.made_by for row in rows} == {"own:2016-04-01.1"}


def test_what_staff_changed_is_predicted_with_at_once_and_by_those_modules_alone(
    store: Store, new_upkeep: Callable[[], Upkeep], events: list[Event]
) -> None:
    upkeep = new_upkeep()
    hotel = tiny_hotel.export(store, date(2016, 4, 1))
    upkeep.start()
    assert upkeep.wait_idle(20)
    events.clear()
    upkeep.predict_soon(hotel, {"rule"})
    assert upkeep.wait_idle(20)
    assert [one for one in events if isinstance(one, PredictionsRefreshed)] == [PredictionsRefreshed(NAME, ("rule",))]


def test_what_staff_change_before_it_is_started_lets_nobody_wait(store: Store, new_upkeep: Callable[[], Upkeep]) -> None:
    upkeep = new_upkeep()
    upkeep.predict_soon(tiny_hotel.export(store, date(2016, 4, 1)), {"rule"})
    assert upkeep.wait_idle(0.0)


def test_where_only_reviews_were_read_nobody_is_warned_that_bookings_say_nothing(
    store: Store, bus: EventBus, clock: FixedClock, new_upkeep: Callable[[], Upkeep], events: list[Event]
) -> None:
    with store.write() as connection:
        hotel = properties.ensure(connection, NAME, clock.now())
        properties.set_business_date(connection, hotel, date(2016, 4, 1))
    upkeep = new_upkeep()
    upkeep.start()
    imported(bus)
    assert upkeep.wait_idle(20)
    assert PredictionsRefreshed(NAME, ()) in events
    assert not [one for one in events if isinstance(one, Warned)]


def test_where_only_nightly_figures_were_read_nobody_is_warned_that_reviews_say_nothing(
    store: Store, clock: FixedClock, new_upkeep: Callable[[], Upkeep], modules: dict[str, ModuleManifest], events: list[Event]
) -> None:
    modules["moods"] = discover()["sentiment"]
    with store.write() as connection:
        hotel = properties.ensure(connection, NAME, clock.now())
        properties.set_business_date(connection, hotel, date(2016, 4, 1))
    new_upkeep().after_import_now(hotel)
    assert PredictionsRefreshed(NAME, ()) in events
    assert not [one for one in events if isinstance(one, Warned)]


def test_one_module_that_fails_does_not_hold_up_the_others(
    store: Store, new_upkeep: Callable[[], Upkeep], modules: dict[str, ModuleManifest], events: list[Event]
) -> None:
    modules["broken"] = replace(modules["rule"], name="broken", predict="tiny_module:no_such_function")
    upkeep = new_upkeep()
    hotel = tiny_hotel.export(store, date(2016, 4, 1))
    upkeep.after_import_now(hotel)
    assert PredictionsRefreshed(NAME, ("tiny", "rule")) in events
    warning = next(event for event in events if isinstance(event, Warned))
    assert warning.key == f"predict:{NAME}:broken"
    modules["broken"] = replace(modules["rule"], name="broken")
    upkeep.after_import_now(hotel)
    assert Settled(warning.key) in events, "once it answers again, nobody is warned any more"


def test_a_property_without_an_export_is_left_alone(
    store: Store, clock: FixedClock, new_upkeep: Callable[[], Upkeep], events: list[Event]
) -> None:
    with store.write() as connection:
        empty = properties.ensure(connection, "New House", clock.now())
    upkeep = new_upkeep()
    assert upkeep.after_import_now(empty) == []
    upkeep.refresh_now(empty)
    assert events == []


@pytest.mark.parametrize("status", ["failed", "duplicate"])
def test_an_import_that_brought_nothing_starts_nothing(
    store: Store, bus: EventBus, new_upkeep: Callable[[], Upkeep], status: str, monitor: FakeMonitor
) -> None:
    upkeep = new_upkeep()
    upkeep.start()
    tiny_hotel.export(store, date(2016, 4, 1))
    imported(bus, status=status)
    assert upkeep.wait_idle(5)
    assert monitor.matched == []


@pytest.mark.parametrize("stage", [JobStage.DONE, JobStage.FAILED, JobStage.SKIPPED])
def test_data_that_came_during_a_training_is_counted_when_it_ends(
    store: Store, bus: EventBus, clock: FixedClock, new_upkeep: Callable[[], Upkeep], trainer: FakeTrainer, stage: JobStage
) -> None:
    hotel = tiny_hotel.export(store, date(2016, 2, 1))
    with store.write() as connection:
        job = jobs.add(connection, "train", clock.now(), module="tiny", property_id=hotel)
        jobs.start(connection, job, clock.now())
    upkeep = new_upkeep()
    upkeep.start()
    tiny_hotel.export(store, date(2016, 4, 1))
    imported(bus)
    assert upkeep.wait_idle(20)
    assert trainer.orders == []
    with store.write() as connection:
        jobs.finish(connection, job, stage, clock.now(), report={"points": 200, "as_of": "2016-02-01"})
    bus.publish(JobChanged(job, "tiny", NAME, stage, 1.0, "Done"))
    assert upkeep.wait_idle(20)
    assert trainer.orders == [("tiny", hotel, "new data")]


def test_many_imports_in_a_row_are_followed_up_together(
    store: Store, bus: EventBus, new_upkeep: Callable[[], Upkeep], events: list[Event]
) -> None:
    upkeep = new_upkeep()
    upkeep.start()
    hotel = tiny_hotel.export(store, date(2016, 4, 1))
    for _ in range(20):
        imported(bus)
    assert upkeep.wait_idle(20)
    refreshed = [event for event in events if isinstance(event, PredictionsRefreshed)]
    assert 1 <= len(refreshed) <= 3
    assert newest(store, hotel) == date(2016, 4, 1)


def test_what_waited_for_a_property_that_became_part_of_another_is_not_tried_again(
    store: Store, new_upkeep: Callable[[], Upkeep], caplog: pytest.LogCaptureFixture
) -> None:
    upkeep = new_upkeep()
    hotel = tiny_hotel.export(store, date(2016, 4, 1))
    upkeep.start()
    assert upkeep.wait_idle(20)
    with caplog.at_level("INFO"):
        upkeep.predict_soon(hotel + 1, {"tiny"})
        assert upkeep.wait_idle(20)
    assert "became part of another" in caplog.text
    assert "did not succeed" not in caplog.text
