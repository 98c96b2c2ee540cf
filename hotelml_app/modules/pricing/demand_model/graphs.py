"""Learned demand as an ONNX graph: columns of days to log bookings per room type, and to reluctance at the usual rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hotelml_app.ml.onnx.sklearn_to_onnx import OPSET
from hotelml_app.ml.onnx.trained import OnnxPart
from hotelml_app.modules.pricing.demand_model.demand import INPUT, LEVEL, RELUCTANCE
from hotelml_app.modules.pricing.history.leads import Floats

if TYPE_CHECKING:
    from hotelml_app.modules.pricing.demand_model.demand_learning import FittedGraph

IR_VERSION = 10


def demand_part(name: str, fitted: FittedGraph, sample: Floats) -> OnnxPart:
    """Return a class's fit as a part of the model; ``sample`` holds the columns of some days."""
    return OnnxPart(name, demand_graph(fitted, sample.shape[1]), {INPUT: sample}, dict(fitted(sample)))


def demand_graph(fitted: FittedGraph, width: int) -> bytes:
    """Return the ONNX bytes of a fit, in double precision: every output is one product with the columns and one sum."""
    from onnx import TensorProto, helper, numpy_helper

    nodes: list[Any] = []
    constants: list[Any] = []
    outputs: list[Any] = []
    for output, slopes, offsets in _lines(fitted, width):
        nodes.append(helper.make_node("MatMul", [INPUT, f"{output}_slopes"], [f"{output}_moved"]))
        nodes.append(helper.make_node("Add", [f"{output}_moved", f"{output}_offsets"], [output]))
        constants += [
            numpy_helper.from_array(slopes[:, None], f"{output}_slopes"),
            numpy_helper.from_array(offsets[None, :], f"{output}_offsets"),
        ]
        outputs.append(helper.make_tensor_value_info(output, TensorProto.DOUBLE, [None, len(offsets)]))
    days = helper.make_tensor_value_info(INPUT, TensorProto.DOUBLE, [None, width])
    graph = helper.make_graph(nodes, "demand", [days], outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET[""])], ir_version=IR_VERSION)
    found: bytes = model.SerializeToString()
    return found


def _lines(fitted: FittedGraph, width: int) -> list[tuple[str, Floats, Floats]]:
    """Return each output with its slopes per column and its offsets."""
    lines = [(LEVEL, fitted.level, fitted.types)]
    if len(fitted.taste):
        lines.append((RELUCTANCE, fitted.taste[1:], fitted.taste[:1]))
    return lines
