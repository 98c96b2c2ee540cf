"""Who is in which room of a plan, and what stands in its reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from small_hotel import AS_OF

from hotelml_app.core.clock import day_number
from hotelml_app.modules.allocation.house.inventory import Inventory, Room
from hotelml_app.modules.allocation.house.stays import Stay
from hotelml_app.services.rooms.kept import Kept
from hotelml_app.services.rooms.plan import DUE, GUEST_REASON, House, conflicts_of, paired, spoken_days, stay_views
from hotelml_app.services.rooms.views import (
    Standing,
    StayView,
)

TONIGHT = AS_OF + timedelta(days=1)


def test_who_stays_keeps_his_place_and_the_others_are_paired_in_their_order() -> None:
    assert paired(("101", "102"), ("102", "103"), 2) == [("102", "102"), ("101", "103")]
    assert paired((), ("7",), 2) == [("", "7"), ("", "")]
    assert paired(("5",), (), 1) == [("5", "")]


def test_guests_who_are_in_a_room_together_share_it_and_are_no_conflict() -> None:
    def inside(name: str, standing: Standing) -> StayView:
        return StayView(name, 0, AS_OF, AS_OF + timedelta(days=3), "STD", "101", "101", standing, locked=False, reason="")

    guests = (inside("A", Standing.GUEST), inside("B", Standing.GUEST))
    assert conflicts_of(guests, (), TONIGHT) == ()
    assert len(conflicts_of((guests[0], inside("C", Standing.KEPT)), (), TONIGHT)) == 1


def test_of_a_guest_who_was_to_arrive_it_is_not_said_that_he_is_in_the_house() -> None:
    rooms = Inventory((Room("101", "DBL"),), ())
    today = day_number(AS_OF)
    here = Stay("A", today - 1, today + 3, "DBL", 1, "101")
    (come,), (late,) = (stay_views(House(rooms, (one,), ()), {}, Kept({}, {})) for one in (here, replace(here, due=True)))
    assert (come.reason, late.reason) == (GUEST_REASON, DUE)
    assert late.standing is Standing.GUEST


def test_days_inside_reasons_are_spoken() -> None:
    assert spoken_days(f"every DBL is taken on {date(2026, 9, 1)}.") == "every DBL is taken on Tue 1 Sep."
    assert spoken_days("Room 2026-99-01 stays.") == "Room 2026-99-01 stays."
