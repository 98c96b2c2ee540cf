"""Several classifiers in one graph answer as they do one by one, and only what can be blended is."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from hotelml_app.ml.calibration import logit, sigmoid
from hotelml_app.ml.errors import ExportError
from hotelml_app.ml.onnx.blend_to_onnx import blended_part
from hotelml_app.ml.onnx.parity import check_parity
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.sklearn_to_onnx import INPUT, OUTPUT, on_grid, sklearn_part
from hotelml_app.ml.onnx.trained import Leaderboard, OnnxPart, TrainedModel

ROWS, COLUMNS = 1_200, 5
WEIGHTS = {"trees": 0.7, "linear": 0.5, "twin": -0.1}
"""They need not add up to one: log-odds are added, not averaged."""


def trained_of(parts: list[OnnxPart]) -> TrainedModel:
    day = date(2026, 1, 1)
    return TrainedModel(tuple(parts), {}, (), Leaderboard("test", (), ()), (), ROWS, day, day, "test")


def table() -> NDArray[np.float32]:
    return on_grid(np.random.default_rng(4).normal(size=(ROWS, COLUMNS)))


@pytest.fixture(scope="module")
def parts() -> list[OnnxPart]:
    x = table()
    lost = x[:, 0] + 0.5 * np.random.default_rng(5).normal(size=ROWS) > 0.4
    trees = HistGradientBoostingClassifier(max_iter=20, random_state=0).fit(x, lost)
    linear, twin = LogisticRegression().fit(x, lost), LogisticRegression(C=0.01).fit(x, ~lost)
    return [sklearn_part(name, one, x) for name, one in (("trees", trees), ("linear", linear), ("twin", twin))]


def test_one_graph_adds_the_log_odds_of_all(parts: list[OnnxPart]) -> None:
    blend, x = blended_part("blend", parts, WEIGHTS), table()
    apart = LoadedModel.in_memory(trained_of(parts))
    added = sum(WEIGHTS[one.name] * logit(apart.run(one.name, {INPUT: x})[OUTPUT][:, -1]) for one in parts)
    got = LoadedModel.in_memory(trained_of([blend])).run("blend", {INPUT: x})[OUTPUT]
    assert got.shape == (ROWS, 1)
    np.testing.assert_allclose(got[:, 0], sigmoid(added), atol=1e-12)
    assert check_parity(trained_of([blend])).largest_difference < 1e-5


def test_a_single_row_is_answered_as_among_others(parts: list[OnnxPart]) -> None:
    model = LoadedModel.in_memory(trained_of([blended_part("blend", parts, WEIGHTS)]))
    x = table()[:7]
    together = model.run("blend", {INPUT: x})[OUTPUT]
    alone = np.vstack([model.run("blend", {INPUT: row[None, :]})[OUTPUT] for row in x])
    np.testing.assert_allclose(alone, together, atol=1e-12)


def test_a_part_that_is_sure_of_itself_leaves_a_probability(parts: list[OnnxPart]) -> None:
    model = LoadedModel.in_memory(trained_of([blended_part("blend", parts, {"trees": 30.0, "linear": 30.0, "twin": 0.0})]))
    far = np.full((2, COLUMNS), 100.0, dtype=np.float32) * np.array([[1], [-1]], dtype=np.float32)
    got = model.run("blend", {INPUT: far})[OUTPUT][:, 0]
    assert np.isfinite(got).all()
    assert got.max() <= 1
    assert got.min() >= 0


def test_parts_of_other_inputs_are_refused(parts: list[OnnxPart]) -> None:
    first = parts[0]
    stranger = OnnxPart("curves", first.onnx, {"curve": first.sample[INPUT], "facts": first.sample[INPUT]}, first.expected)
    with pytest.raises(ExportError, match="curves is not a classifier"):
        blended_part("blend", [first, stranger], {"trees": 1.0, "curves": 1.0})
