"""Room on the disk that holds the home: told before it runs out."""

from __future__ import annotations

import shutil
from pathlib import Path

from hotelml_app.core.events import EventBus, Warned

LOW_SHARE = 0.10
LOW_BYTES = 5 * 2**30
"""A tenth of a large disk is plenty: there it is low only below this."""


def warn_when_low(home: Path, bus: EventBus) -> bool:
    """Publish a warning where less than a tenth of the disk is free, and return whether it is so."""
    usage = shutil.disk_usage(home)
    if usage.free >= LOW_SHARE * usage.total or usage.free >= LOW_BYTES:
        return False
    bus.publish(
        Warned(
            "disk:low",
            "The disk is almost full",
            f"{usage.free / 2**20:,.0f} MB of {usage.total / 2**30:,.1f} GB are free where HotelML keeps its data ({home}).",
            "Free some space. When the disk is full, exports wait in the drop folder until there is room.",
        )
    )
    return True
