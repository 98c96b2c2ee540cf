"""What can be wrong with a program update.

HotelMLError
└── UpdateError                 it is not used; nothing was changed
    ├── UnsignedUpdateError     nobody this HotelML trusts has signed it
    ├── AlteredUpdateError      it is not what was signed
    ├── OtherPlatformError      it is for another kind of PC
    ├── NotNewerError           this HotelML is as new, or a newer one waits already
    └── NoUpdateError           there is none
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError


class UpdateError(HotelMLError):
    """A program update is not used; nothing was changed."""

    title = "The update is not used"


class UnsignedUpdateError(UpdateError):
    """There is no signature, or it is of nobody this HotelML trusts."""

    title = "The origin of the update cannot be checked"


class AlteredUpdateError(UpdateError):
    """The package or what was said of it is not what was signed."""

    title = "The update was altered or damaged"


class OtherPlatformError(UpdateError):
    """The package is for another kind of PC."""

    title = "The update is for another kind of PC"


class NotNewerError(UpdateError):
    """There is nothing newer in it."""

    title = "The update is not newer"


class NoUpdateError(UpdateError):
    """No update is there, or none waits."""

    title = "There is no update"
