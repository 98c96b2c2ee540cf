"""Errors of judged predictions as the measure that their module is known by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_module import MANIFEST

from hotelml_app.ml.contract import ErrorsAre
from hotelml_app.monitor.outcomes import accuracy
from hotelml_app.monitor.records import record_of
from hotelml_app.store.learned.predictions import OutcomeRow, PredictionRow

FIRST = date(2016, 1, 4)


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_accuracy_lies_between_nothing_and_all(actual: float, error: float) -> None:
    assert 0 <= accuracy(MANIFEST, actual, error) <= 1
    assert 0 <= accuracy(replace(MANIFEST, unit=""), actual, error) <= 1


def test_measures_by_name() -> None:
    night = PredictionRow(FIRST, FIRST + timedelta(days=1), "k", "statistical", {})
    rows = [(night, OutcomeRow(1, 10.0, 3.0, FIRST)), (night, OutcomeRow(2, 10.0, 4.0, FIRST))]
    values = {
        name: record_of(replace(MANIFEST, primary_measure=name), rows).value for name in ("WAPE", "MAE", "MSE", "RMSE", "AUC")
    }
    assert values == {"WAPE": 35.0, "MAE": 3.5, "MSE": 12.5, "RMSE": pytest.approx(12.5**0.5), "AUC": 3.5}
    unknown = record_of(replace(MANIFEST, primary_measure="AUC", unit="%"), rows)
    assert (unknown.measure, unknown.unit) == ("mean error", "")


def test_a_brier_score_is_the_mean_of_errors_that_are_squared_already() -> None:
    squared = replace(MANIFEST, primary_measure="type_brier", unit="", errors_are=ErrorsAre.SQUARED)
    guest = PredictionRow(FIRST, FIRST + timedelta(days=1), "k", "statistical", {})
    record = record_of(squared, [(guest, OutcomeRow(1, 1.0, 0.25, FIRST, 0.36)), (guest, OutcomeRow(2, 0.0, 0.01, FIRST, 0.04))])
    assert (record.measure, record.value, record.baseline_value) == ("type_brier", pytest.approx(0.13), pytest.approx(0.2))


def test_accuracy_is_the_share_of_answers_that_were_right() -> None:
    misses = replace(MANIFEST, primary_measure="accuracy", unit="%", lower_is_better=False, errors_are=ErrorsAre.MISSES)
    guest = PredictionRow(FIRST, FIRST + timedelta(days=1), "k", "statistical", {})
    record = record_of(misses, [(guest, OutcomeRow(n, float(n > 0), float(n == 0), FIRST, 1.0)) for n in range(4)])
    assert (record.measure, record.unit, record.value, record.baseline_value) == ("accuracy", "%", 75.0, 0.0)


def test_nights_on_which_a_hotel_is_closed_are_not_set_against_the_few_on_which_it_was_open() -> None:
    """Else its forecasts are off by 700 % a month after it closed."""
    share = replace(MANIFEST, primary_measure="WAPE")
    asked = [PredictionRow(FIRST, FIRST + timedelta(days=number), "k", "own:1", {}) for number in range(28)]
    closed = [(row, OutcomeRow(number, 0.0, 1.0, FIRST, 1.5)) for number, row in enumerate(asked[4:])]
    record = record_of(share, [*((row, OutcomeRow(90, 20.0, 2.0, FIRST, 3.0)) for row in asked[:4]), *closed])
    assert (record.value, record.baseline_value, record.nights, record.answers) == (10.0, 15.0, 4, 28)
    assert record.mean_error == pytest.approx(32 / 28)
    none = record_of(share, closed)
    assert (none.value, none.baseline_value, none.nights) == (None, None, 24)
