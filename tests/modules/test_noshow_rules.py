"""Who may not come, by the plain rule and in the features that models see."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from noshow_hotel import TODAY, booking, data_of, history_of, random_house

from hotelml_app.core.bookings import FILLED_IN_AT_ARRIVAL, NUMBER_COLUMNS, STATE_COLUMNS, BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import Prediction, PredictionRequest, StoredPrediction
from hotelml_app.ml.metrics import auc, brier
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.modules.noshow.base_rates import base_rates
from hotelml_app.modules.noshow.books import lay_out
from hotelml_app.modules.noshow.features import feature_names, snapshot
from hotelml_app.modules.noshow.outcomes import outcomes
from hotelml_app.modules.noshow.predicting import predict
from hotelml_app.modules.noshow.reasons import LIKE_OTHERS, WEAK_SIGNS, Reasons, bands
from hotelml_app.modules.noshow.recalibration import (
    PRIOR,
    STRETCHES,
    Calibration,
    Replay,
    calibration_from,
    fitted_intercept,
    recalibrated,
)
from hotelml_app.modules.noshow.snapshots import count_points, ends, examples

NOW = day_number(TODAY)
_FIRST_VALUE = 3
"""Place of the first value of a state in a row, after number, booking day and as-of."""


@pytest.fixture(scope="module")
def house() -> list[tuple[object, ...]]:
    return random_house()


def asked(house: list[tuple[object, ...]], horizon: int = 28) -> list[Prediction]:
    return predict(PredictionRequest(data_of(house), TODAY, horizon))


@pytest.mark.parametrize("longest", [1, 2, 6, 7, 28])
def test_base_rates_can_be_asked_for_a_few_days_alone(house: list[tuple[object, ...]], longest: int) -> None:
    rates = base_rates(lay_out(history_of(house)), NOW, longest)
    assert rates.share.shape == (longest + 1,)
    assert ((rates.share >= 0) & (rates.share <= 1)).all()


def test_every_booking_on_the_books_gets_a_risk(house: list[tuple[object, ...]]) -> None:
    history = history_of(house)
    books = history.on_the_books(TODAY)
    due = books.arrival <= NOW + 28
    expected = {str(history.reservation_ids[b]) for b in books.booking[due]}
    assert {one.values["reservation_id"] for one in asked(house)} == expected


def test_a_no_show_is_never_more_likely_than_a_loss(house: list[tuple[object, ...]]) -> None:
    for one in asked(house):
        assert 0 <= one.values["p_noshow"] <= one.values["p_lost"] <= 1  # type: ignore[operator]


def test_one_day_before_arrival_no_risk_is_invented(house: list[tuple[object, ...]]) -> None:
    tomorrow = asked(house, horizon=1)
    assert tomorrow
    for one in tomorrow:
        assert one.values["band"] == "unknown"
        assert one.values["reasons"] == "one day before arrival no sign shows who will not come"
        assert one.made_by is MadeBy.STATISTICAL


def test_the_base_rate_is_the_share_that_was_lost(house: list[tuple[object, ...]]) -> None:
    books = lay_out(history_of(house))
    rates = base_rates(books, NOW, 28)
    seen = examples(books, range(NOW - 200, NOW - 28, 3), 28)
    for ahead in (3, 10, 20):
        happened = seen.lost[seen.days_ahead == ahead].mean()
        assert rates.p_lost(np.array([ahead]))[0] == pytest.approx(happened, abs=0.04)
    rising = rates.p_lost(np.array([1, 7, 14, 28]))
    assert (np.diff(rising) > 0).all()


def closed_lately(days: int = 90) -> list[tuple[object, ...]]:
    """A house that cancelled whoever was to come in its latest months, and opens tomorrow."""
    shut = TODAY - timedelta(days=days)
    at = {name: _FIRST_VALUE + STATE_COLUMNS.index(name) for name in ("status", "status_on", "arrival", "departure")}
    rows = []
    for row in random_house():
        values = list(row)
        if shut.isoformat() < str(values[at["departure"]]) and str(values[at["arrival"]]) <= TODAY.isoformat():
            gone = max(shut.isoformat(), str(values[1]))
            values[at["status"]], values[at["status_on"]] = int(BookingStatus.CANCELLED), gone
        rows.append(tuple(values))
    return rows


def test_who_was_to_come_to_a_closed_house_is_not_lost_as_others_are(house: list[tuple[object, ...]]) -> None:
    ahead = np.array([3, 10, 20])
    usual = base_rates(lay_out(history_of(house)), NOW, 28).p_lost(ahead)
    reopened = lay_out(history_of(closed_lately()))
    assert base_rates(reopened, NOW, 28).p_lost(ahead) == pytest.approx(usual, abs=0.1)
    seen = examples(reopened, range(NOW - 120, NOW, 3), 28)
    assert not (seen.arrival > NOW - 90).any()


def test_a_segment_that_is_lost_more_often_has_a_higher_base_rate() -> None:
    rows = [list(row) for row in random_house(bookings=2500)]
    books = lay_out(history_of([tuple(r) for r in rows]))
    segment = books.history.categories["segment"]
    agent = books.history.categories["agent"]
    books.kinds["segment"] = np.where(agent.codes == agent.code("bad"), segment.code("Online"), segment.code("Direct")).astype(
        int
    )
    factor = base_rates(books, NOW, 28).factor
    assert factor[segment.code("Online")] > 1.3 > 1 > factor[segment.code("Direct")]


def test_a_house_with_hardly_any_losses_on_record_gives_no_band() -> None:
    rows = [
        booking(1, TODAY - timedelta(days=30), TODAY - timedelta(days=9), BookingStatus.CHECKED_OUT, TODAY - timedelta(days=7)),
        booking(2, TODAY - timedelta(days=30), TODAY + timedelta(days=9), BookingStatus.RESERVED, TODAY - timedelta(days=30)),
    ]
    (one,) = asked(rows)
    assert one.values["band"] == "unknown"
    assert "Too few losses" in one.why


def test_bookings_of_a_day_with_the_same_per_cent_have_the_same_band() -> None:
    at_six_per_cent = bands(np.array([0.0551, 0.0601, 0.0649]), np.full(3, 0.04))
    assert set(at_six_per_cent) == {"raised"}
    assert list(bands(np.array([0.0549, 0.1449, 0.1451]), np.full(3, 0.04))) == ["low", "raised", "high"]


def test_what_is_usual_so_many_days_before_arrival_is_told_of_each_booking(house: list[tuple[object, ...]]) -> None:
    rates = base_rates(lay_out(history_of(house)), NOW, 28)
    for one in asked(house):
        ahead = (one.values["arrival"] - TODAY).days  # type: ignore[operator]
        assert one.values["usual"] == pytest.approx(float(rates.p_lost(np.array([ahead]))[0]), abs=1e-4)


def test_reasons_are_true_of_the_booking(house: list[tuple[object, ...]]) -> None:
    books = lay_out(history_of(house))
    shot = snapshot(books, NOW, 28)
    reasons = Reasons(books, shot)
    agent = books.history.categories["agent"].words()[shot.spells]
    blamed = np.array(["agent bad are lost more often" in reasons.of(row, "high") for row in range(len(agent))])
    assert (blamed == (agent == "bad")).all()
    assert not any("agent good are lost more often" in reasons.of(row, "high") for row in range(len(agent)))


def test_a_low_risk_is_explained_by_what_lowers_it(house: list[tuple[object, ...]]) -> None:
    books = lay_out(history_of(house))
    shot = snapshot(books, NOW, 28)
    reasons = Reasons(books, shot)
    assert not any("more often" in reasons.of(row, "low") for row in range(len(shot.spells)))


def test_a_raised_risk_is_never_called_like_most(house: list[tuple[object, ...]]) -> None:
    books = lay_out(history_of(house))
    shot = snapshot(books, NOW, 28)
    reasons = Reasons(books, shot)
    said = {band: {reasons.of(row, band) for row in range(len(shot.spells))} for band in ("low", "raised", "high", "unknown")}
    assert WEAK_SIGNS in said["raised"]
    assert LIKE_OTHERS not in said["raised"] | said["high"]
    assert LIKE_OTHERS in said["unknown"]
    assert WEAK_SIGNS not in said["low"] | said["unknown"]


def test_what_is_left_of_a_group_is_told() -> None:
    booked, due = TODAY - timedelta(days=40), TODAY + timedelta(days=10)
    words = {"agent": "A", "segment": "Groups"}
    gone = [booking(n, booked, due, BookingStatus.CANCELLED, TODAY - timedelta(days=3), **words) for n in range(3)]
    left = [booking(n, booked, due, BookingStatus.RESERVED, booked, **words) for n in range(3, 5)]
    books = lay_out(history_of([*gone, *left, *random_house(bookings=300)]))
    shot = snapshot(books, NOW, 28)
    row = int(np.flatnonzero(books.history.booking[shot.spells] == 3)[0])
    assert "3 of the 5 rooms booked on one day for the same dates are already gone" in Reasons(books, shot).of(row, "high")


def test_a_group_is_told_in_rooms_however_they_are_divided_among_its_bookings() -> None:
    booked, due = TODAY - timedelta(days=60), TODAY + timedelta(days=6)
    words = {"agent": "A", "segment": "Groups"}
    gone = booking(0, booked, due, BookingStatus.CANCELLED, TODAY - timedelta(days=3), rooms=8.0, **words)
    left = booking(1, booked, due, BookingStatus.RESERVED, booked, rooms=4.0, **words)
    books = lay_out(history_of([gone, left, *random_house(bookings=300)]))
    shot = snapshot(books, NOW, 28)
    row = int(np.flatnonzero(books.history.booking[shot.spells] == 1)[0])
    assert "8 of the 12 rooms booked on one day for the same dates are already gone" in Reasons(books, shot).of(row, "high")


def test_features_ignore_what_the_front_desk_fills_in_and_the_deposit(house: list[tuple[object, ...]]) -> None:
    told = [list(row) for row in house]
    for row in told:
        for name in (*FILLED_IN_AT_ARRIVAL, "deposit_type"):
            row[3 + STATE_COLUMNS.index(name)] = 3.0 if name in NUMBER_COLUMNS else "told"
    plain, filled = lay_out(history_of(house)), lay_out(history_of([tuple(row) for row in told]))
    day = NOW - 60
    np.testing.assert_array_equal(snapshot(plain, day, 28).features, snapshot(filled, day, 28).features)


def test_features_of_a_past_day_are_what_they_were_then(house: list[tuple[object, ...]]) -> None:
    history = history_of(house)
    then = TODAY - timedelta(days=50)
    late, early = lay_out(history), lay_out(history.as_of(then))
    np.testing.assert_array_equal(snapshot(late, day_number(then), 28).features, snapshot(early, day_number(then), 28).features)


@pytest.mark.parametrize("worth", [1.0, 160.0, 16_000.0])
def test_rates_stand_to_each_other_as_they_do_whatever_the_currency(worth: float) -> None:
    """A night costs a hundred euros, sixteen thousand yen or one and a half million rupiahs."""
    booked, arrival = TODAY - timedelta(days=40), TODAY + timedelta(days=9)
    rates = (80.0, 100.0, 120.0, 140.0)
    rows = [
        booking(number, booked, arrival, BookingStatus.RESERVED, booked, adr=rate * worth) for number, rate in enumerate(rates)
    ]
    books = lay_out(history_of(rows))
    shot = snapshot(books, day_number(TODAY), 28)
    for name in ("rate against room type", "rate against arrival day"):
        found = shot.features[:, feature_names(books).index(name)]
        assert found == pytest.approx(np.array(rates) / 110, abs=1e-3)


def test_there_is_a_name_for_every_feature(house: list[tuple[object, ...]]) -> None:
    books = lay_out(history_of(house))
    assert snapshot(books, NOW, 28).features.shape[1] == len(feature_names(books)) == len(set(feature_names(books)))


def test_examples_leave_out_arrivals_still_to_come_even_where_they_are_lost_already(house: list[tuple[object, ...]]) -> None:
    books = lay_out(history_of(house))
    seen = examples(books, range(NOW - 40, NOW, 7), 28)
    assert (seen.arrival <= NOW).all()
    assert seen.lost.any()


def test_a_booking_moved_to_a_later_arrival_has_no_known_end() -> None:
    moved = booking(1, TODAY - timedelta(days=30), TODAY + timedelta(days=3), BookingStatus.RESERVED, TODAY - timedelta(days=30))
    assert not ends(history_of([moved])).known[0]
    assert count_points(data_of([moved])) == 0


def test_a_late_checkin_notice_is_not_taken_for_a_loss() -> None:
    stale = booking(1, TODAY - timedelta(days=30), TODAY - timedelta(days=1), BookingStatus.RESERVED, TODAY - timedelta(days=30))
    end = ends(history_of([stale]))
    assert end.known[0]
    assert not end.lost[0]


def test_what_came_of_a_risk_is_judged_beside_the_base_rate(house: list[tuple[object, ...]]) -> None:
    data = data_of(house)
    then = TODAY - timedelta(days=20)
    given = predict(PredictionRequest(data, then, 14))
    stored = [StoredPrediction(i, then, one.target_date, one.key, "statistical", one.values) for i, one in enumerate(given)]
    found = outcomes(data, stored)
    assert len(found) == len(stored)
    by_id = {one.prediction_id: one for one in found}
    for one in stored:
        said = float(one.values["p_lost"])  # type: ignore[arg-type]
        assert by_id[one.id].error == pytest.approx((said - by_id[one.id].actual) ** 2)
    assert {one.actual for one in found} == {0.0, 1.0}
    assert all(one.baseline_error is not None for one in found)


def test_a_risk_whose_day_has_not_come_has_no_outcome(house: list[tuple[object, ...]]) -> None:
    data = data_of(house)
    given = predict(PredictionRequest(data, TODAY, 5))
    stored = [StoredPrediction(i, TODAY, one.target_date, one.key, "statistical", one.values) for i, one in enumerate(given)]
    assert outcomes(data, stored) == []


def test_a_model_that_says_too_much_is_brought_down_by_the_latest_weeks() -> None:
    rng = np.random.default_rng(5)
    lost = (rng.random(40000) < 0.1).astype(float)
    ahead = rng.integers(2, 28, 40000)
    unmoved = Calibration(*(np.full(len(STRETCHES), value) for value in (0.0, 1.0, 0.0)))
    said = np.full(40000, np.log(0.2 / 0.8))
    moved = recalibrated(unmoved, Replay(ahead, said, lost, np.ones(40000)))
    assert unmoved.apply(said, ahead).mean() == pytest.approx(0.2)
    assert moved.apply(said, ahead).mean() == pytest.approx(0.1, abs=0.02)
    assert calibration_from(moved.as_dict()).apply(said, ahead) == pytest.approx(moved.apply(said, ahead))


def test_a_handful_of_bookings_moves_little() -> None:
    shift = fitted_intercept(np.full(5, -2.0), np.ones(5), np.ones(5), PRIOR[1])
    assert 0 < shift < 0.3


def test_measures_of_a_perfect_and_a_blind_guess() -> None:
    lost = np.array([True, False, True, False])
    assert auc(np.array([0.9, 0.1, 0.8, 0.2]), lost) == 1
    assert auc(np.full(4, 0.5), lost) == 0.5
    assert np.isnan(auc(np.full(2, 0.5), np.array([True, True])))
    assert brier(np.array([1.0, 0.0]), np.array([1.0, 0.0])) == 0
