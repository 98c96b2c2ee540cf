"""scikit-learn estimators as ONNX graphs, refusing what is known to convert without an error into something else."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.errors import ExportError
from hotelml_app.ml.onnx.trained import OnnxPart

INPUT = "features"
OUTPUT = "prediction"

OPSET = {"": 17, "ai.onnx.ml": 3}

_GRID_BITS = 12
"""Features are rounded to multiples of 2^-12, so that every split between two of them is exact in single precision."""


def on_grid(features: NDArray[np.float64]) -> NDArray[np.float32]:
    """Round features so that a tree's thresholds mean the same in scikit-learn (double) and ONNX (single precision).

    Exact for magnitudes up to 2^11; apply it before training and before prediction alike.
    """
    scale = float(2**_GRID_BITS)
    return (np.round(np.asarray(features, dtype=np.float64) * scale) / scale).astype(np.float32)


def sklearn_to_onnx(estimator: Any, sample: NDArray[Any]) -> bytes:
    """Return the ONNX graph of a fitted estimator on numeric features, shape (rows, features). Raises ExportError."""
    refuse_unfaithful(estimator, sample)
    from skl2onnx import to_onnx
    from skl2onnx.common.data_types import FloatTensorType

    classifier = hasattr(estimator, "classes_") and hasattr(estimator, "predict_proba")
    options = {id(estimator): {"zipmap": False}} if classifier else None
    with warnings.catch_warnings():
        # NumPy warns of flags handed over as numbers; where warnings are errors the conversion would fail for it.
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = to_onnx(
            estimator,
            initial_types=[(INPUT, FloatTensorType([None, sample.shape[1]]))],
            options=options,
            target_opset=OPSET,
        )
    _name_output(graph, 1 if classifier else 0)
    result: bytes = graph.SerializeToString()
    return result


def sklearn_part(name: str, estimator: Any, sample: NDArray[np.float32]) -> OnnxPart:
    """Return an estimator as a part of a trained module: input ``features``, output ``prediction``.

    The output is the value of a regressor, shape (rows, 1), or a classifier's probabilities, shape (rows, classes).
    """
    classifier = hasattr(estimator, "classes_") and hasattr(estimator, "predict_proba")
    expected = estimator.predict_proba(sample) if classifier else estimator.predict(sample)
    return OnnxPart(name, sklearn_to_onnx(estimator, sample), {INPUT: sample}, {OUTPUT: np.asarray(expected, dtype=np.float64)})


def refuse_unfaithful(estimator: Any, sample: NDArray[Any]) -> None:
    """Raise ExportError for estimators whose ONNX form is known to answer differently."""
    for part in _parts(estimator):
        reason = _reason_against(part, sample)
        if reason:
            raise ExportError(
                f"{type(part).__name__} {reason}.",
                remedy="Change the estimator, or calibrate outside the graph (hotelml_app.ml.calibration).",
            )


def _reason_against(part: Any, sample: NDArray[Any]) -> str:
    kind = type(part).__name__
    if kind.startswith("HistGradientBoosting"):
        if getattr(part, "loss", "") in ("poisson", "gamma"):
            return f"with loss={part.loss!r} loses its exponential in ONNX"
        if getattr(part, "is_categorical_", None) is not None and np.any(part.is_categorical_):
            return "with categorical_features answers differently in ONNX: encode them first"
    if kind in ("RandomForestClassifier", "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor") and _has_nan(
        sample
    ):
        return "trained on missing values answers differently in ONNX: fill them first"
    if kind == "CalibratedClassifierCV" and part.method != "sigmoid":
        return f"with method={part.method!r} answers differently in ONNX"
    if kind in ("IsotonicRegression", "FrozenEstimator", "HashingVectorizer"):
        return "has no ONNX form"
    if kind in ("SVC", "NuSVC") and getattr(part, "probability", False) is True:
        return "with probability=True is deprecated: calibrate its decision by a sigmoid"
    return _reason_against_text(part) if kind in ("TfidfVectorizer", "CountVectorizer") else ""


def _reason_against_text(part: Any) -> str:
    if part.analyzer == "char_wb" or part.strip_accents:
        return "with char_wb or strip_accents has no ONNX form"
    if part.lowercase:
        return "must not lower-case in the graph, which knows ASCII only: lower-case the text before"
    return ""


def _has_nan(sample: NDArray[Any]) -> bool:
    return sample.dtype.kind == "f" and bool(np.isnan(sample).any())


def _parts(estimator: Any) -> Iterator[Any]:
    """Yield an estimator and everything inside it."""
    yield estimator
    inner = [step for _, step, *_ in getattr(estimator, "steps", ()) or getattr(estimator, "transformers_", ())]
    inner += [one.estimator for one in getattr(estimator, "calibrated_classifiers_", ())]
    inner += getattr(estimator, "named_estimators_", {}).values()
    for part in inner:
        if hasattr(part, "get_params"):
            yield from _parts(part)


def _name_output(graph: Any, index: int) -> None:
    """Give the output that matters one name for all estimators, and drop a classifier's labels."""
    kept = graph.graph.output[index]
    old = kept.name
    for node in graph.graph.node:
        for position, name in enumerate(node.output):
            if name == old:
                node.output[position] = OUTPUT
        for position, name in enumerate(node.input):
            if name == old:
                node.input[position] = OUTPUT
    kept.name = OUTPUT
    for other in [one for one in graph.graph.output if one.name != OUTPUT]:
        graph.graph.output.remove(other)
