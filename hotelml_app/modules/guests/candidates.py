"""The models that compete: a support vector machine with a radial kernel, and a linear one; training packages only here."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.onnx.sklearn_to_onnx import OPSET
from hotelml_app.ml.onnx.trained import OnnxPart
from hotelml_app.modules.guests.errors import GuestSettingError, OneSegmentError
from hotelml_app.modules.guests.examples import Examples
from hotelml_app.modules.guests.features import Encoding, fit_encoding
from hotelml_app.modules.guests.scoring import INPUT, LABEL, LINEAR, SCORES, SVM, Floats, class_scores
from hotelml_app.modules.guests.svm_graph import svm_graph

NAMES = {SVM: "support vector machine (RBF)", LINEAR: "linear model"}
DEFAULTS: Mapping[str, float] = {"C": 10.0, "gamma": 0.05, "max_rows": 8000}
RECENT_FACTOR = 1.5
"""Rows are drawn from the newest ``max_rows`` times this many bookings: agents and rate codes come and go."""

MIN_OF_A_SEGMENT = 10
"""A segment of fewer bookings cannot be learned and is left to the plain rule."""


@dataclass(frozen=True)
class Fitted:
    """A fitted candidate. ``classes`` are the segments in the order of its scores."""

    kind: str
    estimator: Any
    encoding: Encoding
    classes: tuple[str, ...]

    def scores(self, rows: Examples) -> Floats:
        """Return one score per segment, shape (bookings, classes)."""
        return class_scores(self.kind, self.raw(self.encoding.encode(rows)), len(self.classes))

    def raw(self, features: NDArray[np.float32]) -> Floats:
        """Return the scores as the exported graph gives them."""
        found = np.asarray(self.estimator.decision_function(features), dtype=np.float64)
        return np.stack([-found, found], axis=1) if found.ndim == 1 else found


def settings_in(hyperparameters: Mapping[str, object]) -> dict[str, float]:
    """Return the training settings. Raises GuestSettingError for an unknown name or a value that is no positive number."""
    settings = dict(DEFAULTS)
    for name, value in hyperparameters.items():
        if name not in settings:
            raise GuestSettingError(f"guests has no setting {name!r}.", remedy=f"There are: {', '.join(settings)}.")
        if not isinstance(value, int | float) or isinstance(value, bool) or not value > 0:
            raise GuestSettingError(f"{name} cannot be {value!r}.", remedy="Give a number above zero.")
        settings[name] = float(value)
    return settings


def training_rows(known: Examples, settings: Mapping[str, float], seed: int) -> Examples:
    """Return the bookings to learn from: of segments that occur often enough, drawn from the newest.

    Raises OneSegmentError where fewer than two segments are left.
    """
    size = int(settings["max_rows"])
    newest = np.argsort(known.booked_on, kind="stable")[-int(size * RECENT_FACTOR) :]
    if len(newest) > size:
        newest = np.sort(np.random.default_rng(seed).choice(newest, size, replace=False))
    rows = known.take(newest)
    names, counts = np.unique(rows.segment, return_counts=True)
    often = names[counts >= MIN_OF_A_SEGMENT]
    if len(often) < 2:
        raise OneSegmentError(
            "The bookings are all of one segment, so there is nothing to learn.",
            remedy="Nothing needs to be done; the plain rule keeps answering.",
        )
    return rows.take(np.isin(rows.segment, often))


def fit(kind: str, rows: Examples, settings: Mapping[str, float], encoding: Encoding | None = None) -> Fitted:
    """Fit one candidate on bookings that carry a segment."""
    encoding = encoding or fit_encoding(rows)
    estimator = _estimator(kind, settings)
    estimator.fit(encoding.encode(rows), rows.segment)
    return Fitted(kind, estimator, encoding, tuple(str(name) for name in estimator.classes_))


def export(fitted: Fitted, sample: Examples) -> OnnxPart:
    """Return a candidate as an ONNX graph with real rows and its own answers to them."""
    features = fitted.encoding.encode(sample)
    graph = svm_graph(fitted.estimator) if fitted.kind == SVM else _linear_graph(fitted.estimator, features.shape[1])
    return OnnxPart(fitted.kind, graph, {INPUT: features}, {SCORES: fitted.raw(features)})


def _linear_graph(estimator: Any, width: int) -> bytes:
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import FloatTensorType

    with warnings.catch_warnings():
        # NumPy and scikit-learn warn of what the converter does inside; where warnings are errors it would fail for it.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        graph = to_onnx(
            estimator,
            initial_types=[(INPUT, FloatTensorType([None, width]))],
            options={id(estimator): {"zipmap": False, "raw_scores": True}},
            target_opset=OPSET,
        )
    _name_outputs(graph)
    result: bytes = graph.SerializeToString()
    return result


def _estimator(kind: str, settings: Mapping[str, float]) -> Any:
    if kind == LINEAR:
        from sklearn.linear_model import LogisticRegression

        return LogisticRegression(C=1.0, max_iter=500)
    from sklearn.svm import SVC

    return SVC(C=settings["C"], gamma=settings["gamma"], kernel="rbf", decision_function_shape="ovo", cache_size=100)


def _name_outputs(graph: Any) -> None:
    named = dict(zip([one.name for one in graph.graph.output], (LABEL, SCORES), strict=True))
    for node in graph.graph.node:
        node.output[:] = [named.get(name, name) for name in node.output]
        node.input[:] = [named.get(name, name) for name in node.input]
    for one in graph.graph.output:
        one.name = named[one.name]
