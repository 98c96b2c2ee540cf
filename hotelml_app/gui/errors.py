"""What can go wrong in the window itself.

HotelMLError
└── GuiError
    ├── AssetError        a font or picture of the program is missing
    ├── UnknownPageError  a page was asked for that does not exist
    └── PictureError      a picture of a page could not be made
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotelml_app.core.errors import HotelMLError

if TYPE_CHECKING:
    from types import TracebackType


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


def keep_in_log(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write down what a click ran into; where there is no console, nobody would ever see it."""
    import logging

    logging.getLogger(__name__).error("the window met an error it did not expect", exc_info=(kind, error, trace))
