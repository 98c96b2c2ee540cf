from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotelml_app.api.server import LoopbackServer
from hotelml_app.services.appliance import Appliance

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def server(appliance: Appliance) -> Iterator[LoopbackServer]:
    """The API of an open home, and nothing else of a started appliance."""
    running = LoopbackServer(appliance)
    running.start()
    yield running
    running.stop()
