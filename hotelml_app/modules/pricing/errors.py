"""Errors of the rate suggestions.

HotelMLError
└── UsageError
    └── RateFenceError   a floor, ceiling, rounding or locked rate that makes no sense
"""

from __future__ import annotations

from hotelml_app.core.errors import UsageError


class RateFenceError(UsageError):
    """A limit on rates that cannot be kept."""

    title = "That limit on rates cannot be kept"
