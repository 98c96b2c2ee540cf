"""Which rooms the house has where the bookings show some of them and staff list others."""

from __future__ import annotations

from datetime import date, timedelta

from synthetic_property import small_history

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.ml.property.property_data import PropertyFacts, RoomTypeFacts
from hotelml_app.ml.property.room_numbers import rooms_seen
from hotelml_app.modules.allocation.house.inventory import inventory

TODAY = date(2026, 5, 10)
FACTS = PropertyFacts(1, "Casa")


def slept(name: str, room: str, room_type: str = "DBL", **more: object) -> dict[str, object]:
    """Return a stay that ended a week ago and begins sooner, so that all of them met on a night."""
    told = {"reservation_id": name, "room_type": room_type, "room": room, "status": BookingStatus.CHECKED_OUT, "adr": 90.0}
    return {**told, "arrival": TODAY - timedelta(days=10), "departure": TODAY - timedelta(days=7), **more}


SEEN = [slept("P1", "101"), slept("P2", "102"), slept("P3", "201", "SUI"), slept("P4", ""), slept("P5", "")]
HISTORY = small_history(SEEN, TODAY)


def house(**rooms: str) -> dict[str, str]:
    told = {"rooms": {number[1:]: kind for number, kind in rooms.items()}} if rooms else {}
    return {room.number: room.room_type for room in inventory(HISTORY, FACTS, told).rooms}


def test_what_bookings_show_is_told_with_its_last_day() -> None:
    last = (TODAY - timedelta(days=7) - date(1970, 1, 1)).days
    assert [(one.number, one.room_type, one.last) for one in rooms_seen(HISTORY)] == [
        ("101", "DBL", last),
        ("102", "DBL", last),
        ("201", "SUI", last),
    ]


def test_listed_rooms_come_to_those_the_bookings_show_and_leave_no_nameless_ones() -> None:
    assert house() == {"101": "DBL", "102": "DBL", "DBL room 3": "DBL", "DBL room 4": "DBL", "201": "SUI"}
    assert house(r103="DBL", r104="DBL") == {"101": "DBL", "102": "DBL", "103": "DBL", "104": "DBL", "201": "SUI"}


def test_what_staff_say_of_a_room_outweighs_the_bookings() -> None:
    assert house(r101="SUI")["101"] == "SUI"
    assert "102" not in house(r102="")
    assert [name for name in house(r102="") if "room" in name] == ["DBL room 2", "DBL room 3"], "102 is not filled up again"


def test_a_number_that_is_no_room_takes_nothing_off_what_settings_say_there_is() -> None:
    facts = PropertyFacts(1, "Casa", room_types=(RoomTypeFacts("DBL", rooms=4), RoomTypeFacts("SUI", rooms=1)))
    for told in ({"102": ""}, {"102": "SUI"}):
        kinds = [room.room_type for room in inventory(HISTORY, facts, {"rooms": told}).rooms]
        assert kinds.count("DBL") == 4, told


def test_one_room_that_is_seen_and_listed_too_does_not_end_the_nameless_ones() -> None:
    assert house(r101="DBL") == house()
    assert set(house(r101="DBL", r102="DBL", r201="SUI")) == {"101", "102", "201"}, "all that are known were gone through"


def test_two_rooms_in_one_booking_are_no_room_of_their_own_where_both_are_known() -> None:
    history = small_history([slept("P1", "101, 102"), slept("P2", "7, 8")], TODAY)
    rooms = inventory(history, FACTS, {"rooms": {"101": "DBL", "102": "DBL"}}).rooms
    assert [room.number for room in rooms] == ["7, 8", "101", "102"]
    history = small_history([slept("P1", "101, 102"), slept("P2", "101"), slept("P3", "102", "SUI")], TODAY)
    assert [room.number for room in inventory(history, FACTS, {}).rooms if room.named] == ["101", "102"]
    assert [one.number for one in rooms_seen(history)] == ["101", "102"]
