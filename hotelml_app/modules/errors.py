"""Errors about modules themselves.

HotelMLError
├── UnknownModuleError   no module of that name
└── BrokenModuleError    a folder that does not keep the contract
"""

from __future__ import annotations

from hotelml_app.core.errors import EXIT_USAGE, HotelMLError


class UnknownModuleError(HotelMLError):
    """A module was asked for that does not exist."""

    exit_code = EXIT_USAGE
    title = "There is no module of that name"


class BrokenModuleError(HotelMLError):
    """A folder among the modules has no manifest, or one that names another module."""

    title = "A module is damaged"
