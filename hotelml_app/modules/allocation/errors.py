"""Errors of the room allocation.

HotelMLError
├── TooFewTypesGivenError       the exports say too seldom which type guests were given
└── UsageError
    ├── AllocationOptionError   a lock, a room list or an out-of-order entry that makes no sense
    └── AllocationSettingError  a setting of the training that does not exist or makes no sense
"""

from __future__ import annotations

from hotelml_app.core.errors import UsageError
from hotelml_app.ml.errors import NotEnoughToLearnError


class TooFewTypesGivenError(NotEnoughToLearnError):
    """There are not enough past stays with the type booked and the type given, or all were given what they booked."""

    title = "Too little is known of which rooms guests were given"


class AllocationOptionError(UsageError):
    """A wish about rooms that cannot be understood."""

    title = "That wish about rooms cannot be understood"


class AllocationSettingError(UsageError):
    """A training setting of the allocation is unknown or out of range."""

    title = "A training setting is wrong"
