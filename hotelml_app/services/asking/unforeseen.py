"""What to tell of an error nobody foresaw, by whichever way the request came."""

from __future__ import annotations

from pathlib import Path

from hotelml_app.core.disk import is_out_of_room
from hotelml_app.core.errors import HotelMLError
from hotelml_app.services.asking.discretion import in_short


def in_words(error: Exception, home: Path, details: str) -> HotelMLError:
    """Return an error in words; ``details`` says where its whole story is kept."""
    if isinstance(error, OSError) and is_out_of_room(error):
        # The system names the file only where it could not even be opened.
        where = error.filename or f"either of the home, {home}, or where the answer is written"
        return HotelMLError(
            f"There is no room left on a disk ({error.strerror}): {where}.",
            remedy="Free some space, then try again. Nothing was lost.",
        )
    if isinstance(error, OSError):
        place = f" ({error.filename})" if error.filename else ""
        return HotelMLError(
            f"The computer refused a file or folder: {error.strerror or error}{place}.",
            remedy="Check that it exists, that there is room on the disk and that you may use it, then try again.",
        )
    return HotelMLError(f"HotelML met an error it did not expect ({in_short(error)}).", remedy=f"Nothing was lost. {details}.")
