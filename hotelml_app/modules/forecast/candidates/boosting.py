"""Gradient boosting on booking-curve features: what is still to come on a night, between its median and its mean."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.sklearn_to_onnx import INPUT, OUTPUT, on_grid, sklearn_part
from hotelml_app.ml.onnx.trained import OnnxPart
from hotelml_app.modules.forecast.candidates.features import FeatureRows

PART = "boosting"

LOSSES = ("absolute_error", "squared_error")
"""Median and mean err in different places: between them the error is 2 per cent smaller at two real hotels than by the median."""

LEARNING_RATE = 0.04
LEAVES = 20
ROWS_PER_LEAF = 40
FEATURE_SHARE = 0.4
"""Share of the features each split may choose from; fewer make trees differ and the sum steadier."""


def fit_boosting(rows: FeatureRows, target: NDArray[np.float64], rounds: int, seed: int) -> Any:
    """Fit trees for the median and trees for the mean of ``target``; return the scikit-learn estimator of what lies between.

    One thread, whatever there is: the fit takes a second, and threads that wait for each other on a busy PC take minutes.
    """
    from sklearn.ensemble import VotingRegressor
    from threadpoolctl import threadpool_limits

    both = VotingRegressor([(loss, _trees(loss, rounds, seed)) for loss in LOSSES])
    with threadpool_limits(1, user_api="openmp"):
        return both.fit(on_grid(rows.features), target)


def _trees(loss: str, rounds: int, seed: int) -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor

    return HistGradientBoostingRegressor(
        loss=loss,
        max_iter=rounds,
        learning_rate=LEARNING_RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=ROWS_PER_LEAF,
        l2_regularization=1.0,
        max_features=FEATURE_SHARE,
        early_stopping=False,
        random_state=seed,
    )


def predict_trained(estimator: Any, rows: FeatureRows) -> NDArray[np.float64]:
    """Return rooms sold by the estimator as trained, not below none."""
    return rooms_of(rows.on_books, rows.unit, estimator.predict(on_grid(rows.features)))


def boosting_part(estimator: Any, sample: FeatureRows) -> OnnxPart:
    """Return the estimator as ONNX with its answers to ``sample``."""
    return sklearn_part(PART, estimator, on_grid(sample.features))


def predict(model: LoadedModel, rows: FeatureRows) -> NDArray[np.float64]:
    """Return rooms sold, not below none, from the exported model."""
    return rooms_of(rows.on_books, rows.unit, model.run(PART, {INPUT: on_grid(rows.features)})[OUTPUT].ravel())


def rooms_of(on_books: NDArray[np.float64], unit: NDArray[np.float64], target: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return rooms sold, not below none, where trees say what is still to come in units."""
    return np.maximum(on_books + target.astype(np.float64) * unit, 0.0)
