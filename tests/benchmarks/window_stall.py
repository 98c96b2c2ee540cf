"""How long the window leaves a click unanswered while all modules of both real hotels train behind it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from peers import Row
from shared_data import BOOKINGS

MOST_MS = 50.0
TICK_MS = 5
PAGES_EVERY_S = 5

PROBE = """
import json, sys, threading, time
from pathlib import Path
from PySide6.QtCore import QObject, QTimer, Qt
from hotelml_app.bootstrap import open_window
from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.settings.home import HomeLayout

TICK_MS, PAGES_EVERY_S = int(sys.argv[2]), int(sys.argv[3])
PAGES = ("today", "forecast", "arrivals", "models", "data")

class Probe(QObject):
    # Ticks on the window's thread; what is late by more than a tick was kept waiting. Turns pages meanwhile, as staff do.
    def __init__(self, window, appliance):
        super().__init__()
        self.window, self.appliance = window, appliance
        self.late_ms, self.trains, self.last = [], False, time.perf_counter()
        self.timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.tick)
        self.timer.start()
        self.turned = self.last
        threading.Thread(target=self.train, daemon=True).start()

    def tick(self):
        now = time.perf_counter()
        if self.trains:
            self.late_ms.append((now, max(0.0, 1000 * (now - self.last) - TICK_MS)))
        if now - self.turned > PAGES_EVERY_S:
            self.turned = now
            self.window.window.open_page(PAGES[len(self.late_ms) % len(PAGES)])
        self.last = now

    def train(self):
        time.sleep(5)
        hotels = [one.name for one in self.appliance.properties()]
        self.trains = True
        for hotel in hotels:
            for module in self.appliance.models(hotel).modules:
                if module.can_train:
                    self.appliance.train(module.name, hotel)
        while any(not job.stage.final for job in self.appliance.jobs()):
            time.sleep(1)
        print(json.dumps(self.late_ms), flush=True)
        QTimer.singleShot(0, self.window, self.window.quit)

listen = WindowApplication.listen_to_interrupts
def listen_and_probe(self):
    listen(self)
    self.probe = Probe(self, self._appliance)
WindowApplication.listen_to_interrupts = listen_and_probe
open_window(HomeLayout(Path(sys.argv[1])))
"""


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        imported = [sys.executable, "-m", "hotelml_app", "import", str(BOOKINGS), "--home", folder]
        subprocess.run(imported, check=True, stdout=subprocess.DEVNULL)
        command = [sys.executable, "-c", PROBE, folder, str(TICK_MS), str(PAGES_EVERY_S)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    late = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("[[")))
    worst: dict[int, float] = {}
    for at, milliseconds in late:
        worst[int(at)] = max(worst.get(int(at), 0.0), milliseconds)
    ticks = sorted(milliseconds for _, milliseconds in late)
    seconds = sorted(worst.values())
    return [
        _limit("a click kept waiting while all modules train, p99", _p99(ticks)),
        _limit("the same, the longest of each second, p99", _p99(seconds)),
    ]


def _p99(values: list[float]) -> float:
    return values[int(0.99 * (len(values) - 1))]


def _limit(what: str, value: float) -> Row:
    return Row(what, value, MOST_MS, "ms", "the limit", "at most 1 x", value <= MOST_MS)
