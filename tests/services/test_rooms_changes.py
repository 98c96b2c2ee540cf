"""What staff change on the Rooms page holds until the PMS has it, is refused where a guest would share, and can be undone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from room_stays import TONIGHT, arrivals, assigned, meeting, overlaps, stay
from small_hotel import NAME, open_at_morning

from hotelml_app.core.errors import Cancelled
from hotelml_app.core.jobs import CancelToken
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.errors import NothingToUndoError, RoomNotFreeError, RoomsChangedError
from hotelml_app.services.rooms.views import CloseRoom, GiveRoom, LockRoom, OpenRoom, Standing, TakeBack, TakeOn, UndoRooms


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
