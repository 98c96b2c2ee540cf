"""The appliance as it runs in a hotel: import of both real hotels, all modules trained, memory at rest and at work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from peers import Row
from shared_data import BOOKINGS

IDLE_MB, WORKING_MB, TRAINING_MB = 220.0, 300.0, 1500.0
FIRST_TWO_S, ALL_S = 120.0, 240.0
START_WITHIN_S, SETTLE_S, REST_S = 60.0, 10.0, 90.0
FINAL = ("done", "failed", "skipped", "cancelled", "abandoned")
LOOK_EVERY_S = 0.2
MB = 2**20


class Watch:
    """The largest memory of the appliance and of the processes it starts, looked at five times a second."""

    def __init__(self, process: psutil.Process) -> None:
        self.appliance_mb = self.children_mb = 0.0
        self._process = process
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(LOOK_EVERY_S):
            self.appliance_mb = max(self.appliance_mb, self._process.memory_info().rss / MB)
            for child in self._process.children(recursive=True):
                try:
                    self.children_mb = max(self.children_mb, child.memory_info().rss / MB)
                except psutil.NoSuchProcess:
                    continue


def hotelml(home: Path, *arguments: str) -> dict[str, object]:
    """Run a command on the home and return its JSON answer."""
    command = [sys.executable, "-m", "hotelml_app", *arguments, "--home", str(home), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


@contextmanager
def serving(home: Path) -> Iterator[psutil.Process]:
    """Run ``hotelml serve`` on the home."""
    command = [sys.executable, "-m", "hotelml_app", "serve", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + START_WITHIN_S
            while not (home / "run" / "api.json").exists():
                assert time.monotonic() < until, "the appliance did not start"
                time.sleep(0.1)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        trained = _trained_by_command(Path(folder) / "commands")
        alive, idle_mb = _lived(Path(folder) / "serving")
    first_two = trained["forecast"] + trained["noshow"]
    return [
        _limit("forecast and no-show trained, 106,466 bookings", first_two, FIRST_TWO_S, "s"),
        _limit("all modules trained, 106,466 bookings", sum(trained.values()), ALL_S, "s"),
        _limit("memory of the appliance, import and training", alive.appliance_mb, WORKING_MB, "MB"),
        _limit("memory of a training", alive.children_mb, TRAINING_MB, "MB"),
        _limit("memory of the appliance at rest", idle_mb, IDLE_MB, "MB"),
    ]


def _trained_by_command(home: Path) -> dict[str, float]:
    """Return the seconds that each module's training takes, both hotels together, nothing else at work."""
    hotelml(home, "import", str(BOOKINGS))
    modules = sorted({str(module) for _, module, _ in hotelml(home, "status")["modules"]})  # type: ignore[attr-defined]
    seconds = {}
    for module in modules:
        began = time.perf_counter()
        hotelml(home, "train", "--module", module)
        seconds[module] = time.perf_counter() - began
        print(f"{module} trained in {seconds[module]:.0f} s on {os.cpu_count()} cores", file=sys.stderr, flush=True)
    return seconds


def _lived(home: Path) -> tuple[Watch, float]:
    """Return the memory of an appliance that is given both hotels and trains by itself, and its MB at rest after that."""
    with serving(home) as process:
        with Watch(process) as alive:
            hotelml(home, "import", str(BOOKINGS))
            time.sleep(SETTLE_S)
            while any(job["stage"] not in FINAL for job in hotelml(home, "status")["jobs"]):  # type: ignore[attr-defined]
                time.sleep(SETTLE_S)
        assert alive.children_mb, "it trained by itself"
        time.sleep(REST_S)
        return alive, process.memory_info().rss / MB


def _limit(what: str, value: float, most: float, unit: str) -> Row:
    return Row(what, value, most, unit, "the limit", "at most 1 x", value <= most)
