"""What can go wrong with a forecast.

HotelMLError
├── ShortHistoryError        too few nights have passed to learn booking curves from
└── HyperparameterError      a training setting of the forecast makes no sense
"""

from __future__ import annotations

from hotelml_app.core.errors import UsageError
from hotelml_app.ml.errors import NotEnoughToLearnError


class ShortHistoryError(NotEnoughToLearnError):
    """Too few nights have passed to learn booking curves from."""

    title = "The history is still too short"


class HyperparameterError(UsageError):
    """A training setting of the forecast makes no sense."""

    title = "That training setting is not possible"
