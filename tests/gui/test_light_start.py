"""The window is on the screen almost as fast as an empty one."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("keras", "jax", "sklearn", "scipy", "polars", "onnxruntime", "pyqtgraph", "numpy", "pydantic", "fastapi", "sqlite3")

SHOW = """
import sys
from PySide6.QtWidgets import QApplication
from hotelml_app.core.events import EventBus
from hotelml_app.gui.application import WindowApplication, make_application
from hotelml_app.gui.memory import Forgetful
class Appliance:
    events = EventBus()
application = make_application()
opened = WindowApplication(application, Appliance(), Forgetful())
opened.window.show()
opened.window.grab()
opened.close()
print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""

LOOK = """
import sys, hotelml_app.gui
print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def imported_by(program: str) -> set[str]:
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    return set(ended.stdout.split())


def test_the_window_opens_without_anything_heavy() -> None:
    assert not imported_by(SHOW) & set(HEAVY)


def test_the_package_alone_does_not_even_import_qt() -> None:
    assert "PySide6" not in imported_by(LOOK)
