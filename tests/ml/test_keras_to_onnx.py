from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from hotelml_app.ml.errors import ExportError, ParityError
from hotelml_app.ml.onnx.parity import check_parity
from hotelml_app.ml.onnx.trained import Leaderboard, OnnxPart, TrainedModel


def trained(part: OnnxPart) -> TrainedModel:
    nothing = Leaderboard("test", (), ())
    day = date(2017, 2, 28)
    return TrainedModel((part,), {}, (), nothing, (), 10, day, day, "test")


def exported(model: Any, *inputs: np.ndarray) -> OnnxPart:
    from hotelml_app.ml.onnx.keras_to_onnx import input_names, keras_part

    return keras_part("network", model, dict(zip(input_names(model), inputs, strict=True)))


@pytest.fixture(scope="module")
def curves() -> np.ndarray:
    return np.random.default_rng(3).normal(size=(1000, 12, 4)).astype(np.float32)


@pytest.fixture(autouse=True)
def seeded() -> None:
    import keras

    keras.utils.set_random_seed(5)


def shaken(model: Any) -> Any:
    """Give every weight a value, biases too, which Keras starts at zero."""
    rng = np.random.default_rng(11)
    model.set_weights(
        [
            np.abs(w) + 0.1 if "variance" in v.path else w + rng.normal(size=w.shape) * 0.2
            for w, v in zip(model.get_weights(), model.weights, strict=True)
        ]
    )
    return model


def layers() -> dict[str, Callable[[Any], list[Any]]]:
    return {
        "lstm": lambda k: [k.LSTM(7)],
        "stacked lstm": lambda k: [k.LSTM(7, return_sequences=True), k.LSTM(5)],
        "lstm without bias": lambda k: [k.LSTM(7, use_bias=False)],
        "gru": lambda k: [k.GRU(6)],
        "gru of the first kind": lambda k: [k.GRU(6, reset_after=False)],
        "gru states at each day": lambda k: [k.GRU(6, return_sequences=True), k.GlobalAveragePooling1D()],
        "convolution": lambda k: [k.Conv1D(5, 3, activation="relu"), k.Flatten()],
        "padded convolution": lambda k: [k.Conv1D(5, 4, padding="same", dilation_rate=2), k.GlobalAveragePooling1D()],
        "causal convolution": lambda k: [k.Conv1D(5, 3, padding="causal"), k.LSTM(3)],
        "normalised": lambda k: [k.LayerNormalization(), k.Rescaling(0.5, 0.25), k.LSTM(4), k.BatchNormalization()],
        "noisy in training": lambda k: [k.GaussianNoise(0.3), k.SpatialDropout1D(0.2), k.LSTM(4), k.Dropout(0.5)],
    }


@pytest.mark.parametrize("kind", list(layers()))
def test_a_recurrent_network_answers_in_onnx_as_in_keras(kind: str, curves: np.ndarray) -> None:
    import keras

    model = shaken(
        keras.Sequential([keras.Input((12, 4)), *layers()[kind](keras.layers), keras.layers.Dense(2, activation="tanh")])
    )
    report = check_parity(trained(exported(model, curves)))
    assert report.rows == 1000
    assert report.largest_difference < 1e-5


def test_a_network_with_two_inputs_and_a_normalised_one_survives(curves: np.ndarray) -> None:
    import keras

    facts = np.random.default_rng(4).normal(3, 2, size=(1000, 5)).astype(np.float32)
    scale = keras.layers.Normalization()
    scale.adapt(facts)
    curve, fact = keras.Input((12, 4), name="curve"), keras.Input((5,), name="facts")
    joined = keras.layers.Concatenate()([keras.layers.LSTM(8)(curve), scale(fact)])
    hidden = keras.layers.Dense(8, activation="relu")(joined)
    both = keras.layers.Add()([hidden, keras.layers.Dense(8)(joined)])
    model = shaken_but_normalisation(
        keras.Model([curve, fact], [keras.layers.Dense(1)(both), keras.layers.Dense(3, activation="softmax")(both)])
    )
    part = exported(model, curves, facts)
    assert set(part.sample) == {"curve", "facts"}
    assert check_parity(trained(part)).largest_difference < 1e-5


def shaken_but_normalisation(model: Any) -> Any:
    rng = np.random.default_rng(11)
    for layer in model.layers:
        if type(layer).__name__ != "Normalization":
            layer.set_weights([w + rng.normal(size=w.shape) * 0.2 for w in layer.get_weights()])
    return model


def test_an_unknown_layer_is_named(curves: np.ndarray) -> None:
    import keras

    model = keras.Sequential([keras.Input((12, 4)), keras.layers.UpSampling1D(2, name="stretch"), keras.layers.LSTM(2)])
    with pytest.raises(ExportError, match="stretch"):
        exported(model, curves)


def test_an_unknown_activation_is_named(curves: np.ndarray) -> None:
    import keras

    model = keras.Sequential([keras.Input((12, 4)), keras.layers.LSTM(2, activation="relu")])
    with pytest.raises(ExportError, match="tanh"):
        exported(model, curves)


def test_a_graph_that_answers_otherwise_is_stopped_at_the_gate(curves: np.ndarray) -> None:
    import keras

    part = exported(keras.Sequential([keras.Input((12, 4)), keras.layers.LSTM(2)]), curves)
    off = {name: values + (np.arange(len(values)) == 17)[:, None] * 2e-4 for name, values in part.expected.items()}
    with pytest.raises(ParityError, match="differs"):
        check_parity(trained(replace(part, expected=off)))


def test_a_graph_without_rows_to_compare_is_stopped_at_the_gate(curves: np.ndarray) -> None:
    import keras

    part = exported(keras.Sequential([keras.Input((12, 4)), keras.layers.LSTM(2)]), curves)
    with pytest.raises(ParityError, match="rows"):
        check_parity(trained(replace(part, sample={name: values[:0] for name, values in part.sample.items()})))
