"""Gradient boosting on booking-curve features: the median of what is still to come on a night."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.contract import OnnxPart
from hotelml_app.ml.sessions import LoadedModel
from hotelml_app.ml.sklearn_to_onnx import INPUT, OUTPUT, on_grid, sklearn_part
from hotelml_app.modules.forecast.features import FeatureRows

PART = "boosting"

LEARNING_RATE = 0.04
LEAVES = 20
ROWS_PER_LEAF = 40
FEATURE_SHARE = 0.4
"""Share of the features each split may choose from; fewer make trees differ and the sum steadier."""


def fit_boosting(rows: FeatureRows, target: NDArray[np.float64], rounds: int, seed: int) -> Any:
    """Fit the boosted median of ``target``; return the scikit-learn estimator.

    One thread, whatever there is: the fit takes a second, and threads that wait for each other on a busy PC take minutes.
    """
    from sklearn.ensemble import HistGradientBoostingRegressor
    from threadpoolctl import threadpool_limits

    estimator = HistGradientBoostingRegressor(
        loss="absolute_error",
        max_iter=rounds,
        learning_rate=LEARNING_RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=ROWS_PER_LEAF,
        l2_regularization=1.0,
        max_features=FEATURE_SHARE,
        early_stopping=False,
        random_state=seed,
    )
    with threadpool_limits(1, user_api="openmp"):
        return estimator.fit(on_grid(rows.features), target)


def predict_trained(estimator: Any, rows: FeatureRows) -> NDArray[np.float64]:
    """Return rooms sold by the estimator as trained, not below none."""
    return _rooms(rows, estimator.predict(on_grid(rows.features)))


def boosting_part(estimator: Any, sample: FeatureRows) -> OnnxPart:
    """Return the estimator as ONNX with its answers to ``sample``."""
    return sklearn_part(PART, estimator, on_grid(sample.features))


def predict(model: LoadedModel, rows: FeatureRows) -> NDArray[np.float64]:
    """Return rooms sold, not below none, from the exported model."""
    return _rooms(rows, model.run(PART, {INPUT: on_grid(rows.features)})[OUTPUT].ravel())


def _rooms(rows: FeatureRows, target: NDArray[np.generic]) -> NDArray[np.float64]:
    return np.maximum(rows.on_books + target.astype(np.float64) * rows.unit, 0.0)
