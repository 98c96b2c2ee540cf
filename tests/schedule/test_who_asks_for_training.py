"""Training is asked for when the data grew enough, when accuracy dropped, and by the clock; not more often."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
import tiny_hotel
from hypothesis import given
from hypothesis import strategies as st
from pretend import FakeMonitor, FakeTrainer, Lately

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.jobs import JobStage
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.schedule.refresh import Refresher
from hotelml_app.schedule.retraining import Retrainer
from hotelml_app.schedule.triggers import Growth, accuracy_dropped, error_growth, grown_enough
from hotelml_app.settings import Settings
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.exported.imports import ImportRow
from hotelml_app.store.learned import jobs

RULE = Growth(share=0.02, minimum=200, needed=1000)


def test_the_first_training_waits_for_enough_data() -> None:
    assert grown_enough(999, None, RULE) == ""
    assert "nothing was trained yet" in grown_enough(1000, None, RULE)


def test_the_next_training_waits_for_both_share_and_number() -> None:
    assert grown_enough(5199, 5000, RULE) == ""
    assert "200 new examples since the last training (5,000 then)" in grown_enough(5200, 5000, RULE)
    assert grown_enough(50_999, 50_000, RULE) == ""
    assert grown_enough(51_000, 50_000, RULE)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_less_data_than_before_never_asks(now: int, before: int) -> None:
    if now <= before:
        assert grown_enough(now, before, RULE) == ""


def test_accuracy_must_drop_clearly_and_over_enough_nights() -> None:
    assert accuracy_dropped(Lately(9.1, 6.0, 28), lower_is_better=True)
    assert accuracy_dropped(Lately(8.9, 6.0, 28), lower_is_better=True) == ""
    assert accuracy_dropped(Lately(90.0, 6.0, 13), lower_is_better=True) == ""
    assert accuracy_dropped(Lately(0.5, 0.8, 28), lower_is_better=False)
    assert accuracy_dropped(Lately(None, 6.0, 28), lower_is_better=True) == ""
    assert accuracy_dropped(Lately(9.0, None, 28), lower_is_better=True) == ""


def test_nights_that_are_harder_for_the_plain_rule_as_well_are_no_loss_of_accuracy() -> None:
    """Rates of July are three times those of January, and so is every error in money."""
    assert accuracy_dropped(Lately(2.07, 1.304, 27, recent_rule=25.6, expected_rule=9.75), lower_is_better=True) == ""
    assert accuracy_dropped(Lately(5.0, 1.304, 27, recent_rule=25.6, expected_rule=9.75), lower_is_better=True)
    assert accuracy_dropped(Lately(2.07, 1.304, 27, recent_rule=9.75, expected_rule=9.75), lower_is_better=True)
    assert accuracy_dropped(Lately(50.0, 90.0, 27, recent_rule=45.0, expected_rule=80.0), lower_is_better=False) == ""
    assert accuracy_dropped(Lately(50.0, 90.0, 27, recent_rule=80.0, expected_rule=80.0), lower_is_better=False)


def test_easy_nights_do_not_hide_that_the_plain_rule_does_better_by_now() -> None:
    """Of a house that is open from April on, the model of its first open night: in July it kept what it had promised."""
    july = Lately(9.0, 9.18, 28, recent_rule=6.16, expected_rule=9.78)
    told = accuracy_dropped(july, lower_is_better=True)
    assert told.endswith("the live model had promised 9.18; by the plain rule it would have been 6.16, against 9.78 then")
    june = replace(july, recent_rule=9.1)
    assert not accuracy_dropped(june, lower_is_better=True), "as good as the rule, and no worse than promised"
    assert not accuracy_dropped(replace(july, expected_rule=7.5), lower_is_better=True), "it had promised no lead"
    assert accuracy_dropped(Lately(80.0, 80.0, 28, recent_rule=90.0, expected_rule=70.0), lower_is_better=False)


def test_an_error_grows_beside_that_of_the_plain_rule() -> None:
    assert error_growth(Lately(9.0, 6.0, 28), lower_is_better=True) == 1.5
    assert error_growth(Lately(9.0, 6.0, 28, recent_rule=20.0, expected_rule=10.0), lower_is_better=True) == 0.75
    assert error_growth(Lately(50.0, 90.0, 27, recent_rule=45.0, expected_rule=90.0), lower_is_better=False) == pytest.approx(0.9)
    assert error_growth(Lately(0.2, 0.0, 28, recent_rule=0.1, expected_rule=0.1), lower_is_better=True) == math.inf


def trained(
    store: Store,
    clock: FixedClock,
    hotel: int,
    points: int | None,
    stage: JobStage = JobStage.DONE,
    as_of: str = "2016-04-01",
    asked_by: str = "",
) -> None:
    report = {"points": points, "as_of": as_of}
    with store.write() as connection:
        job = jobs.add(connection, "train", clock.now(), module="tiny", property_id=hotel, asked_by=asked_by)
        jobs.start(connection, job, clock.now())
        if stage.final:
            jobs.finish(connection, job, stage, clock.now(), report=report)


@pytest.fixture
def hotel(store: Store) -> int:
    return tiny_hotel.export(store, date(2016, 4, 1))


@pytest.fixture
def data(refresher: Refresher, hotel: int) -> PropertyData:
    found = refresher.data(hotel)
    assert found is not None
    return found


def points_of(data: PropertyData) -> int:
    import tiny_module

    return tiny_module.count_points(data)


def test_new_data_asks_once_there_is_enough(retrainer: Retrainer, data: PropertyData, hotel: int, trainer: FakeTrainer) -> None:
    retrainer.after_import(data)
    assert trainer.orders == [("tiny", hotel, "new data")]


def test_after_a_training_only_growth_asks_again(
    retrainer: Retrainer, data: PropertyData, hotel: int, store: Store, clock: FixedClock
) -> None:
    trained(store, clock, hotel, points_of(data) - 49)
    assert retrainer.after_import(data) == []
    trained(store, clock, hotel, points_of(data) - 50)
    assert retrainer.after_import(data) == [1]


def test_a_failed_training_is_not_repeated_on_the_same_data_but_an_abandoned_one_is(
    retrainer: Retrainer, data: PropertyData, hotel: int, store: Store, clock: FixedClock
) -> None:
    trained(store, clock, hotel, None, JobStage.ABANDONED)
    assert retrainer.after_import(data) == [1]
    trained(store, clock, hotel, points_of(data), JobStage.FAILED)
    assert retrainer.after_import(data) == []


def test_what_the_clock_asked_for_and_was_cut_off_is_asked_for_again_but_not_for_ever(
    retrainer: Retrainer, data: PropertyData, hotel: int, store: Store, clock: FixedClock, trainer: FakeTrainer
) -> None:
    """By a schedule of once a month, the next one is a month away."""
    trained(store, clock, hotel, points_of(data))
    trained(store, clock, hotel, None, JobStage.ABANDONED, asked_by="user")
    assert retrainer.after_import(data) == []
    trained(store, clock, hotel, points_of(data))
    for tries in (1, 2):
        trained(store, clock, hotel, None, JobStage.ABANDONED, asked_by="schedule")
        retrainer.after_import(data)
        assert trainer.orders == [("tiny", hotel, "schedule")] * tries
    trained(store, clock, hotel, None, JobStage.ABANDONED, asked_by="schedule")
    assert retrainer.after_import(data) == [], "it may be what takes the program down"


def test_a_training_under_way_is_not_asked_for_again_but_remembered(
    retrainer: Retrainer, data: PropertyData, hotel: int, store: Store, clock: FixedClock
) -> None:
    trained(store, clock, hotel, None, JobStage.RUNNING)
    assert retrainer.after_import(data) == []
    assert retrainer.take_held_back(hotel)
    assert not retrainer.take_held_back(hotel)


def test_a_training_that_ends_while_it_is_looked_at_hears_of_the_newer_data(
    retrainer: Retrainer,
    data: PropertyData,
    hotel: int,
    store: Store,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trained(store, clock, hotel, None, JobStage.RUNNING)
    look, heard = retrainer.under_way, []

    def look_and_end(module: str, property_id: int) -> bool:
        seen = look(module, property_id)
        heard.append(retrainer.take_held_back(property_id))
        return seen

    monkeypatch.setattr(retrainer, "under_way", look_and_end)
    assert retrainer.after_import(data) == []
    assert heard == [True]


def test_data_that_nobody_trains_on_is_not_remembered_as_held_back(
    retrainer: Retrainer, data: PropertyData, hotel: int, trainer: FakeTrainer
) -> None:
    retrainer.after_import(data)
    assert trainer.orders
    assert not retrainer.take_held_back(hotel)


def test_a_loss_of_accuracy_asks_but_not_right_after_a_training(
    retrainer: Retrainer,
    data: PropertyData,
    hotel: int,
    store: Store,
    clock: FixedClock,
    monitor: FakeMonitor,
    trainer: FakeTrainer,
) -> None:
    monitor.lately = Lately(recent=12.0, expected=6.0, nights=20)
    trained(store, clock, hotel, points_of(data), as_of="2016-03-31")
    assert retrainer.after_import(data) == []
    trained(store, clock, hotel, points_of(data), as_of="2016-03-20")
    retrainer.after_import(data)
    assert trainer.orders == [("tiny", hotel, "accuracy drop")]


def test_a_loss_of_accuracy_does_not_ask_for_what_would_be_skipped_for_too_little_data(
    store: Store,
    data: PropertyData,
    hotel: int,
    clock: FixedClock,
    trainer: FakeTrainer,
    monitor: FakeMonitor,
    modules: dict[str, ModuleManifest],
) -> None:
    """Somebody had it learn from little by hand: then every export to come would begin a training that is skipped again."""
    monitor.lately = Lately(recent=12.0, expected=6.0, nights=20)
    trained(store, clock, hotel, points_of(data), as_of="2016-03-20")
    needed = Settings.model_validate({"training": {"modules": {"tiny": {"min_data_points": points_of(data) + 1}}}})
    assert Retrainer(store, lambda: needed, trainer.submit, monitor, modules.values).after_import(data) == []
    assert trainer.orders == []


def test_a_schedule_trains_what_is_new_since_the_last_training(
    retrainer: Retrainer, store: Store, hotel: int, clock: FixedClock, trainer: FakeTrainer
) -> None:
    retrainer.on_schedule("tiny", [hotel])
    assert trainer.orders == [("tiny", hotel, "schedule")]
    trained(store, clock, hotel, 500)
    assert retrainer.on_schedule("tiny", [hotel]) == []
    later = clock.now() + timedelta(hours=20)
    tiny_hotel.export(store, date(2016, 4, 2), received=later)
    assert retrainer.on_schedule("tiny", [hotel]) == [2]


def test_a_clock_that_was_ahead_for_a_day_does_not_end_the_schedule(
    retrainer: Retrainer, store: Store, hotel: int, clock: FixedClock
) -> None:
    clock.advance(timedelta(days=365))
    trained(store, clock, hotel, 500)
    clock.advance(timedelta(days=-365))
    tiny_hotel.export(store, date(2016, 4, 2), received=clock.now())
    assert retrainer.on_schedule("tiny", [hotel]) != []


def test_files_that_could_not_be_read_are_nothing_new_to_learn_from(
    retrainer: Retrainer, store: Store, hotel: int, clock: FixedClock
) -> None:
    trained(store, clock, hotel, 500)
    with store.write() as connection:
        for number in range(60):
            imports.record(connection, ImportRow(f"{number}.csv", f"sum {number}", 1, imports.FAILED, clock.now()))
    assert retrainer.on_schedule("tiny", [hotel]) == []


def test_what_is_switched_off_is_never_asked_for(
    store: Store, data: PropertyData, hotel: int, trainer: FakeTrainer, monitor: FakeMonitor, modules: dict[str, ModuleManifest]
) -> None:
    off = Settings.model_validate({"training": {"enabled": False}})
    retrainer = Retrainer(store, lambda: off, trainer.submit, monitor, modules.values)
    assert retrainer.after_import(data) == []
    assert retrainer.on_schedule("tiny", [hotel]) == []
    assert trainer.orders == []


def test_a_module_that_cannot_count_does_not_keep_the_others_from_learning(
    retrainer: Retrainer, data: PropertyData, hotel: int, trainer: FakeTrainer, modules: dict[str, ModuleManifest]
) -> None:
    modules["broken"] = replace(modules["tiny"], name="broken", count_points="tiny_module:no_such_function")
    modules["twin"] = replace(modules["tiny"], name="twin")
    retrainer.after_import(data)
    assert ("tiny", hotel, "new data") in trainer.orders
