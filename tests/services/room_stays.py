"""Stays on the Rooms page of the small hotel, and rooms that its PMS has given them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import combinations
from pathlib import Path

from rewritten import Rows, rewritten
from small_hotel import AS_OF, NAME, write_export

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.rooms.views import RoomsView, Standing, StayView

TONIGHT = AS_OF + timedelta(days=1)


def assigned(appliance: Appliance, folder: Path, rooms: Mapping[str, str], number: int = 1) -> None:
    """Import what the PMS would export after staff gave these bookings these rooms."""

    def give(rows: Rows) -> Rows:
        return [{**row, "room": rooms[row["reservation_id"]]} for row in rows if row["reservation_id"] in rooms]

    path = rewritten(write_export(folder / "whole"), give, folder / f"assigned_{number}.csv")
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
