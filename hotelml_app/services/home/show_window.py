"""Bringing the window that is already open to the front, instead of opening a second one on the same home."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotelml_app.core.events import Event
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.errors import NothingToShowError

if TYPE_CHECKING:
    from hotelml_app.services.appliance import Appliance


@dataclass(frozen=True, slots=True)
class WindowWanted(Event):
    """Somebody started HotelML again: the open window should come to the front."""


def answer(appliance: Appliance, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Ask the open window to come forward. Raises NothingToShowError where HotelML runs without one."""
    if not appliance.has_window:
        raise NothingToShowError(
            "HotelML already runs on this home, but without a window.",
            remedy="Stop the one that serves (hotelml serve) and start again, or ask it with: hotelml status",
        )
    appliance.events.publish(WindowWanted())
    return {"sentence": "HotelML is already open; its window was brought to the front."}


def has_display() -> bool:
    """Return whether a window could be seen on this machine."""
    if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
