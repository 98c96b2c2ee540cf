from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from hotelml_app.ml.errors import ExportError
from hotelml_app.ml.onnx.parity import check_parity
from hotelml_app.ml.onnx.sklearn_to_onnx import OUTPUT, on_grid, sklearn_part
from hotelml_app.ml.onnx.trained import Leaderboard, OnnxPart, TrainedModel


def gate(part: OnnxPart) -> float:
    day = date(2017, 2, 28)
    return check_parity(TrainedModel((part,), {}, (), Leaderboard("test", (), ()), (), 1, day, day, "test")).largest_difference


@pytest.fixture(scope="module")
def rows() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(2)
    x = on_grid(rng.normal(size=(1500, 6)) * 3)
    return x, x[:, 0] * 2 + np.abs(x[:, 1]) + rng.normal(size=1500)


def estimators() -> dict[str, Any]:
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return {
        "boosting": HistGradientBoostingRegressor(max_iter=60),
        "boosted median": HistGradientBoostingRegressor(loss="absolute_error", max_iter=60),
        "boosted quantile": HistGradientBoostingRegressor(loss="quantile", quantile=0.9, max_iter=60),
        "ridge": Ridge(),
        "forest": RandomForestClassifier(40, max_depth=8, random_state=1),
        "boosted classes": HistGradientBoostingClassifier(max_iter=40),
        "logistic": make_pipeline(StandardScaler(), LogisticRegression()),
    }


@pytest.mark.parametrize("kind", ["boosting", "boosted median", "boosted quantile", "ridge"])
def test_a_regressor_answers_in_onnx_as_in_scikit_learn(kind: str, rows: tuple[np.ndarray, np.ndarray]) -> None:
    x, y = rows
    assert gate(sklearn_part("part", estimators()[kind].fit(x, y), x)) < 1e-4


@pytest.mark.parametrize("kind", ["forest", "boosted classes", "logistic"])
def test_a_classifier_gives_its_probabilities(kind: str, rows: tuple[np.ndarray, np.ndarray]) -> None:
    x, y = rows
    part = sklearn_part("part", estimators()[kind].fit(x, y > 2), x)
    assert np.asarray(part.expected[OUTPUT]).shape == (1500, 2)
    assert gate(part) < 1e-4


def test_splits_between_rounded_features_are_exact_in_single_precision() -> None:
    a = on_grid(np.random.default_rng(1).uniform(-2000, 2000, 10_000)).astype(np.float64)
    middle = (a[:-1] + a[1:]) / 2
    assert np.array_equal(middle.astype(np.float32).astype(np.float64), middle)


def test_what_converts_silently_wrong_is_refused(rows: tuple[np.ndarray, np.ndarray]) -> None:
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
    from sklearn.isotonic import IsotonicRegression
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x, y = rows
    groups = x.copy()
    groups[:, 0] = np.abs(np.round(x[:, 0]))
    gaps = x.copy()
    gaps[::7, 2] = np.nan
    wrong = {
        "poisson": (HistGradientBoostingRegressor(loss="poisson", max_iter=5).fit(x, np.abs(y)), x),
        "encode": (HistGradientBoostingRegressor(categorical_features=[0], max_iter=5).fit(groups, y), groups),
        "fill": (RandomForestRegressor(5).fit(gaps, y), gaps),
        "isotonic": (CalibratedClassifierCV(LogisticRegression(), method="isotonic").fit(x, y > 0), x),
        "no ONNX form": (IsotonicRegression().fit(x[:, 0], y), x[:, :1]),
        "in a pipeline": (
            make_pipeline(StandardScaler(), HistGradientBoostingRegressor(loss="poisson", max_iter=5)).fit(x, np.abs(y)),
            x,
        ),
    }
    for label, (estimator, sample) in wrong.items():
        with pytest.raises(ExportError):
            sklearn_part(label, estimator, sample)


def test_text_that_the_graph_would_lower_case_is_refused() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    from hotelml_app.ml.onnx.sklearn_to_onnx import refuse_unfaithful

    reviews = ["Zimmer gut", "QUARTO ÓTIMO"]
    with pytest.raises(ExportError, match="lower-case"):
        refuse_unfaithful(TfidfVectorizer().fit(reviews), np.array(reviews))
    refuse_unfaithful(TfidfVectorizer(lowercase=False).fit(reviews), np.array(reviews))
