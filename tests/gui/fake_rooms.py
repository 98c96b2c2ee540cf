"""The room plan of an invented hotel: twelve rooms, a conflict, a move, someone without a room, a list for the PMS."""

from __future__ import annotations

from datetime import timedelta

from fake_views import BUSINESS_DATE, RULE, freshness

from hotelml_app.services.rooms.list_views import RoomListView, SeenRoomView
from hotelml_app.services.rooms.views import (
    ClosedRoomView,
    ConflictView,
    PlannedView,
    RoomsView,
    RoomView,
    Standing,
    StayView,
    SuggestionView,
)

FIRST = BUSINESS_DATE + timedelta(days=1)
TYPES = (*("A",) * 6, *("B",) * 4, *("D",) * 2)
SENTENCE = "1 arriving booking of the next 14 nights cannot be housed; 1 move would let in all others; the PMS has 1 conflict."

STAYS = (
    # booking, first night from now, nights, type, room, room in the PMS, standing, locked, reason
    ("40101", -2, 5, "A", "101", "101", Standing.GUEST, False, "In the house."),
    ("40102", 0, 2, "A", "102", "102", Standing.KEPT, False, "Already assigned in the PMS."),
    ("40103", 1, 3, "A", "103", "102", Standing.MOVED, False, "Moved from 102 to 103: 102 goes to 40102. As booked."),
    ("40104", 0, 3, "A", "104", "", Standing.GIVEN, False, "As booked."),
    ("40105", 2, 4, "B", "107", "", Standing.GIVEN, False, "As booked."),
    ("40106", 1, 2, "B", "108", "108", Standing.LOCKED, True, "Locked by staff."),
    ("40107", 3, 2, "A", "105", "106", Standing.PLANNED, False, "Moved from 106 to 105: 106 is out of order. As booked."),
    ("40108", 4, 2, "D", "", "", Standing.REFUSED, False, "No room: every D is taken. Nothing better is free either."),
)


def room_list(name: str) -> RoomListView:
    """Twelve rooms out of the exports, 106 of them said to be another type, and 301 that only staff know."""
    seen = tuple(SeenRoomView(str(101 + at), kind, FIRST - timedelta(days=at)) for at, kind in enumerate(TYPES))
    doors = frozenset({("101", "102")})
    told, features = {"106": "B", "301": "D"}, {"301": ("quiet",)}
    return RoomListView(name, seen, told, features, doors, ("A", "B", "D"), {"301": "is held for 40108"}, 14, {}, True)


def rooms(name: str, named: bool = True, undo: str = "") -> RoomsView:
    stays = tuple(
        StayView(booking, 0, FIRST + timedelta(days=begin), FIRST + timedelta(days=begin + nights), *rest)
        for booking, begin, nights, *rest in STAYS
    )
    wanted = [one for one in stays if one.standing in (Standing.REFUSED, Standing.MOVED, Standing.GIVEN)]
    order = (Standing.REFUSED, Standing.MOVED, Standing.GIVEN)
    suggested = [
        SuggestionView(
            one.reservation_id, one.arrival, one.departure, one.room_type, one.room_now, one.room, one.standing, one.reason
        )
        for one in sorted(wanted, key=lambda one: order.index(one.standing))
    ]
    conflict = ConflictView(
        "102", FIRST + timedelta(days=1), ("40102", "40103"), "The PMS has 40102 and 40103 in room 102 on Fri 2 Sep.", "40103"
    )
    return RoomsView(
        name,
        SENTENCE,
        freshness(),
        RULE,
        FIRST,
        14,
        7,
        tuple(RoomView(str(101 + at), kind, named) for at, kind in enumerate(TYPES)),
        stays,
        tuple(suggested),
        (PlannedView("40107", FIRST + timedelta(days=3), "106", "105", STAYS[6][8]),),
        (ClosedRoomView("106", FIRST + timedelta(days=2), FIRST + timedelta(days=6)),),
        (conflict,),
        {kind: tuple(TYPES.count(kind) - 1 for _ in range(14)) for kind in ("A", "B", "D")},
        ("The PMS has given 40099 room 110, not 109 as planned.",),
        undo,
        1.0,
    )


def said(hotel: object) -> list[object]:
    """Return what an invented appliance was told about rooms."""
    return [what for about, *rest in hotel.said if about == "rooms" for what in rest]  # type: ignore[attr-defined]
