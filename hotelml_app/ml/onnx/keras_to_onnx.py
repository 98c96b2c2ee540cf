"""Keras models as ONNX graphs: each layer mapped straight onto ONNX operators, in inference mode.

Functional and Sequential models of the layers in ``keras_layers.CONVERTERS``; anything else raises ExportError by name, so
that nothing is exported almost right. Inputs and outputs keep the batch axis free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hotelml_app.ml.errors import ExportError
from hotelml_app.ml.onnx.keras_layers import CONVERTERS, Graph
from hotelml_app.ml.onnx.trained import Arrays, OnnxPart

if TYPE_CHECKING:
    import keras

OPSET = 17
"""The first opset with LayerNormalization."""

IR_VERSION = 8

_BATCH = 4096


def keras_to_onnx(model: keras.Model) -> bytes:
    """Return the ONNX graph of a built Functional or Sequential model. Raises ExportError."""
    import onnx
    from onnx import TensorProto, helper

    functional = _functional(model)
    graph = Graph()
    for tensor, name in zip(functional.inputs, input_names(model), strict=True):
        graph.names[id(tensor)] = name
    for depth in sorted(functional._nodes_by_depth, reverse=True):
        for node in functional._nodes_by_depth[depth]:
            if not node.is_input:
                _convert(graph, node)
    outputs = output_names(model)
    for tensor, name in zip(functional.outputs, outputs, strict=True):
        graph.add("Identity", [graph.names[id(tensor)]], output=name)
    proto = helper.make_graph(
        graph.nodes,
        model.name,
        [_value(t, n, TensorProto.FLOAT) for t, n in zip(functional.inputs, input_names(model), strict=True)],
        [_value(t, n, TensorProto.FLOAT) for t, n in zip(functional.outputs, outputs, strict=True)],
        graph.constants,
    )
    complete = helper.make_model(proto, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="hotelml")
    complete.ir_version = IR_VERSION
    onnx.checker.check_model(complete)
    result: bytes = complete.SerializeToString()
    return result


def keras_part(name: str, model: keras.Model, sample: Arrays) -> OnnxPart:
    """Return a model as a part of a trained module, with its own answers to ``sample`` (inputs by name)."""
    ordered = [np.asarray(sample[one], dtype=np.float32) for one in input_names(model)]
    answers = model.predict(ordered if len(ordered) > 1 else ordered[0], batch_size=_BATCH, verbose=0)
    several = answers if isinstance(answers, list) else [answers]
    expected = {one: np.asarray(values) for one, values in zip(output_names(model), several, strict=True)}
    return OnnxPart(name, keras_to_onnx(model), dict(zip(input_names(model), ordered, strict=True)), expected)


def input_names(model: keras.Model) -> list[str]:
    """Return the names of the graph's inputs: those of the Keras inputs."""
    return [tensor.name for tensor in _functional(model).inputs]


def output_names(model: keras.Model) -> list[str]:
    """Return the names of the graph's outputs: output_0, output_1 and so on."""
    return [f"output_{index}" for index in range(len(_functional(model).outputs))]


def _functional(model: keras.Model) -> Any:
    """Return the graph of layers behind a model. Raises ExportError where it has none."""
    inner = getattr(model, "_functional", None) or model
    if not getattr(inner, "_nodes_by_depth", None):
        raise ExportError(
            f"The network {model.name} is not a Functional or Sequential model with known inputs.",
            remedy="Build it from keras.Input and layers.",
        )
    return inner


def _convert(graph: Graph, node: Any) -> None:
    operation = node.operation
    converter = CONVERTERS.get(type(operation).__name__)
    if converter is None:
        raise ExportError(
            f"The layer {operation.name} ({type(operation).__name__}) has no ONNX form here.",
            remedy=f"Known layers: {', '.join(sorted(CONVERTERS))}.",
            layer=operation.name,
        )
    inputs = [graph.names[id(tensor)] for tensor in node.arguments.keras_tensors]
    graph.names[id(node.outputs[0])] = converter(graph, operation, inputs)


def _value(tensor: Any, name: str, kind: int) -> Any:
    from onnx import helper

    shape = ["rows" if size is None else int(size) for size in tensor.shape]
    return helper.make_tensor_value_info(name, kind, shape)
