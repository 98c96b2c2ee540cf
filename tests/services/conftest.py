"""A home that holds a small hotel, copied for every test that wants one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_hotel import make_home, open_at_morning

from hotelml_app.services.appliance import Appliance


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the first export of the small hotel; never to be changed."""
    folder = tmp_path_factory.mktemp("filled")
    make_home(folder / "home", folder / "exports")
    return folder / "home"


@pytest.fixture
def hotel_home(filled_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that home, to do with as one likes; HOTELML_HOME points to it."""
    home = tmp_path / "hotel home"
    shutil.copytree(filled_home, home)
    monkeypatch.setenv("HOTELML_HOME", str(home))
    return home


@pytest.fixture
def appliance(hotel_home: Path) -> Iterator[Appliance]:
    """That home, opened on the morning after the export."""
    with open_at_morning(hotel_home) as opened:
        yield opened
