"""What can go wrong when people outside this PC are told.

HotelMLError
└── NotDeliveredError    a message did not go out; it is tried again
    └── PutOffError      some of its recipients have it, others their server takes later
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError


class NotDeliveredError(HotelMLError):
    """A message did not go out."""

    title = "The message could not be sent"


class PutOffError(NotDeliveredError):
    """A message went out to some of its recipients; ``left_to`` are the addresses that lack it."""

    title = "The message could not be sent to everybody yet"

    def __init__(self, message: str, *, left_to: tuple[str, ...], remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.left_to = left_to
