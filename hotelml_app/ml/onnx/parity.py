"""The gate before any model goes live: its ONNX graphs answer as the trained model did, on real rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.errors import ParityError
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import OnnxPart, TrainedModel

LARGEST_DIFFERENCE = 1e-4

_REMEDY = "The model is not put into service and the one before it goes on. Please report this with the training log."


@dataclass(frozen=True, slots=True)
class ParityReport:
    """What was compared: rows and largest difference per part; ``rows`` is the smallest sample of them."""

    parts: Mapping[str, float]
    rows: int
    largest_difference: float
    tolerance: float = LARGEST_DIFFERENCE


def check_parity(trained: TrainedModel, tolerance: float = LARGEST_DIFFERENCE) -> ParityReport:
    """Run every graph on its sample and compare with the trained model's own answers. Raises ParityError.

    That a sample has a thousand rows, or all there are, the module that trains answers for.
    """
    model = LoadedModel.in_memory(trained)
    differences: dict[str, float] = {}
    rows: list[int] = []
    for part in trained.parts:
        differences[part.name] = _check_part(model, part, tolerance)
        rows.append(_rows(part))
    return ParityReport(differences, min(rows, default=0), max(differences.values(), default=0.0), tolerance)


def _check_part(model: LoadedModel, part: OnnxPart, tolerance: float) -> float:
    if not part.expected or not _rows(part):
        raise ParityError(f"The model part {part.name} came without rows to compare it on.", remedy=_REMEDY)
    answers = model.run(part.name, part.sample)
    missing = sorted(set(part.expected) - set(answers))
    if missing:
        raise ParityError(f"The exported model part {part.name} does not answer {', '.join(missing)}.", remedy=_REMEDY)
    worst = max(_difference(part, name, np.asarray(wanted), answers[name]) for name, wanted in part.expected.items())
    if not worst <= tolerance:
        raise ParityError(
            f"The exported model part {part.name} differs from the trained model by up to {worst:.3g} (allowed: {tolerance:g}).",
            remedy=_REMEDY,
            part=part.name,
        )
    return worst


def _difference(part: OnnxPart, name: str, wanted: NDArray[np.generic], got: NDArray[np.generic]) -> float:
    """Return the largest absolute difference; infinite for a NaN on one side, for words any difference counts as one."""
    if wanted.size != got.size:
        raise ParityError(
            f"The exported model part {part.name} gives {got.size} values of {name}, the trained model {wanted.size}.",
            remedy=_REMEDY,
        )
    flat_wanted, flat_got = wanted.ravel(), got.ravel()
    if wanted.dtype.kind in "OUSb":
        return float(np.any(flat_wanted.astype(str) != flat_got.astype(str)))
    a, b = flat_wanted.astype(np.float64), flat_got.astype(np.float64)
    apart = np.where(np.isnan(a) & np.isnan(b), 0.0, np.abs(a - b))
    return float(np.where(np.isnan(apart), np.inf, apart).max(initial=0.0))


def _rows(part: OnnxPart) -> int:
    return min((len(np.asarray(values)) for values in part.sample.values()), default=0)
