"""Which candidate a training keeps, and how steady the calibration is that it leaves with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
import pytest
from noshow_hotel import TODAY, booking, history_of

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.modules.noshow.backtest import FAVOURITE, Backtest
from hotelml_app.modules.noshow.books import Flags, Floats, lay_out
from hotelml_app.modules.noshow.candidates import CANDIDATES
from hotelml_app.modules.noshow.features import feature_names, snapshot
from hotelml_app.modules.noshow.learning import SLOPE_BOUNDS, USUAL_CENTER, USUAL_SLOPE, calibration_of, centers, slopes
from hotelml_app.modules.noshow.recalibration import STRETCHES
from hotelml_app.modules.noshow.snapshots import Examples

ROWS = 4000
RNG = np.random.default_rng(3)
DAY = np.sort(RNG.integers(0, 20, ROWS)) * 7
LOST: Flags = RNG.random(ROWS) < 0.1


def _asked(lost: Flags) -> Examples:
    ahead = RNG.integers(2, 28, len(lost))
    nothing = np.zeros(len(lost), dtype=np.intp)
    return Examples(DAY[: len(lost)], ahead, nothing, np.zeros((len(lost), 0), dtype=np.float32), lost)


def _backtest(answers: Mapping[str, Floats]) -> Backtest:
    blind = np.full(ROWS, 0.1)
    return Backtest(_asked(LOST), {**dict.fromkeys(CANDIDATES, blind), **answers}, {})


def test_a_candidate_that_leads_in_one_half_of_the_weeks_alone_does_not_take_over() -> None:
    knows = np.where(LOST, 0.5, 0.05)
    half = np.where(np.median(DAY) < DAY, knows, 0.1)
    assert _backtest({"forest": knows}).best() == "forest"
    assert _backtest({"forest": half}).best() == FAVOURITE
    assert _backtest({"forest": np.where(LOST, 0.101, 0.1)}).best() == FAVOURITE


def test_where_nobody_arrived_in_the_weeks_to_be_judged_the_blend_is_kept() -> None:
    """As in a house that is closed in winter: what was asked of no booking is better than nothing else."""
    nothing = np.zeros(0)
    asked = Examples(nothing.astype(np.int64), nothing.astype(np.int64), nothing.astype(np.intp), np.zeros((0, 0)), nothing > 0)
    assert Backtest(asked, dict.fromkeys(CANDIDATES, nothing), {}).best() == FAVOURITE


@pytest.mark.parametrize("true_slope", [0.4, 1.6])
def test_a_few_weeks_stretch_the_scores_little_and_many_weeks_more(true_slope: float) -> None:
    def measured(rows: int) -> float:
        score = RNG.normal(-2.5, 1.0, rows)
        lost = RNG.random(rows) < 1 / (1 + np.exp(-(true_slope * (score + 2.5) - 2.5)))
        ahead = RNG.integers(2, 28, rows)
        seen = Examples(ahead, ahead, ahead.astype(np.intp), np.zeros((rows, 0), dtype=np.float32), lost)
        return float(np.mean(slopes(score, seen)))

    few, many = measured(500), measured(600_000)
    assert abs(few - USUAL_SLOPE) < 0.15
    assert abs(few - USUAL_SLOPE) < abs(many - USUAL_SLOPE)
    assert many == pytest.approx(min(true_slope, SLOPE_BOUNDS[1]), abs=0.07)


def test_a_calibration_keeps_the_level_of_every_stretch() -> None:
    ahead = np.repeat([3, 10, 20], 500)
    score = np.repeat([-3.6, -2.6, -1.8], 500) + RNG.normal(0.0, 0.6, 1500)
    calibration = calibration_of(np.full(len(STRETCHES), USUAL_SLOPE), centers(score, ahead))
    said = calibration.log_odds(score, ahead)
    for days in (3, 10, 20):
        assert said[ahead == days].mean() == pytest.approx(score[ahead == days].mean())
        assert said[ahead == days].std() == pytest.approx(USUAL_SLOPE * score[ahead == days].std())


def test_a_stretch_without_examples_is_stretched_around_the_usual_loss() -> None:
    found = centers(np.array([-3.0, -3.2]), np.array([2, 7]))
    assert found[1] == pytest.approx(-3.1)
    assert set(np.delete(found, 1)) == {USUAL_CENTER}


def test_a_rate_in_whole_units_is_told_from_one_with_cents() -> None:
    booked, arrival = TODAY - timedelta(days=40), TODAY + timedelta(days=9)
    rows = [booking(number, booked, arrival, BookingStatus.RESERVED, booked, adr=rate) for number, rate in ((1, 80.0), (2, 79.9))]
    books = lay_out(history_of(rows))
    shot = snapshot(books, day_number(TODAY), 28)
    assert shot.features[:, feature_names(books).index("whole rate")].tolist() == [1.0, 0.0]
