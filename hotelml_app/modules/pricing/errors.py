"""Errors of the rate suggestions.

HotelMLError
├── ShortHistoryError        too few nights have passed to learn what guests accept
└── UsageError
    ├── HyperparameterError  a setting of the training that does not exist or makes no sense
    └── RateFenceError       a floor, ceiling, rounding or locked rate that makes no sense
"""

from __future__ import annotations

from hotelml_app.core.errors import UsageError
from hotelml_app.ml.errors import NotEnoughToLearnError


class ShortHistoryError(NotEnoughToLearnError):
    """Too few nights have passed to learn what guests accept."""

    title = "The history is still too short"


class HyperparameterError(UsageError):
    """A setting of the training that does not exist or makes no sense."""

    title = "That training setting is not possible"


class RateFenceError(UsageError):
    """A limit on rates that cannot be kept."""

    title = "That limit on rates cannot be kept"
