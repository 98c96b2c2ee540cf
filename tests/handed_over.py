"""Homes with models, and hand-over files that somebody tampered with."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from models_on_disk import staged

from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.handover.manifest import MANIFEST
from hotelml_app.settings.channels import EmailSettings
from hotelml_app.store.hotels import properties

MODULE = "tiny"
MAIL = EmailSettings(enabled=True, host="mail.test", sender="pms@hotel.example", to=("fom@hotel.example",))


def learn(appliance: Appliance, *slopes: float, live: bool = True) -> list[str]:
    """Add a version of a tiny model for each slope, let each go live in turn, and return their names."""
    registry, made = appliance.parts.registry, []
    for number, slope in enumerate(slopes):
        folder = appliance.parts.layout.staging / f"tiny-{slope}-{number}"
        made.append(registry.add(1, MODULE, staged(folder, slope, date(2026, 2, 20))))
        if live:
            registry.promote(1, MODULE, made[-1], "better")
    return made


def slope_of(appliance: Appliance) -> float | None:
    """Return the slope of the model that answers."""
    registry: ModelRegistry = appliance.parts.registry
    model = registry.live(1, MODULE)
    return float(model.parameters["slope"]) if model is not None else None


def names_of(appliance: Appliance) -> list[str]:
    with appliance.parts.store.read() as connection:
        return [row.name for row in properties.all(connection)]


def tree(home: Path) -> dict[str, str]:
    """Return every file of a home that belongs to the hotel, with a checksum."""
    passing = ("run", "logs", "staging")
    files = [one for one in home.rglob("*") if one.is_file() and one.relative_to(home).parts[0] not in passing]
    return {str(one.relative_to(home)): hashlib.sha256(one.read_bytes()).hexdigest() for one in sorted(files)}


Change = Callable[[dict[str, bytes], dict[str, object]], None]


def forged(source: Path, target: Path, change: Change) -> Path:
    """Write a hand-over file anew after ``change`` changed its parts and its manifest; all checksums fit again."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts.pop(MANIFEST))
    change(parts, manifest)
    manifest["parts"] = [
        {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in parts.items()
        if name != "seal.json"
    ]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr(MANIFEST, json.dumps(manifest))
    return target
