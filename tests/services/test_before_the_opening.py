"""A hotel that opens tomorrow: bookings are known, but no night has passed, and nobody said how many rooms there are."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, open_at_morning

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.errors import RoomsUnknownError

NAME = "Opening Inn"
TONIGHT = AS_OF + timedelta(days=1)


@pytest.fixture
def opening(home: Path, tmp_path: Path) -> Iterator[Appliance]:
    """One booking for tonight, three for the night after it."""
    arrivals = [TONIGHT, *[TONIGHT + timedelta(days=1)] * 3]
    with (tmp_path / "bookings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ("property", "reservation_id", "booked_on", "arrival", "departure", "status", "room_type", "adr", "business_date")
        )
        for number, arrival in enumerate(arrivals):
            days = (AS_OF - timedelta(days=9), arrival, arrival + timedelta(days=1))
            writer.writerow((NAME, f"O{number}", *days, "Reserved", "DBL", "100.00", AS_OF))
    with open_at_morning(home) as appliance:
        (view,) = appliance.import_files([tmp_path / "bookings.csv"])
        assert view.accepted == len(arrivals), view
        yield appliance


def test_one_room_is_one_room_however_few_there_are(opening: Appliance) -> None:
    assert opening.today(NAME).sentence == "Tonight 1 room; the one arrival should come."


def test_nobody_is_advised_how_many_rooms_to_sell_of_a_house_whose_rooms_nobody_knows(opening: Appliance) -> None:
    """What is on the books for one night or the other is not how many rooms there are."""
    assert opening.arrivals(NAME).advice is None
    with pytest.raises(RoomsUnknownError, match="How many rooms Opening Inn has is not known"):
        operation("overbooking").run(opening.parts, {})


def test_staff_are_asked_how_many_rooms_there_are_until_they_say_so(opening: Appliance) -> None:
    asked = [one for one in opening.today(NAME).decisions if one.page == "settings" and "rooms" in one.title]
    assert [one.title for one in asked] == ["How many rooms are there?"]
    opening.update_property(replace(opening.properties()[0], rooms=20))
    assert not [one for one in opening.today(NAME).decisions if "rooms" in one.title]
    advice = opening.arrivals(NAME).advice
    assert advice is not None
    assert advice.night.sentence.startswith("Sat 28 Feb: 1 on the books for 20 rooms")


def test_nobody_is_said_not_to_stand_out_where_nothing_is_usual_yet(opening: Appliance) -> None:
    sheet = opening.report(NAME).sheet("Arrivals")
    assert sheet.sentence == "4 rooms to arrive in the next 28 days; nothing tells which of them may not come."
    assert {row[sheet.tables[0].at("Risk")] for row in sheet.tables[0].rows} == {"Not known"}
