"""What can go wrong while training data points are collected.

HotelMLError
└── CollectorError
    ├── UnusableDataPointError    a point that cannot be kept as it is
    ├── JournalError              the journal cannot be written
    └── CollectorClosedError      asked after the end
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError


class CollectorError(HotelMLError):
    """Training data points could not be collected."""

    title = "What was learned could not be kept"


class UnusableDataPointError(CollectorError):
    """A data point cannot be kept as it is; nothing of its batch was taken."""


class JournalError(CollectorError):
    """The journal cannot be written, so that nothing can be promised."""


class CollectorClosedError(CollectorError):
    """The collector was asked after it was closed."""

    title = "HotelML is shutting down"
