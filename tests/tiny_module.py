"""A module small enough to train in a blink, for tests of everything around modules.

It predicts rooms sold per night as a line through rooms on the books. What else shall happen in training is said by
hyperparameters: die, raise, too_short, short_before, sleep_s, print, worse, wrong_onnx, spawn, marker, slope, wape, mute.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import ModuleManifest, Outcome, Prediction, PredictionRequest, StoredPrediction, TrainingContext
from hotelml_app.ml.errors import NotEnoughToLearnError
from hotelml_app.ml.onnx.trained import CandidateScore, Leaderboard, MadeBy, Measure, OnnxPart, TrainedModel
from hotelml_app.ml.property.booking_curves import on_books_at, rooms_sold
from hotelml_app.ml.property.property_data import PropertyData

MANIFEST = ModuleManifest(
    name="tiny",
    title="Tiny",
    question="How many rooms?",
    columns=("rooms",),
    predict="tiny_module:predict",
    train="tiny_module:train",
    outcomes="tiny_module:outcomes",
    count_points="tiny_module:count_points",
    primary_measure="wape",
    lower_is_better=True,
    unit="rooms",
    baseline="on the books",
    horizon_days=14,
    max_horizon_days=60,
)
RULE = ModuleManifest(
    name="rule",
    title="Rule",
    question="What is on the books?",
    columns=("rooms",),
    predict="tiny_module:predict",
    count_points="tiny_module:count_points",
    primary_measure="wape",
    lower_is_better=True,
    unit="rooms",
    baseline="on the books",
    horizon_days=14,
    max_horizon_days=60,
)
MANIFESTS = {"tiny": MANIFEST, "rule": RULE}


def count_points(data: PropertyData) -> int:
    return len(np.unique(data.history.booking))


def train(context: TrainingContext) -> TrainedModel:
    asked = context.config.hyperparameters
    context.progress(0.1, "Fitting a line")
    _misbehave(asked)
    if context.as_of.isoformat() < str(asked.get("short_before", "")):
        raise NotEnoughToLearnError("Only 3 nights had passed.", remedy="Nothing needs to be done.")
    books, sold = _examples(context.data, context.as_of)
    slope, offset = np.linalg.lstsq(np.column_stack([books, np.ones_like(books)]), sold, rcond=None)[0]
    slope = float(asked.get("slope", slope))
    sample = np.arange(1200, dtype=np.float32)[:, None] / 40
    expected = sample * np.float32(slope) + np.float32(offset) + (1.0 if asked.get("wrong_onnx") else 0.0)
    value = float(asked.get("wape", 12.0 if asked.get("worse") else 6.0))
    measures = (Measure("wape", value, "%", "1-14 days ahead", "on the books", 9.0),)
    context.progress(1.0, "Fitted")
    return TrainedModel(
        parts=(OnnxPart("line", line_graph(slope, float(offset)), {"books": sample}, {"rooms": expected}),),
        parameters={"slope": slope, "offset": float(offset), "mute": bool(asked.get("mute"))},
        features=("on the books",),
        evaluation=Leaderboard("tiny", (context.as_of,), (CandidateScore("line", measures, chosen=True),)),
        measures=measures,
        data_points=len(books),
        data_from=context.as_of - timedelta(days=len(books)),
        data_until=context.as_of,
        kind="line",
        notes=("a note",),
    )


def line_graph(slope: float, offset: float) -> bytes:
    from onnx import TensorProto, helper

    graph = helper.make_graph(
        [helper.make_node("Mul", ["books", "slope"], ["raised"]), helper.make_node("Add", ["raised", "offset"], ["rooms"])],
        "line",
        [helper.make_tensor_value_info("books", TensorProto.FLOAT, [None, 1])],
        [helper.make_tensor_value_info("rooms", TensorProto.FLOAT, [None, 1])],
        [
            helper.make_tensor("slope", TensorProto.FLOAT, [1], [slope]),
            helper.make_tensor("offset", TensorProto.FLOAT, [1], [offset]),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    return bytes(model.SerializeToString())


def predict(request: PredictionRequest) -> list[Prediction]:
    known = day_number(request.as_of)
    books = on_books_at(request.data.history, known, known + 1, request.horizon)
    maker, rooms = MadeBy.STATISTICAL, books
    if request.model is not None:
        maker, rooms = request.model.made_by, request.model.run("line", {"books": books[:, None]})["rooms"][:, 0]
        if request.model.parameters.get("mute"):
            rooms = np.full_like(rooms, np.nan)
    days = [request.as_of + timedelta(days=lead) for lead in range(1, request.horizon + 1)]
    return [Prediction("house", day, {"rooms": float(value)}, maker) for day, value in zip(days, rooms, strict=True)]


def outcomes(data: PropertyData, stored: Sequence[StoredPrediction]) -> list[Outcome]:
    found = []
    for one in stored:
        actual = float(rooms_sold(data.history, day_number(one.target_date), 1)[0])
        rooms = float(str(one.values["rooms"]))
        found.append(Outcome(one.id, actual, abs(rooms - actual), one.target_date, baseline_error=1.0))
    return found


def _examples(data: PropertyData, as_of: date, lead: int = 7) -> tuple[np.ndarray, np.ndarray]:
    today = day_number(as_of)
    nights = range(today - 40, today + 1)
    books = [on_books_at(data.history, night - lead, night, 1)[0] for night in nights]
    sold = [rooms_sold(data.history, night, 1)[0] for night in nights]
    return np.array(books), np.array(sold)


def _misbehave(asked: object) -> None:
    assert hasattr(asked, "get")
    if asked.get("print"):
        print("this must not reach the supervisor")
        os.write(1, b"nor this\n")
    if asked.get("raise"):
        raise ValueError("the line is crooked")
    if asked.get("too_short"):
        raise NotEnoughToLearnError("Only 3 nights have passed.", remedy="Nothing needs to be done.")
    if asked.get("spawn"):
        helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
        Path(str(asked.get("spawn"))).write_text(str(helper.pid))
    if asked.get("die"):
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    if asked.get("marker"):
        Path(str(asked.get("marker"))).write_text(str(os.getpid()))
    time.sleep(float(asked.get("sleep_s", 0.0)))
