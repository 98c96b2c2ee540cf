"""A support vector machine as matrix products in double precision.

The converter's own operator sums a thousand weighted kernels in single precision, which alone comes near the largest
difference the parity gate allows, and takes ten times as long.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.onnx.sklearn_to_onnx import OPSET
from hotelml_app.modules.guests.scoring import INPUT, SCORES, Floats

IR_VERSION = 10

_DOUBLE = 11
"""``onnx.TensorProto.DOUBLE``; the library is not loaded before a model is written."""

_STEPS: tuple[tuple[str, tuple[str, ...], str, dict[str, Any]], ...] = (
    ("Cast", ("vectors",), "vectors_turned", {"to": _DOUBLE}),
    ("Cast", (INPUT,), "x", {"to": _DOUBLE}),
    ("Mul", ("x", "x"), "squares", {}),
    ("ReduceSum", ("squares", "last_axis"), "lengths", {"keepdims": 1}),
    ("MatMul", ("x", "vectors_turned"), "products", {}),
    ("Mul", ("products", "two"), "doubled", {}),
    ("Add", ("lengths", "vector_lengths"), "both_lengths", {}),
    ("Sub", ("both_lengths", "doubled"), "distances", {}),
    ("Mul", ("distances", "minus_gamma"), "exponents", {}),
    ("Exp", ("exponents",), "kernel", {}),
    ("MatMul", ("kernel", "weights"), "sums", {}),
    ("Add", ("sums", "offsets"), SCORES, {}),
)
"""Kind, inputs, output and attributes of each node."""


def svm_graph(estimator: Any) -> bytes:
    """Return a fitted ``SVC`` with a radial kernel as ONNX bytes: features to a margin per pair of classes.

    With two classes the graph gives minus and plus the one margin, as other classifiers do.
    """
    from onnx import TensorProto, helper, numpy_helper

    constants = _constants(estimator)
    graph = helper.make_graph(
        [helper.make_node(kind, list(inputs), [output], **how) for kind, inputs, output, how in _STEPS],
        "support_vector_machine",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [None, constants["vectors"].shape[0]])],
        [helper.make_tensor_value_info(SCORES, TensorProto.DOUBLE, [None, constants["weights"].shape[1]])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET[""])], ir_version=IR_VERSION)
    result: bytes = model.SerializeToString()
    return result


def _constants(estimator: Any) -> dict[str, NDArray[Any]]:
    vectors = np.asarray(estimator.support_vectors_, dtype=np.float64)
    weights, offsets = pair_weights(estimator)
    return {
        "minus_gamma": np.array(-float(estimator.gamma)),
        "two": np.array(2.0),
        # Features are single precision, so keeping the vectors so loses nothing and halves the model.
        "vectors": vectors.T.astype(np.float32),
        "vector_lengths": (vectors**2).sum(axis=1)[None, :],
        "weights": weights,
        "offsets": offsets,
        "last_axis": np.array([1], dtype=np.int64),
    }


def pair_weights(estimator: Any) -> tuple[Floats, Floats]:
    """Return the weight of each support vector for each pair of classes, shape (vectors, pairs), and the pairs' offsets.

    libsvm keeps the weights of a vector of class i against class j in row j - 1 where i < j, else in row j.
    """
    coefficients = np.asarray(estimator.dual_coef_, dtype=np.float64)
    offsets = np.asarray(estimator.intercept_, dtype=np.float64)
    classes = len(estimator.classes_)
    if classes == 2:
        return np.stack([-coefficients[0], coefficients[0]], axis=1), np.array([-offsets[0], offsets[0]])
    ends = np.cumsum([0, *estimator.n_support_])
    weights: NDArray[np.float64] = np.zeros((coefficients.shape[1], classes * (classes - 1) // 2))
    for pair, (first, second) in enumerate(combinations(range(classes), 2)):
        of_first, of_second = slice(ends[first], ends[first + 1]), slice(ends[second], ends[second + 1])
        weights[of_first, pair] = coefficients[second - 1, of_first]
        weights[of_second, pair] = coefficients[first, of_second]
    return weights, offsets
