"""Rooms for arrivals: the booked type, no room twice, and a word wherever there is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from synthetic_property import small_history

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.errors import UsageError
from hotelml_app.ml.contract import PredictionRequest
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts, RoomTypeFacts
from hotelml_app.modules.allocation.diff import in_words
from hotelml_app.modules.allocation.house.inventory import inventory, natural
from hotelml_app.modules.allocation.predicting import predict

TODAY = date(2024, 5, 1)
TWO_DOUBLES = {"101": "DBL", "102": "DBL", "201": "SUI"}


def booking(name: str, arrival: int, nights: int, room_type: str = "DBL", **more: object) -> dict[str, object]:
    """Return a booking that arrives ``arrival`` days after today."""
    first = TODAY + timedelta(days=arrival)
    told = {"reservation_id": name, "arrival": first, "departure": first + timedelta(days=nights), "room_type": room_type}
    return {**told, "adr": 200.0 if room_type == "SUI" else 100.0, **more}


def ask(
    bookings: list[dict[str, object]], facts: PropertyFacts | None = None, **options: object
) -> dict[str, Mapping[str, object]]:
    """Return the answers by reservation, for a house of two doubles and a suite unless told otherwise."""
    history = small_history(bookings, TODAY)
    data = PropertyData(facts or PropertyFacts(1, "Casa"), TODAY, lambda: history)
    found = predict(PredictionRequest(data, TODAY, 14, options={"rooms": TWO_DOUBLES, **options}))
    return {one.key: one.values for one in found}


def test_everyone_gets_the_type_booked_while_there_is_one() -> None:
    found = ask([booking("A", 1, 2), booking("B", 1, 2), booking("C", 3, 1)])
    assert {found["A"]["suggested_room"], found["B"]["suggested_room"]} == {"101", "102"}
    assert found["C"]["suggested_room"] == "101"
    assert {values["reason"] for values in found.values()} == {"As booked."}


def test_a_better_type_is_given_only_where_the_booked_one_is_full() -> None:
    found = ask([booking("A", 1, 3), booking("B", 1, 3), booking("C", 2, 1), booking("D", 5, 1, "SUI")])
    assert found["C"]["suggested_room"] == "201"
    assert found["C"]["reason"] == f"Upgrade to SUI: every DBL is taken on {TODAY + timedelta(days=2)}."
    assert found["D"]["reason"] == "As booked."


def test_who_booked_the_better_type_is_not_pushed_out_by_an_upgrade() -> None:
    found = ask([booking("A", 1, 4), booking("B", 1, 4), booking("C", 1, 4), booking("S", 2, 1, "SUI")])
    assert found["S"]["suggested_room"] == "201"
    refused = [values for values in found.values() if not values["suggested_room"]]
    assert [values["move"] for values in refused] == ["refused"]
    assert "Nothing better is free" in str(refused[0]["reason"])


def test_a_promise_is_broken_only_where_that_gives_someone_a_room_and_both_are_told_why() -> None:
    promised = booking("A", 1, 2, room="101")
    found = ask([promised, booking("B", 1, 4), booking("C", 3, 2, room="102"), booking("D", 5, 1, "SUI")])
    assert all(values["suggested_room"] for values in found.values())
    moved = [name for name, values in found.items() if values["move"] == "moved"]
    assert len(moved) == 1
    told = found[moved[0]]
    assert told["current_room"] != told["suggested_room"]
    assert f"Moved from {told['current_room']} to {told['suggested_room']}: " in str(told["reason"])
    assert "goes to B" in str(told["reason"])


def test_a_move_off_a_room_out_of_order_says_so() -> None:
    closed = [{"room": "101", "from": TODAY + timedelta(days=2), "to": TODAY + timedelta(days=3)}]
    found = ask([booking("A", 1, 3, room="101"), booking("B", 9, 1)], out_of_order=closed)
    assert found["A"]["suggested_room"] == "102"
    assert f"101 is out of order from {TODAY + timedelta(days=2)}" in str(found["A"]["reason"])


def test_yesterdays_suggestion_is_kept_while_it_costs_nothing() -> None:
    found = ask([booking("A", 1, 2), booking("B", 1, 2)], previous={"A": "102", "B": "101"})
    assert (found["A"]["suggested_room"], found["B"]["suggested_room"]) == ("102", "101")
    assert {values["move"] for values in found.values()} == {"as booked"}


def test_of_two_in_one_room_of_the_pms_the_same_one_moves_as_the_last_time() -> None:
    asked = [booking("A", 1, 2, room="101"), booking("B", 1, 2, room="101")]
    for moving, staying in (("A", "B"), ("B", "A")):
        found = ask(asked, previous={moving: "102", staying: "101"})
        assert (found[moving]["move"], found[staying]["move"]) == ("moved", "as booked")
        assert found[moving]["suggested_room"] == "102"


def sharers(**more: object) -> list[dict[str, object]]:
    """Two bookings of one guest each for the same days, which the PMS has in room 101, and one who wants a double as well."""
    pair = [booking(name, 1, 2, room="101", adults=1.0, children=0.0) for name in "AB"]
    return [pair[0], {**pair[1], **more}, booking("C", 1, 2)]


def test_guests_who_share_a_room_need_one_and_keep_it() -> None:
    found = ask(sharers())
    assert [found[name]["suggested_room"] for name in "ABC"] == ["101", "101", "102"]
    assert {values["move"] for values in found.values()} == {"as booked"}
    assert found["B"]["reason"] == "Shares the room with A. Already assigned in the PMS."
    assert ask(sharers(adults=2.0, adr=0.0))["B"]["suggested_room"] == "101", "nobody pays for a second room"


@pytest.mark.parametrize("other", [{"adults": 2.0}, {"children": 1.0}, {"departure": TODAY + timedelta(days=4)}, {"room": "102"}])
def test_two_in_one_room_who_do_not_look_like_sharers_get_a_room_each(other: dict[str, object]) -> None:
    found = ask(sharers(**other))
    assert found["A"]["suggested_room"] != found["B"]["suggested_room"]


def test_sharers_move_together_and_are_parted_only_by_staff() -> None:
    closed = [{"room": "101", "from": TODAY, "to": TODAY + timedelta(days=9)}]
    found = ask(sharers()[:2], out_of_order=closed)
    assert [found[name]["suggested_room"] for name in "AB"] == ["102", "102"]
    assert [found[name]["move"] for name in "AB"] == ["moved", "moved"]
    for room in ("102", "101"):
        held = ask(sharers()[:2], locks={"B": room})
        assert [held[name]["suggested_room"] for name in "AB"] == ["101", room]


def test_wishes_and_rooms_with_a_door_are_granted_where_possible_and_named_where_not() -> None:
    rooms = {"101": "DBL", "102": "DBL", "103": "DBL", "104": "DBL"}
    asked = [booking(name, 1, 2) for name in "ABCD"]
    found = ask(
        asked,
        rooms=rooms,
        room_features={"104": ["quiet"]},
        connecting=[["102", "103"]],
        wishes={"A": ["quiet"], "B": {"quiet": 0.5, "sauna": 1}},
        together=[["C", "D"]],
    )
    assert found["A"]["suggested_room"] == "104"
    assert "Wish granted: quiet." in str(found["A"]["reason"])
    assert "Not granted: quiet." in str(found["B"]["reason"])
    assert "No room is known to be 'sauna'." in str(found["B"]["reason"])
    assert {found["C"]["suggested_room"], found["D"]["suggested_room"]} == {"102", "103"}
    assert "A door leads to the room of D." in str(found["C"]["reason"])


def test_where_overbooking_is_allowed_a_booking_may_wait_for_a_room() -> None:
    asked = [booking(name, 1, 1) for name in "ABC"]
    rooms = {"101": "DBL", "102": "DBL"}
    found = ask(asked, rooms=rooms, overbooking={"DBL": 1})
    waiting = [values for values in found.values() if values["move"] == "waiting"]
    assert len(waiting) == 1
    assert waiting[0]["suggested_room"] == ""
    assert "overbooking of DBL" in str(waiting[0]["reason"])
    assert "refused" in {values["move"] for values in ask(asked, rooms=rooms).values()}


def test_a_guest_in_the_house_is_moved_only_if_allowed_and_only_to_make_room() -> None:
    staying = booking("H", -2, 4, room="101", assigned_room_type="DBL", status=BookingStatus.IN_HOUSE)
    closed = [{"room": "102", "from": TODAY + timedelta(days=3), "to": TODAY + timedelta(days=9)}]
    rooms = {"101": "DBL", "102": "DBL"}
    asked = [staying, booking("A", 1, 5)]
    assert ask(asked, rooms=rooms, out_of_order=closed)["A"]["move"] == "refused"
    found = ask(asked, rooms=rooms, out_of_order=closed, move_guests=True)
    assert found["A"]["suggested_room"] == "101"
    assert (found["H"]["move"], found["H"]["suggested_room"]) == ("moved", "102")
    assert str(found["H"]["reason"]).startswith("A guest in the house.")
    roomy = ask(asked, move_guests=True)
    assert "H" not in roomy


def test_nobody_is_moved_down_unasked_but_the_simpler_room_is_named() -> None:
    found = ask([booking("S", 1, 1, "SUI"), booking("T", 1, 1, "SUI"), booking("A", 9, 1)])
    del found["A"]
    assert sorted(str(values["suggested_room"]) for values in found.values()) == ["", "201"]
    refused = next(values for values in found.values() if not values["suggested_room"])
    assert "Only 101 of the simpler type DBL would be." in str(refused["reason"])


def test_guests_in_the_house_stay_where_they_are() -> None:
    staying = booking("H", -2, 4, room="101", assigned_room_type="DBL", status=BookingStatus.IN_HOUSE)
    found = ask([staying, booking("A", 1, 2)])
    assert found["A"]["suggested_room"] == "102"
    assert "H" not in found


@pytest.mark.parametrize("room_type", ["PENTHOUSE", ""])
def test_a_guest_of_a_type_that_has_no_room_takes_any_and_the_arrivals_get_theirs(room_type: str) -> None:
    """Staff named some rooms only, or the export tells neither room nor type of somebody in the house."""
    guest = booking("H", -1, 3, room_type, status=BookingStatus.IN_HOUSE)
    found = ask([guest, booking("A", 1, 1), booking("S", 1, 1, "SUI")])
    assert (found["A"]["suggested_type"], found["S"]["suggested_type"]) == ("DBL", "SUI")
    crowded = ask([guest, booking("A", 1, 1), booking("B", 1, 1), booking("S", 1, 1, "SUI")])
    assert sum(not values["suggested_room"] for values in crowded.values()) == 1


def test_whether_guests_may_be_moved_is_a_yes_or_a_no() -> None:
    with pytest.raises(UsageError, match="move_guests cannot be 'no'"):
        ask([booking("A", 1, 1)], move_guests="no")


def test_a_room_is_free_again_on_the_day_its_guest_leaves() -> None:
    leaving = booking("H", -1, 2, room="101", assigned_room_type="DBL", status=BookingStatus.IN_HOUSE)
    assert ask([leaving, booking("A", 1, 2)])["A"]["suggested_room"] == "101"


def test_a_room_promised_in_the_pms_is_kept() -> None:
    found = ask([booking("A", 1, 2), booking("B", 2, 2, room="101")])
    assert found["B"]["suggested_room"] == "101"
    assert found["B"]["reason"] == "Already assigned in the PMS."
    assert found["A"]["suggested_room"] == "102"


def test_what_staff_lock_wins_over_everything() -> None:
    found = ask([booking("A", 1, 2), booking("B", 1, 2)], locks={"B": "101"})
    assert found["B"]["suggested_room"] == "101"
    assert found["B"]["reason"] == "Locked by staff."


def test_a_room_out_of_order_is_not_given() -> None:
    closed = [{"room": "101", "from": TODAY, "to": TODAY + timedelta(days=3)}]
    found = ask([booking("A", 1, 1), booking("B", 4, 1)], out_of_order=closed)
    assert found["A"]["suggested_room"] == "102"
    assert found["B"]["suggested_room"] == "101"


def test_a_booking_of_several_rooms_gets_that_many() -> None:
    found = ask([booking("G", 1, 1, rooms=2.0)])
    assert found["G"]["suggested_room"] == "101, 102"


def test_without_rates_nobody_is_upgraded_on_a_guess() -> None:
    found = ask([booking(name, 1, 1, adr=None) for name in "ABC"])
    refused = next(values for values in found.values() if not values["suggested_room"])
    assert "no DBL shows a rate" in str(refused["reason"])


def test_who_names_no_type_gets_the_simplest() -> None:
    found = ask([booking("A", 1, 1, ""), booking("B", 5, 1), booking("C", 5, 1, "SUI")])
    assert found["A"]["suggested_room"] == "101"


def test_a_wish_for_a_room_that_does_not_exist_is_bad_usage() -> None:
    wrong: list[dict[str, object]] = [
        {"locks": {"A": "999"}},
        {"out_of_order": [{"room": "101"}]},
        {"rooms": {}},
        {"locks": ["A"]},
        {"connecting": [["101"]]},
        {"together": [["A", "A"]]},
        {"overbooking": {"DBL": -1}},
        {"wishes": {"A": {"quiet": "very"}}},
        {"room_features": {"999": ["quiet"]}},
        {"time_limit_s": 0},
    ]
    for options in wrong:
        with pytest.raises(UsageError):
            ask([booking("A", 1, 1)], **options)


def test_rooms_nobody_has_named_are_counted_from_what_was_sold() -> None:
    slept = [booking(f"P{n}", -10, 3, status=BookingStatus.CHECKED_OUT) for n in range(3)]
    history = small_history([*slept, booking("A", 1, 1)], TODAY)
    house = inventory(history, PropertyFacts(1, "Casa"), {})
    assert [room.number for room in house.rooms] == ["DBL room 1", "DBL room 2", "DBL room 3"]
    told = PropertyFacts(1, "Casa", room_types=(RoomTypeFacts("DBL", rooms=5),))
    assert len(inventory(history, told, {}).rooms) == 5


def test_where_no_export_says_who_came_rooms_are_counted_from_what_was_and_is_booked() -> None:
    past = [booking(f"P{n}", -10, 3) for n in range(2)]
    coming = [booking(f"C{n}", 3, 2, "SUI") for n in range(3)]
    history = small_history([*past, *coming, booking("X", 3, 2, "SUI", status=BookingStatus.CANCELLED)], TODAY)
    house = inventory(history, PropertyFacts(1, "Casa"), {})
    assert [room.number for room in house.rooms] == ["DBL room 1", "DBL room 2", "SUI room 1", "SUI room 2", "SUI room 3"]
    data = PropertyData(PropertyFacts(1, "Casa"), TODAY, lambda: history)
    found = {one.key: one.values for one in predict(PredictionRequest(data, TODAY, 14))}
    assert {found[f"C{n}"]["suggested_room"] for n in range(3)} == {"SUI room 1", "SUI room 2", "SUI room 3"}


def test_room_nine_comes_before_room_ten() -> None:
    assert sorted(["10", "9", "A2", "A10", "9b"], key=natural) == ["9", "9b", "10", "A2", "A10"]


def test_a_house_of_which_no_room_is_known_yet_says_so_of_every_arrival() -> None:
    """Where the exports name neither rooms nor types, and nobody listed any."""
    found = ask([booking("A", 1, 2, ""), booking("B", 3, 1, "")], rooms=None)
    assert {values["reason"] for values in found.values()} == {"No room: which rooms the house has is not known yet."}
    assert {values["suggested_room"] for values in found.values()} == {""}
    history = small_history([booking("A", 1, 2, "")], TODAY)
    told = in_words(predict(PredictionRequest(PropertyData(PropertyFacts(1, "Casa"), TODAY, lambda: history), TODAY, 14)))
    assert told[0].startswith("1 booking has no room")
    assert "better plan" not in " ".join(told)
