"""What can go wrong when people outside this PC are told.

HotelMLError
└── NotDeliveredError    a message did not go out; it is tried again
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError


class NotDeliveredError(HotelMLError):
    """A message did not go out."""

    title = "The message could not be sent"
