"""Errors of the room allocation.

HotelMLError
└── UsageError
    └── AllocationOptionError   a lock, a room list or an out-of-order entry that makes no sense
"""

from __future__ import annotations

from hotelml_app.core.errors import UsageError


class AllocationOptionError(UsageError):
    """A wish about rooms that cannot be understood."""

    title = "That wish about rooms cannot be understood"
