from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.ml.calibration import (
    SigmoidCalibration,
    calibration_from,
    fit_isotonic,
    fit_sigmoid,
    logit,
    sigmoid,
)
from hotelml_app.ml.conformal import (
    adapted_level,
    conformal_levels,
    effective_count,
    residual_quantiles,
    weighted_quantile,
    without_crossing,
)
from hotelml_app.ml.metrics import calibration_error


def overconfident(count: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(5)
    score = chance.normal(-1, 1, count)
    return sigmoid(2 * score + 1), chance.uniform(size=count) < sigmoid(score)


def test_an_overconfident_model_is_brought_back() -> None:
    p, y = overconfident()
    found = fit_sigmoid(p, y)
    assert found.slope == pytest.approx(0.5, abs=0.05)
    assert found.intercept == pytest.approx(-0.5, abs=0.05)
    assert calibration_error(found.apply(p), y) < 0.02 < calibration_error(p, y)


def test_a_table_does_the_same_without_a_formula() -> None:
    p, y = overconfident()
    assert calibration_error(fit_isotonic(p, y).apply(p), y) < 0.02


def test_a_handful_of_cases_hardly_moves_a_calibration() -> None:
    found = fit_sigmoid([0.1, 0.2, 0.1], [True, False, False], shrink=200.0)
    assert found.slope == pytest.approx(1.0, abs=0.05)
    assert fit_sigmoid([], []) == SigmoidCalibration()
    assert fit_isotonic([], []).apply([0.0, 0.3, 1.0]).tolist() == [0.0, 0.3, 1.0]


def test_calibrations_survive_their_way_through_json() -> None:
    p, y = overconfident(500)
    for found in (fit_sigmoid(p, y), fit_isotonic(p, y)):
        again = calibration_from(json.loads(json.dumps(found.as_dict())))
        np.testing.assert_array_equal(again.apply(p), found.apply(p))
    with pytest.raises(ValueError, match="magic"):
        calibration_from({"kind": "magic"})


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.floats(0, 3)), min_size=1, max_size=80))
def test_a_higher_probability_never_comes_out_lower(cases: list[tuple[float, bool, float]]) -> None:
    p, y, w = (np.array(column, dtype=float) for column in zip(*cases, strict=True))
    if w.sum() <= 0:
        w = np.ones(len(w))
    outputs = fit_isotonic(p, y, w).apply(np.linspace(0, 1, 50))
    assert (np.diff(outputs) >= -1e-12).all()
    assert 0 <= outputs.min() <= outputs.max() <= 1


@given(st.floats(0.0, 1.0))
def test_log_odds_and_back_is_the_way_home(p: float) -> None:
    assert sigmoid(logit(p)) == pytest.approx(p, abs=2e-6)


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=50), st.floats(0, 1))
def test_a_quantile_lies_among_its_values(values: list[float], level: float) -> None:
    assert min(values) <= weighted_quantile(values, level) <= max(values)


def test_values_without_weight_do_not_count() -> None:
    assert weighted_quantile([1.0, 2.0, 900.0], 0.9, [1, 1, 0]) == pytest.approx(2.0)
    with pytest.raises(ValueError, match="weight"):
        weighted_quantile([1.0], 0.5, [0.0])


def test_few_errors_widen_an_interval_and_many_do_not() -> None:
    few, many = conformal_levels([0.1, 0.5, 0.9], 5), conformal_levels([0.1, 0.5, 0.9], 10_000)
    assert few[0] < 0.05
    assert few[1] == 0.5
    assert few[2] > 0.95
    assert many == pytest.approx([0.1, 0.5, 0.9], abs=1e-4)
    assert conformal_levels([0.1, 0.5, 0.9], 0).tolist() == [0.0, 0.5, 1.0]


def test_an_interval_from_errors_holds_what_it_says() -> None:
    chance = np.random.default_rng(8)
    held = []
    for _ in range(300):
        low, high = residual_quantiles(chance.normal(size=40), [0.1, 0.9])
        held.append(np.mean((low <= (later := chance.normal(size=200))) & (later <= high)))
    assert np.mean(held) == pytest.approx(0.8, abs=0.03)


def test_an_interval_that_failed_lately_is_widened() -> None:
    assert adapted_level(0.8, [False] * 5, 0.8) > 0.8 > adapted_level(0.8, [True] * 20, 0.8)
    assert effective_count([1, 1, 1, 0]) == pytest.approx(3.0)
    assert effective_count([0.0]) == 0.0


def test_quantiles_that_cross_are_put_in_order() -> None:
    assert without_crossing(np.array([[3.0, 1.0, 2.0]])).tolist() == [[1.0, 2.0, 3.0]]
