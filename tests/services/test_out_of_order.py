"""Rooms out of order are not sold anywhere: on Today, in the forecast, in rates, beyond the house, in reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from small_hotel import AS_OF, NAME

from hotelml_app.core.errors import HotelMLError
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.report import nights as report
from hotelml_app.services.rooms.views import CloseRoom, UndoRooms
from hotelml_app.store.hotels import properties

TONIGHT = AS_OF + timedelta(days=1)
ROOMS, NIGHTS = 24, 14


@pytest.fixture
def house(appliance: Appliance) -> Appliance:
    """The small hotel, whose staff said how many rooms it has."""
    view = appliance.properties()[0]
    appliance.update_property(replace(view, country="PT", currency="EUR", rooms=ROOMS))
    return appliance


def close(appliance: Appliance, rooms: int) -> tuple[str, ...]:
    """Take rooms out of order for two weeks and return them; in some sleeps a guest."""
    closed: list[str] = []
    for room in appliance.rooms(NAME).rooms:
        if len(closed) < rooms:
            try:
                appliance.change_rooms(NAME, CloseRoom(room.number, TONIGHT, TONIGHT + timedelta(days=NIGHTS)))
            except HotelMLError:
                continue
            closed.append(room.number)
    assert len(closed) == rooms
    return tuple(closed)


def count(appliance: Appliance, folder: Path, rooms: int, nights: int = NIGHTS) -> None:
    """Import nightly figures of the coming nights with rooms out of order."""
    days = [TONIGHT + timedelta(days=ahead) for ahead in range(nights)]
    head = "considered_date,room_type,net_room_revenue,no_rooms,inventory_rooms,out_of_order_rooms,ExecutionTime"
    lines = [f"{day:%Y-%m-%d},,900.00,9,{ROOMS},{rooms},{TONIGHT}T05:30:12" for day in days]
    path = folder / "statistics.csv"
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    (done,) = appliance.import_files([path], NAME)
    assert done.status == "done", done


def beyond(appliance: Appliance) -> Sequence[dict[str, object]]:
    (house,) = operation("overbooking").run(appliance.parts, {"nights": "16"})["properties"]
    found: Sequence[dict[str, object]] = house["nights"]
    return found


def test_rooms_that_staff_close_leave_what_can_be_sold_until_they_open(house: Appliance) -> None:
    before = house.today(NAME)
    assert (before.nights[0].rooms, before.nights[0].out_of_order) == (ROOMS, 0)
    close(house, 8)
    page = house.today(NAME)
    assert {(night.rooms, night.out_of_order) for night in page.nights} == {(16, 8)}
    assert " of 16 rooms, without the 8 out of order; " in page.sentence
    assert all(night.occupancy == night.expected / 16 for night in page.nights)
    forecast = house.forecast(NAME)
    assert forecast.capacity == ROOMS
    assert [(one.rooms, one.out_of_order) for one in forecast.nights[:16]] == [(16, 8)] * NIGHTS + [(ROOMS, 0)] * 2
    assert all(one.p90 <= 16 for one in forecast.nights[:NIGHTS])
    assert "% of 24 rooms, less up to 8 out of order, expected; " in forecast.sentence
    assert " of 16 rooms, without the 8 out of order" in house.night(NAME, TONIGHT).sentence
    house.change_rooms(NAME, UndoRooms())
    assert house.today(NAME).nights[0].out_of_order == 7


def test_the_room_type_of_a_closed_room_has_one_less_to_sell(house: Appliance) -> None:
    (room,) = close(house, 1)
    kind = next(one.room_type for one in house.rooms(NAME).rooms if one.number == room)
    for each in house.forecast(NAME).room_types:
        of_type = house.forecast(NAME, room_type=each)
        assert of_type.nights[0].out_of_order == int(each == kind)
        assert of_type.capacity is not None
        assert of_type.nights[0].rooms == of_type.capacity - int(each == kind)
    assert {one.rooms for one in house.forecast(NAME, "adr").nights} == {None}


def test_nothing_is_sold_beyond_rooms_that_are_out_of_order(house: Appliance) -> None:
    before = beyond(house)
    close(house, 8)
    after = beyond(house)
    assert [(one["rooms"], one["out_of_order"]) for one in after] == [(16, 8)] * NIGHTS + [(ROOMS, 0)] * 2
    assert [one["advice"]["sell_up_to"] - one["rooms"] for one in after] == [one["advice"]["beyond"] for one in before]  # type: ignore[index]
    assert " on the books for 16 rooms, without the 8 out of order, " in str(after[0]["sentence"])
    advice = house.arrivals(NAME, TONIGHT).advice
    assert advice is not None
    assert (advice.night.rooms, advice.night.out_of_order) == (16, 8)


def test_more_booked_than_can_be_used_is_said_plainly(house: Appliance, tmp_path: Path) -> None:
    booked = house.today(NAME).nights[0].on_books
    closed = int(ROOMS - booked + 3)
    count(house, tmp_path, closed, nights=1)
    (found,) = [one for one in house.today(NAME).decisions if one.day == TONIGHT and "booked" in one.title]
    assert found.title.endswith(": 3 more booked than rooms you can use")
    assert found.detail.startswith(f"{booked:.0f} on the books for {booked - 3:.0f} rooms, without the {closed} out of order; ")


def test_of_rooms_that_staff_close_and_an_export_counts_the_larger_number_counts(house: Appliance, tmp_path: Path) -> None:
    count(house, tmp_path, 5)
    assert {night.out_of_order for night in house.today(NAME).nights} == {5}
    close(house, 3)
    assert {night.out_of_order for night in house.today(NAME).nights} == {5}
    close(house, 6)
    assert {night.out_of_order for night in house.today(NAME).nights} == {6}, "three of them were closed already"


def test_a_house_that_is_closed_altogether_has_no_room_to_sell(house: Appliance, tmp_path: Path) -> None:
    count(house, tmp_path, ROOMS, nights=1)
    page = house.today(NAME)
    assert (page.nights[0].rooms, page.nights[0].occupancy, page.nights[0].expected) == (0, None, 0)
    assert "0 of 0 rooms, without the 24 out of order" in page.sentence
    night = beyond(house)[0]
    assert night["advice"]["sell_up_to"] == 0  # type: ignore[index]


def test_a_report_counts_the_rooms_that_can_be_sold(house: Appliance) -> None:
    close(house, 8)
    with house.parts.store.read() as connection:
        row = properties.by_name(connection, NAME)
    sheet = report.nights_sheet(Ground(house.parts, row), 16)
    (table,) = sheet.tables
    heads = [column.head for column in table.columns]
    assert [line[heads.index("Rooms")] for line in table.rows] == [16] * NIGHTS + [ROOMS] * 2
    assert "Rooms are those that can be sold: up to 8 more are out of order." in sheet.notes


def test_a_file_of_wishes_takes_rooms_out_of_order_as_well(house: Appliance, tmp_path: Path) -> None:
    assert house.forecast(NAME).nights[0].out_of_order == 0
    room, path = house.rooms(NAME).rooms[0].number, tmp_path / "rooms.toml"
    path.write_text(f'out_of_order = [{{ room = "{room}", from = {TONIGHT}, to = {TONIGHT + timedelta(days=2)} }}]\n', "utf-8")
    operation("predict").run(house.parts, {"module": "allocation", "options": str(path), "property": NAME})
    assert [one.out_of_order for one in house.forecast(NAME).nights[:3]] == [1, 1, 0]


def test_nights_and_rates_are_predicted_anew_once_other_rooms_are_out_of_order(
    house: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.rooms(NAME)
    upkeep = Mock()
    monkeypatch.setattr(house.parts, "upkeep", upkeep)
    close(house, 1)
    upkeep.predict_soon.assert_called_once_with(1, {"forecast", "pricing"})


def test_a_past_day_is_looked_at_as_it_was_known(house: Appliance) -> None:
    day = AS_OF - timedelta(days=10)
    before = house.report(NAME, day, 14)
    close(house, 8)
    assert house.report(NAME, day, 14).sheets[1] == before.sheets[1]
