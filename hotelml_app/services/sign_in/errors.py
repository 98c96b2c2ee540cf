"""What can go wrong with starting at sign-in.

HotelMLError
└── SignInError     the system did not take the entry, or did not give it back
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError


class SignInError(HotelMLError):
    """What starts at sign-in stays as it was."""

    title = "Starting at sign-in is not changed"
