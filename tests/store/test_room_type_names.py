"""Room types under their present names: what exports told is read so and what staff decided kept so, until it is taken back."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from hotel_rows import NOW, day, new_import, new_property

from hotelml_app.store import Store
from hotelml_app.store.corrected import joining
from hotelml_app.store.decided import data_settings, rate_decisions, room_type_names
from hotelml_app.store.decided.rate_decisions import DecisionKind, RateDecisionRow
from hotelml_app.store.exported import statistics
from hotelml_app.store.exported.statistics import NightlyRow
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import predictions
from hotelml_app.store.learned.predictions import PredictionRow

NIGHT = "2017-03-20"
RATES, ROOMS = "options of pricing", "options of allocation"


def entry(kind: str, rate: float) -> dict[str, object]:
    return {"night": NIGHT, "room_type": kind, "rate": rate, "before": 90.0, "own": True, "entered": False, "decided_on": ""}


def decided(connection: sqlite3.Connection, hotel: int) -> dict[str, object]:
    return {name: told for name, told in data_settings.all(connection, hotel).items() if "renam" not in name}


@pytest.fixture
def hotel(store: Store) -> int:
    """A hotel whose staff decided much of the room type DBL and something of the KNG."""
    rates = {
        "floor": {"DBL": 80.0, "SUI": 200.0},
        "locked": {NIGHT: {"DBL": 99.0, "SUI": 250.0}},
        "current": {NIGHT: {"KNG": 95.0}},
    }
    before = {"floor": 70.0, "locked": {NIGHT: {"DBL": 98.0}}}
    house = {"rooms": {"101": "DBL", "102": "SUI"}, "connecting": []}
    with store.write() as connection:
        number = new_property(connection)
        properties.ensure_room_types(connection, number, ["DBL", "KNG", "SUI"])
        properties.set_room_type(connection, number, "DBL", rooms=12)
        told = {
            RATES: rates,
            "rates decided": {
                "as_of": "2017-02-28",
                "options": rates,
                "to_enter": [entry("DBL", 99.0), entry("SUI", 250.0)],
                "past": [{"words": "locked", "options": before, "to_enter": [entry("DBL", 98.0)]}],
            },
            ROOMS: {**house, "overbooking": {"DBL": 2}, "locks": {"DBL": ["101"], "R2": ["DBL room 3"]}},
            "rooms to carry out": {
                "planned": {"R2": {"before": ["101"], "after": ["DBL room 3"]}},
                "out_of_order": [{"room": "DBL room 4", "from": NIGHT, "to": NIGHT}],
                "house_before": house,
                "past": [{"words": "listed", "planned": {}, "house": house, "house_before": house}],
            },
        }
        for name, value in told.items():
            data_settings.put(connection, name, value, number)
    return number


def test_what_staff_decided_of_a_room_type_is_that_of_its_present_name(store: Store, hotel: int) -> None:
    with store.write() as connection:
        room_type_names.rename(connection, hotel, "DBL", "KNG")
        told = decided(connection, hotel)
    rates = {
        "floor": {"KNG": 80.0, "SUI": 200.0},
        "locked": {NIGHT: {"KNG": 99.0, "SUI": 250.0}},
        "current": {NIGHT: {"KNG": 95.0}},
    }
    before = {"floor": 70.0, "locked": {NIGHT: {"KNG": 98.0}}}
    house = {"rooms": {"101": "KNG", "102": "SUI"}, "connecting": []}
    assert told == {
        RATES: rates,
        "rates decided": {
            "as_of": "2017-02-28",
            "options": rates,
            "to_enter": [entry("KNG", 99.0), entry("SUI", 250.0)],
            "past": [{"words": "locked", "options": before, "to_enter": [entry("KNG", 98.0)]}],
        },
        ROOMS: {**house, "overbooking": {"KNG": 2}, "locks": {"DBL": ["101"], "R2": ["KNG room 3"]}},
        "rooms to carry out": {
            "planned": {"R2": {"before": ["101"], "after": ["KNG room 3"]}},
            "out_of_order": [{"room": "KNG room 4", "from": NIGHT, "to": NIGHT}],
            "house_before": house,
            "past": [{"words": "listed", "planned": {}, "house": house, "house_before": house}],
        },
    }


def test_what_was_decided_of_the_present_name_itself_goes_before(store: Store, hotel: int) -> None:
    own = {"floor": {"DBL": 80.0}, "ceiling": {"KNG": 75.0}, "locked": {NIGHT: {"DBL": 99.0, "KNG": 101.0}}}
    with store.write() as connection:
        data_settings.put(connection, RATES, own, hotel)
        data_settings.put(connection, "rates decided", {"to_enter": [entry("DBL", 99.0), entry("KNG", 101.0)]}, hotel)
        room_type_names.rename(connection, hotel, "DBL", "KNG")
        told = decided(connection, hotel)
    assert told[RATES] == {"floor": {}, "ceiling": {"KNG": 75.0}, "locked": {NIGHT: {"KNG": 101.0}}}
    assert told["rates decided"] == {"to_enter": [entry("KNG", 101.0)]}


def test_a_renaming_taken_back_leaves_everything_as_it_was(store: Store, hotel: int) -> None:
    with store.write() as connection:
        before, kinds = decided(connection, hotel), properties.room_types(connection, hotel)
        room_type_names.rename(connection, hotel, "DBL", "KNG")
        room_type_names.rename(connection, hotel, "DBL", "KNG")
        room_type_names.rename(connection, hotel, "DBL", "DBL")
        assert decided(connection, hotel) == before
        assert properties.room_types(connection, hotel) == kinds


def test_what_staff_decided_since_outlasts_the_renaming(store: Store, hotel: int) -> None:
    with store.write() as connection:
        room_type_names.rename(connection, hotel, "DBL", "KNG")
        data_settings.put(connection, RATES, {"floor": {"KNG": 88.0}}, hotel)
        rooms = data_settings.get(connection, ROOMS, {}, hotel)
        assert isinstance(rooms, dict)
        data_settings.put(connection, ROOMS, {**rooms, "overbooking": {"KNG": 1}, "locks": {"R1": ["102"]}}, hotel)
        properties.set_room_type(connection, hotel, "KNG", rooms=11)
        room_type_names.rename(connection, hotel, "DBL", "DBL")
        told = decided(connection, hotel)
        kinds = {kind.code: kind.rooms for kind in properties.room_types(connection, hotel)}
    assert told[RATES] == {"floor": {"KNG": 88.0}}
    assert told[ROOMS] == {
        "rooms": {"101": "DBL", "102": "SUI"},
        "connecting": [],
        "overbooking": {"KNG": 1},
        "locks": {"R1": ["102"]},
    }
    assert kinds == {"DBL": 12, "KNG": 11, "SUI": None}


def test_what_was_predicted_is_read_under_the_present_name(store: Store, hotel: int) -> None:
    def said(as_of: int, kind: str, rooms: float) -> PredictionRow:
        told = {"metric": "rooms_sold", "room_type": kind, "p50": rooms}
        return PredictionRow(day(as_of), date(2017, 3, 1), f"rooms_sold:{kind}", "statistical", told)

    with store.write() as connection:
        for as_of, rows in ((1, [said(1, "DBL", 9.0)]), (2, [said(2, "DBL", 1.0), said(2, "KNG", 8.0)])):
            predictions.replace_run(connection, hotel, "forecast", day(as_of), rows, NOW)
        room_type_names.rename(connection, hotel, "DBL", "KNG")
        waiting = predictions.without_outcome(connection, hotel, "forecast", date(2017, 3, 1))
        assert [(row.as_of, row.payload["room_type"], row.payload["p50"]) for row in waiting] == [
            (day(1), "KNG", 9.0),
            (day(2), "KNG", 8.0),
        ]
        room_type_names.rename(connection, hotel, "DBL", "DBL")
        waiting = predictions.without_outcome(connection, hotel, "forecast", date(2017, 3, 1))
        assert [row.payload["room_type"] for row in waiting] == ["DBL", "DBL", "KNG"]


def test_decisions_about_rates_are_read_under_the_present_name(store: Store, hotel: int) -> None:
    night = date.fromisoformat(NIGHT)
    with store.write() as connection:
        for kind, rate in (("DBL", 99.0), ("KNG", 101.0), ("DBL", 103.0)):
            row = RateDecisionRow(night, kind, DecisionKind.OWN, day(1), rate=rate)
            rate_decisions.append(connection, hotel, [row], NOW)
        room_type_names.rename(connection, hotel, "DBL", "KNG")
        (one,) = rate_decisions.standing(connection, hotel)
        assert (one.room_type, one.rate) == ("KNG", 103.0)
        assert [row.rate for row in rate_decisions.of_night(connection, hotel, night, "KNG")] == [99.0, 101.0, 103.0]
        room_type_names.rename(connection, hotel, "DBL", "DBL")
        assert [row.rate for row in rate_decisions.standing(connection, hotel)] == [103.0, 101.0]


def test_nightly_figures_are_read_under_the_present_name(store: Store, hotel: int) -> None:
    told = [
        NightlyRow(day(1), day(1), "DBL", 9.0, 12.0),
        NightlyRow(day(1), day(2), "KNG", 10.0, 11.0),
        NightlyRow(day(2), day(2), "KNG", 8.0, 11.0),
        NightlyRow(day(1), day(1), "SUI", 1.0, 3.0),
    ]
    with store.write() as connection:
        statistics.apply(connection, hotel, new_import(connection), told)
        assert statistics.rooms_stated(connection, hotel) == {"": 26, "DBL": 12, "KNG": 11, "SUI": 3}
        room_type_names.rename(connection, hotel, "DBL", "KNG")
        assert statistics.rooms_stated(connection, hotel) == {"": 14, "KNG": 11, "SUI": 3}
        found = statistics.latest(connection, hotel, day(1), day(2))
        assert [(row.stay_date, row.room_type, row.rooms_sold) for row in found] == [
            (day(1), "KNG", 10.0),
            (day(1), "SUI", 1.0),
            (day(2), "KNG", 8.0),
        ]


def test_names_of_two_properties_that_are_one_hotel_lead_to_the_present_ones(store: Store, hotel: int) -> None:
    with store.write() as connection:
        gone = new_property(connection, "Gone")
        for property_id in (gone, hotel):
            properties.ensure_room_types(connection, property_id, ["A", "B", "C", "DBL", "KNG", "Twin"])
        for property_id, former, present in ((gone, "DBL", "KNG"), (gone, "B", "A"), (hotel, "KNG", "Twin"), (hotel, "A", "B")):
            room_type_names.rename(connection, property_id, former, present)
        joining.join(connection, gone, hotel, {}, NOW)
        assert room_type_names.renamed(connection, hotel) == {"DBL": "Twin", "KNG": "Twin", "A": "B"}
        rates = data_settings.get(connection, RATES, {}, hotel)
        assert isinstance(rates, dict)
        assert rates["floor"] == {"Twin": 80.0, "SUI": 200.0}


def test_rooms_that_an_export_counts_out_of_order_are_of_the_present_name(store: Store, hotel: int) -> None:
    with store.write() as connection:
        nights = [NightlyRow(day(9), day(8), kind, out_of_order=rooms) for kind, rooms in (("", 5.0), ("DBL", 2.0), ("KNG", 1.0))]
        statistics.apply(connection, hotel, new_import(connection), nights)
        room_type_names.rename(connection, hotel, "DBL", "DLX")
        told = statistics.out_of_order_ahead(connection, hotel, day(9))
    assert told == [(day(9), "", 5.0), (day(9), "DLX", 2.0), (day(9), "KNG", 1.0)]
