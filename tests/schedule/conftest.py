from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tiny_module import MANIFESTS

sys.path.insert(0, str(Path(__file__).parent))
from pretend import FakeMonitor, FakeTrainer

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import EventBus
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.schedule.refresh import Refresher
from hotelml_app.schedule.retraining import Retrainer
from hotelml_app.schedule.upkeep import Upkeep
from hotelml_app.settings import Settings
from hotelml_app.store import Store


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2016, 5, 1, 6, 0, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    with Store.open(tmp_path / "home" / "hotelml.db", clock) as opened:
        yield opened


@pytest.fixture
def registry(store: Store, tmp_path: Path, clock: FixedClock, bus: EventBus) -> ModelRegistry:
    return ModelRegistry(store, tmp_path / "home" / "models", clock, bus)


@pytest.fixture
def monitor() -> FakeMonitor:
    return FakeMonitor()


@pytest.fixture
def trainer() -> FakeTrainer:
    return FakeTrainer()


@pytest.fixture
def modules() -> dict[str, ModuleManifest]:
    return dict(MANIFESTS)


@pytest.fixture
def settings() -> Settings:
    return Settings.model_validate({"training": {"growth_min": 50, "modules": {"tiny": {"min_data_points": 100}}}})


@pytest.fixture
def retrainer(
    store: Store, settings: Settings, trainer: FakeTrainer, monitor: FakeMonitor, modules: dict[str, ModuleManifest]
) -> Retrainer:
    return Retrainer(store, lambda: settings, trainer.submit, monitor, modules.values)


@pytest.fixture
def refresher(
    store: Store,
    registry: ModelRegistry,
    clock: FixedClock,
    bus: EventBus,
    monitor: FakeMonitor,
    modules: dict[str, ModuleManifest],
) -> Refresher:
    return Refresher(store, registry, clock, bus, monitor, modules.values)


@pytest.fixture
def new_upkeep(
    store: Store, clock: FixedClock, bus: EventBus, refresher: Refresher, retrainer: Retrainer
) -> Iterator[Callable[[], Upkeep]]:
    made: list[Upkeep] = []

    def make() -> Upkeep:
        made.append(Upkeep(store, clock, bus, refresher, retrainer))
        return made[-1]

    yield make
    for one in made:
        one.stop()
