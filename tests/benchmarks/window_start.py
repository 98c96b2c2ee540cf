"""The window on the screen from a cold start, as the command opens it, against a bare PySide6 window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peers import Row

MOST_TIMES_BARE = 1.5
ROUNDS = 15

WATCH = """
import importlib.machinery, os, sys, time

class Watch:
    # Waits for Qt's widgets to be imported, by whoever wants them, and has the main window tell of its first picture.
    def find_spec(self, name, path=None, target=None):
        if name != "PySide6.QtWidgets":
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        load = spec.loader.exec_module
        spec.loader.exec_module = lambda module: (load(module), watch(module))
        return spec

def watch(widgets):
    from PySide6.QtCore import QCoreApplication, QEvent
    class Watched(widgets.QMainWindow):
        painted = False
        def paintEvent(self, event):
            super().paintEvent(event)
            if not Watched.painted:
                Watched.painted = True
                # What lies inside is painted in the same turn of the loop; the next turn begins with this.
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), 1000)
        def customEvent(self, event):
            tell()
    widgets.QMainWindow = Watched

def tell():
    sys.stdout.write(f"{time.monotonic()} {time.process_time()}\\n")
    sys.stdout.flush()
    os._exit(0)

sys.meta_path.insert(0, Watch())
"""
BARE = """
from PySide6 import QtWidgets
application = QtWidgets.QApplication(["bare"])
window = QtWidgets.QMainWindow()
window.resize(1366, 768)
window.show()
application.exec()
"""
OURS = """
from hotelml_app.__main__ import main
main(["gui", "--home", sys.argv[1]])
"""


def first_picture_s(program: str, folder: Path) -> tuple[float, float]:
    """Return the seconds, and the processor's seconds, from starting Python to the first picture of its window."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled"), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.monotonic()
    command = [sys.executable, "-c", WATCH + program, str(folder / "home")]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    clock, processor = ended.stdout.split()[-2:]
    return float(clock) - started, float(processor)


def measure() -> list[Row]:
    """Open both in turn, compiled as an installed program is, so that a busy moment hits both."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as name:
        for program in (BARE, OURS):
            first_picture_s(program, Path(name))
        for _ in range(ROUNDS):
            bare.append(first_picture_s(BARE, Path(name)))
            ours.append(first_picture_s(OURS, Path(name)))
    goal = f"at most {MOST_TIMES_BARE:g} x"
    rows = []
    for index, what in enumerate(("window on screen from a cold start", "the same, processor time")):
        mine, peer = (min(run[index] for run in runs) for runs in (ours, bare))
        rows.append(Row(what, mine, peer, "s", "bare PySide6 window", goal, mine <= MOST_TIMES_BARE * peer))
    mine, peer = (statistics.median(run[0] for run in runs) for runs in (ours, bare))
    rows.append(Row("the same, the usual start", mine, peer, "s", "bare PySide6 window", goal, mine <= MOST_TIMES_BARE * peer))
    return rows
