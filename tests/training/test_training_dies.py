"""A training that dies, hangs, is stopped or loses its supervisor costs nothing but its own work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from asking import PATIENCE_S, config, is_gone, pid_in, train
from tiny_module import MANIFEST, count_points

from hotelml_app.core.jobs import JobStage
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.property.reading import property_data
from hotelml_app.monitor.monitor import Monitor
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.schedule.retraining import Retrainer
from hotelml_app.settings import HomeLayout, Settings
from hotelml_app.store import Store
from hotelml_app.store.learned import jobs
from hotelml_app.training.trainer import Trainer


def start(trainer: Trainer, hotel: int, marker: Path, **hyperparameters: object) -> tuple[int, int]:
    """Begin a training that takes long and return its job and process ids."""
    job_id = trainer.submit("tiny", hotel, asked_by="user", config=config(marker=str(marker), sleep_s=100, **hyperparameters))
    return job_id, pid_in(marker)


def leftovers(layout: HomeLayout) -> list[str]:
    return [path.name for path in layout.staging.glob("train-*")]


def test_an_error_in_the_module_is_told_with_the_end_of_the_log(trainer: Trainer, hotel: int, registry: ModelRegistry) -> None:
    train(trainer, hotel)
    report = train(trainer, hotel, **{"raise": True})
    assert report.stage is JobStage.FAILED
    assert "the line is crooked" in report.reason
    assert any("ValueError" in line for line in report.log_tail)
    assert Path(report.log_file).exists()
    assert registry.champion(hotel, "tiny").version == "2016-04-30.1"  # type: ignore[union-attr]


def test_what_a_module_cannot_learn_from_yet_is_skipped_and_no_failure_that_anybody_is_alarmed_of(
    trainer: Trainer, hotel: int, store: Store
) -> None:
    """A young house, or one whose guests all get the room they booked: the same data asks no more, a little more does."""
    data = property_data(store, hotel)
    rules = Settings.model_validate({"training": {"growth_min": 1, "modules": {"tiny": {"min_data_points": 1}}}})
    retrainer = Retrainer(store, lambda: rules, trainer.submit, Monitor(store), lambda: [MANIFEST])
    report = train(trainer, hotel, too_short=True)
    assert (report.stage, report.reason) == (JobStage.SKIPPED, "Only 3 nights have passed.")
    assert (report.skip, report.remedy) == ("too little data", "Nothing needs to be done.")
    assert (report.points, report.as_of) == (count_points(data), data.as_of.isoformat())
    assert retrainer.after_import(data) == []
    none_at_all = trainer.submit("tiny", hotel, asked_by="user", config=ModuleTrainingConfig(min_data_points=5000))
    assert trainer.wait(none_at_all, PATIENCE_S) is not None
    with store.read() as connection:
        counted = jobs.last_counted(connection, hotel, "tiny")
    assert counted is not None
    assert counted[0].id == report.job_id, "the other one did not come to it"


@pytest.mark.parametrize("how", ["raise", "mute", "die"])
def test_a_failed_training_says_what_it_had_counted_so_that_the_same_data_does_not_ask_again(
    trainer: Trainer, hotel: int, store: Store, how: str
) -> None:
    data = property_data(store, hotel)
    rules = Settings.model_validate({"training": {"modules": {"tiny": {"min_data_points": 1}}}})
    retrainer = Retrainer(store, lambda: rules, trainer.submit, Monitor(store), lambda: [MANIFEST])
    report = train(trainer, hotel, **{how: True})
    assert (report.stage, report.points, report.as_of) == (JobStage.FAILED, count_points(data), data.as_of.isoformat())
    assert retrainer.after_import(data) == []


def test_a_model_that_gives_no_numbers_never_gets_far(trainer: Trainer, hotel: int, registry: ModelRegistry) -> None:
    report = train(trainer, hotel, mute=True)
    assert report.stage is JobStage.FAILED
    assert "gives no numbers" in report.reason
    assert registry.versions() == []


def test_a_killed_child_is_a_failed_job_and_the_lane_goes_on(trainer: Trainer, hotel: int, layout: HomeLayout) -> None:
    report = train(trainer, hotel, die=True)
    assert report.stage is JobStage.FAILED
    # Windows does not tell who ended it.
    for told in ("code 15",) if sys.platform == "win32" else ("SIGKILL", "memory runs out"):
        assert told in report.reason
    assert leftovers(layout) == []
    assert train(trainer, hotel).stage is JobStage.DONE


def test_a_child_killed_from_outside_leaves_the_champion_alone(
    trainer: Trainer, hotel: int, tmp_path: Path, registry: ModelRegistry
) -> None:
    train(trainer, hotel)
    job_id, pid = start(trainer, hotel, tmp_path / "marker")
    psutil.Process(pid).kill()
    report = trainer.wait(job_id, PATIENCE_S)
    assert report is not None
    assert report.stage is JobStage.FAILED
    assert [row.version for row in registry.versions()] == ["2016-04-30.1"]


def test_a_cancelled_training_ends_with_all_it_started(
    trainer: Trainer, hotel: int, tmp_path: Path, layout: HomeLayout, store: Store
) -> None:
    helper = tmp_path / "helper"
    job_id, pid = start(trainer, hotel, tmp_path / "marker", spawn=str(helper))
    if hasattr(os, "getsid"):
        # Ctrl+C at the terminal must not tear it out of its work.
        assert os.getsid(pid) != os.getsid(0)
    trainer.cancel(job_id)
    report = trainer.wait(job_id, PATIENCE_S)
    assert report is not None
    assert report.stage is JobStage.CANCELLED
    assert is_gone(pid)
    assert is_gone(pid_in(helper))
    assert leftovers(layout) == []
    with store.read() as connection:
        assert jobs.get(connection, job_id).stage is JobStage.CANCELLED  # type: ignore[union-attr]


def test_one_that_waits_behind_a_training_of_its_module_is_over_as_soon_as_it_is_stopped(
    trainer: Trainer, hotel: int, tmp_path: Path, store: Store
) -> None:
    """Its turn may be half an hour away; whoever stops it, or quits HotelML with a command that waits, does not wait for that."""
    running, _ = start(trainer, hotel, tmp_path / "marker")
    waiting = trainer.submit("tiny", hotel, asked_by="user", config=config())
    trainer.cancel(waiting)
    report = trainer.wait(waiting, 0)
    assert report is not None
    assert (report.stage, trainer.view(waiting).stage) == (JobStage.CANCELLED, JobStage.CANCELLED)
    assert trainer.view(running).stage is JobStage.RUNNING
    with store.read() as connection:
        assert jobs.get(connection, waiting).stage is JobStage.CANCELLED  # type: ignore[union-attr]
    trainer.cancel(running)
    assert trainer.wait(running, PATIENCE_S) is not None
    last = train(trainer, hotel)
    assert last.stage is JobStage.DONE, "the lane goes on, and passes by what was stopped"
    with store.read() as connection:
        assert jobs.get(connection, waiting).stage is JobStage.CANCELLED  # type: ignore[union-attr]


def test_a_training_beyond_its_time_limit_is_stopped(trainer: Trainer, hotel: int) -> None:
    slow = ModuleTrainingConfig(min_data_points=50, hyperparameters={"sleep_s": 100}, time_limit_s=2.0)
    report = trainer.wait(trainer.submit("tiny", hotel, asked_by="user", config=slow), PATIENCE_S)
    assert report is not None
    assert report.stage is JobStage.FAILED
    assert "longer than its time limit of 2 seconds" in report.reason


def test_the_appliance_itself_imports_nothing_heavy(layout: HomeLayout) -> None:
    code = (
        "import sys\n"
        "import hotelml_app.training.trainer, hotelml_app.training.orchestrator, hotelml_app.schedule.upkeep\n"
        "import hotelml_app.schedule.scheduler, hotelml_app.monitor.monitor, hotelml_app.monitor.reports\n"
        "import hotelml_app.registry.answers, hotelml_app.notify.notices, hotelml_app.training.child\n"
        "heavy = {'keras', 'jax', 'sklearn', 'polars', 'onnx', 'scipy', 'skl2onnx', 'onnxruntime', 'apscheduler', 'psutil'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
