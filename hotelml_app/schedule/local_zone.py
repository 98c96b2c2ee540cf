"""The time zone of this PC, as it stands now: a technician may set it while HotelML runs."""

from __future__ import annotations

import logging
import sys
import time
from datetime import UTC, datetime, tzinfo

log = logging.getLogger(__name__)


def local_zone(before: tzinfo | None = None) -> tzinfo:
    """Return the PC's time zone; ``before``, the one in use so far, where nothing changed, since schedules are kept by it."""
    # The C library reads the zone once, and Python turns moments into local time by it.
    if sys.platform == "win32":
        import ctypes

        # Python has no word for that on Windows; this is the library it uses itself.
        ctypes.CDLL("ucrtbase")._tzset()
    else:
        time.tzset()
    now = _named() or _offset_of_now()
    return before if before is not None and _same(before, now) else now


def _named() -> tzinfo | None:
    """Return the zone with all its rules, or None where it has no name that the tables know.

    Such as Windows where somebody took the tick from "Adjust for daylight saving time automatically", in a zone of half hours.
    """
    from tzlocal import reload_localzone

    try:
        named: tzinfo = reload_localzone()
    except (LookupError, ValueError, OSError) as error:
        log.debug("the time zone of this PC has no name that is known: %r", error)
        return None
    return named


def _offset_of_now() -> tzinfo:
    """Return how far the PC's own clock is from UTC at this moment; asked anew at every look, that follows summer time, too."""
    zone = datetime.now(UTC).astimezone().tzinfo
    assert zone is not None, "astimezone makes an aware moment"
    return zone


def _same(one: tzinfo, other: tzinfo) -> bool:
    """Two zones that could not be told by name are compared by what they say of a winter's and a summer's day."""
    days = [(2025, 1, 1), (2025, 7, 1)]
    offsets = [[datetime(*day, tzinfo=zone).utcoffset() for day in days] for zone in (one, other)]
    return str(one) == str(other) and offsets[0] == offsets[1]
