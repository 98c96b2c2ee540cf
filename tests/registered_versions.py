"""Versions of a tiny model in a registry: added, made live and spoiled."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from models_on_disk import staged

from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.store.learned.models import VersionState


def add(registry: ModelRegistry, hotel: int, folder: Path, slope: float = 1.0, until: date = date(2016, 4, 30)) -> str:
    return registry.add(hotel, "tiny", staged(folder / f"staged-{slope}-{until}", slope, until))


def add_live(registry: ModelRegistry, hotel: int, folder: Path, slope: float = 1.0, until: date = date(2016, 4, 30)) -> str:
    version = add(registry, hotel, folder, slope, until)
    registry.promote(hotel, "tiny", version, "test")
    return version


def live_slope(registry: ModelRegistry, hotel: int) -> float | None:
    model = registry.live(hotel, "tiny")
    return None if model is None else float(model.parameters["slope"])


def spoil(registry: ModelRegistry, hotel: int, version: str) -> None:
    row = next(row for row in registry.versions(hotel, "tiny") if row.version == version)
    path = registry.folder(row) / "line.onnx"
    path.write_bytes(path.read_bytes()[:-3])


def state(registry: ModelRegistry, hotel: int, version: str) -> VersionState:
    return next(row.state for row in registry.versions(hotel, "tiny") if row.version == version)
