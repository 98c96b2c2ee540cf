"""What can go wrong in the window itself.

HotelMLError
└── GuiError
    ├── AssetError        a font or picture of the program is missing
    ├── UnknownPageError  a page was asked for that does not exist
    └── PictureError      a picture of a page could not be made
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError


class GuiError(HotelMLError):
    """Something in the window failed."""

    title = "The window could not do that"


class AssetError(GuiError):
    """A file that belongs to the program is missing or damaged."""

    title = "A part of the program is missing"


class UnknownPageError(GuiError):
    """There is no page of that name."""

    title = "There is no such page"


class PictureError(GuiError):
    """A picture of a page could not be made."""

    title = "The picture could not be made"
