"""The parts of the forecast, each against a slow and plain reading of the same thing."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from real_hotels import CITY, RESORT, history

from hotelml_app.core.clock import day_number
from hotelml_app.ml.errors import OutdatedModelError
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.modules.forecast.candidates.blend import BUCKETS, USUAL, Record, blended, learned_weights
from hotelml_app.modules.forecast.candidates.borrowed import model_for
from hotelml_app.modules.forecast.candidates.features import NAMES, FeatureSource
from hotelml_app.modules.forecast.intervals import ANCHORS, LEVELS, WIDE, Replay
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.panel import Panel, panel_of
from hotelml_app.modules.forecast.on_books.risk import CLASSES, RiskClasses, learn_risk_classes, stayed
from hotelml_app.modules.forecast.on_books.trailing import OpenNights, SameWeekday, Trailing, calendar_pickup
from hotelml_app.modules.forecast.room_types import shared_out

DAY = date(2016, 8, 31)


def test_a_model_whose_features_stand_in_another_order_is_not_asked() -> None:
    known = history(RESORT).as_of(DAY)
    assert model_for(LoadedModel("today's", MadeBy.OWN, {"features": list(NAMES)}, {}, {}), known) is not None
    with pytest.raises(OutdatedModelError, match="other features"):
        model_for(LoadedModel("old", MadeBy.OWN, {"features": list(reversed(NAMES))}, {}, {}), known)


@cache
def books(hotel: str, day: date = DAY, recent: int | None = None) -> Books:
    return Books.of(history(hotel).as_of(day), risk(hotel), recent=recent)


@cache
def risk(hotel: str) -> RiskClasses:
    return learn_risk_classes(history(hotel).as_of(DAY))


def curves(seed: int = 1, nights: int = 60, leads: int = 15) -> np.ndarray:
    matrix = np.random.default_rng(seed).integers(0, 30, (nights, leads)).astype(float)
    day = np.arange(nights)[:, None] - np.arange(leads)[None, :]
    matrix[day > 44] = np.nan
    return matrix


@given(st.integers(0, 44), st.integers(0, 14), st.integers(1, 70))
def test_a_trailing_mean_looks_back_from_its_origin_only(now: int, lead: int, window: int) -> None:
    matrix = curves()
    wanted = matrix[max(0, now - window + 1) : now + 1, lead].mean()
    assert Trailing(matrix).mean(np.array([now]), np.array([lead]), window)[0] == pytest.approx(wanted)


@given(st.integers(0, 44), st.integers(0, 14), st.integers(1, 70), st.integers(1, 40), st.integers(0, 20))
def test_a_trailing_mean_leaves_out_nights_on_which_the_house_was_known_to_be_closed(
    now: int, lead: int, window: int, begin: int, length: int
) -> None:
    matrix, told_after = curves(), 4
    shut = np.zeros(len(matrix), dtype=bool)
    shut[begin : min(begin + length, 45)] = length >= told_after
    known = begin + told_after - 1 <= now
    counted = [night for night in range(now, -1, -1) if not (shut[night] and known)][:window]
    found = Trailing(matrix, OpenNights(shut, told_after)).mean(np.array([now]), np.array([lead]), window)[0]
    assert found == pytest.approx(matrix[counted, lead].mean())


@given(st.integers(7, 44), st.integers(1, 14), st.integers(1, 9))
def test_weekday_means_take_passed_nights_of_the_same_weekday(now: int, lead: int, weeks: int) -> None:
    matrix = curves()
    nights = [night for night in range(now + lead - 7, -1, -7) if night <= now][:weeks]
    if nights:
        wanted = matrix[nights, lead].mean()
        assert SameWeekday(matrix).mean(np.array([now]), np.array([lead]), weeks)[0] == pytest.approx(wanted)


def test_calendar_pickup_adds_up_what_each_lead_brought_on_the_latest_days() -> None:
    matrix, window, now = curves(), 10, 40
    found = calendar_pickup(matrix, window)
    total = 0.0
    for lead in range(1, 15):
        # On day d the night d + lead - 1 went from this lead to the next.
        steps = [matrix[day + lead - 1, lead - 1] - matrix[day + lead - 1, lead] for day in range(now - window + 1, now + 1)]
        total += np.mean(steps)
        assert found[now, lead] == pytest.approx(total)


@pytest.mark.parametrize("hotel", [RESORT, CITY])
@pytest.mark.parametrize("days_back", [3, 45, 120, 200])
def test_features_of_a_past_day_are_the_same_whenever_they_are_computed(hotel: str, days_back: int) -> None:
    """Training looks back from later; prediction stands on the day itself. Both must see the same."""
    day = DAY - timedelta(days=days_back)
    then, later = books(hotel, day), books(hotel)
    horizon = np.arange(1, 91)
    on_the_day = FeatureSource(then).rows(np.full(90, then.today), horizon)
    looked_back = FeatureSource(later).rows(np.full(90, day_number(day) - later.first), horizon)
    for column, name in enumerate(NAMES):
        np.testing.assert_allclose(on_the_day.features[:, column], looked_back.features[:, column], atol=1e-9, err_msg=name)


def test_a_prediction_that_reads_the_recent_books_alone_sees_the_same_features() -> None:
    whole, short = books(CITY), books(CITY, DAY, 300)
    horizon = np.arange(1, 91)
    a = FeatureSource(whole).rows(np.full(90, whole.today), horizon)
    b = FeatureSource(short).rows(np.full(90, short.today), horizon)
    seasonal = NAMES.index("pickup_seasonal")  # last year lies outside so short a memory
    kept = [column for column in range(len(NAMES)) if column != seasonal]
    np.testing.assert_allclose(a.features[:, kept], b.features[:, kept], atol=1e-9)


def test_risk_classes_part_bookings_that_stay_from_those_that_do_not() -> None:
    known = history(CITY).as_of(DAY)
    classes = risk(CITY).classes(known)
    arrived = known.arrival <= known.today
    share = stayed(known)[known.booking]
    shares = [share[arrived & (classes == one)].mean() for one in range(CLASSES)]
    assert shares[0] < 0.2
    assert shares[-1] > 0.85
    assert shares == sorted(shares)


def test_risk_classes_survive_their_way_through_json() -> None:
    known = history(RESORT).as_of(DAY)
    again = RiskClasses.from_dict(risk(RESORT).as_dict())
    np.testing.assert_array_equal(again.classes(known), risk(RESORT).classes(known))


@given(st.lists(st.floats(0, 50), min_size=1, max_size=6), st.floats(0, 300), st.integers(0, 5))
def test_room_types_add_up_to_the_house_and_none_is_below_zero(parts: list[float], total: float, seed: int) -> None:
    spread = np.random.default_rng(seed).uniform(0.5, 4, (len(parts), 1))
    shared = shared_out(np.array([total]), np.array(parts)[:, None], spread)
    assert (shared >= 0).all()
    assert shared.sum() == pytest.approx(total, abs=1e-6)


def test_the_uncertain_room_type_takes_most_of_what_is_missing() -> None:
    shared = shared_out(np.array([70.0]), np.array([[30.0], [30.0]]), np.array([[3.0], [1.0]]))
    assert shared[:, 0] == pytest.approx([39.0, 31.0])


def test_the_candidate_that_was_right_lately_gains_weight_but_not_all() -> None:
    horizon = np.repeat(np.arange(1, 29), 40)
    age = np.tile(np.arange(40), 28)
    actual = np.random.default_rng(3).uniform(50, 90, len(horizon))
    predicted = np.stack([actual + 9, actual + 9, actual, actual - 9, actual - 9], axis=1)
    weights = learned_weights(Record(horizon, age, predicted, actual), USUAL)
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)
    assert (weights[1:5, 2] > USUAL[1:5, 2] + 0.2).all()
    assert (weights[:, 2] < 1.0).all()
    np.testing.assert_array_equal(weights[5:], USUAL[5:])


def test_a_blend_of_equal_candidates_is_that_candidate() -> None:
    horizon = np.arange(1, 91)
    same = np.linspace(20, 90, 90)
    np.testing.assert_allclose(blended(USUAL, horizon, np.tile(same[:, None], (1, USUAL.shape[1]))), same)
    assert len(USUAL) == len(BUCKETS)
    np.testing.assert_allclose(USUAL.sum(axis=1), 1.0)


def replayed(errors: int) -> Panel:
    now = np.repeat(np.arange(errors), 7)
    horizon = np.tile(np.array([1, 2, 4, 7, 14, 21, 28]), errors)
    passed = now + horizon <= errors
    count = int(passed.sum())
    return Panel(
        np.concatenate([now[passed], np.full(28, errors)]),
        np.concatenate([horizon[passed], np.arange(1, 29)]),
        np.concatenate([np.zeros(count, dtype=bool), np.ones(28, dtype=bool)]),
        errors,
    )


def test_intervals_are_as_wide_as_earlier_errors_were() -> None:
    panel = replayed(200)
    error = np.random.default_rng(2).normal(size=len(panel.now)) * 5
    actual = np.where(panel.asked, np.nan, 100 + error)
    found = Replay(panel).quantiles(np.full(len(error), 100.0), np.full(len(error), 2.0), actual)
    wanted = 100 + 5 * np.array([-1.96, -1.28, -0.67, 0.67, 1.28, 1.96])
    np.testing.assert_allclose(found[6:].mean(axis=0)[1:-1], wanted[1:-1], atol=2.5)
    np.testing.assert_allclose(found[6:].mean(axis=0)[[0, -1]], wanted[[0, -1]], atol=4)
    assert (np.diff(found, axis=1) >= 0).all()


def test_without_a_past_the_stated_wide_interval_is_given() -> None:
    panel = replayed(0)
    nothing = np.full(len(panel.now), np.nan)
    found = Replay(panel).quantiles(np.full(28, 50.0), np.full(28, 4.0), nothing)
    np.testing.assert_allclose(found, np.tile(50 + 4 * WIDE, (28, 1)))
    assert Replay(panel).scaled(np.zeros(0)).shape == (len(ANCHORS), len(LEVELS))


def test_the_replay_asks_only_about_nights_that_have_passed() -> None:
    panel = panel_of(books(RESORT), 28)
    assert (panel.night[panel.replayed] <= panel.today).all()
    assert panel.horizon[panel.asked].tolist() == list(range(1, 29))
    assert (panel.now[panel.asked] == panel.today).all()
