"""Rooms sold in the house: the model's candidates blended as they did lately, or the plain rule where there is no model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.modules.forecast.candidates import boosting, network
from hotelml_app.modules.forecast.candidates.blend import CANDIDATES, USUAL_PLAIN, Record, blended, learned_weights, usual_weights
from hotelml_app.modules.forecast.candidates.elsewhere import part_of
from hotelml_app.modules.forecast.candidates.features import FeatureRows, FeatureSource
from hotelml_app.modules.forecast.candidates.lately import error_lately
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.panel import REPLAY_HORIZONS, REPLAY_STEP_DAYS, Panel

CORRECTION_SHARE = 0.2
"""How much of the median error of the latest weeks is taken off; more would chase noise."""

SETTLED_NIGHTS = 14.0
"""Passed nights at which the plain rule believes half of the pickup it saw."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Remembered:
    """What the candidates said in the backtest, fitted on earlier days only: shape (origins, len(REPLAY_HORIZONS), 2)."""

    origins: NDArray[np.int64]
    said: Values

    @classmethod
    def from_dict(cls, parameters: Mapping[str, Any]) -> Remembered:
        """Read what ``as_dict`` wrote."""
        said = np.array(parameters["said"], dtype=np.float64)
        return cls(np.array(parameters["origins"], dtype=np.int64), said.reshape(-1, len(REPLAY_HORIZONS), 2))

    def as_dict(self) -> dict[str, Any]:
        """Return JSON-ready parameters; ``origins`` are day numbers."""
        return {"origins": self.origins.tolist(), "said": np.round(self.said, 2).tolist()}


def plain_rules(rows: FeatureRows) -> tuple[Values, Values]:
    """Return rooms sold by the latest weeks' pickup per risk class, without and with last year's seasonal drift.

    A house that has just begun to keep records believes its few nights of pickup only in part.
    """
    trust = rows.now / (rows.now + SETTLED_NIGHTS)
    expected, seasonal = (
        np.maximum(rows.on_books + trust * rows.pickups[name], 0.0) for name in ("pickup_expected", "pickup_seasonal")
    )
    return expected, seasonal


def rules(rows: FeatureRows) -> tuple[Values, Values, Values]:
    """Return what the candidates that learn nothing say: the plain rules, and the pickup of the latest weeks as it is."""
    additive = np.maximum(rows.on_books + (rows.pickups["pickup_56"] + rows.pickups["pickup_28"]) / 2, 0.0)
    return (*plain_rules(rows), additive)


def plain_rule(source: FeatureSource, panel: Panel, rows: FeatureRows) -> Values:
    """Return rooms sold where there is no model: the plain rules, weighted as they did lately."""
    predicted = np.stack(plain_rules(rows), axis=1)
    record = _record(panel, predicted, source.sold(rows))
    return blended(learned_weights(record, USUAL_PLAIN), panel.horizon, predicted)


def replay_origins(books: Books, model: LoadedModel) -> NDArray[np.int64]:
    """Return the rows of the days from which the model can be replayed: remembered ones, and those after its training."""
    trained = int(model.parameters["trained_until"])
    since = np.arange(trained, books.history.today, REPLAY_STEP_DAYS)
    remembered = np.array(model.parameters["remembered"]["origins"], dtype=np.int64)
    return np.concatenate([remembered, since]).astype(np.int64) - books.first


def model_rule(model: LoadedModel, source: FeatureSource, panel: Panel, rows: FeatureRows) -> Values:
    """Return the blend of the model's candidates, corrected for the latest weeks' error."""
    predicted = _candidates(model, source, panel, rows)
    chosen = model.parameters["chosen"]
    actual = source.sold(rows)
    if chosen == "blend":
        usual = usual_weights(predicted.shape[1], source.books.nights_told)
        middle = blended(learned_weights(_record(panel, predicted, actual), usual), panel.horizon, predicted)
    else:
        middle = predicted[:, CANDIDATES.index(chosen)]
    corrected = np.maximum(middle + CORRECTION_SHARE * error_lately(panel, actual - middle), 0.0)
    return np.where(source.books.known_closed(panel.now, panel.horizon), 0.0, corrected)


def _candidates(model: LoadedModel, source: FeatureSource, panel: Panel, rows: FeatureRows) -> Values:
    """Return each candidate's rooms sold, shape (rows, candidates); days the model learned from are remembered."""
    trees = boosting.predict(model, rows)
    curves = network.predict(model, source.curves(rows), rows)
    origin = panel.now + source.books.first
    before = (origin < int(model.parameters["trained_until"])) & panel.replayed
    if before.any():
        remembered = Remembered.from_dict(model.parameters["remembered"])
        at = np.searchsorted(remembered.origins, origin[before])
        which = np.searchsorted(REPLAY_HORIZONS, panel.horizon[before])
        trees[before], curves[before] = remembered.said[at, which].T
    # What was learned on open nights would fill a house that closes for the first time.
    closed = source.books.known_closed(panel.now, panel.horizon)
    trees[closed] = curves[closed] = 0.0
    elsewhere = part_of(model)
    others = [elsewhere.predict(rows, source.books.first)] if elsewhere is not None else []
    return np.stack([trees, curves, *rules(rows), *others], axis=1)


def _record(panel: Panel, predicted: Values, actual: Values) -> Record:
    known = panel.replayed & ~np.isnan(actual)
    return Record(panel.horizon[known], panel.age[known], predicted[known], actual[known])
