"""Bookings that get other numbers take with them what is kept by their numbers."""

from __future__ import annotations

import sqlite3

import pytest
from hotel_rows import NOW, booking_row, day, new_import, new_property
from kept_points import kept_points

from hotelml_app.core.data_points import Source, TrainingDataPoint
from hotelml_app.store import Store
from hotelml_app.store.corrected import renumbering
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported import bookings
from hotelml_app.store.learned import data_points, predictions
from hotelml_app.store.learned.predictions import OutcomeRow, PredictionRow

SHIFTED = {"1": "2", "2": "3"}
"""A new PMS counts on where the former one is: one gets the number that another had."""


def about(number: str, p_lost: float) -> PredictionRow:
    return PredictionRow(day(1), day(20), number, "statistical", {"reservation_id": number, "p_lost": p_lost})


def point(number: str, p_lost: float) -> TrainingDataPoint:
    told = {"key": number, "reservation_id": number, "p_lost": p_lost}
    return TrainingDataPoint(f"noshow:Hotel:{day(1)}:{day(20)}:{number}", NOW, "noshow", told, {}, 1.0, Source.REAL, "Hotel")


@pytest.fixture
def hotel(store: Store) -> int:
    """A hotel of two bookings, each with a prediction, judged, and a data point of it."""
    with store.write() as connection:
        number = new_property(connection, "Hotel")
        bookings.apply(connection, number, new_import(connection), day(1), [booking_row("1"), booking_row("2")])
        predictions.replace_run(connection, number, "noshow", day(1), [about("1", 0.1), about("2", 0.2)], NOW)
        rows = predictions.of_run(connection, number, "noshow", day(1))
        predictions.put_outcomes(connection, [OutcomeRow(row.id, 1.0, 0.5, day(20)) for row in rows])
        data_points.put(connection, [point("1", 0.1), point("2", 0.2)])
    return number


def shift(connection: sqlite3.Connection, hotel: int) -> None:
    known = bookings.ids(connection, hotel)
    renumbering.renumber(connection, hotel, {known[former]: new for former, new in SHIFTED.items()})


def test_predictions_and_data_points_go_on_under_the_new_numbers(store: Store, hotel: int) -> None:
    with store.write() as connection:
        shift(connection, hotel)
        judged = predictions.judged(connection, hotel, "noshow", day(20), day(20))
        assert [(row.key, row.payload) for row, _ in judged] == [
            (one.key, one.payload) for one in (about("2", 0.1), about("3", 0.2))
        ]
        points = {one.id: one.input for one in kept_points(connection, "noshow")}
        assert points == {one.id: one.input for one in (point("2", 0.1), point("3", 0.2))}


def test_what_was_said_of_a_booking_that_is_no_more_gives_way(store: Store, hotel: int) -> None:
    with store.write() as connection:
        predictions.replace_run(connection, hotel, "noshow", day(1), [about("3", 0.9)], NOW)
        data_points.put(connection, [point("3", 0.9)])
        shift(connection, hotel)
        rows = predictions.of_run(connection, hotel, "noshow", day(1))
        assert {row.key: row.payload["p_lost"] for row in rows} == {"2": 0.1, "3": 0.2}
        assert {one.id: one.input["p_lost"] for one in kept_points(connection, "noshow")} == {
            point("2", 0.1).id: 0.1,
            point("3", 0.2).id: 0.2,
        }


def test_what_is_predicted_of_nights_and_reviews_stays(store: Store, hotel: int) -> None:
    told = [
        PredictionRow(day(1), day(20), "1", "statistical", {"review_key": "1"}),
        PredictionRow(day(1), day(20), "rooms_sold:2", "statistical", {"room_type": "2", "metric": "rooms_sold"}),
    ]
    with store.write() as connection:
        predictions.replace_run(connection, hotel, "sentiment", day(1), told, NOW)
        shift(connection, hotel)
        assert [one.key for one in predictions.of_run(connection, hotel, "sentiment", day(1))] == ["1", "rooms_sold:2"]


def test_everything_that_staff_decided_of_a_booking_stays_with_it(store: Store, hotel: int) -> None:
    waiting = {"before": [], "after": ["2"], "reason": "", "locked": False}
    before = {
        "called": {"1": "2017-03-10", "9": "2017-03-10"},
        "options of allocation": {
            "locks": {"1": ["1"], "2": ["2"], "3": ["3"]},
            "wishes": {"2": ["quiet"]},
            "together": [["1", "2"], ["1", "9", 2.0]],
            "rooms": {"1": "DBL", "2": "DBL"},
            "room_features": {"1": ["quiet"]},
            "connecting": [["1", "2"]],
            "out_of_order": [{"room": "1", "from": "2017-03-01", "to": "2017-03-02"}],
        },
        "rooms to carry out": {
            "planned": {"2": waiting},
            "locks": {"1": ["1"]},
            "notes": [],
            "house_before": {"rooms": {"2": "SGL"}},
            "past": [{"words": "took on 1 room", "planned": {"1": waiting}, "house": {"rooms": {"1": "SGL"}}}],
        },
    }
    with store.write() as connection:
        for name, value in before.items():
            data_settings.put(connection, name, value, hotel)
        shift(connection, hotel)
        after = data_settings.all(connection, hotel)
    assert after["called"] == {"2": "2017-03-10", "9": "2017-03-10"}
    assert after["options of allocation"] == before["options of allocation"] | {
        "locks": {"2": ["1"], "3": ["2"]},
        "wishes": {"3": ["quiet"]},
        "together": [["2", "3"], ["2", "9", 2.0]],
    }
    assert after["rooms to carry out"] == before["rooms to carry out"] | {
        "planned": {"3": waiting},
        "locks": {"2": ["1"]},
        "past": [{"words": "took on 1 room", "planned": {"2": waiting}, "house": {"rooms": {"1": "SGL"}}}],
    }


def test_what_stood_under_a_number_of_a_booking_that_is_no_more_is_not_of_the_one_that_gets_it(store: Store, hotel: int) -> None:
    with store.write() as connection:
        data_settings.put(connection, "called", {"4": "2017-03-10"}, hotel)
        asked = {"locks": {"4": ["104"]}, "together": [["2", "4"], ["1", "2"]]}
        data_settings.put(connection, "options of allocation", asked, hotel)
        known = bookings.ids(connection, hotel)
        renumbering.renumber(connection, hotel, {known["2"]: "4"})
        assert data_settings.get(connection, "called", None, hotel) == {}
        told = data_settings.get(connection, "options of allocation", None, hotel)
    assert told == {"locks": {}, "together": [["1", "4"]]}
