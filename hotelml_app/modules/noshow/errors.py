"""What can go wrong when the no-show module learns.

HotelMLError
├── TooLittleHistoryError   the history is too short, or too calm, to learn from and be judged on
└── UsageError
    └── HyperparameterError a setting of the training that does not exist or makes no sense
"""

from __future__ import annotations

from hotelml_app.core.errors import UsageError
from hotelml_app.ml.errors import NotEnoughToLearnError


class TooLittleHistoryError(NotEnoughToLearnError):
    """There are not enough past arrivals, or not enough lost ones, to learn from."""

    title = "Too little history to learn who will not come"


class HyperparameterError(UsageError):
    """A training setting of the no-show module is unknown or out of range."""

    title = "A training setting is wrong"
