"""How each Keras layer reads as ONNX operators.

Gate orders: Keras LSTM i, f, c, o against ONNX i, o, f, c; GRU z, r, h in both, with ``linear_before_reset`` for
``reset_after``. ONNX Runtime's CPU kernels take time-major sequences (layout 0), Keras gives batch-major ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.errors import ExportError

Layer = Any
"""A keras.layers.Layer; Keras is never imported here."""

_ACTIVATIONS = {
    "relu": "Relu",
    "tanh": "Tanh",
    "sigmoid": "Sigmoid",
    "softplus": "Softplus",
    "softsign": "Softsign",
    "elu": "Elu",
    "selu": "Selu",
    "softmax": "Softmax",
}


@dataclass
class Graph:
    """ONNX nodes and constants under construction; ``names`` tells under which name a Keras tensor is known."""

    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)

    def add(self, operator: str, inputs: list[str], output: str = "", outputs: int = 1, **attributes: Any) -> str:
        """Append a node and return the name of its last output; the earlier ones are left open."""
        from onnx import helper

        name = output or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [""] * (outputs - 1) + [name], **attributes))
        return name

    def constant(self, values: NDArray[np.generic]) -> str:
        """Keep an array (floats as float32) and return its name."""
        from onnx import numpy_helper

        name = f"constant_{len(self.constants)}"
        kept = np.asarray(values, dtype=np.int64 if values.dtype.kind in "iu" else np.float32)
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(kept), name))
        return name

    def shape(self, *sizes: int) -> str:
        """Keep a shape or a list of axes and return its name."""
        return self.constant(np.array(sizes, dtype=np.int64))


def _unsupported(layer: Layer, what: str) -> ExportError:
    return ExportError(
        f"The layer {layer.name} ({type(layer).__name__}) uses {what}, which has no ONNX form here.",
        remedy="Leave that setting at its default.",
        layer=layer.name,
    )


def _weights(layer: Layer) -> list[NDArray[np.float32]]:
    return [np.asarray(w, dtype=np.float32) for w in layer.get_weights()]


def _activated(graph: Graph, layer: Layer, value: str) -> str:
    name = getattr(layer.activation, "__name__", "linear")
    if name == "linear":
        return value
    if name not in _ACTIVATIONS:
        raise _unsupported(layer, f"the activation {name}")
    if name == "softmax":
        return graph.add("Softmax", [value], axis=-1)
    return graph.add(_ACTIVATIONS[name], [value])


def _dense(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    kernel, *bias = _weights(layer)
    value = graph.add("MatMul", [inputs[0], graph.constant(kernel)])
    if bias:
        value = graph.add("Add", [value, graph.constant(bias[0])])
    return _activated(graph, layer, value)


def _recurrent_settings(layer: Layer) -> None:
    if getattr(layer.activation, "__name__", "") != "tanh" or getattr(layer.recurrent_activation, "__name__", "") != "sigmoid":
        raise _unsupported(layer, "other activations than tanh and sigmoid")
    for setting in ("return_state", "stateful", "go_backwards"):
        if getattr(layer, setting):
            raise _unsupported(layer, setting)


def _sequence_result(graph: Graph, layer: Layer, operator: str, inputs: list[str], **attributes: Any) -> str:
    """Append a recurrent node on a batch-major sequence; return its last state, or all states batch-major."""
    time_major = graph.add("Transpose", [inputs[0]], perm=[1, 0, 2])
    feed = [time_major, *inputs[1:]]
    if layer.return_sequences:
        states = graph.add("Squeeze", [graph.add(operator, feed, **attributes), graph.shape(1)])
        return graph.add("Transpose", [states], perm=[1, 0, 2])
    return graph.add("Squeeze", [graph.add(operator, feed, outputs=2, **attributes), graph.shape(0)])


def _reordered(matrix: NDArray[np.float32], units: int, order: tuple[int, ...]) -> NDArray[np.float32]:
    """Return Keras gates (side by side on the last axis) stacked in another order along the first axis."""
    gates = [matrix[..., units * gate : units * (gate + 1)] for gate in order]
    return np.concatenate([np.atleast_1d(gate.T) for gate in gates], axis=0)


def _lstm(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    _recurrent_settings(layer)
    kernel, recurrent, *bias = _weights(layer)
    units, order = layer.units, (0, 3, 1, 2)
    b = bias[0] if bias else np.zeros(4 * units, dtype=np.float32)
    both = np.concatenate([_reordered(b, units, order), np.zeros(4 * units, dtype=np.float32)])
    feed = [
        inputs[0],
        *(graph.constant(m[None]) for m in (_reordered(kernel, units, order), _reordered(recurrent, units, order), both)),
    ]
    return _sequence_result(graph, layer, "LSTM", feed, hidden_size=units)


def _gru(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    _recurrent_settings(layer)
    kernel, recurrent, *bias = _weights(layer)
    units, order = layer.units, (0, 1, 2)
    given = bias[0] if bias else np.zeros((2, 3 * units) if layer.reset_after else 3 * units, dtype=np.float32)
    b, rb = (given[0], given[1]) if layer.reset_after else (given, np.zeros_like(given))
    both = np.concatenate([_reordered(b, units, order), _reordered(rb, units, order)])
    feed = [
        inputs[0],
        *(graph.constant(m[None]) for m in (_reordered(kernel, units, order), _reordered(recurrent, units, order), both)),
    ]
    return _sequence_result(graph, layer, "GRU", feed, hidden_size=units, linear_before_reset=int(layer.reset_after))


def _layer_normalization(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    axes = [layer.axis] if isinstance(layer.axis, int) else list(layer.axis)
    rank = len(layer.input.shape)
    if len(axes) != 1 or axes[0] not in (-1, rank - 1):
        raise _unsupported(layer, "other axes than the last")
    width = layer.input.shape[-1]
    weights = iter(_weights(layer))
    gamma = next(weights) if layer.scale else np.ones(width, dtype=np.float32)
    beta = next(weights) if layer.center else np.zeros(width, dtype=np.float32)
    feed = [inputs[0], graph.constant(gamma), graph.constant(beta)]
    return graph.add("LayerNormalization", feed, axis=-1, epsilon=float(layer.epsilon))


def _batch_normalization(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    if layer.axis not in (-1, len(layer.input.shape) - 1):
        raise _unsupported(layer, "other axes than the last")
    weights = iter(_weights(layer))
    width = layer.input.shape[-1]
    gamma = next(weights) if layer.scale else np.ones(width, dtype=np.float32)
    beta = next(weights) if layer.center else np.zeros(width, dtype=np.float32)
    mean, variance = next(weights), next(weights)
    scale = gamma / np.sqrt(variance + layer.epsilon)
    scaled = graph.add("Mul", [inputs[0], graph.constant(scale)])
    return graph.add("Add", [scaled, graph.constant(beta - mean * scale)])


def _conv1d(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    if layer.data_format != "channels_last":
        raise _unsupported(layer, "channels first")
    kernel, *bias = _weights(layer)
    width, stride, dilation = layer.kernel_size[0], layer.strides[0], layer.dilation_rate[0]
    reach = dilation * (width - 1)
    if layer.padding == "same" and stride > 1:
        raise _unsupported(layer, "padding 'same' with strides")
    pads = {"valid": [0, 0], "same": [reach // 2, reach - reach // 2], "causal": [reach, 0]}[layer.padding]
    feed = [graph.add("Transpose", [inputs[0]], perm=[0, 2, 1]), graph.constant(kernel.transpose(2, 1, 0))]
    feed += [graph.constant(bias[0])] if bias else []
    value = graph.add("Conv", feed, strides=[stride], dilations=[dilation], pads=pads, group=int(layer.groups))
    return _activated(graph, layer, graph.add("Transpose", [value], perm=[0, 2, 1]))


def _normalization(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    mean, spread = np.asarray(layer.mean, dtype=np.float32), np.sqrt(np.asarray(layer.variance, dtype=np.float32))
    if layer.invert:
        return graph.add("Add", [graph.add("Mul", [inputs[0], graph.constant(spread)]), graph.constant(mean)])
    # Keras divides by no less than its epsilon.
    centred = graph.add("Sub", [inputs[0], graph.constant(mean)])
    return graph.add("Div", [centred, graph.constant(np.maximum(spread, 1e-7))])


def _rescaling(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    scaled = graph.add("Mul", [inputs[0], graph.constant(np.asarray(layer.scale, dtype=np.float32))])
    return graph.add("Add", [scaled, graph.constant(np.asarray(layer.offset, dtype=np.float32))])


def _concatenate(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    return graph.add("Concat", inputs, axis=int(layer.axis))


def _flatten(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    return graph.add("Flatten", inputs, axis=1)


def _activation(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    return _activated(graph, layer, inputs[0])


def _average_over_time(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    return graph.add("ReduceMean", inputs, axes=[1], keepdims=int(layer.keepdims))


def _reduced(operator: str) -> Converter:
    def convert(graph: Graph, layer: Layer, inputs: list[str]) -> str:
        value = inputs[0]
        for other in inputs[1:]:
            value = graph.add(operator, [value, other])
        return value

    return convert


def _unchanged(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    return inputs[0]


Converter = Callable[[Graph, Layer, list[str]], str]

CONVERTERS: dict[str, Converter] = {
    "Activation": _activation,
    "Add": _reduced("Add"),
    "BatchNormalization": _batch_normalization,
    "Concatenate": _concatenate,
    "Conv1D": _conv1d,
    "Dense": _dense,
    "Dropout": _unchanged,
    "Flatten": _flatten,
    "GRU": _gru,
    "GaussianNoise": _unchanged,
    "GlobalAveragePooling1D": _average_over_time,
    "LSTM": _lstm,
    "LayerNormalization": _layer_normalization,
    "Multiply": _reduced("Mul"),
    "Normalization": _normalization,
    "Rescaling": _rescaling,
    "SpatialDropout1D": _unchanged,
}
