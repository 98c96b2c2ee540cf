"""What competes to tell who will not come: a linear model, the forest, boosting, a small network, and blends of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from hotelml_app.ml.onnx.trained import OnnxPart
from hotelml_app.modules.noshow.books import Flags, Floats
from hotelml_app.modules.noshow.fitted import Features, Fitted
from hotelml_app.modules.noshow.network import fit_network
from hotelml_app.modules.noshow.settings import NoshowSettings

FOREST_ROWS = 5_000
"""Bookings drawn per tree; more of the same weeks bring nothing but time."""

LINEAR_FEATURES = (
    "days ahead",
    "lead",
    "days since booked",
    "nights",
    "adults",
    "children",
    "special requests",
    "previous cancellations",
    "previous stays",
    "repeated guest",
    "waiting list days",
    "rate against room type",
    "rate against arrival day",
    "late losses of agent",
    "late losses of segment",
    "late losses of customer type",
    "late losses of lead",
    "late losses of segment and customer type",
    "late losses of segment and lead",
    "late losses of wishes",
    "late losses of segment and wishes",
    "bookings of agent",
    "losses of agent",
    "no agent",
    "arrives on weekend",
    "party size",
    "sharers share gone",
    "recent losses of agent",
)
"""What bears on the risk in a straight line; with everything, the linear model learns the quirks of single groups."""


Fit = Callable[[Features, Flags, tuple[str, ...], NoshowSettings, int, int], Fitted]


def fit_logistic(x: Features, lost: Flags, names: tuple[str, ...], settings: NoshowSettings, seed: int, threads: int) -> Fitted:
    """Fit a strongly shrunk logistic regression on the features that act in a straight line."""
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    columns = [names.index(name) for name in LINEAR_FEATURES]
    straight = ColumnTransformer([("straight", StandardScaler(), columns)])
    return _sklearn("logistic", make_pipeline(straight, LogisticRegression(C=settings.logistic_c, max_iter=400)).fit(x, lost))


def fit_forest(x: Features, lost: Flags, names: tuple[str, ...], settings: NoshowSettings, seed: int, threads: int) -> Fitted:
    """Fit the random forest: 100 trees, depth 10, at least 5 to split."""
    from sklearn.ensemble import RandomForestClassifier

    forest = RandomForestClassifier(
        n_estimators=settings.forest_trees,
        max_depth=settings.forest_depth,
        min_samples_split=settings.forest_min_split,
        max_samples=min(FOREST_ROWS, len(x)),
        random_state=seed,
        n_jobs=threads,
    )
    return _sklearn("forest", forest.fit(x, lost))


def fit_boosting(x: Features, lost: Flags, names: tuple[str, ...], settings: NoshowSettings, seed: int, threads: int) -> Fitted:
    """Fit gradient boosted trees, slowly and each split on a third of the features."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    boosting = HistGradientBoostingClassifier(
        max_iter=settings.boosting_rounds,
        learning_rate=settings.boosting_rate,
        max_leaf_nodes=15,
        min_samples_leaf=150,
        l2_regularization=10.0,
        max_features=0.3,
        early_stopping=False,
        random_state=seed,
    )
    return _sklearn("boosting", boosting.fit(x, lost))


def _sklearn(name: str, estimator: Any) -> Fitted:
    def probability(rows: Features) -> Floats:
        answer: Floats = np.asarray(estimator.predict_proba(rows), dtype=np.float64)[:, 1]
        return answer

    def part(sample: Features) -> OnnxPart:
        from hotelml_app.ml.onnx.sklearn_to_onnx import sklearn_part

        return sklearn_part(name, estimator, sample)

    return Fitted(name, probability, part)


FITS: Mapping[str, Fit] = {
    "logistic": fit_logistic,
    "forest": fit_forest,
    "boosting": fit_boosting,
    "network": fit_network,
}

CANDIDATES: Mapping[str, Mapping[str, float]] = {
    "logistic": {"logistic": 1.0},
    "forest": {"forest": 1.0},
    "boosting": {"boosting": 1.0},
    "network": {"network": 1.0},
    "blend": {"boosting": 0.7, "network": 0.1, "logistic": 0.2},
}
"""Candidates as weights on the log-odds of what is fitted; the blend leans on the boosting, which errs least by itself."""
