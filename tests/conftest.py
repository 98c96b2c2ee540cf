"""A strict test room: no screen, no network, no thread left running."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psutil  # noqa: F401 - looks at the system when it is first imported, which no test that plays Windows may be
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("KERAS_BACKEND", "jax")
sys.path.insert(0, str(Path(__file__).parent))

from small_hotel import make_home, open_at_morning

from hotelml_app.core.events import Event, EventBus
from hotelml_app.services.appliance import Appliance

hypothesis.settings.register_profile("hotelml", derandomize=True, deadline=None, max_examples=40, database=None)
hypothesis.settings.load_profile("hotelml")

THREADS_MAY_END_WITHIN_S = 30.0
LOCAL = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def no_thread_stays_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + THREADS_MAY_END_WITHIN_S
    while (left := [t for t in threading.enumerate() if t not in before and t.is_alive()]) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, f"threads left running: {[t.name for t in left]}"


@pytest.fixture(autouse=True)
def garbage_is_searched_as_always() -> Iterator[None]:
    """What an appliance sets aside stays out of ``gc.get_referrers`` as well, by which Hypothesis finds its own generators.

    Before the test too: fixtures of a module or the session open appliances earlier than this one is asked.
    """
    _search_all_garbage()
    yield
    _search_all_garbage()


def _search_all_garbage() -> None:
    gc.callbacks[:] = [one for one in gc.callbacks if not getattr(one, "__module__", "").startswith("hotelml_app.")]
    gc.unfreeze()


@pytest.fixture(autouse=True)
def nothing_leaves_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else None
        assert host is None or host in LOCAL, f"a test tried to reach {address!r}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


def nothing_starts_at_sign_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for what starts at sign-in below ``folder``, not where whoever runs the tests keeps it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(folder / "config of all"))
    if sys.platform == "win32":
        from hotelml_app.services.sign_in import stands
        from hotelml_app.services.sign_in.autostart_folder import AutostartFolder

        place = AutostartFolder([folder / name / "autostart" for name in ("config", "config of all")])
        monkeypatch.setattr(stands, "system_place", lambda: place)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder that HOTELML_HOME points to."""
    folder = tmp_path / "home"
    folder.mkdir()
    nothing_starts_at_sign_in(tmp_path, monkeypatch)
    monkeypatch.setenv("HOTELML_HOME", str(folder))
    return folder


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
    nothing_starts_at_sign_in(tmp_path, monkeypatch)
    monkeypatch.setenv("HOTELML_HOME", str(home))
    return home


@pytest.fixture
def appliance(hotel_home: Path) -> Iterator[Appliance]:
    """That home, opened on the morning after the export."""
    with open_at_morning(hotel_home) as opened:
        yield opened


@pytest.fixture
def events() -> list[Event]:
    """What was told on the bus."""
    return []


@pytest.fixture
def bus(events: list[Event]) -> EventBus:
    """A bus on which ``events`` listens."""
    made = EventBus()
    made.subscribe(events.append)
    return made
