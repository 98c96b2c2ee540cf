"""Several classifiers as one ONNX graph: their log-odds weighted and added, so that one question runs one graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.calibration import CLIP, logit, sigmoid
from hotelml_app.ml.errors import ExportError
from hotelml_app.ml.onnx.keras_to_onnx import IR_VERSION
from hotelml_app.ml.onnx.sklearn_to_onnx import INPUT, OUTPUT
from hotelml_app.ml.onnx.trained import OnnxPart

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto


def blended_part(name: str, parts: Sequence[OnnxPart], weights: Mapping[str, float]) -> OnnxPart:
    """Return classifiers of the same features as one part: input ``features``, output ``prediction``, shape (rows, 1).

    It answers sigmoid(sum of weight * logit(p)) in double precision, where p is each part's last column. ``weights`` are by
    the parts' names. Raises ExportError where a part takes other inputs or has several outputs.
    """
    for part in parts:
        if set(part.sample) != {INPUT} or len(part.expected) != 1:
            raise ExportError(
                f"The model part {part.name} is not a classifier of features alone.", remedy="Blend classifiers of one table."
            )
    said = np.column_stack([_last_column(next(iter(part.expected.values()))) for part in parts])
    expected = sigmoid(logit(said) @ np.array([weights[part.name] for part in parts], dtype=np.float64))[:, None]
    shares = np.concatenate([_share_of_last_column(part, weights[part.name]) for part in parts])
    return OnnxPart(name, _together(name, parts, shares), parts[0].sample, {OUTPUT: expected})


def _last_column(answers: NDArray[np.generic]) -> NDArray[np.float64]:
    return np.asarray(answers, dtype=np.float64).reshape(len(answers), -1)[:, -1]


def _share_of_last_column(part: OnnxPart, weight: float) -> NDArray[np.float64]:
    """Return a weight per column of a part's answer: leaving a column out of a graph costs more than counting it for nothing."""
    (answers,) = part.expected.values()
    columns = answers.shape[1] if answers.ndim > 1 else 1
    return np.append(np.zeros(columns - 1), weight)


def _together(name: str, parts: Sequence[OnnxPart], shares: NDArray[np.float64]) -> bytes:
    import onnx
    from onnx import TensorProto, compose, helper

    models = {part.name: onnx.load_model_from_string(part.onnx) for part in parts}
    graphs = [compose.add_prefix(model, f"{part}/", rename_inputs=False).graph for part, model in models.items()]
    nodes, constants = _log_odds_added([graph.output[0].name for graph in graphs], shares)
    proto = helper.make_graph(
        [*(node for graph in graphs for node in graph.node), *nodes],
        name,
        [graphs[0].input[0]],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.DOUBLE, ["rows", 1])],
        [*(constant for graph in graphs for constant in graph.initializer), *constants],
    )
    opsets = [helper.make_opsetid(domain, version) for domain, version in _opsets(models).items()]
    complete = helper.make_model(proto, opset_imports=opsets, producer_name="hotelml")
    complete.ir_version = IR_VERSION
    onnx.checker.check_model(complete)
    result: bytes = complete.SerializeToString()
    return result


def _opsets(models: Mapping[str, ModelProto]) -> dict[str, int]:
    """Return the version of each set of operators that all parts are written in. Raises ExportError where they differ."""
    found: dict[str, int] = {}
    for part, model in models.items():
        for one in model.opset_import:
            if found.setdefault(one.domain, one.version) != one.version:
                raise ExportError(
                    f"The model part {part} is written in another version of ONNX than the rest.",
                    remedy="Export all parts for one opset.",
                )
    return found


def _log_odds_added(answers: Sequence[str], shares: NDArray[np.float64]) -> tuple[list[NodeProto], list[TensorProto]]:
    """Return the nodes that follow the parts: the log-odds of all their columns added by weight, a probability again."""
    from onnx import TensorProto, helper, numpy_helper

    values = {
        "least": np.array(CLIP),
        "most": np.array(1 - CLIP),
        "one": np.array(1.0),
        "shares": shares[:, None],
    }
    nodes = [
        helper.make_node("Concat", answers, ["said"], axis=1),
        helper.make_node("Cast", ["said"], ["exact"], to=TensorProto.DOUBLE),
        helper.make_node("Clip", ["exact", "least", "most"], ["p"]),
        helper.make_node("Sub", ["one", "p"], ["rest"]),
        helper.make_node("Div", ["p", "rest"], ["odds"]),
        helper.make_node("Log", ["odds"], ["log_odds"]),
        helper.make_node("MatMul", ["log_odds", "shares"], ["added"]),
        helper.make_node("Sigmoid", ["added"], [OUTPUT]),
    ]
    return nodes, [numpy_helper.from_array(value, key) for key, value in values.items()]
