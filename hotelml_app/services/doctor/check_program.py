"""What ``hotelml doctor`` finds about the program itself: its Python, its packages, and whether it can show a window."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import sys
from collections.abc import Iterator

from hotelml_app.core.set_up import set_up_again
from hotelml_app.services.doctor.finding import Check
from hotelml_app.services.home.show_window import has_display

OLDEST_PYTHON = (3, 11)
RUNTIME = ("numpy", "onnxruntime", "polars", "pydantic", "watchdog", "PySide6", "cryptography")
TRAINING = ("sklearn", "keras", "jax", "onnx", "skl2onnx")
_PACKAGE_OF = {"sklearn": "scikit-learn", "PySide6": "PySide6-Essentials"}


def check_packages() -> Iterator[Check]:
    """Look for the right Python, and for the packages that predictions and trainings need."""
    version = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info[:2] < OLDEST_PYTHON
    yield Check("Python", "problem" if old else "ok", version, "HotelML needs Python 3.11 or newer." if old else "")
    missing = [name for name in RUNTIME if importlib.util.find_spec(name) is None]
    remedy = set_up_again()
    found = f"missing: {', '.join(missing)}" if missing else ", ".join(f"{name} {_version(name)}" for name in RUNTIME)
    yield Check("Packages", "problem" if missing else "ok", found, remedy if missing else "")
    missing = [name for name in TRAINING if importlib.util.find_spec(name) is None]
    found = f"missing: {', '.join(missing)}" if missing else ", ".join(f"{name} {_version(name)}" for name in TRAINING)
    remedy = "Models that are there keep answering; to train new ones set HotelML up again."
    yield Check("Training packages", "warning" if missing else "ok", found, remedy if missing else "")


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(_PACKAGE_OF.get(name, name))
    except importlib.metadata.PackageNotFoundError:
        # An installation that was cut off may leave a package without the note of its version.
        return "of unknown version"


def check_display() -> Iterator[Check]:
    """Look whether a window can be shown here."""
    if has_display():
        yield Check("Display", "ok", os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or sys.platform)
    else:
        remedy = "No window can be shown here; hotelml serve and hotelml screenshots work without one."
        yield Check("Display", "warning", "none", remedy)
    yield from _qt_libraries()


def _qt_libraries() -> Iterator[Check]:
    """Load Qt's own parts as the window would; what the system lacks is named by the loader."""
    try:
        import PySide6.QtWidgets
    except ImportError as error:
        remedy = set_up_again()
        if sys.platform == "linux":
            remedy += " Where the system lacks libraries that Qt needs, that names the command to install them."
        yield Check("Qt libraries", "problem", str(error), remedy)
    else:
        yield Check("Qt libraries", "ok", f"Qt {PySide6.QtCore.qVersion()}")
