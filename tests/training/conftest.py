from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import tiny_hotel
from tiny_module import MANIFESTS

from hotelml_app.core.clock import SystemClock
from hotelml_app.core.events import EventBus
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules.errors import UnknownModuleError
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.settings import HomeLayout, Settings
from hotelml_app.store import Store
from hotelml_app.training.trainer import Trainer

TESTS = Path(__file__).resolve().parents[1]
BUSINESS_DATE = date(2016, 4, 30)


def tiny_manifest(name: str) -> ModuleManifest:
    if name not in MANIFESTS:
        raise UnknownModuleError(f"There is no module called {name!r}.")
    return MANIFESTS[name]


@pytest.fixture(autouse=True)
def children_find_the_tiny_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS), str(TESTS.parent)]))


@pytest.fixture
def clock() -> SystemClock:
    return SystemClock()


@pytest.fixture
def layout(home: Path) -> HomeLayout:
    return HomeLayout(home)


@pytest.fixture
def store(layout: HomeLayout, clock: SystemClock) -> Iterator[Store]:
    with Store.open(layout.database, clock) as opened:
        yield opened


@pytest.fixture
def hotel(store: Store) -> int:
    return tiny_hotel.export(store, BUSINESS_DATE)


@pytest.fixture
def registry(store: Store, layout: HomeLayout, clock: SystemClock, bus: EventBus) -> ModelRegistry:
    return ModelRegistry(store, layout.models, clock, bus)


@pytest.fixture
def new_trainer(
    store: Store, registry: ModelRegistry, layout: HomeLayout, clock: SystemClock, bus: EventBus
) -> Iterator[Callable[..., Trainer]]:
    made: list[Trainer] = []

    def make(settings: Settings | None = None, **more: object) -> Trainer:
        trainer = Trainer(store, registry, layout, settings or Settings(), clock, bus, manifests=tiny_manifest, **more)
        made.append(trainer)
        return trainer

    yield make
    for trainer in made:
        trainer.close()


@pytest.fixture
def trainer(new_trainer: Callable[..., Trainer]) -> Trainer:
    return new_trainer()


sys.path.insert(0, str(Path(__file__).parent))
