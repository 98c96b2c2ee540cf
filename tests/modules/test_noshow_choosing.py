"""Which candidate a training keeps, and how steady the calibration is that it leaves with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from noshow_hotel import TODAY, booking, history_of, random_house

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number, day_of
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import PredictionRequest, TrainingContext
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.ml.splits import RollingFold
from hotelml_app.modules.noshow import MANIFEST
from hotelml_app.modules.noshow.backtest import BROUGHT, FAVOURITE, Backtest, FoldScores, _answers_beside
from hotelml_app.modules.noshow.books import Flags, Floats, lay_out
from hotelml_app.modules.noshow.candidates import CANDIDATES
from hotelml_app.modules.noshow.features import feature_names, snapshot
from hotelml_app.modules.noshow.learning import (
    SLOPE_BOUNDS,
    USUAL_CENTER,
    USUAL_SLOPE,
    Ground,
    calibration_of,
    centers,
    prepare,
    slopes,
)
from hotelml_app.modules.noshow.measures import BASELINE
from hotelml_app.modules.noshow.predicting import predict
from hotelml_app.modules.noshow.recalibration import STRETCHES
from hotelml_app.modules.noshow.snapshots import Examples
from hotelml_app.registry.bundled import BundledModels, bundled_folder
from hotelml_app.training.gates import baseline_ratio
from hotelml_app.training.rival import bundled_ratio

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


@cache
def house() -> PropertyData:
    history = history_of(random_house())
    return PropertyData(PropertyFacts(1, "Casa"), TODAY, lambda: history)


def brought() -> LoadedModel:
    model = BundledModels(bundled_folder()).model("noshow")
    assert model is not None
    return model


def ground(bundled: LoadedModel | None) -> Ground:
    return prepare(TrainingContext(house(), TODAY, ModuleTrainingConfig(), bundled=bundled))


def test_the_model_brought_along_is_judged_by_what_it_would_have_said_on_those_days() -> None:
    known = ground(brought())
    days = np.unique(known.seen.day)[-4:]
    fold = RollingFold(int(days[0]) - 1, int(days[0]), int(days[-1]))
    one = FoldScores(fold, known.seen.take(known.seen.day >= days[0]), {})
    said, rows = _answers_beside(known, one), one.rows.take(one.asked)
    assert len(rows) > 100
    names = known.books.history.reservation_ids[known.books.history.booking[rows.spells]]
    for origin in days.tolist():
        now, day = rows.day == origin, day_of(origin)
        told = {one.key: one.values["p_lost"] for one in predict(PredictionRequest(house().at(day), day, 28, brought()))}
        assert [told[name] for name in names[now].tolist()] == pytest.approx(said[BROUGHT][now].tolist(), abs=1e-5)


def test_it_is_set_against_the_same_plain_rule_on_the_same_bookings_as_the_own_one() -> None:
    """Asked apart, on other days and beside the base rate by segment, it looked a little better or worse than it is."""
    rule, knows = np.where(LOST, 0.15, 0.1), np.where(LOST, 0.5, 0.05)
    board = _backtest({BASELINE: rule, BROUGHT: knows}).leaderboard()
    (rival,) = [one for one in board.candidates if one.is_bundled]
    (own,) = [one for one in board.candidates if one.chosen]
    pairs = zip(rival.measures, own.measures, strict=True)
    assert all(
        (a.name, a.bucket, a.baseline, a.baseline_value) == (b.name, b.bucket, b.baseline, b.baseline_value) for a, b in pairs
    )
    assert bundled_ratio(MANIFEST, board, house(), brought()) == baseline_ratio(MANIFEST, rival.measures)


def test_one_that_looks_at_other_features_is_not_judged() -> None:
    other = brought()
    other.parameters = {**other.parameters, "features": ["moon"]}
    assert ground(other).bundled is None
    assert ground(brought()).bundled is not None
    assert ground(None).bundled is None
