"""How many rooms are out of order on the nights to come: as staff name them, as exports count them, never twice."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from synthetic_property import small_history

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.out_of_order import OutOfOrder, out_of_order
from hotelml_app.ml.property.property_data import ClosedRoom, PropertyFacts, StatedOutOfOrder

TODAY = date(2025, 6, 1)
TYPES = {"101": "DBL", "102": "DBL", "201": "SUI"}


def night(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def history() -> History:
    """Return a history in which every room of TYPES was slept in."""
    told = [
        {
            "reservation_id": f"R{room}",
            "arrival": night(-9),
            "departure": night(-7),
            "status": BookingStatus.CHECKED_OUT,
            "room": room,
            "room_type": kind,
        }
        for room, kind in TYPES.items()
    ]
    return small_history(told, TODAY)


def closed(*rooms: ClosedRoom, stated: tuple[StatedOutOfOrder, ...] = (), known: date = TODAY) -> OutOfOrder:
    facts = PropertyFacts(1, "H", business_date=known, closed_rooms=rooms, stated_out_of_order=stated)
    return out_of_order(history(), facts, 5)


def test_a_room_is_closed_from_its_first_night_up_to_the_day_on_which_it_opens() -> None:
    found = closed(ClosedRoom("101", night(2), night(4)), ClosedRoom("201", night(-30), night(90)))
    assert found.house.tolist() == [1, 2, 2, 1, 1]
    assert found.of("") is found.house
    assert found.of("DBL").tolist() == [0, 1, 1, 0, 0]
    assert found.of("SUI").tolist() == [1, 1, 1, 1, 1]
    assert found.of("TWN").tolist() == [0, 0, 0, 0, 0]


def test_a_room_that_is_named_twice_for_a_night_is_one() -> None:
    found = closed(ClosedRoom("101", night(1), night(4)), ClosedRoom("101", night(3), night(6)))
    assert found.house.tolist() == [1, 1, 1, 1, 1]


def test_the_type_that_staff_list_goes_before_the_one_that_bookings_show_and_an_unknown_one_counts_in_the_house() -> None:
    rooms = (ClosedRoom("101", night(1), night(2), "SUI"), ClosedRoom("999", night(1), night(2)))
    found = closed(*rooms, ClosedRoom("TWN room 2", night(1), night(2)), ClosedRoom("SUI room 2", night(1), night(2)))
    assert found.house.tolist() == [4, 0, 0, 0, 0]
    assert {kind: rooms.tolist()[0] for kind, rooms in found.types.items()} == {"SUI": 2.0}


@pytest.mark.parametrize(("named", "counted", "both"), [(2, 8, 8), (3, 1, 3), (0, 2, 2), (2, 0, 2)])
def test_of_rooms_told_by_staff_and_by_an_export_the_larger_number_counts(named: int, counted: int, both: int) -> None:
    rooms = [ClosedRoom(room, night(1), night(2)) for room in list(TYPES)[:named]]
    stated = (StatedOutOfOrder(night(1), "", float(counted)),) if counted else ()
    assert closed(*rooms, stated=stated).house.tolist() == [both, 0, 0, 0, 0]


def test_rooms_of_different_types_are_different_rooms() -> None:
    found = closed(ClosedRoom("101", night(1), night(2)), stated=(StatedOutOfOrder(night(1), "SUI", 4.0),))
    assert found.house.tolist() == [5, 0, 0, 0, 0]


def test_classes_that_no_booking_names_may_hold_the_rooms_that_staff_name() -> None:
    classes = tuple(StatedOutOfOrder(night(1), kind, 2.0) for kind in ("STANDARD", "SUI"))
    found = closed(ClosedRoom("101", night(1), night(3)), stated=classes)
    assert found.house.tolist() == [4, 1, 0, 0, 0]
    assert {kind: rooms.tolist() for kind, rooms in found.types.items()} == {"DBL": [1, 1, 0, 0, 0]}


def test_of_a_day_before_the_newest_export_nothing_is_out_of_order() -> None:
    found = closed(ClosedRoom("101", night(-9), night(90)), known=night(3))
    assert np.array_equal(found.house, np.zeros(5))
    assert not found.types
