"""What competes to tell who will not come: a linear model, the forest, boosting, a small network, and blends of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.contract import OnnxPart
from hotelml_app.modules.noshow.books import Flags, Floats
from hotelml_app.modules.noshow.settings import NoshowSettings

Features = NDArray[np.float32]

FOREST_ROWS = 8_000
"""Bookings drawn per tree; more of the same weeks bring nothing but time."""

TOWERS = 4
"""Networks that start elsewhere end elsewhere; their mean errs less than any of them."""
SQUASH = 3.0
"""Standard deviations beyond which the network takes features for the same."""

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


@dataclass(frozen=True)
class Fitted:
    """A fitted candidate: probabilities for rows of features, and its graph."""

    name: str
    probability: Callable[[Features], Floats]
    part: Callable[[Features], OnnxPart]


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
        max_leaf_nodes=31,
        min_samples_leaf=40,
        l2_regularization=10.0,
        max_features=0.3,
        early_stopping=False,
        random_state=seed,
    )
    return _sklearn("boosting", boosting.fit(x, lost))


def fit_network(x: Features, lost: Flags, names: tuple[str, ...], settings: NoshowSettings, seed: int, threads: int) -> Fitted:
    """Fit small Keras networks on the JAX backend for a few epochs, side by side; more epochs learn single groups by heart."""
    import os

    os.environ.setdefault("KERAS_BACKEND", "jax")
    import keras

    keras.utils.set_random_seed(seed)
    inputs = keras.Input((x.shape[1],), name="features")
    normalize = keras.layers.Normalization(name="normalize")
    normalize.adapt(x)
    # Squashed, because a single booking of a record rate or party would else be far from all that was learned.
    near = keras.layers.Activation("tanh")(keras.layers.Rescaling(1 / SQUASH)(normalize(inputs)))
    towers = [_tower(keras.layers.Rescaling(SQUASH)(near)) for _ in range(TOWERS)]
    together = keras.Model(inputs, towers)
    together.compile(optimizer=keras.optimizers.Adam(2e-3), loss=["binary_crossentropy"] * TOWERS)
    happened = lost.astype(np.float32)
    together.fit(x, [happened] * TOWERS, epochs=settings.network_epochs, batch_size=512, verbose=0)
    network = keras.Model(inputs, keras.layers.Rescaling(1 / TOWERS, name="prediction")(keras.layers.Add()(towers)))

    def probability(rows: Features) -> Floats:
        answer: Floats = np.asarray(network.predict(rows, batch_size=8192, verbose=0), dtype=np.float64)[:, 0]
        return answer

    def part(sample: Features) -> OnnxPart:
        from hotelml_app.ml.keras_to_onnx import keras_part

        return keras_part("network", network, {"features": sample})

    return Fitted("network", probability, part)


def _tower(inputs: Any) -> Any:
    """Return one of the networks on prepared features."""
    import keras

    shrink = keras.regularizers.L2(3e-5)
    hidden = keras.layers.Dense(32, activation="relu", kernel_regularizer=shrink)(inputs)
    hidden = keras.layers.Dense(16, activation="relu", kernel_regularizer=shrink)(hidden)
    return keras.layers.Dense(1, activation="sigmoid")(hidden)


def _sklearn(name: str, estimator: Any) -> Fitted:
    def probability(rows: Features) -> Floats:
        answer: Floats = np.asarray(estimator.predict_proba(rows), dtype=np.float64)[:, 1]
        return answer

    def part(sample: Features) -> OnnxPart:
        from hotelml_app.ml.sklearn_to_onnx import sklearn_part

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
    "blend": {"boosting": 0.6, "network": 0.2, "logistic": 0.2},
}
"""Candidates as weights on the log-odds of what is fitted; the blend leans on the boosting, which errs least by itself."""
