from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from post_office import Post

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import EventBus
from hotelml_app.store import Store


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2016, 5, 1, 6, 0, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    with Store.open(tmp_path / "hotelml.db", clock) as opened:
        yield opened


@pytest.fixture
def post(store: Store, clock: FixedClock, bus: EventBus) -> Post:
    return Post(store, clock, bus)
