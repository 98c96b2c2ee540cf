"""Room on the disk that holds the home: told before it runs out."""

from __future__ import annotations

import shutil
from pathlib import Path

from hotelml_app.core.clock import Clock
from hotelml_app.core.events import EventBus, Settled, Warned
from hotelml_app.core.severity import Severity

LOW_SHARE = 0.10
LOW_BYTES = 5 * 2**30
"""A tenth of a large disk is plenty: there it is low only below this."""

KEY = "disk:low"
TELL_AGAIN_AFTER_S = 3600.0


class DiskRoom:
    """Looks at the disk as often as it is asked, and tells when it became low, every hour while it is, and when it is over."""

    def __init__(self, home: Path, clock: Clock, bus: EventBus) -> None:
        self._home, self._clock, self._bus = home, clock, bus
        self._told_at_s: float | None = None
        self._settled = False

    def look(self) -> bool:
        """Return whether less than a tenth of the disk is free."""
        usage = shutil.disk_usage(self._home)
        if usage.free >= LOW_SHARE * usage.total or usage.free >= LOW_BYTES:
            if not self._settled:
                self._bus.publish(Settled(KEY))
            self._told_at_s, self._settled = None, True
            return False
        now = self._clock.monotonic()
        if self._told_at_s is None or now - self._told_at_s >= TELL_AGAIN_AFTER_S:
            self._told_at_s, self._settled = now, False
            self._tell(usage.free, usage.total)
        return True

    def _tell(self, free: int, total: int) -> None:
        self._bus.publish(
            Warned(
                KEY,
                "The disk is almost full",
                f"{free / 2**20:,.0f} MB of {total / 2**30:,.1f} GB are free where HotelML keeps its data ({self._home}).",
                "Free some space. When the disk is full, exports wait in the drop folder until there is room.",
                Severity.FAILURE,
            )
        )
