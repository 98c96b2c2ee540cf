"""Small Keras networks on the JAX backend, side by side, that tell who will not come.

Compiling costs more than fitting, so all fits of a training share one compiled network: it is set back to where it started,
and it always sees batches of the same size.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.onnx.trained import OnnxPart
from hotelml_app.modules.noshow.books import Flags, Floats
from hotelml_app.modules.noshow.fitted import Features, Fitted
from hotelml_app.modules.noshow.settings import NoshowSettings

TOWERS = 4
"""Networks that start elsewhere end elsewhere; their mean errs less than any of them."""

SQUASH = 3.0
"""Standard deviations beyond which the network takes features for the same: a single booking of a record rate or party
would else be far from all that was learned."""

BATCH = 1024
LEARNING_RATE = 3e-3
ASKED_AT_ONCE = 4096
ROWS_AT_ONCE = 16_384
"""Rows that are made wider numbers of at once; all of a large house would take a gigabyte."""


def fit_network(x: Features, lost: Flags, names: tuple[str, ...], settings: NoshowSettings, seed: int, threads: int) -> Fitted:
    """Fit the networks for a few epochs; more epochs learn single groups by heart."""
    shared = _Shared.of(x.shape[1], seed)
    mean = x.mean(axis=0, dtype=np.float64)
    spread = _deviation(x, mean) + 1e-6
    weights = shared.learn(_squashed(x, mean, spread), lost.astype(np.float32), settings.network_epochs, seed)

    def probability(rows: Features) -> Floats:
        return shared.answer(weights, _squashed(rows, mean, spread))

    def part(sample: Features) -> OnnxPart:
        from hotelml_app.ml.onnx.keras_to_onnx import keras_part

        return keras_part("network", shared.complete(weights, mean, spread), {"features": sample})

    return Fitted("network", probability, part)


def _deviation(x: Features, mean: Floats) -> Floats:
    """Return the standard deviation of each feature, to the last digit what ``x.std`` says, without a wider copy of all rows."""
    total = np.zeros((1, x.shape[1]))
    for start in range(0, len(x), ROWS_AT_ONCE):
        away = x[start : start + ROWS_AT_ONCE] - mean
        total = np.add.reduce(np.concatenate([total, away * away]), axis=0, keepdims=True)
    result: Floats = np.sqrt(total[0] / len(x))
    return result


def _squashed(x: Features, mean: Floats, spread: Floats) -> Features:
    result = np.empty(x.shape, dtype=np.float32)
    for start in range(0, len(x), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        result[rows] = np.tanh((x[rows] - mean) / spread / SQUASH) * SQUASH
    return result


class _Shared:
    """The towers as one compiled network on squashed features."""

    @staticmethod
    @cache
    def of(features: int, seed: int) -> _Shared:
        """Return the network for so many features; built once per process."""
        return _Shared(features, seed)

    def __init__(self, features: int, seed: int) -> None:
        import os

        os.environ.setdefault("KERAS_BACKEND", "jax")
        import keras

        keras.utils.set_random_seed(seed)
        inputs = keras.Input((features,), name="squashed")
        self._stacks = [_stack() for _ in range(TOWERS)]
        self._towers = keras.Model(inputs, [_through(stack, inputs) for stack in self._stacks], name="towers")
        self._optimizer = keras.optimizers.Adam(LEARNING_RATE)
        self._towers.compile(self._optimizer, loss=["binary_crossentropy"] * TOWERS, jit_compile=True)
        self._optimizer.build(self._towers.trainable_variables)
        self._begin = self._towers.get_weights()

    def learn(self, x: Features, lost: NDArray[np.float32], epochs: int, seed: int) -> list[NDArray[np.float32]]:
        """Return the weights after some epochs, begun anew."""
        self._towers.set_weights(self._begin)
        for variable in self._optimizer.variables:
            if variable is not self._optimizer._learning_rate:
                variable.assign(np.zeros(variable.shape, dtype=variable.dtype))
        generator = np.random.default_rng(seed)
        whole = max(len(x) // BATCH, 1) * BATCH
        for _ in range(epochs):
            # Whole batches only: a last one of another size would be compiled anew.
            chosen = np.resize(generator.permutation(len(x)), whole)
            answers = [lost[chosen]] * TOWERS
            self._towers.fit(x[chosen], answers, batch_size=BATCH, epochs=1, verbose=0, shuffle=False)
        weights: list[NDArray[np.float32]] = self._towers.get_weights()
        return weights

    def answer(self, weights: list[NDArray[np.float32]], x: Features) -> Floats:
        """Return the towers' mean, shape (rows,)."""
        self._towers.set_weights(weights)
        padded = np.zeros((-(-max(len(x), 1) // ASKED_AT_ONCE) * ASKED_AT_ONCE, x.shape[1]), dtype=np.float32)
        padded[: len(x)] = x
        answers = self._towers.predict(padded, batch_size=ASKED_AT_ONCE, verbose=0)
        return np.asarray(np.mean(answers, axis=0), dtype=np.float64)[: len(x), 0]

    def complete(self, weights: list[NDArray[np.float32]], mean: Floats, spread: Floats) -> Any:
        """Return the network on raw features with one output, as it is exported: the towers as one wide one, which is faster.

        What squashes the features is part of the layers around it for the same reason.
        """
        import keras

        self._towers.set_weights(weights)
        inputs = keras.Input((len(mean),), name="features")
        scaled = keras.layers.Normalization(mean=mean, variance=(spread * SQUASH) ** 2, name="normalize")(inputs)
        tensor, wide = keras.layers.Activation("tanh")(scaled), []
        for side_by_side in zip(*self._stacks, strict=True):
            narrow = side_by_side[0]
            wide.append(keras.layers.Dense(narrow.units * TOWERS, activation=narrow.activation))
            tensor = wide[-1](tensor)
        mean_of_all = keras.layers.Dense(1, use_bias=False, kernel_initializer=keras.initializers.Constant(1 / TOWERS))
        complete = keras.Model(inputs, mean_of_all(tensor), name="network")
        for layer, side_by_side in zip(wide, zip(*self._stacks, strict=True), strict=True):
            layer.set_weights(_side_by_side([one.get_weights() for one in side_by_side], shared=layer is wide[0]))
        kernel, bias = wide[0].get_weights()
        wide[0].set_weights([kernel * SQUASH, bias])
        return complete


def _side_by_side(layers: list[list[NDArray[np.float32]]], shared: bool) -> list[NDArray[np.float32]]:
    """Return the weights of one wide layer: the towers read the same inputs, or each what its own layer before said."""
    from scipy.linalg import block_diag

    kernels = [kernel for kernel, _ in layers]
    return [np.hstack(kernels) if shared else block_diag(*kernels), np.concatenate([bias for _, bias in layers])]


def _stack() -> list[Any]:
    """Return the layers of one network."""
    import keras

    def hidden(units: int) -> Any:
        return keras.layers.Dense(units, activation="relu", kernel_regularizer=keras.regularizers.L2(3e-5))

    return [hidden(32), hidden(16), keras.layers.Dense(1, activation="sigmoid")]


def _through(layers: list[Any], tensor: Any) -> Any:
    for layer in layers:
        tensor = layer(tensor)
    return tensor
