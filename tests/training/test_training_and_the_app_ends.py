"""The program ends or its disk is full while a module learns: nothing is left over, and nothing seems to go on for ever."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from asking import config, is_gone, pid_in, train
from dropped import wait_until

from hotelml_app.core.jobs import JobStage
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.settings import HomeLayout, Settings
from hotelml_app.store import Store
from hotelml_app.store.errors import DiskFullError
from hotelml_app.store.learned import job_ends, jobs
from hotelml_app.training.trainer import Trainer


def start(trainer: Trainer, hotel: int, marker: Path, **hyperparameters: object) -> tuple[int, int]:
    """Begin a training that takes long and return its job and process ids."""
    job_id = trainer.submit("tiny", hotel, asked_by="user", config=config(marker=str(marker), sleep_s=100, **hyperparameters))
    return job_id, pid_in(marker)


def leftovers(layout: HomeLayout) -> list[str]:
    return [path.name for path in layout.staging.glob("train-*")]


SUPERVISOR = """
import sys, time
from pathlib import Path
from tiny_module import MANIFESTS
from hotelml_app.core.clock import SystemClock
from hotelml_app.core.events import EventBus
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.settings import HomeLayout, Settings
from hotelml_app.store import Store
from hotelml_app.training.trainer import Trainer

layout, clock, bus = HomeLayout(Path(sys.argv[1])), SystemClock(), EventBus()
store = Store.open(layout.database, clock)
registry = ModelRegistry(store, layout.models, clock, bus)
trainer = Trainer(store, registry, layout, Settings(), clock, bus, manifests=MANIFESTS.__getitem__)
asked = {"marker": sys.argv[2], "sleep_s": 100}
trainer.submit("tiny", 1, asked_by="user", config=ModuleTrainingConfig(min_data_points=50, hyperparameters=asked))
trainer.submit("tiny", 1, asked_by="user")
time.sleep(100)
"""


def test_closing_the_app_ends_trainings_and_counts_them_as_abandoned(
    trainer: Trainer, hotel: int, tmp_path: Path, store: Store, layout: HomeLayout
) -> None:
    job_id, pid = start(trainer, hotel, tmp_path / "marker")
    waiting = trainer.submit("tiny", hotel, asked_by="user")
    trainer.close()
    assert is_gone(pid)
    with store.read() as connection:
        rows = [jobs.get(connection, one) for one in (job_id, waiting)]
    assert [row.stage for row in rows if row is not None] == [JobStage.ABANDONED, JobStage.ABANDONED]
    assert leftovers(layout) == []


def test_when_the_app_is_killed_its_training_ends_and_the_next_start_tidies_up(
    store: Store, hotel: int, layout: HomeLayout, tmp_path: Path, new_trainer: Callable[..., Trainer], registry: ModelRegistry
) -> None:
    store.close()
    marker = tmp_path / "marker"
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISOR, str(layout.home), str(marker)])
    child = pid_in(marker)
    supervisor.kill()
    supervisor.wait()
    assert is_gone(child)
    assert len(leftovers(layout)) == 1
    half = layout.models / "pensao-amparo-x" / "tiny" / "2016-04-30.1"
    half.mkdir(parents=True)
    (half / "line.onnx").write_bytes(b"half")
    cache = layout.staging / "jax-cache"
    cache.mkdir(exist_ok=True)

    from hotelml_app.core.clock import SystemClock
    from hotelml_app.core.events import EventBus

    with Store.open(layout.database, SystemClock()) as again:
        registry = ModelRegistry(again, layout.models, SystemClock(), EventBus())
        trainer = Trainer(again, registry, layout, Settings(), SystemClock(), EventBus())
        with again.read() as connection:
            assert [row.stage for row in jobs.recent(connection)] == [JobStage.ABANDONED, JobStage.ABANDONED]
        trainer.close()
        assert registry.versions() == []
    assert leftovers(layout) == []
    assert not half.exists()
    assert cache.exists()


def test_a_process_that_cannot_be_started_is_a_failed_job(
    store: Store, registry: ModelRegistry, layout: HomeLayout, hotel: int
) -> None:
    from tiny_module import MANIFESTS

    from hotelml_app.core.clock import SystemClock
    from hotelml_app.core.events import EventBus

    trainer = Trainer(
        store,
        registry,
        layout,
        Settings(),
        SystemClock(),
        EventBus(),
        manifests=MANIFESTS.__getitem__,
        command=[str(layout.home / "no-such-program")],
    )
    report = train(trainer, hotel)
    trainer.close()
    assert report.stage is JobStage.FAILED
    assert "cannot be started" in report.reason


def test_a_training_whose_end_the_full_disk_did_not_take_is_not_under_way_for_ever(
    trainer: Trainer, hotel: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing asks for a training again while one is under way."""
    finish, full = jobs.finish, [True, True]

    def on_a_full_disk(*values: object, **named: object) -> None:
        if full:
            full.pop()
            raise DiskFullError("There is no room left.")
        finish(*values, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "finish", on_a_full_disk)
    monkeypatch.setattr(job_ends, "AGAIN_AFTER_S", 0.1)
    report = train(trainer, hotel)
    assert report.stage is JobStage.DONE

    def written() -> bool:
        with store.read() as connection:
            return [row.stage for row in jobs.recent(connection)] == [JobStage.DONE]

    assert not written()
    wait_until(written)


def test_a_full_disk_does_not_keep_the_program_from_starting_after_a_kill(
    new_trainer: Callable[..., Trainer], hotel: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFullError("There is no room left.")

    with store.write() as connection:
        jobs.add(connection, "train", store.clock.now(), module="tiny", property_id=hotel)
    monkeypatch.setattr(job_ends, "AGAIN_AFTER_S", 0.1)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(jobs, "finish", full)
        new_trainer()

    def stage() -> JobStage:
        with store.read() as connection:
            return jobs.recent(connection)[0].stage

    wait_until(lambda: stage() is JobStage.ABANDONED)
