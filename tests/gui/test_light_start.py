"""The window is on the screen almost as fast as an empty one: its home is opened behind it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from hotelml_app.gui.widgets import qt_numbers
from hotelml_app.gui.widgets.calm import calm
from hotelml_app.gui.widgets.labels import label

HEAVY = (
    *("keras", "jax", "sklearn", "scipy", "polars", "onnxruntime", "pyqtgraph", "numpy", "pydantic", "fastapi", "sqlite3"),
    *("sqlite_utils", "typer", "click", "socket", "http", "asyncio", "concurrent", "platformdirs", "psutil", "filelock"),
    "cryptography",
    "hotelml_app.core.events",
    # The names of Qt itself: Python makes all of them with the first that is asked for.
    *("PySide6.QtCore.Qt", "PySide6.QtGui.Qt"),
)

FIRST_PICTURE = """
import os, sys
import hotelml_app.gui.plain_import
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QTimer

class Watched(QtWidgets.QApplication):
    def __init__(self, arguments):
        super().__init__(arguments)
        self.installEventFilter(self)
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QtWidgets.QMainWindow):
            self.removeEventFilter(self)
            qt = [f"{name}.Qt" for name in ("PySide6.QtCore", "PySide6.QtGui") if "Qt" in vars(sys.modules[name])]
            print(" ".join(sorted({*qt, *sys.modules, *(name.partition(".")[0] for name in sys.modules)})), flush=True)
            QTimer.singleShot(600, self.closeAllWindows)
        return False

QtWidgets.QApplication = Watched
from hotelml_app.__main__ import main
sys.exit(main(["gui", "--home", sys.argv[1]]))
"""

LOOK = """
import sys, hotelml_app.gui
print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""

OWN_IMPORT = """
import builtins
before = builtins.__import__
import hotelml_app.gui.plain_import
import hotelml_app.gui.application
from PySide6 import QtGui, QtWidgets
print(builtins.__import__ is before)
"""


def told_by(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def test_the_command_draws_its_window_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert not set(told_by(FIRST_PICTURE, str(home)).split()) & set(HEAVY)
    assert (home / "hotelml.db").exists(), "the home was opened behind the window"
    assert not (home / "run" / "api.json").exists(), "and closed with it"


def test_numbers_stand_for_the_names_of_qt(qt: QApplication) -> None:
    assert Qt.TextFormat(qt_numbers.PLAIN_TEXT) is Qt.TextFormat.PlainText
    assert Qt.ToolButtonStyle(qt_numbers.ICON_ALONE) is Qt.ToolButtonStyle.ToolButtonIconOnly
    assert Qt.ToolButtonStyle(qt_numbers.WORDS_BESIDE_ICON) is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert Qt.FocusPolicy(qt_numbers.TAB_AND_CLICK) is Qt.FocusPolicy.StrongFocus
    made = label("<b>1</b>")
    assert made.textFormat() is Qt.TextFormat.PlainText
    box = QComboBox()
    calm(box, "Property")
    assert box.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_the_package_alone_does_not_even_import_qt() -> None:
    assert "PySide6" not in told_by(LOOK).split()


def test_qt_does_not_stay_between_python_and_what_it_imports() -> None:
    assert told_by(OWN_IMPORT) == "True\n"
