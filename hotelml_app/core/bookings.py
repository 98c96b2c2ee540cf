"""A booking in the words of the trade, independent of any PMS."""

from __future__ import annotations

from enum import IntEnum


class BookingStatus(IntEnum):
    """How a booking stands on a day. The numbers are stored; never renumber them."""

    RESERVED = 0
    TENTATIVE = 1
    IN_HOUSE = 2
    CHECKED_OUT = 3
    CANCELLED = 4
    NO_SHOW = 5


OCCUPYING = (BookingStatus.RESERVED, BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT)
"""Statuses that hold (or held) a room."""

LOST = (BookingStatus.CANCELLED, BookingStatus.NO_SHOW)

ENOUGH_TO_LOSE_SOME, FEWEST_LOST_SHARE = 500, 0.005
"""Of so many bookings every hotel loses a larger share; where fewer are known as lost, its exports do not tell of them."""

CATEGORY_COLUMNS = (
    "room_type",
    "assigned_room_type",
    "room",
    "channel",
    "segment",
    "rate_code",
    "customer_type",
    "deposit_type",
    "agent",
    "company",
    "country",
    "meal",
    "currency",
)
"""Words of a booking; the empty string means the export did not say."""

SHARED_WORDS = tuple(name for name in CATEGORY_COLUMNS if name != "room")
"""Words that most bookings have in common with others, all of them together; of rooms there are too many."""

NUMBER_COLUMNS = (
    "rooms",
    "adr",
    "total",
    "adults",
    "children",
    "special_requests",
    "previous_cancellations",
    "previous_stays",
    "repeated_guest",
    "waiting_list_days",
    "parking",
    "changes",
)
"""Numbers of a booking; None means the export did not say."""

FILLED_IN_AT_ARRIVAL = ("assigned_room_type", "room", "country", "parking", "changes")
"""Columns the front desk completes at check-in: never features of a booking that has not arrived."""

STATE_COLUMNS = ("status", "status_on", "arrival", "departure", *CATEGORY_COLUMNS, *NUMBER_COLUMNS, "guest_key")
"""Everything about a booking that may differ from one export to the next, in storage order."""
