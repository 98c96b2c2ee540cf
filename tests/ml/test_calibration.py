from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.ml.calibration import (
    SigmoidCalibration,
    calibration_from,
    fit_sigmoid,
    logit,
    sigmoid,
)
from hotelml_app.ml.conformal import conformal_levels
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


def test_a_handful_of_cases_hardly_moves_a_calibration() -> None:
    found = fit_sigmoid([0.1, 0.2, 0.1], [True, False, False], shrink=200.0)
    assert found.slope == pytest.approx(1.0, abs=0.05)
    assert fit_sigmoid([], []) == SigmoidCalibration()


def test_calibrations_survive_their_way_through_json() -> None:
    p, y = overconfident(500)
    found = fit_sigmoid(p, y)
    again = calibration_from(json.loads(json.dumps(found.as_dict())))
    np.testing.assert_array_equal(again.apply(p), found.apply(p))
    with pytest.raises(ValueError, match="magic"):
        calibration_from({"kind": "magic"})


@given(st.floats(0.0, 1.0))
def test_log_odds_and_back_is_the_way_home(p: float) -> None:
    assert sigmoid(logit(p)) == pytest.approx(p, abs=2e-6)


def test_few_errors_widen_an_interval_and_many_do_not() -> None:
    few, many = conformal_levels([0.1, 0.5, 0.9], 5), conformal_levels([0.1, 0.5, 0.9], 10_000)
    assert few[0] < 0.05
    assert few[1] == 0.5
    assert few[2] > 0.95
    assert many == pytest.approx([0.1, 0.5, 0.9], abs=1e-4)
    assert conformal_levels([0.1, 0.5, 0.9], 0).tolist() == [0.0, 0.5, 1.0]
