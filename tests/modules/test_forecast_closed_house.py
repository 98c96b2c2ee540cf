"""A house that is closed for a season: its empty nights do not vouch for those after it opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from synthetic_property import DAY, OPENING, hotel, property_until, small_history

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.contract import PredictionRequest
from hotelml_app.ml.onnx.artifacts import read_artifact
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.closed_house import CLOSED_NIGHTS
from hotelml_app.ml.property.history import History
from hotelml_app.modules.forecast.candidates.features import FeatureSource
from hotelml_app.modules.forecast.intervals import LEVELS, Replay
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.panel import Panel
from hotelml_app.modules.forecast.on_books.risk import learn_risk_classes
from hotelml_app.modules.forecast.predicting import predict

BROUGHT = Path(__file__).parents[2] / "models" / "forecast"
CLOSED_SINCE, OPENS = DAY - timedelta(days=110), DAY + timedelta(days=30)


@cache
def closed_in_winter() -> History:
    """Return the history of a small hotel that nobody booked for the nights between two seasons."""
    history = property_until(hotel(), DAY).history
    open_nights = (history.departure <= day_number(CLOSED_SINCE)) | (history.arrival >= day_number(OPENS))
    return history.take(open_nights)


def forecast(history: History) -> dict[date, Mapping[str, object]]:
    """Return what the plain rule says of rooms sold in the house, by night."""
    data = replace(property_until(hotel(), DAY), load_history=lambda: history)
    said = predict(PredictionRequest(data, DAY, 90))
    return {one.target_date: one.values for one in said if (one.values["metric"], one.values["room_type"]) == ("rooms_sold", "")}


def test_nights_after_the_opening_fill_as_open_nights_did_and_those_before_stay_empty() -> None:
    house = forecast(closed_in_winter())
    assert np.median([float(str(values["p90"])) for night, values in house.items() if night < OPENS]) < 0.1
    # The hotel itself never closed: what it sold on these nights is what a reopened one would.
    last = hotel().last_day - timedelta(days=3)
    came = {night: hotel().truth.rooms_sold(night) for night in house if OPENS + timedelta(days=7) <= night <= last}
    assert len(came) >= 10
    off = [abs(float(str(house[night]["p50"])) - sold) for night, sold in came.items()]
    assert sum(off) < 0.25 * sum(came.values())
    held = [float(str(house[night]["p10"])) <= sold <= float(str(house[night]["p90"])) for night, sold in came.items()]
    assert np.mean(held) > 0.6


def test_what_was_learned_on_open_nights_does_not_fill_a_house_that_is_closed() -> None:
    young = property_until(hotel(), OPENING + timedelta(days=120))
    closed_since, day = OPENING + timedelta(days=95), young.as_of
    history = young.history.take(young.history.departure <= day_number(closed_since))
    said = predict(PredictionRequest(replace(young, load_history=lambda: history), day, 90, model=read_artifact(BROUGHT)))
    assert {one.made_by for one in said if one.key == "rooms_sold"} == {MadeBy.BUNDLED}
    assert {one.values["p50"] for one in said if one.key == "rooms_sold"} == {0.0}


def test_a_house_that_is_to_open_is_empty_until_its_first_booking() -> None:
    young = property_until(hotel(), OPENING - timedelta(days=1))
    history = young.history.take(young.history.occupying & (young.history.arrival >= day_number(OPENING) + 30))
    opens = day_of(int(history.as_of(young.as_of).on_the_books(young.as_of).arrival.min()))
    said = predict(PredictionRequest(replace(young, load_history=lambda: history), young.as_of, 60, model=read_artifact(BROUGHT)))
    house = {one.target_date: float(str(one.values["p50"])) for one in said if one.key == "rooms_sold"}
    assert {rooms for night, rooms in house.items() if night < opens} == {0.0}
    assert min(rooms for night, rooms in house.items() if night >= opens) > 0


def test_what_is_told_of_a_night_is_what_was_known_then_however_long_the_house_stays_closed() -> None:
    history = closed_in_winter()
    risk, horizon = learn_risk_classes(history), np.array([1, 7, 28, 60])
    for closed_for in (-3, 2, 9, CLOSED_NIGHTS + 1, 60):
        day = CLOSED_SINCE + timedelta(days=closed_for)
        then, now = (Books.of(known, risk) for known in (history.as_of(day), history))
        asked = np.full(len(horizon), day_number(day) - now.first)
        early, late = (FeatureSource(books).rows(asked, horizon) for books in (then, now))
        for one, other in ((early.features, late.features), (early.new, late.new), (early.kept, late.kept)):
            np.testing.assert_allclose(one, other, err_msg=f"{closed_for} days after the last guest left")
        for name, values in late.pickups.items():
            np.testing.assert_allclose(early.pickups[name], values, err_msg=f"{name}, {closed_for} days later")


def test_a_run_of_empty_nights_is_no_closed_house_where_nights_are_often_empty() -> None:
    sold = np.random.default_rng(4).random(600) < 0.08
    history = small_history([_stay(number, DAY - timedelta(days=int(600 - number))) for number in np.flatnonzero(sold)], DAY)
    books = Books.of(history, learn_risk_classes(history))
    assert any(end - begin > CLOSED_NIGHTS for begin, end in books._empty_runs)
    assert not books.closed.any()


def _stay(number: int, arrival: date) -> dict[str, object]:
    return {
        "reservation_id": str(number),
        "arrival": arrival,
        "departure": arrival + timedelta(days=1),
        "status": BookingStatus.CHECKED_OUT,
    }


def test_a_house_is_closed_on_many_empty_nights_in_a_row_and_not_on_a_few() -> None:
    history = closed_in_winter()
    books = Books.of(history, learn_risk_classes(history))
    first, closed = day_number(CLOSED_SINCE) - books.first, books.closed
    assert closed[first : books.today + 1].all()
    assert not closed[books.today + 1 :].any()
    before = closed[:first]
    assert not before[books.rooms[:first, 0] > 0].any()
    assert before.sum() < CLOSED_NIGHTS * 2
    assert not np.isnan(books.rooms[: books.today + 1, 0]).any()


@pytest.mark.parametrize(
    ("closed", "times"), [((0, 100), (1.3, 3.0)), ((40, 100), (1.1, 1.6)), ((200, 270), (0.99, 1.05)), ((0, 0), (1.0, 1.0))]
)
def test_errors_of_before_a_pause_speak_in_part_for_the_nights_after_it(
    closed: tuple[int, int], times: tuple[float, float]
) -> None:
    ages, today, ahead = np.arange(280), 400, 28
    horizon = np.full(len(ages) + 1, ahead)
    asked = np.arange(len(ages) + 1) == len(ages)
    panel = Panel(np.append(today - ages - ahead, today), horizon, asked, today)
    shut = np.append((ages >= closed[0]) & (ages < closed[1]), False)
    actual = 20 + np.append(np.random.default_rng(2).normal(0, 1, len(ages)), np.nan)
    middle, spread = np.full(len(horizon), 20.0), np.ones(len(horizon))

    def width(replay: Replay, came: np.ndarray) -> float:
        quantiles = replay.quantiles(middle, spread, came)[0]
        return float(quantiles[LEVELS.index(0.9)] - quantiles[LEVELS.index(0.1)])

    never = width(Replay(panel), np.where(shut, np.nan, actual))
    assert times[0] * never <= width(Replay(panel, shut), np.where(shut, middle, actual)) <= times[1] * never


def _closes_every_winter(day: date, booked: date | None = None) -> Books:
    """The books of a house that was open but for 100 nights before each of two past days, and is asked a year after them."""
    begins = [DAY - timedelta(days=ago) for ago in (600, 236)]
    shut = {begin + timedelta(days=night) for begin in begins for night in range(100)}
    nights = (DAY - timedelta(days=900) + timedelta(days=night) for night in range(900 + (day - DAY).days))
    stays = [_stay(number, night) for number, night in enumerate(night for night in nights if night not in shut)]
    if booked is not None:
        made = {"booked_on": day - timedelta(days=5), "status": BookingStatus.RESERVED}
        stays.append({**_stay(len(stays), booked), **made})
    history = small_history(stays, day)
    return Books.of(history, learn_risk_classes(history))


def test_a_house_that_was_closed_a_year_ago_and_has_no_booking_is_closed_again() -> None:
    closes = DAY - timedelta(days=236 - 364)
    books = _closes_every_winter(closes - timedelta(days=20))
    known = books.known_closed(np.full(90, books.today), np.arange(1, 91))
    assert not known[: 20 + 6].any(), "the season may end some days later this year"
    assert known[20 + 7 :].all()


def test_one_booking_in_the_season_and_nobody_knows() -> None:
    closes = DAY - timedelta(days=236 - 364)
    books = _closes_every_winter(closes - timedelta(days=20), booked=closes + timedelta(days=60))
    assert not books.known_closed(np.full(90, books.today), np.arange(1, 91)).any()
