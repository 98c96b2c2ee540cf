"""A model version on disk: ``card.json``, ``parameters.json`` and one ``.onnx`` per part, sealed with SHA-256.

The card lists the checksum of every other file and, in ``seal``, the checksum of itself. Nothing is ever unpickled.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from hotelml_app.core import held_files
from hotelml_app.core.json_values import json_ready
from hotelml_app.ml.errors import ArtifactError, DamagedModelError, UnreadableModelError
from hotelml_app.ml.onnx.sessions import GraphSource, LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy, TrainedModel

CARD = "card.json"
PARAMETERS = "parameters.json"
FORMAT = 1
"""Layout of the folder; a later layout is refused by earlier programs."""

_LIBRARIES = ("numpy", "onnx", "onnxruntime", "scikit-learn", "skl2onnx", "keras", "jax", "scipy")
_SEAL = "seal"
_REMEDY = "Train this module again, or go back to an earlier version on the Models page."


def write_artifact(folder: Path, trained: TrainedModel, card_fields: Mapping[str, Any]) -> dict[str, Any]:
    """Write a trained model into the empty ``folder`` and return its card.

    ``card_fields`` (module, property, as_of, config, parity…) are added to what the trained model says of itself.
    Raises ArtifactError where a value cannot be written as JSON.
    """
    strange = [part.name for part in trained.parts if not part.name.isidentifier()]
    if strange:
        raise ArtifactError(
            f"A model part cannot be called {strange[0]!r}: it becomes a file name.", remedy="Please report this."
        )
    folder.mkdir(parents=True, exist_ok=True)
    contents = {f"{part.name}.onnx": part.onnx for part in trained.parts}
    contents[PARAMETERS] = _json_bytes(trained.parameters, PARAMETERS)
    for name, content in contents.items():
        _write(folder / name, content)
    card = {
        "format": FORMAT,
        "made_by": MadeBy.OWN.value,
        "kind": trained.kind,
        "data_from": trained.data_from,
        "data_until": trained.data_until,
        "data_points": trained.data_points,
        "features": trained.features,
        "measures": json_ready([asdict(measure) for measure in trained.measures]),
        "evaluation": json_ready(asdict(trained.evaluation)),
        "notes": trained.notes,
        "libraries": library_versions(),
        **card_fields,
        "parts": [part.name for part in trained.parts],
        "files": {name: {"sha256": _sha256(content), "bytes": len(content)} for name, content in contents.items()},
        "size_bytes": sum(len(content) for content in contents.values()),
    }
    return write_card(folder, card)


def write_card(folder: Path, card: Mapping[str, Any]) -> dict[str, Any]:
    """Seal ``card``, write it atomically into ``folder`` and return it as it will be read again."""
    plain: dict[str, Any] = json.loads(_json_bytes({k: v for k, v in card.items() if k != _SEAL}, CARD))
    plain[_SEAL] = _seal(plain)
    unfinished = folder / f"{CARD}.new"
    _write(unfinished, _json_bytes(plain, CARD))
    held_files.replace(unfinished, folder / CARD)
    return plain


def read_card(folder: Path) -> dict[str, Any]:
    """Return the card of a model folder. Raises DamagedModelError where it is missing, changed or of a later layout."""
    card = _read_json(folder / CARD)
    if card.get(_SEAL) != _seal({k: v for k, v in card.items() if k != _SEAL}):
        raise DamagedModelError(f"The model card {folder / CARD} was changed after it was written.", remedy=_REMEDY)
    if card.get("format") != FORMAT:
        raise DamagedModelError(
            f"The model in {folder} has the layout {card.get('format')}, this HotelML reads {FORMAT}.",
            remedy="Install the HotelML that made it, or train this module again.",
        )
    return card


def verify_artifact(folder: Path) -> dict[str, Any]:
    """Compare every file of a model folder with its checksum and return the card. Raises DamagedModelError."""
    card = read_card(folder)
    for name, expected in card["files"].items():
        _verified(folder / name, expected["sha256"])
    return card


def read_artifact(folder: Path, threads: int = 1) -> LoadedModel:
    """Return the model in ``folder`` after comparing every file with its checksum. Raises DamagedModelError."""
    card = verify_artifact(folder)
    graphs = {name: _graph_source(folder / f"{name}.onnx", card["files"][f"{name}.onnx"]["sha256"]) for name in card["parts"]}
    return LoadedModel(
        version=str(card.get("version", "")),
        made_by=MadeBy(card["made_by"]),
        card=card,
        parameters=_read_json(folder / PARAMETERS),
        graphs=graphs,
        threads=threads,
    )


def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that shape a model, those that are installed."""
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _graph_source(path: Path, sha256: str) -> GraphSource:
    # Read again when the session is opened, which may be days after the first check.
    return lambda: _verified(path, sha256)


def _verified(path: Path, sha256: str) -> bytes:
    try:
        content = held_files.read(path)
    except OSError as error:
        raise _not_read(path, error) from error
    if _sha256(content) != sha256:
        raise DamagedModelError(f"The model file {path} is not what was written: its checksum differs.", remedy=_REMEDY)
    return content


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(held_files.read(path))
    except OSError as error:
        raise _not_read(path, error) from error
    except ValueError as error:
        raise DamagedModelError(f"The model file {path} is damaged: it is not JSON any more.", remedy=_REMEDY) from error
    if not isinstance(content, dict):
        raise DamagedModelError(f"The model file {path} is damaged: it does not hold what it should.", remedy=_REMEDY)
    return content


def _not_read(path: Path, error: OSError) -> DamagedModelError:
    told = f"The model file {path} cannot be read ({error.strerror or error})."
    if held_files.may_pass(error):
        return UnreadableModelError(told, remedy="Try again in a minute, and close other programs if it stays so.")
    return DamagedModelError(told, remedy=_REMEDY)


def _json_bytes(value: Mapping[str, Any], name: str) -> bytes:
    try:
        text = json.dumps(value, default=_plain, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=False)
    except (TypeError, ValueError) as error:
        raise ArtifactError(f"{name} of the new model cannot be written: {error}.", remedy="Please report this.") from error
    return text.encode("utf-8")


def _plain(value: object) -> object:
    """Return what JSON knows for what modules hand over: NumPy values, dates, mappings."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _seal(card: Mapping[str, Any]) -> str:
    return _sha256(json.dumps(card, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8"))
