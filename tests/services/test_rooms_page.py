"""Rooms: nobody shares one, what staff take on is kept until the PMS has it, and every change can be taken back."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from small_hotel import AS_OF, NAME, open_at_morning, write_export

from hotelml_app.core.errors import Cancelled
from hotelml_app.core.jobs import CancelToken
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.errors import NothingToUndoError, ReadingOnlyError, RoomNotFreeError, RoomsChangedError
from hotelml_app.services.rooms.views import (
    CloseRoom,
    GiveRoom,
    LockRoom,
    OpenRoom,
    RoomsView,
    Standing,
    StayView,
    TakeBack,
    TakeOn,
    UndoRooms,
)

TONIGHT = AS_OF + timedelta(days=1)


def assigned(appliance: Appliance, folder: Path, rooms: Mapping[str, str], number: int = 1) -> None:
    """Import what the PMS would export after staff gave these bookings these rooms."""
    with write_export(folder / "whole").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [{**row, "room": rooms[row["reservation_id"]]} for row in reader if row["reservation_id"] in rooms]
        names = reader.fieldnames or ()
    path = folder / f"assigned_{number}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    (done,) = appliance.import_files([path], NAME)
    assert done.changed == len(rooms), done


def arrivals(view: RoomsView) -> list[StayView]:
    """Return the stays of single rooms that arrive, the next first."""
    several = {one.reservation_id for one in view.stays if one.number}
    found = [one for one in view.stays if one.standing is not Standing.GUEST and one.reservation_id not in several]
    return sorted(found, key=lambda one: (one.arrival, one.reservation_id))


def meeting(view: RoomsView) -> tuple[StayView, StayView]:
    """Return two arrivals of one type whose nights meet."""
    return next(
        (one, other)
        for one, other in combinations(arrivals(view), 2)
        if one.room_type == other.room_type and one.arrival < other.departure and other.arrival < one.departure
    )


def stay(view: RoomsView, reservation: str) -> StayView:
    return next(one for one in view.stays if one.reservation_id == reservation)


def overlaps(view: RoomsView) -> list[tuple[str, str]]:
    """Return the pairs that would share a room with what is suggested."""
    return [
        (one.key, other.key)
        for one, other in combinations([each for each in view.stays if each.room], 2)
        if one.room == other.room and one.arrival < other.departure and other.arrival < one.departure
    ]


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


def test_what_is_taken_on_waits_for_the_pms_and_goes_once_it_is_done(hotel_home: Path, tmp_path: Path) -> None:
    with open_at_morning(hotel_home) as appliance:
        one, other = meeting(appliance.rooms(NAME))
        assigned(appliance, tmp_path, {one.reservation_id: one.room, other.reservation_id: one.room})
        view = appliance.rooms(NAME)
        moved = next(each for each in view.suggestions if each.standing is Standing.MOVED)
        view = appliance.change_rooms(NAME, TakeOn((moved.reservation_id,)))
        assert [each.reservation_id for each in view.planned] == [moved.reservation_id]
        assert stay(view, moved.reservation_id).standing is Standing.PLANNED
        assert view.conflicts == ()
    with open_at_morning(hotel_home) as again:
        assert again.rooms(NAME).planned == view.planned, "it is kept"
        assigned(again, tmp_path, {moved.reservation_id: moved.after}, 2)
        done = again.rooms(NAME)
        assert done.planned == ()
        assert done.notes == ()
        assert stay(done, moved.reservation_id).standing is Standing.KEPT


def test_where_the_pms_does_otherwise_the_list_gives_way_and_says_so(appliance: Appliance, tmp_path: Path) -> None:
    first = arrivals(appliance.rooms(NAME))[0]
    view = appliance.change_rooms(NAME, TakeOn((first.reservation_id,)))
    assert stay(view, first.reservation_id).room == first.room
    kind = next(room.room_type for room in view.rooms if room.number == first.room)
    another = next(
        room.number
        for room in view.rooms
        if room.room_type == kind and not any(one.room == room.number and one.arrival < first.departure for one in view.stays)
    )
    assigned(appliance, tmp_path, {first.reservation_id: another})
    after = appliance.rooms(NAME)
    assert after.planned == ()
    assert after.notes == (f"The PMS has given {first.reservation_id} room {another}, not {first.room} as planned.",)
    assert stay(after, first.reservation_id).room == another
    assert after.undo == ""


def test_taking_on_all_leaves_nothing_to_give_and_taking_back_returns_one(appliance: Appliance) -> None:
    view = appliance.rooms(NAME)
    given = tuple(one.reservation_id for one in view.suggestions if one.standing is Standing.GIVEN)
    view = appliance.change_rooms(NAME, TakeOn(given))
    assert not any(one.standing is Standing.GIVEN for one in view.suggestions)
    assert len(view.planned) == len(given)
    assert f"{len(given)} changes wait for the PMS" in view.sentence
    view = appliance.change_rooms(NAME, TakeBack(given[0]))
    assert [one.reservation_id for one in view.suggestions if one.standing is Standing.GIVEN] == [given[0]]
    assert f"1 has no room yet, {len(given) - 1} changes wait for the PMS." in view.sentence


def test_a_room_given_by_hand_holds_and_whoever_was_to_have_it_gets_another(appliance: Appliance) -> None:
    one, other = meeting(appliance.rooms(NAME))
    view = appliance.change_rooms(NAME, GiveRoom(one.reservation_id, 0, other.room))
    assert stay(view, one.reservation_id).room == other.room
    assert stay(view, one.reservation_id).standing is Standing.PLANNED
    assert stay(view, one.reservation_id).reason == view.planned[0].reason == "Chosen by hand.", "nobody locked it"
    assert stay(view, other.reservation_id).room != other.room
    assert overlaps(view) == []
    assert view.undo == f"gave {one.reservation_id} room {other.room}"


def test_the_room_of_a_guest_or_of_a_held_booking_is_refused_and_nothing_changes(appliance: Appliance) -> None:
    before = appliance.rooms(NAME)
    guest = max((one for one in before.stays if one.standing is Standing.GUEST and one.room), key=lambda one: one.departure)
    first = next(one for one in arrivals(before) if one.arrival < guest.departure)
    with pytest.raises(RoomNotFreeError, match=f"{guest.reservation_id} is in it until"):
        appliance.change_rooms(NAME, GiveRoom(first.reservation_id, 0, guest.room))
    one, other = meeting(before)
    locked = appliance.change_rooms(NAME, LockRoom(one.reservation_id, True))
    with pytest.raises(RoomNotFreeError, match=f"held for {one.reservation_id}"):
        appliance.change_rooms(NAME, GiveRoom(other.reservation_id, 0, one.room))
    with pytest.raises(RoomNotFreeError) as refused:
        appliance.change_rooms(NAME, CloseRoom(guest.room, TONIGHT, TONIGHT + timedelta(days=2)))
    assert "Close it from that day on" in refused.value.remedy
    with pytest.raises(RoomsChangedError, match="no room 9999"):
        appliance.change_rooms(NAME, GiveRoom(first.reservation_id, 0, "9999"))
    with pytest.raises(RoomsChangedError, match="not among the arrivals"):
        appliance.change_rooms(NAME, LockRoom(guest.reservation_id, True))
    assert appliance.rooms(NAME) == locked


def test_a_lock_holds_through_other_changes_and_is_let_go(appliance: Appliance) -> None:
    one, other = meeting(appliance.rooms(NAME))
    view = appliance.change_rooms(NAME, LockRoom(one.reservation_id, True))
    assert stay(view, one.reservation_id).locked
    assert view.planned[0].after == one.room, "the PMS does not know of it yet"
    closed = appliance.change_rooms(NAME, CloseRoom(other.room, other.arrival, other.departure))
    assert stay(closed, one.reservation_id).room == one.room
    assert stay(closed, other.reservation_id).room != other.room
    free = appliance.change_rooms(NAME, LockRoom(one.reservation_id, False))
    assert not stay(free, one.reservation_id).locked


def test_a_room_out_of_order_is_given_to_nobody_until_it_is_back(appliance: Appliance) -> None:
    first = arrivals(appliance.rooms(NAME))[0]
    view = appliance.change_rooms(NAME, CloseRoom(first.room, first.arrival, first.departure))
    assert [(one.room, one.first, one.until) for one in view.closed] == [(first.room, first.arrival, first.departure)]
    inside = [one for one in view.stays if one.room == first.room]
    assert not any(one.arrival < first.departure and one.departure > first.arrival for one in inside)
    view = appliance.change_rooms(NAME, OpenRoom(first.room, first.arrival))
    assert view.closed == ()


def test_every_change_can_be_undone_in_turn_down_to_the_first(appliance: Appliance) -> None:
    before = appliance.rooms(NAME)
    one, other = meeting(before)
    appliance.change_rooms(NAME, TakeOn((one.reservation_id,)))
    appliance.change_rooms(NAME, CloseRoom(other.room, other.arrival, other.departure))
    first = appliance.change_rooms(NAME, UndoRooms())
    assert first.closed == ()
    assert [each.reservation_id for each in first.planned] == [one.reservation_id]
    second = appliance.change_rooms(NAME, UndoRooms())
    assert second.planned == ()
    assert second.undo == ""
    with pytest.raises(NothingToUndoError):
        appliance.change_rooms(NAME, UndoRooms())


def test_stopping_the_solver_leaves_everything_as_it_was(appliance: Appliance) -> None:
    before = appliance.rooms(NAME)
    first = arrivals(before)[0]
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        appliance.change_rooms(NAME, CloseRoom(first.room, first.arrival, first.departure), cancel=stopped)
    assert appliance.rooms(NAME) == before


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
