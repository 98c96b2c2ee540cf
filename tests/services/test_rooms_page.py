"""Rooms: nobody shares one, a conflict of the PMS is told with the move that ends it, and what is not known is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from room_stays import TONIGHT, assigned, meeting, overlaps
from small_hotel import AS_OF, NAME, open_at_morning

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.errors import ReadingOnlyError
from hotelml_app.services.rooms.views import Standing, TakeOn


def test_every_arrival_is_given_a_room_of_its_own(appliance: Appliance) -> None:
    view = appliance.rooms(NAME)
    assert view.first == TONIGHT
    assert view.arrivals > 20
    given = [one for one in view.suggestions if one.standing is Standing.GIVEN]
    assert f"{len(given)} have no room in the PMS yet" in view.sentence
    assert "arriving booking of the next 14 nights" in view.sentence, "arrivals are rooms elsewhere"
    assert len(given) + sum(one.standing is Standing.REFUSED for one in view.suggestions) == view.arrivals
    assert overlaps(view) == []
    assert {one.room for one in view.stays} - {""} <= {room.number for room in view.rooms}
    assert {one.standing for one in view.suggestions} <= {Standing.GIVEN, Standing.REFUSED}
    assert [one.arrival for one in given] == sorted(one.arrival for one in given)


def test_free_rooms_are_those_nobody_is_in(appliance: Appliance) -> None:
    view = appliance.rooms(NAME)
    kinds = {room.number: room.room_type for room in view.rooms}
    for kind, free in view.free.items():
        for night, count in enumerate(free):
            day = view.first + timedelta(days=night)
            taken = {one.room for one in view.stays if one.arrival <= day < one.departure and kinds.get(one.room) == kind}
            unknown = sum(
                one.standing is Standing.GUEST and not one.room and one.room_type == kind and day < one.departure
                for one in view.stays
            )
            assert count == max(sum(each == kind for each in kinds.values()) - len(taken) - unknown, 0)


def test_a_conflict_of_the_pms_is_told_and_ended_by_a_move(appliance: Appliance, tmp_path: Path) -> None:
    one, other = meeting(appliance.rooms(NAME))
    assigned(appliance, tmp_path, {one.reservation_id: one.room, other.reservation_id: one.room})
    view = appliance.rooms(NAME)
    assert [set(each.reservations) for each in view.conflicts] == [{one.reservation_id, other.reservation_id}]
    assert "1 move would let in all" in view.sentence
    assert "1 conflict" in view.sentence
    moved = next(each for each in view.suggestions if each.standing is Standing.MOVED)
    assert view.conflicts[0].settled_by == moved.reservation_id
    assert moved.before == one.room
    assert moved.after not in ("", one.room)
    assert moved.reason.startswith(f"Moved from {one.room} to {moved.after}")


def test_today_names_the_next_conflict_with_the_one_button_that_leads_to_it(appliance: Appliance, tmp_path: Path) -> None:
    one, other = meeting(appliance.rooms(NAME))
    assert not any("has two bookings" in each.title for each in appliance.today(NAME).decisions)
    assigned(appliance, tmp_path, {one.reservation_id: one.room, other.reservation_id: one.room})
    told = next(each for each in appliance.today(NAME).decisions if each.page == "rooms")
    assert told.title.startswith(f"Room {one.room} has two bookings, ")
    assert one.reservation_id in told.detail
    assert told.button == "See the rooms"
    moved = next(each for each in appliance.rooms(NAME).suggestions if each.standing is Standing.MOVED)
    appliance.change_rooms(NAME, TakeOn((moved.reservation_id,)))
    titles = "; ".join(f"{each.title}: {each.detail}" for each in appliance.today(NAME).decisions)
    waits = "1 room change waits for the PMS: It was taken on here"
    assert ("has two bookings" in titles, waits in titles) == (False, True)


def test_who_only_looks_sees_the_rooms_but_changes_nothing(hotel_home: Path) -> None:
    with open_at_morning(hotel_home) as owner:
        expected = owner.rooms(NAME)
    with open_at_morning(hotel_home, writer=False) as reader:
        assert reader.rooms(NAME).stays == expected.stays
        with pytest.raises(ReadingOnlyError):
            reader.change_rooms(NAME, TakeOn((expected.suggestions[0].reservation_id,)))


def test_rooms_without_numbers_are_known_to_be_unknown(home: Path, tmp_path: Path) -> None:
    lines = ["reservation_id,booked_on,arrival,departure,status,status_date,room_type,business_date"]
    for number in range(40):
        arrival = AS_OF - timedelta(days=30 - number)
        status = "Checked Out" if number < 28 else "Reserved"
        lines.append(f"N{number},2026-01-01,{arrival},{arrival + timedelta(days=2)},{status},{AS_OF},DBL,{AS_OF}")
    (tmp_path / "plain.csv").write_text("\n".join(lines), encoding="utf-8")
    with open_at_morning(home) as appliance:
        appliance.complete_first_run(NAME, tmp_path / "drop")
        (done,) = appliance.import_files([tmp_path / "plain.csv"], NAME)
        assert done.status == "done", done
        view = appliance.rooms(NAME)
    assert view.arrivals > 0
    assert not view.rooms_known


def test_nights_with_more_bookings_than_the_house_has_rooms_are_not_called_housed_without_a_word(appliance: Appliance) -> None:
    """Rooms counted by type are more than the house: a double and a suite may never have been sold out on one night."""
    before = appliance.rooms(NAME).sentence
    (hotel,) = appliance.properties()
    busiest = max(one.on_books for one in appliance.today(NAME).nights)
    appliance.update_property(
        replace(hotel, rooms=int(busiest) - 1, room_types=tuple((code, None, None) for code, *_ in hotel.room_types))
    )
    told = appliance.rooms(NAME)
    assert (
        f"more rooms on the books than the {int(busiest) - 1} rooms there are: the plan reckons with {len(told.rooms)}"
        in told.sentence
    )
    appliance.update_property(replace(hotel, rooms=len(told.rooms)))
    assert appliance.rooms(NAME).sentence == before
