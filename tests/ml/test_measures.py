from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as peer

from hotelml_app.ml import metrics

NAN = float("nan")


def test_wape_is_the_share_of_rooms_that_were_guessed_wrong() -> None:
    assert metrics.wape([100, 50, NAN], [90, 55, 10]) == pytest.approx(10.0)


def test_measures_of_nothing_are_not_a_number() -> None:
    nothing: list[float] = []
    for measure in (metrics.wape, metrics.bias, metrics.accuracy):
        assert math.isnan(measure(nothing, nothing))
    assert math.isnan(metrics.auc([0.2, 0.4], [True, True]))
    assert math.isnan(metrics.brier(nothing, nothing))
    assert math.isnan(metrics.macro_f1([], []))


def test_an_interval_holds_what_lies_on_its_edges() -> None:
    assert metrics.coverage([1, 2, 3, NAN], [1, 0, 4, 0], [1, 2, 5, 1]) == pytest.approx(2 / 3)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=4, max_size=60))
def test_probabilities_are_measured_as_scikit_learn_does(cases: list[tuple[float, bool]]) -> None:
    p, y = np.array([c[0] for c in cases]), np.array([c[1] for c in cases])
    assert metrics.brier(p, y) == pytest.approx(peer.brier_score_loss(y, p, pos_label=True))
    if 0 < y.sum() < len(y):
        assert metrics.auc(p, y) == pytest.approx(peer.roc_auc_score(y, p))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1, max_size=40))
def test_classes_are_measured_as_scikit_learn_does(cases: list[tuple[str, str]]) -> None:
    y, p = np.array([c[0] for c in cases]), np.array([c[1] for c in cases])
    assert metrics.accuracy(y, p) == pytest.approx(peer.accuracy_score(y, p))
    wanted = peer.f1_score(y, p, labels=np.unique(y), average="macro", zero_division=0)
    assert metrics.macro_f1(y, p) == pytest.approx(wanted)


def test_calibration_error_is_nothing_for_honest_probabilities_and_large_for_boasts() -> None:
    chance = np.random.default_rng(1)
    p = chance.uniform(0.05, 0.95, 20_000)
    y = chance.uniform(size=20_000) < p
    assert metrics.calibration_error(p, y) < 0.02
    assert metrics.calibration_error(np.where(p > 0.5, 0.99, 0.01), y) > 0.2
