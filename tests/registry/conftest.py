from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import tiny_hotel

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import EventBus
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.store import Store

BUSINESS_DATE = date(2016, 4, 30)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2016, 5, 1, 6, 0, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    with Store.open(tmp_path / "home" / "hotelml.db", clock) as opened:
        yield opened


@pytest.fixture
def hotel(store: Store) -> int:
    return tiny_hotel.export(store, BUSINESS_DATE, count=150)


@pytest.fixture
def registry(store: Store, tmp_path: Path, clock: FixedClock, bus: EventBus) -> ModelRegistry:
    return ModelRegistry(store, tmp_path / "home" / "models", clock, bus)
