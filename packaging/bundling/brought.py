"""A model to bring along, with what it was judged on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hotelml_app.ml.onnx.trained import Measure, TrainedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.simulator import SyntheticHotel


@dataclass(frozen=True)
class Ground:
    """The properties at hand. Models are learned from ``real`` ones and judged on real and ``simulated`` ones.

    ``read`` returns hotels simulated for one model alone as HotelML reads what they export on their last day.
    """

    real: Mapping[str, PropertyData]
    simulated: Mapping[str, PropertyData]
    reviews: PropertyData
    read: Callable[[Mapping[str, SyntheticHotel]], Mapping[str, PropertyData]]


@dataclass(frozen=True)
class Brought:
    """A model whose parameters hold for any hotel; its measures are figures from where it was not learned.

    ``card`` says where it was learned and under which licence; ``better`` whether it beats the plain rule.
    """

    trained: TrainedModel
    card: Mapping[str, Any]
    better: bool

    def figures(self) -> str:
        """Return the measures in a line each."""
        return "\n    ".join(["", *(_line(one) for one in self.trained.measures)])


def _line(measure: Measure) -> str:
    beside = "" if measure.baseline_value is None else f", {measure.baseline}: {measure.baseline_value:.3f}"
    return f"{measure.name} {measure.value:.3f} {measure.unit}".rstrip() + f" ({measure.bucket}{beside})"
