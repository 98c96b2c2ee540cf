from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from hotelml_app.core.clock import FixedClock
from hotelml_app.store import Store

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2017, 2, 28, 6, 0))  # noqa: DTZ001 - FixedClock takes it as UTC


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    with Store.open(tmp_path / "hotelml.db", clock) as opened:
        yield opened
