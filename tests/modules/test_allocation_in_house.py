"""Rooms beside those who have one: guests in the house, bookings locked to a room, and places to wait for one."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_allocation import TODAY, ask, booking

from hotelml_app.core.bookings import BookingStatus

DOUBLES = {"101": "DBL", "102": "DBL", "103": "DBL"}


def guest(name: str, room: str, nights: int, room_type: str = "DBL", **more: object) -> dict[str, object]:
    """Return a booking in the house that stays ``nights`` nights after today's."""
    told = booking(name, -2, nights + 3, room_type, room=room, assigned_room_type=room_type, status=BookingStatus.IN_HOUSE)
    return {**told, **more}


def closed(room: str, first: int, end: int) -> dict[str, object]:
    return {"room": room, "from": TODAY + timedelta(days=first), "to": TODAY + timedelta(days=end)}


def test_a_guest_with_two_rooms_keeps_both() -> None:
    staying = guest("H", "102, 103", 4, rooms=2.0)
    found = ask([staying, booking("A", 1, 1, room="102")], rooms=DOUBLES)
    assert found["A"]["suggested_room"] == "101"
    until = TODAY + timedelta(days=5)
    assert found["A"]["reason"] == f"Moved from 102 to 101: 102 is taken until {until} by a guest in the house. As booked."


def test_a_second_room_of_a_guest_is_reckoned_with_where_the_export_shows_one_number() -> None:
    found = ask([guest("H", "101", 4, rooms=2.0), booking("A", 1, 1), booking("B", 1, 1)], rooms=DOUBLES)
    assert Counter(values["move"] for values in found.values()) == {"as booked": 1, "refused": 1}


@pytest.mark.parametrize("arrived", [0, -2])
def test_a_guest_whose_check_in_no_export_shows_yet_has_his_room(arrived: int) -> None:
    late = booking("L", arrived, 6, room="101")
    found = ask([late, booking("A", 1, 2), booking("B", 1, 2), booking("D", 9, 1)], rooms={"101": "DBL", "102": "DBL"})
    assert {found["A"]["suggested_room"], found["B"]["suggested_room"]} == {"102", ""}
    assert "L" not in found


def test_of_a_guest_who_comes_late_it_is_not_said_that_he_is_in_the_house() -> None:
    late = booking("L", 0, 6, room="101")
    moved = ask([late, booking("A", 1, 2, room="101")], rooms={"101": "DBL", "102": "DBL"})["A"]
    until = TODAY + timedelta(days=6)
    assert moved["reason"] == f"Moved from 101 to 102: 101 is taken until {until} by L, who was to have arrived. As booked."
    shut = ask([late], rooms={"101": "DBL", "102": "DBL"}, out_of_order=[closed("101", 2, 9)], move_guests=True)["L"]
    assert str(shut["reason"]).startswith("A guest who was to have arrived. Moved from 101 to 102: 101 is out of order")


def test_a_guest_who_comes_late_has_the_room_that_staff_locked_for_him() -> None:
    late, others = booking("L", 0, 6), [booking("A", 1, 2), booking("B", 1, 2)]
    found = ask([late, *others], rooms=DOUBLES, locks={"L": "102"})
    assert {found[name]["suggested_room"] for name in "AB"} == {"101", "103"}


def test_who_was_to_arrive_and_leave_again_by_tomorrow_holds_no_room() -> None:
    found = ask([booking("L", -1, 2, room="101"), booking("A", 1, 2)], rooms={"101": "DBL"})
    assert found["A"]["suggested_room"] == "101"


def test_no_number_of_arrivals_puts_a_guest_out() -> None:
    arrivals = [booking(f"A{day}", day, 1) for day in range(1, 9)]
    for staying in (guest("H", "101", 30), guest("H", "", 30)):
        found = ask([staying, *arrivals], rooms={"101": "DBL"}, move_guests=True)
        assert {values["move"] for values in found.values()} == {"refused"}, staying["room"]
        assert "H" not in found


def test_a_guest_who_can_stay_in_no_room_is_told_of() -> None:
    found = ask([guest("H", "101", 5)], rooms={"101": "DBL"}, move_guests=True, out_of_order=[closed("101", 2, 9)])
    assert (found["H"]["move"], found["H"]["current_room"], found["H"]["suggested_room"]) == ("refused", "101", "")
    assert "101 is out of order" in str(found["H"]["reason"])


def test_a_guest_with_two_rooms_is_moved_out_of_the_one_that_is_out_of_order() -> None:
    asked, shut = [guest("H", "101, 102", 5, rooms=2.0)], [closed("102", 2, 9)]
    assert ask(asked, rooms=DOUBLES, out_of_order=shut) == {}, "nobody in the house is moved unless staff say so"
    found = ask(asked, rooms=DOUBLES, out_of_order=shut, move_guests=True)["H"]
    assert (found["move"], found["current_room"], found["suggested_room"]) == ("moved", "101, 102", "101, 103")
    assert str(found["reason"]).startswith("A guest in the house. Moved from 102 to 103: 102 is out of order")
    taken = ask(asked, rooms={"101": "DBL", "102": "DBL"}, out_of_order=shut, move_guests=True)["H"]
    assert (taken["move"], taken["suggested_room"]) == ("refused", "101")
    assert "102 is out of order" in str(taken["reason"])


def test_a_guest_whose_room_no_export_shows_has_a_room_and_waits_for_none() -> None:
    arrivals = [booking("A", 1, 1), booking("B", 1, 1)]
    found = ask([guest("H", "", 5), *arrivals], rooms={"101": "DBL", "102": "DBL"}, overbooking={"DBL": 1})
    assert Counter(values["move"] for values in found.values()) == {"as booked": 1, "waiting": 1}


def test_only_bookings_of_the_type_that_may_be_overbooked_wait() -> None:
    asked = [booking("A", 1, 2), booking("B", 1, 2), guest("H", "201", 9, "SUI")]
    rooms = {"101": "DBL", "201": "SUI"}
    assert Counter(values["move"] for values in ask(asked, rooms=rooms, overbooking={"SUI": 1}).values())["refused"] == 1
    assert Counter(values["move"] for values in ask(asked, rooms=rooms, overbooking={"DBL": 1}).values())["waiting"] == 1


def test_a_room_of_the_pms_stays_where_staff_lock_it_to_somebody_on_other_nights() -> None:
    asked = [booking("A", 1, 2), booking("B", 6, 2, room="101"), booking("C", 5, 4)]
    found = ask(asked, rooms={"101": "DBL", "102": "DBL"}, locks={"A": "101"})
    assert (found["B"]["suggested_room"], found["C"]["suggested_room"]) == ("101", "102")
    assert found["B"]["reason"] == "Already assigned in the PMS."


def test_who_loses_his_room_to_a_lock_is_told_to_whom() -> None:
    asked = [booking("X", 1, 1), booking("B", 3, 2, room="101"), booking("Y", 4, 3)]
    found = ask(asked, rooms={"101": "DBL", "102": "DBL"}, locks={"X": "101", "Y": "101"})
    assert (found["B"]["move"], found["B"]["current_room"], found["B"]["suggested_room"]) == ("moved", "101", "102")
    assert found["B"]["reason"] == "Moved from 101 to 102: staff locked 101 to Y. As booked."


def test_the_other_room_of_a_booking_stays_where_one_is_locked() -> None:
    asked = [booking("A", 1, 2), booking("G", 2, 2, room="101, 102", rooms=2.0)]
    found = ask(asked, rooms=DOUBLES, locks={"G": "102"}, previous={"A": "101"})
    assert (found["G"]["suggested_room"], found["A"]["suggested_room"]) == ("101, 102", "103")


def test_a_door_leads_to_a_locked_booking_where_it_was_wished() -> None:
    asked = [booking("A", 1, 2), booking("B", 1, 2)]
    wished: dict[str, object] = {"connecting": [["102", "103"]], "together": [["B", "A"]], "locks": {"A": "103"}}
    assert ask(asked, rooms=DOUBLES, **wished)["B"]["suggested_room"] == "102"
    taken = ask([*asked, guest("H", "102", 4)], rooms=DOUBLES, **wished)["B"]
    assert taken["reason"] == "As booked. No door leads to the room of A."


def test_a_move_for_a_door_says_so() -> None:
    rooms = {**DOUBLES, "104": "DBL"}
    pair: dict[str, object] = {"connecting": [["102", "103"]], "together": [["A", "B", 5]]}
    found = ask([booking("A", 1, 2), booking("B", 1, 2)], rooms=rooms, previous={"A": "101", "B": "104"}, **pair)
    assert "for the door between two rooms that was wished." in str(found["A"]["reason"])


NIGHTS = st.tuples(st.integers(1, 5), st.sampled_from((0, 1, 2, 3, 60)))


@settings(max_examples=40)
@given(st.lists(st.tuples(NIGHTS, st.sampled_from(("", "101", "102", "201"))), min_size=2, max_size=7), st.data())
def test_whoever_is_told_a_room_is_alone_in_it_and_it_is_open(
    stays: list[tuple[tuple[int, int], str]], data: st.DataObject
) -> None:
    rooms = {"101": "DBL", "102": "DBL", "201": "SUI"}
    staying = [guest(f"H{room}", room, data.draw(st.integers(1, 8)), rooms[room]) for room in rooms if data.draw(st.booleans())]
    asked = [booking(f"A{number}", first, nights, room=room) for number, ((first, nights), room) in enumerate(stays)]
    shut = [closed(room, first, first + 2) for room in rooms for first in data.draw(st.sets(st.integers(0, 6), max_size=1))]
    locks = {f"A{number}": room for number, room in enumerate(rooms) if data.draw(st.booleans())}
    found = ask([*staying, *asked], rooms=rooms, out_of_order=shut, locks=locks, move_guests=data.draw(st.booleans()))
    where = {str(one["reservation_id"]): str(one["room"]) for one in staying}
    where.update({name: str(values["suggested_room"]) for name, values in found.items()})
    held = Counter(night for one in (*staying, *asked) for night in _nights(where[str(one["reservation_id"])], one))
    assert max(held.values(), default=1) == 1
    told = {night for one in asked for night in _nights(where[str(one["reservation_id"])], one)}
    assert not told & {(str(one["room"]), night) for one in shut for night in range(_day(one["from"]), _day(one["to"]))}


def _nights(room: str, told: dict[str, object]) -> list[tuple[str, int]]:
    first, end = max(_day(told["arrival"]), 1), _day(told["departure"])
    return [(room, night) for night in range(first, max(end, first + 1))] if room else []


def _day(value: object) -> int:
    return (value - TODAY).days  # type: ignore[operator, no-any-return]
