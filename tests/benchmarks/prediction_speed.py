"""How fast trained models answer: one no-show risk, 90 nights of the network, and a whole forecast as pages are given it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
from peers import Row
from real_hotels import CITY, history
from shared_data import BOOKINGS

from hotelml_app.core.clock import day_number
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import PredictionRequest, TrainingContext
from hotelml_app.ml.onnx.artifacts import read_artifact, write_artifact
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import Leaderboard, TrainedModel
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.modules.forecast.candidates import network
from hotelml_app.modules.forecast.candidates.features import FeatureRows, FeatureSource
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.risk import learn_risk_classes
from hotelml_app.modules.forecast.predicting import predict as predict_forecast
from hotelml_app.modules.forecast.training import train as train_forecast
from hotelml_app.modules.noshow.books import lay_out
from hotelml_app.modules.noshow.scoring import p_lost_of, trained_calibration
from hotelml_app.modules.noshow.snapshots import as_numbers, examples
from hotelml_app.modules.noshow.training import train as train_noshow

TRAINED = date(2016, 8, 31)
NIGHTS = 90
ONE_RISK_TIMES_FASTER, ONE_RISK_S = 100, 0.001
NIGHTS_TIMES_FASTER, NIGHTS_S = 10, 0.020
LEARN_ROWS = 6_000


def measure() -> list[Row]:
    assert BOOKINGS.exists()
    data = _data()
    with tempfile.TemporaryDirectory() as folder:
        noshow, forecast = (_trained(module, Path(folder) / module) for module in ("noshow", "forecast"))
        return [*_one_risk(noshow, data), *_ninety_nights(forecast, data)]


def _data() -> PropertyData:
    return PropertyData(PropertyFacts(1, CITY, "PT"), TRAINED, lambda: history(CITY))


def _trained(module: str, folder: Path) -> LoadedModel:
    """Train in a process of its own, as the appliance does: what training imports must not slow down what answers."""
    print(f"training {module} ...", file=sys.stderr, flush=True)
    command = [sys.executable, __file__, module, str(folder)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    return read_artifact(folder)


def _train_into(module: str, folder: str) -> None:
    train = {"noshow": train_noshow, "forecast": train_forecast}[module]
    write_artifact(Path(folder), train(TrainingContext(_data(), TRAINED, ModuleTrainingConfig())), {"version": "measured"})


def _times_s(work: Callable[[int], object], runs: int) -> np.ndarray:
    times = []
    for run in range(runs + runs // 10):
        began = time.perf_counter()
        work(run)
        times.append(time.perf_counter() - began)
    # The first tenth warms up what opens at its first use.
    return np.array(times[runs // 10 :])


def _one_risk(model: LoadedModel, data: PropertyData) -> list[Row]:
    from sklearn.ensemble import RandomForestClassifier

    day = day_number(TRAINED)
    seen = examples(lay_out(data.history), range(day - 7, day - 365, -7), 28)
    seen = seen.take(np.arange(len(seen))[-LEARN_ROWS:])
    forest = RandomForestClassifier(n_estimators=100, max_depth=10, min_samples_split=5, random_state=7)
    forest.fit(seen.features, as_numbers(seen.lost))
    calibration = trained_calibration(model)

    def one(run: int) -> tuple[np.ndarray, np.ndarray]:
        row = slice(run % LEARN_ROWS, run % LEARN_ROWS + 1)
        return seen.features[row], seen.days_ahead[row]

    ours = _times_s(lambda run: p_lost_of(model, *one(run), calibration), 3_000)
    peer = _times_s(lambda run: forest.predict_proba(one(run)[0]), 200)
    mine, theirs, worst = float(np.median(ours)), float(np.median(peer)), float(np.percentile(ours, 99))
    what, name = "one no-show risk", "scikit-learn forest, predict_proba of one row"
    faster = f"at least {ONE_RISK_TIMES_FASTER} times faster"
    return [
        Row(what, 1000 * mine, 1000 * theirs, "ms", name, faster, mine * ONE_RISK_TIMES_FASTER <= theirs),
        Row(f"{what}, 99 of 100", 1000 * worst, 1000 * ONE_RISK_S, "ms", "the limit", "at most 1 x", worst <= ONE_RISK_S),
    ]


def _exported(learner: network.CurveNetwork, curves: network.Floats, rows: FeatureRows) -> LoadedModel:
    """Return the network as the product runs it."""
    assert learner.scaling is not None
    parameters, board = {"network": learner.scaling.as_dict()}, Leaderboard("forecast", (), (), ())
    part = learner.part(curves, rows)
    return LoadedModel.in_memory(TrainedModel((part,), parameters, (), board, (), len(rows), TRAINED, TRAINED, "network"))


def _ninety_nights(model: LoadedModel, data: PropertyData) -> list[Row]:
    known: History = data.history
    source = FeatureSource(Books.of(known, learn_risk_classes(known)))
    today = source.books.today
    ahead = np.arange(1, NIGHTS + 1)
    rows = source.rows(np.full(NIGHTS, today), ahead)
    curves = source.curves(rows)
    learner = network.CurveNetwork(7)
    past = source.rows(np.repeat(np.arange(today - 120, today - 28), 28), np.tile(np.arange(1, 29), 92))
    target = (source.sold(past) - past.on_books) / past.unit
    learner.fit(source.curves(past), past, target, {1e-3: 1})
    exported = _exported(learner, curves, rows)
    ours = float(np.median(_times_s(lambda _: network.predict(exported, curves, rows), 300)))
    keras = float(np.median(_times_s(lambda _: learner.predict(curves, rows), 30)))
    whole = float(np.median(_times_s(lambda _: predict_forecast(PredictionRequest(data, TRAINED, NIGHTS, model)), 10)))
    faster, limit = f"at least {NIGHTS_TIMES_FASTER} times faster", 1000 * NIGHTS_S
    what = f"{NIGHTS} nights by the network"
    return [
        Row(
            what,
            1000 * ours,
            1000 * keras,
            "ms",
            "Keras predict of the same network",
            faster,
            ours * NIGHTS_TIMES_FASTER <= keras,
        ),
        Row(what, 1000 * ours, limit, "ms", "the limit", "at most 1 x", ours <= NIGHTS_S),
        Row(
            f"{NIGHTS} nights of every metric, room type and limit",
            1000 * whole,
            limit,
            "ms",
            "the limit for the graphs alone",
            "",
            whole <= NIGHTS_S,
        ),
    ]


if __name__ == "__main__":
    _train_into(*sys.argv[1:])
