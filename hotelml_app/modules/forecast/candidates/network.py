"""A recurrent network (LSTM) that reads each night's booking curve beside the facts of the night.

It is fitted once on the earliest days and then taken further as days pass, so that the rolling backtest costs no more than
one training: each part of it saw only the days before the nights it is judged on.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import OnnxPart
from hotelml_app.modules.forecast.candidates.features import CURVE_CHANNELS, CURVE_OFFSETS, NETWORK_NAMES, FeatureRows

PART = "network"

UNITS = 16
HIDDEN = 24
DROPOUT = 0.15
NOISE = 0.1
BATCH = 512
FARTHEST = 2.5
"""Facts are cut this many standard deviations from their mean: a network's guess beyond what it saw is worth little."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Scaling:
    """Mean and spread of the facts, as of the first fit."""

    mean: NDArray[np.float64]
    spread: NDArray[np.float64]

    @classmethod
    def of(cls, rows: FeatureRows) -> Scaling:
        """Measure the facts of some rows."""
        facts = rows.columns(NETWORK_NAMES)
        return cls(facts.mean(axis=0), facts.std(axis=0) + 1e-3)

    def apply(self, rows: FeatureRows) -> Floats:
        """Return scaled facts, shape (rows, len(NETWORK_NAMES))."""
        scaled = (rows.columns(NETWORK_NAMES) - self.mean) / self.spread
        return np.clip(scaled, -FARTHEST, FARTHEST).astype(np.float32)

    def as_dict(self) -> dict[str, list[float]]:
        """Return JSON-ready parameters."""
        return {"mean": self.mean.tolist(), "spread": self.spread.tolist()}

    @classmethod
    def from_dict(cls, parameters: Mapping[str, Any]) -> Scaling:
        """Return what ``as_dict`` described."""
        return cls(np.array(parameters["mean"]), np.array(parameters["spread"]))


class CurveNetwork:
    """The network in training. ``fit`` may be called again and again with more days."""

    def __init__(self, seed: int) -> None:
        os.environ.setdefault("KERAS_BACKEND", "jax")
        import keras

        keras.utils.set_random_seed(seed)
        curve = keras.Input((len(CURVE_OFFSETS), CURVE_CHANNELS), name="curve")
        facts = keras.Input((len(NETWORK_NAMES),), name="facts")
        noisy = keras.layers.GaussianNoise(NOISE)(facts)
        joined = keras.layers.Concatenate()([keras.layers.LSTM(UNITS)(curve), noisy])
        hidden = keras.layers.Dense(HIDDEN, activation="relu")(joined)
        answer = keras.layers.Dense(1)(keras.layers.Dropout(DROPOUT)(hidden))
        self.model = keras.Model([curve, facts], answer, name="curves")
        self._optimizer = keras.optimizers.Adam(3e-3)
        self.model.compile(self._optimizer, loss="mae", jit_compile=True)
        self.scaling: Scaling | None = None

    def fit(self, curves: Floats, rows: FeatureRows, target: NDArray[np.float64], schedule: Mapping[float, int]) -> None:
        """Take the network further on some rows; ``schedule`` maps learning rates to epochs, in order."""
        self.scaling = self.scaling or Scaling.of(rows)
        facts, wanted = self.scaling.apply(rows), target.astype(np.float32)
        # Whole batches only: a last one of another size would be compiled anew each time.
        whole = max(len(rows) // BATCH, 1) * BATCH
        generator = np.random.default_rng(len(rows))
        for rate, epochs in schedule.items():
            self._optimizer.learning_rate = rate
            for _ in range(epochs):
                chosen = generator.permutation(len(rows))[:whole]
                self.model.fit(
                    [curves[chosen], facts[chosen]], wanted[chosen], batch_size=BATCH, epochs=1, verbose=0, shuffle=False
                )

    def predict(self, curves: Floats, rows: FeatureRows) -> NDArray[np.float64]:
        """Return rooms sold by the network as trained, not below none."""
        assert self.scaling is not None, "the network predicts after it was fitted"
        answer = self.model.predict([curves, self.scaling.apply(rows)], batch_size=4096, verbose=0)
        return _rooms(rows, answer.ravel())

    def part(self, curves: Floats, rows: FeatureRows) -> OnnxPart:
        """Return the network as ONNX with its answers to some rows."""
        from hotelml_app.ml.onnx.keras_to_onnx import keras_part

        assert self.scaling is not None, "the network is exported after it was fitted"
        return keras_part(PART, self.model, {"curve": curves, "facts": self.scaling.apply(rows)})


def predict(model: LoadedModel, curves: Floats, rows: FeatureRows) -> NDArray[np.float64]:
    """Return rooms sold, not below none, from the exported model."""
    scaling = Scaling.from_dict(model.parameters["network"])
    answer = model.run(PART, {"curve": curves, "facts": scaling.apply(rows)})
    return _rooms(rows, answer["output_0"].ravel())


def _rooms(rows: FeatureRows, target: NDArray[np.generic]) -> NDArray[np.float64]:
    return np.maximum(rows.on_books + target.astype(np.float64) * rows.unit, 0.0)
