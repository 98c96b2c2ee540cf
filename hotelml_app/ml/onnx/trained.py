"""What a training run leaves behind, and how good it was on days it had not seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True)
class Measure:
    """One figure beside the baseline's on the same cases. ``bucket`` says which cases, e.g. "1-14 days ahead"."""

    name: str
    value: float
    unit: str = ""
    bucket: str = ""
    baseline: str = ""
    baseline_value: float | None = None
    lower_is_better: bool = True


@dataclass(frozen=True)
class CandidateScore:
    """How one candidate did in the rolling-origin backtest; ``measures`` in the module's order of importance."""

    name: str
    measures: tuple[Measure, ...]
    chosen: bool = False
    is_baseline: bool = False
    is_bundled: bool = False


@dataclass(frozen=True)
class Leaderboard:
    """Candidates and baselines on the same nights. ``origins`` are the business dates predicted from."""

    module: str
    origins: tuple[date, ...]
    candidates: tuple[CandidateScore, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class OnnxPart:
    """One ONNX graph of a model with what the parity gate needs: real rows, and the trained model's own answers to them."""

    name: str
    onnx: bytes
    sample: Arrays
    expected: Arrays


@dataclass(frozen=True)
class TrainedModel:
    """What a training run leaves behind.

    ``parameters`` is JSON-ready: everything besides the graphs that prediction needs. ``evaluation`` must come from
    days the evaluated fit had not seen. ``data_points`` is how many examples the final fit learned from.
    """

    parts: tuple[OnnxPart, ...]
    parameters: Mapping[str, object]
    features: tuple[str, ...]
    evaluation: Leaderboard
    measures: tuple[Measure, ...]
    data_points: int
    data_from: date
    data_until: date
    kind: str
    notes: tuple[str, ...] = ()


class MadeBy(StrEnum):
    """What kind of rule answered."""

    OWN = "own"
    BUNDLED = "bundled"
    STATISTICAL = "statistical"
