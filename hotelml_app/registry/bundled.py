"""The models HotelML brings along: who answers until a property has one of its own."""

from __future__ import annotations

import logging
import sys
import sysconfig
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import hotelml_app
from hotelml_app.ml.errors import DamagedModelError, UnreadableModelError
from hotelml_app.ml.onnx.artifacts import CARD, read_artifact, verify_artifact
from hotelml_app.ml.onnx.sessions import LoadedModel

log = logging.getLogger(__name__)

FOLDER = "models"
INSTALLED = Path("share") / "hotelml" / FOLDER
"""Where an installation keeps them, below its prefix."""


def bundled_folder() -> Path | None:
    """Return the folder of the models brought along, or None where this copy of HotelML has none.

    It lies in the unpacked program of a frozen app, beside the package in a source folder, below the prefix of an
    installation, or beside the package where pip was told to install into a folder.
    """
    return next((folder for folder in _places() if any(folder.glob(f"*/{CARD}"))), None)


def _places() -> Iterator[Path]:
    unpacked = getattr(sys, "_MEIPASS", None)
    if unpacked:
        yield Path(unpacked) / FOLDER
    beside = Path(hotelml_app.__file__).resolve().parent.parent
    yield beside / FOLDER
    yield Path(sysconfig.get_path("data")) / INSTALLED
    yield beside / INSTALLED


class BundledModels:
    """Opens the models of a folder, each once; a damaged one is told in the log and left out. Any thread may ask."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._opened: dict[str, LoadedModel | None] = {}
        self._lock = threading.Lock()

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules there is a model for."""
        if self._folder is None:
            return ()
        return tuple(sorted(path.parent.name for path in self._folder.glob(f"*/{CARD}")))

    def folder(self, module: str) -> Path | None:
        """Return where a module's model lies, or None where there is none."""
        return self._folder / module if self._folder is not None and module in self.modules else None

    def model(self, module: str, as_of: date | None = None) -> LoadedModel | None:
        """Return the model for a module, verified, or None where there is none that knew nothing after ``as_of``."""
        with self._lock:
            if module not in self._opened:
                try:
                    self._opened[module] = self._open(module)
                except UnreadableModelError as error:
                    log.warning("the model brought along for %s does not answer now: %s", module, error.message)
            model = self._opened.get(module)
        return model if model is not None and _fits(model, as_of) else None

    def let_go(self) -> None:
        """Forget the opened models, but not which of them are in doubt."""
        with self._lock:
            self._opened = {module: None for module, model in self._opened.items() if model is None}

    def doubt(self, module: str, problem: str) -> None:
        """Ask a model no more that failed while it was used."""
        log.warning("the model brought along for %s is damaged: %s", module, problem)
        with self._lock:
            self._opened[module] = None

    def check(self) -> Iterator[tuple[str, str]]:
        """Yield each module with what is wrong with the files of its model, "" where nothing is."""
        for module in self.modules:
            folder = self.folder(module)
            assert folder is not None, "it has just been listed"
            try:
                verify_artifact(folder)
            except DamagedModelError as error:
                yield module, error.message
            else:
                yield module, ""

    def _open(self, module: str) -> LoadedModel | None:
        folder = self.folder(module)
        if folder is None:
            return None
        try:
            return read_artifact(folder)
        except UnreadableModelError:
            raise
        except DamagedModelError as error:
            log.warning("the model brought along for %s is left out: %s", module, error.message)
            return None


def _fits(model: LoadedModel, as_of: date | None) -> bool:
    """Tell whether a model may be asked as of a day; one whose examples have no real dates always may."""
    until = model.card.get("as_of")
    return as_of is None or not until or date.fromisoformat(str(until)[:10]) <= as_of
