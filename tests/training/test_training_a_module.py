"""A training from the request to the live model, in a process of its own."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import tiny_hotel
from asking import PATIENCE_S, config, pid_in, train
from tiny_module import MANIFEST, MANIFESTS

from hotelml_app.core.events import DeploymentChanged, Event, EventBus, JobChanged
from hotelml_app.core.jobs import CancelToken, JobStage
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.modules.errors import UnknownModuleError
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.settings import HomeLayout, Settings
from hotelml_app.settings.model import TrainingSettings
from hotelml_app.store import Store
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import jobs
from hotelml_app.training.errors import TrainerClosedError, UnknownJobError
from hotelml_app.training.orchestrator import train_all
from hotelml_app.training.report import TrainingReport
from hotelml_app.training.trainer import Trainer


def test_a_good_model_is_trained_reported_and_live(
    trainer: Trainer, registry: ModelRegistry, hotel: int, store: Store, layout: HomeLayout, events: list[Event]
) -> None:
    report = train(trainer, hotel)
    assert report.stage is JobStage.DONE
    assert (report.verdict, report.version, report.as_of) == ("champion", "2016-04-30.1", "2016-04-30")
    assert "wape 6 % against 9 % by on the books on the same nights, 1-14 days ahead, asked on " in report.reason
    assert report.accuracy == pytest.approx(0.94)
    assert (report.baseline, report.baseline_value) == ("on the books", 9.0)
    assert report.data_points == 41
    assert report.points is not None
    assert report.points > 400
    assert report.model_size_bytes > 100
    assert 10e6 < report.peak_memory_bytes < 1.5e9
    assert report.duration_s > 0
    model = registry.live(hotel, "tiny")
    assert model is not None
    assert model.card["parity"]["rows"] == 1200
    assert model.card["config"]["min_data_points"] == 50
    assert DeploymentChanged("Pensão Amparo", "tiny", "2016-04-30.1", report.reason) in events
    with store.read() as connection:
        row = jobs.recent(connection, module="tiny")[0]
    assert row.stage is JobStage.DONE
    assert TrainingReport.from_dict(row.report) == report
    assert json.dumps(report.as_dict())
    assert [path.name for path in layout.staging.iterdir() if path.name.startswith("train-")] == []


def test_progress_is_told_as_it_comes(trainer: Trainer, hotel: int, events: list[Event]) -> None:
    train(trainer, hotel)
    told = [event for event in events if isinstance(event, JobChanged)]
    assert told[0].stage == "queued"
    assert told[-1].stage == "done"
    fractions = [event.fraction for event in told]
    assert fractions == sorted(fractions)
    assert {event.module_title for event in told} == {"Tiny"}
    assert any("Reading" in event.step for event in told)


def test_what_a_module_prints_does_not_disturb(trainer: Trainer, hotel: int, layout: HomeLayout) -> None:
    report = train(trainer, hotel, print=True)
    assert report.stage is JobStage.DONE
    log = (layout.logs / f"training-{report.job_id}.log").read_text(encoding="utf-8")
    assert "this must not reach the supervisor" in log
    assert "nor this" in log


def test_too_little_data_is_skipped_with_the_numbers(trainer: Trainer, hotel: int, registry: ModelRegistry) -> None:
    job_id = trainer.submit("tiny", hotel, asked_by="user", config=ModuleTrainingConfig(min_data_points=5000))
    report = trainer.wait(job_id, PATIENCE_S)
    assert report is not None
    assert report.stage is JobStage.SKIPPED
    assert report.skip == "too little data"
    assert report.reason.startswith(f"Too little data: {report.points} of the 5,000 examples needed")
    assert registry.versions() == []


def test_no_process_is_started_where_it_is_known_that_there_is_too_little(
    new_trainer: Callable[..., Trainer], hotel: int, layout: HomeLayout, store: Store
) -> None:
    asked = ModuleTrainingConfig(min_data_points=5000)

    def ask(**more: object) -> TrainingReport:
        trainer = new_trainer(**more)
        report = trainer.wait(trainer.submit("tiny", hotel, asked_by="schedule", config=asked), PATIENCE_S)
        assert report is not None
        return report

    found_out = ask()
    assert found_out.stage is JobStage.SKIPPED
    assert found_out.points is not None
    logs = {path.name for path in layout.logs.glob("training-*.log")}
    for known in (found_out.points, None, 5000):
        at_once = ask(counted=lambda manifest, owner, points=known: points)
        assert (at_once.stage, at_once.skip, at_once.reason, at_once.points) == (
            *(found_out.stage, found_out.skip, found_out.reason, found_out.points),
        )
        began = {path.name for path in layout.logs.glob("training-*.log")} - logs
        assert bool(began) is (known != found_out.points), "only what is known needs no process"
        logs |= began
    with store.read() as connection:
        assert {row.message for row in jobs.recent(connection, module="tiny")} == {found_out.reason}


def test_a_module_that_cannot_learn_is_skipped_by_name(trainer: Trainer, hotel: int) -> None:
    report = trainer.wait(trainer.submit("rule", hotel, asked_by="user"), PATIENCE_S)
    assert report is not None
    assert (report.stage, report.skip) == (JobStage.SKIPPED, "cannot train yet")
    assert "answers by its plain rule (on the books)" in report.reason


def test_training_that_is_switched_off_is_skipped_by_name(new_trainer: Callable[..., Trainer], hotel: int) -> None:
    trainer = new_trainer(Settings(training=TrainingSettings(enabled=False)))
    report = trainer.wait(trainer.submit("tiny", hotel, asked_by="schedule"), PATIENCE_S)
    assert report is not None
    assert (report.stage, report.skip) == (JobStage.SKIPPED, "switched off")


def test_a_model_that_loses_to_the_plain_rule_is_kept_but_not_live(trainer: Trainer, hotel: int, registry: ModelRegistry) -> None:
    report = train(trainer, hotel, worse=True)
    assert report.stage is JobStage.DONE
    assert report.verdict == "rejected"
    assert "not better" in report.reason
    assert registry.live(hotel, "tiny") is None
    row = registry.versions(hotel, "tiny")[0]
    assert row.state == "rejected"
    assert row.card["verdict"] == report.reason
    registry.promote(hotel, "tiny", row.version, "the revenue manager wants it")
    assert registry.live(hotel, "tiny") is not None


def test_a_model_whose_export_answers_differently_never_gets_far(trainer: Trainer, hotel: int, registry: ModelRegistry) -> None:
    report = train(trainer, hotel, wrong_onnx=True)
    assert report.stage is JobStage.FAILED
    assert "differs from the trained model" in report.reason
    assert registry.versions() == []


def test_a_challenger_meets_the_champion_on_nights_new_to_both(trainer: Trainer, hotel: int, registry: ModelRegistry) -> None:
    earlier = config()
    first = trainer.wait(trainer.submit("tiny", hotel, asked_by="user", as_of=date(2016, 3, 20), config=earlier), PATIENCE_S)
    assert first is not None
    assert first.version == "2016-03-20.1"
    bad = trainer.submit("tiny", hotel, asked_by="user", as_of=date(2016, 4, 1), config=config(slope=3.0, wape=1.0))
    report = trainer.wait(bad, PATIENCE_S)
    assert report is not None
    assert report.verdict == "challenger"
    assert "on 29 nights neither was trained on" in report.reason
    assert "2016-03-20.1 stayed live" in report.reason
    assert registry.champion(hotel, "tiny").version == "2016-03-20.1"  # type: ignore[union-attr]
    good = trainer.submit("tiny", hotel, asked_by="user", as_of=date(2016, 4, 1), config=config(wape=8.9))
    report = trainer.wait(good, PATIENCE_S)
    assert report is not None
    assert report.verdict == "champion"


def test_several_modules_are_trained_with_one_call(trainer: Trainer, hotel: int, store: Store) -> None:
    heard: list[tuple[float, str]] = []
    reports = train_all(
        trainer,
        ["tiny", "rule"],
        [hotel],
        config={"tiny": config()},
        progress=lambda done, step: heard.append((done, step)),
    )
    assert [(report.module, report.stage) for report in reports] == [("tiny", JobStage.DONE), ("rule", JobStage.SKIPPED)]
    assert heard[-1][0] == 1.0
    assert reports[0].sentence.startswith("tiny for Pensão Amparo: version 2016-04-30.1 in ")


def test_a_cancelled_call_stops_all_it_asked_for(trainer: Trainer, hotel: int, tmp_path: Path) -> None:
    token, marker = CancelToken(), tmp_path / "marker"
    stopper = threading.Thread(target=lambda: (pid_in(marker), token.cancel()))
    stopper.start()
    reports = train_all(trainer, ["tiny"], [hotel], config={"tiny": config(marker=str(marker), sleep_s=100)}, cancel=token)
    stopper.join()
    assert [report.stage for report in reports] == [JobStage.CANCELLED]


def test_the_same_training_asked_for_twice_is_one(trainer: Trainer, hotel: int, store: Store, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    running = trainer.submit("tiny", hotel, asked_by="user", config=config(marker=str(marker), sleep_s=100))
    pid_in(marker)
    first = trainer.submit("tiny", hotel, asked_by="user")
    assert trainer.submit("tiny", hotel, asked_by="new data") == first
    assert trainer.submit("tiny", hotel, asked_by="user", as_of=date(2016, 4, 1)) != first
    assert first != running
    stages = {view.id: view.stage for view in trainer.jobs()}
    assert (stages[running], stages[first]) == (JobStage.RUNNING, JobStage.QUEUED)


def test_how_trainings_stand_is_told_while_one_more_waits_for_an_import_to_be_written(
    trainer: Trainer, hotel: int, store: Store, tmp_path: Path
) -> None:
    """A year's export takes a minute to write; pages that show what runs, and the button that stops it, do not wait for that."""
    marker = tmp_path / "marker"
    running = trainer.submit("tiny", hotel, asked_by="user", config=config(marker=str(marker), sleep_s=100))
    pid_in(marker)
    asking = threading.Thread(target=lambda: trainer.submit("tiny", hotel, asked_by="new data", config=config()))
    told: list[JobStage] = []
    with store.write():
        asking.start()
        looking = threading.Thread(target=lambda: told.extend(view.stage for view in trainer.jobs()))
        asking.join(0.3)
        looking.start()
        looking.join(5)
        assert told == [JobStage.RUNNING]
    asking.join(PATIENCE_S)
    trainer.cancel(running)


def test_at_most_so_many_trainings_run_beside_each_other(
    new_trainer: Callable[..., Trainer], hotel: int, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MANIFESTS, "twin", replace(MANIFEST, name="twin"))
    trainer = new_trainer(Settings(training=TrainingSettings(max_children=1)))
    marker = tmp_path / "marker"
    running = trainer.submit("tiny", hotel, asked_by="user", config=config(marker=str(marker), sleep_s=100))
    pid_in(marker)
    waiting = trainer.submit("twin", hotel, asked_by="user", config=config())
    assert trainer.wait(waiting, 0.5) is None
    assert trainer.view(waiting).stage is JobStage.QUEUED
    trainer.cancel(running)
    report = trainer.wait(waiting, PATIENCE_S)
    assert report is not None
    assert report.stage is JobStage.DONE


def test_the_time_left_is_known_from_earlier_trainings(trainer: Trainer, hotel: int, tmp_path: Path) -> None:
    train(trainer, hotel)
    marker = tmp_path / "marker"
    running = trainer.submit("tiny", hotel, asked_by="user", config=config(marker=str(marker), sleep_s=100))
    pid_in(marker)
    view = trainer.view(running)
    assert view.seconds_left is not None
    assert view.seconds_left >= 0


def test_a_module_property_or_job_that_does_not_exist_is_refused(trainer: Trainer, hotel: int, store: Store) -> None:
    with pytest.raises(UnknownModuleError):
        trainer.submit("weather", hotel, asked_by="user")
    with pytest.raises(properties.UnknownPropertyError):
        trainer.submit("tiny", 99, asked_by="user")
    with pytest.raises(UnknownJobError):
        trainer.cancel(99)


def test_a_closed_trainer_takes_nothing_more(trainer: Trainer, hotel: int) -> None:
    trainer.close()
    with pytest.raises(TrainerClosedError):
        trainer.submit("tiny", hotel, asked_by="user")


def test_a_training_asked_for_while_the_trainer_closes_is_over_and_not_waited_for_forever(
    trainer: Trainer, hotel: int, bus: EventBus
) -> None:
    with bus.listening(lambda event: trainer.close() if isinstance(event, JobChanged) and event.stage == "queued" else None):
        job_id = trainer.submit("tiny", hotel, asked_by="user")
    report = trainer.wait(job_id, 0.0)
    assert report is not None
    assert report.stage is JobStage.ABANDONED


def test_two_properties_have_models_of_their_own(trainer: Trainer, hotel: int, store: Store, registry: ModelRegistry) -> None:
    other = tiny_hotel.export(store, date(2016, 4, 20), name="Quinta", count=300)
    reports = train_all(trainer, ["tiny"], [hotel, other], config={"tiny": config()})
    assert [report.version for report in reports] == ["2016-04-30.1", "2016-04-20.1"]
    assert registry.live(other, "tiny").card["property"] == "Quinta"  # type: ignore[union-attr]
