"""What a learner leaves behind: probabilities for rows of features, and its graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.onnx.trained import OnnxPart
from hotelml_app.modules.noshow.books import Floats

Features = NDArray[np.floating[Any]]
"""Single precision; double as well where a learner would widen them anyway."""


@dataclass(frozen=True)
class Fitted:
    """A fitted candidate: ``probability`` of being lost, shape (rows,); ``part`` is its graph with answers to a sample."""

    name: str
    probability: Callable[[Features], Floats]
    part: Callable[[Features], OnnxPart]
