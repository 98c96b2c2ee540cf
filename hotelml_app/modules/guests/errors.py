"""Errors of the guest segments.

HotelMLError
├── OneSegmentError      all bookings are of one segment, so there is nothing to tell apart
├── TooFewNamedError     too few bookings name their segment to judge on them what was learned
└── UsageError
    └── GuestSettingError    a hyperparameter that makes no sense
"""

from __future__ import annotations

from hotelml_app.core.errors import UsageError
from hotelml_app.ml.errors import NotEnoughToLearnError


class OneSegmentError(NotEnoughToLearnError):
    """There is nothing to tell apart."""

    title = "There is only one guest segment"


class TooFewNamedError(NotEnoughToLearnError):
    """There is too little to judge on what would be learned."""

    title = "Too few bookings name their segment"


class GuestSettingError(UsageError):
    """A training setting of this module makes no sense."""

    title = "That training setting cannot be used"
