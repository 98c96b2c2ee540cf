"""What competes to tell who will be given another type: boosted trees, a straight line, and their mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.calibration import logit, sigmoid
from hotelml_app.ml.onnx.trained import OnnxPart
from hotelml_app.modules.allocation.errors import AllocationSettingError
from hotelml_app.modules.allocation.plans.problem import Flags, Floats

Features = NDArray[np.float32]

DEFAULTS: Mapping[str, float] = {"rounds": 120, "rate": 0.06, "leaves": 15, "C": 0.1}

CANDIDATES: Mapping[str, Mapping[str, float]] = {
    "blend": {"boosting": 0.5, "logistic": 0.5},
    "boosting": {"boosting": 1.0},
    "logistic": {"logistic": 1.0},
}
"""Candidates as weights on the log-odds of what is fitted."""


@dataclass(frozen=True)
class Fitted:
    """A fitted learner."""

    name: str
    estimator: Any

    def probability(self, rows: Features) -> Floats:
        """Return the probability of another type than booked."""
        answer: Floats = np.asarray(self.estimator.predict_proba(rows), dtype=np.float64)[:, 1]
        return answer

    def part(self, sample: Features) -> OnnxPart:
        """Return the learner as an ONNX graph with its own answers to ``sample``."""
        from hotelml_app.ml.onnx.sklearn_to_onnx import sklearn_part

        return sklearn_part(self.name, self.estimator, sample)


def settings_in(hyperparameters: Mapping[str, object]) -> dict[str, float]:
    """Return the training settings. Raises AllocationSettingError for an unknown name or a value that is no positive number."""
    settings = dict(DEFAULTS)
    for name, value in hyperparameters.items():
        if name not in settings:
            raise AllocationSettingError(f"allocation has no setting {name!r}.", remedy=f"There are: {', '.join(settings)}.")
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= 1000:
            raise AllocationSettingError(f"{name} cannot be {value!r}.", remedy="Give a number above zero.")
        settings[name] = float(value)
    return settings


def fit(name: str, rows: Features, changed: Flags, settings: Mapping[str, float], seed: int) -> Fitted:
    """Fit one learner."""
    return Fitted(name, _FITS[name](settings, seed).fit(rows, changed))


def mixed(learners: Mapping[str, Floats], candidate: str) -> Floats:
    """Return a candidate's probabilities from those of its members."""
    return sigmoid(np.sum([weight * logit(learners[name]) for name, weight in CANDIDATES[candidate].items()], axis=0))


def _boosting(settings: Mapping[str, float], seed: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        max_iter=int(settings["rounds"]),
        learning_rate=settings["rate"],
        max_leaf_nodes=int(settings["leaves"]),
        min_samples_leaf=40,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=seed,
    )


def _logistic(settings: Mapping[str, float], seed: int) -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=settings["C"], max_iter=500))


_FITS: Mapping[str, Callable[[Mapping[str, float], int], Any]] = {"boosting": _boosting, "logistic": _logistic}
