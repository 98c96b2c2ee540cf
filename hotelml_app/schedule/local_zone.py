"""The time zone of this PC, as it stands now: a technician may set it while HotelML runs."""

from __future__ import annotations

import sys
import time
from datetime import datetime, tzinfo


def local_zone(before: tzinfo | None = None) -> tzinfo:
    """Return the PC's time zone; ``before``, the one in use so far, where nothing changed, since schedules are kept by it."""
    from tzlocal import reload_localzone

    # The C library reads the zone once, and Python turns moments into local time by it.
    if sys.platform == "win32":
        import ctypes

        # Python has no word for that on Windows; this is the library it uses itself.
        ctypes.CDLL("ucrtbase")._tzset()
    else:
        time.tzset()
    now: tzinfo = reload_localzone()
    return before if before is not None and _same(before, now) else now


def _same(one: tzinfo, other: tzinfo) -> bool:
    """Two zones that could not be told by name are compared by what they say of a winter's and a summer's day."""
    days = [(2025, 1, 1), (2025, 7, 1)]
    offsets = [[datetime(*day, tzinfo=zone).utcoffset() for day in days] for zone in (one, other)]
    return str(one) == str(other) and offsets[0] == offsets[1]
