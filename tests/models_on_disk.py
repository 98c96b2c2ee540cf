"""Trained tiny models in staging folders, without a training process."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tiny_module import line_graph

from hotelml_app.ml.onnx.artifacts import write_artifact
from hotelml_app.ml.onnx.trained import Leaderboard, Measure, OnnxPart, TrainedModel


def tiny_model(slope: float = 1.0, offset: float = 0.0, until: date = date(2016, 4, 30), wape: float = 6.0) -> TrainedModel:
    measures = (Measure("wape", wape, "%", "1-14 days ahead", "on the books", 9.0),)
    return TrainedModel(
        parts=(OnnxPart("line", line_graph(slope, offset), {}, {}),),
        parameters={"slope": slope},
        features=("on the books",),
        evaluation=Leaderboard("tiny", (until,), ()),
        measures=measures,
        data_points=40,
        data_from=date(2016, 1, 1),
        data_until=until,
        kind="line",
    )


def brought_along(folder: Path, slope: float = 3.0, until: date | None = date(2015, 12, 31), module: str = "tiny") -> Path:
    """Write a model as HotelML brings one along into ``folder``/``module`` and return the folder of all."""
    fields = {
        "as_of": until,
        "module": module,
        "made_by": "bundled",
        "version": "b0b0b0b0",
        "learned_from": "the bookings of another hotel",
        "source": "a set of bookings",
        "licence": "CC BY 4.0",
    }
    write_artifact(folder / module, tiny_model(slope), fields)
    return folder


def staged(folder: Path, slope: float = 1.0, until: date = date(2016, 4, 30), wape: float = 6.0) -> Path:
    """Write a model where a training process would and return the folder."""
    write_artifact(folder, tiny_model(slope, until=until, wape=wape), {"as_of": until, "module": "tiny"})
    return folder
