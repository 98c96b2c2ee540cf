"""What can be wrong with the settings or with the place they live in.

HotelMLError
├── SettingsError    the settings file, or a training file, cannot be used as it stands
└── HomeError        the data folder cannot be used
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError


class SettingsError(HotelMLError):
    """A settings or training file cannot be used as it stands; the file was not changed."""

    title = "The settings cannot be used"


class HomeError(HotelMLError):
    """The data folder cannot be used."""

    title = "The data folder cannot be used"
