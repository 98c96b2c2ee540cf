"""What can go wrong when the monitor is asked.

HotelMLError
└── UsageError
    └── UnknownPeriodError    a report was asked for by an unknown length of time
"""

from __future__ import annotations

from hotelml_app.core.errors import UsageError


class UnknownPeriodError(UsageError):
    """Reports are by day, week or month."""

    title = "There is no such period"
