"""What can be wrong with a hand-over file.

HotelMLError
└── HandoverError           nothing was changed
    ├── NotAHandoverError   not such a file, cut off, or damaged on the way
    ├── SealError           the passphrase does not fit, is missing, or there is no seal
    ├── LaterHandoverError  a later HotelML wrote it
    └── NoRoomError         the disk has no room for what is in it
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError


class HandoverError(HotelMLError):
    """A hand-over file could not be written or read; nothing was changed."""

    title = "The hand-over did not succeed"


class NotAHandoverError(HandoverError):
    """The file is another one, was cut off, or is damaged."""

    title = "The hand-over file cannot be used"


class SealError(HandoverError):
    """The seal of the file and the passphrase do not belong together."""

    title = "The passphrase does not fit"


class LaterHandoverError(HandoverError):
    """A later HotelML wrote the file."""

    title = "The hand-over file is newer than this HotelML"


class NoRoomError(HandoverError):
    """There is no room for it."""

    title = "The disk is full"
