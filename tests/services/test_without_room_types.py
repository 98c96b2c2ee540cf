"""A hotel whose PMS exports neither room types nor room numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from rewritten import Rows, rewritten
from small_hotel import NAME, open_at_morning, write_export

from hotelml_app.services.appliance import Appliance

LEFT_OUT = ("room_type", "assigned_room_type", "room")


@pytest.fixture
def plain(home: Path, tmp_path: Path) -> Iterator[Appliance]:
    """The small hotel without the columns of rooms."""
    path = write_export(tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{name: value for name, value in row.items() if name not in LEFT_OUT} for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    with open_at_morning(home) as appliance:
        appliance.import_files([path])
        yield appliance


def test_the_rates_are_said_to_be_those_of_all_rooms(plain: Appliance) -> None:
    view = plain.rates(NAME)
    assert view.room_types == ("",)
    assert view.sentence.startswith("All rooms, until ")


def test_nobody_is_turned_away_from_a_house_whose_rooms_are_not_known(plain: Appliance) -> None:
    view = plain.rooms(NAME)
    assert not view.rooms
    assert view.arrivals > 0
    assert view.sentence == (
        f"{view.arrivals} arriving bookings in the next 14 nights: which rooms the house has is not known,"
        " so none can be given out."
    )


def test_a_room_is_given_without_a_word_of_types_where_no_export_names_any(home: Path, tmp_path: Path) -> None:
    def typeless(rows: Rows) -> Rows:
        return [{name: value for name, value in row.items() if "room_type" not in name} for row in rows]

    with open_at_morning(home) as appliance:
        appliance.import_files([rewritten(write_export(tmp_path), typeless, tmp_path / "typeless.csv")])
        reasons = {one.reason for one in appliance.rooms(NAME).suggestions}
    assert "As booked." in reasons
    assert not [reason for reason in reasons if "names no type" in reason or "  " in reason]
