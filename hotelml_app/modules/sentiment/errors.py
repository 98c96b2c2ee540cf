"""Errors of the review module.

HotelMLError
├── OneSidedReviewsError    all judged texts praise, or all complain
└── UsageError
    └── ReviewSettingError    a hyperparameter that makes no sense
"""

from __future__ import annotations

from hotelml_app.core.errors import UsageError
from hotelml_app.ml.errors import NotEnoughToLearnError


class OneSidedReviewsError(NotEnoughToLearnError):
    """There is nothing to tell apart."""

    title = "The reviews are all of one kind"


class ReviewSettingError(UsageError):
    """A training setting of this module makes no sense."""

    title = "That training setting cannot be used"
