"""Bringing the window that is already open to the front, instead of opening a second one on the same home."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hotelml_app.core.events import Event
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.errors import NothingToShowError
from hotelml_app.services.parts import Parts

if TYPE_CHECKING:
    from hotelml_app.services.asking.runners import OperationRunner

_LAST_SESSION = 2**32 - 1


@dataclass(frozen=True, slots=True)
class WindowWanted(Event):
    """Somebody started HotelML again: the open window should come to the front."""


def ask(other: OperationRunner) -> dict[str, Any]:
    """Have another HotelML show its window here. Raises its own error where it cannot."""
    session = own_session()
    return other.ask("window.show", {} if session is None else {"session": session})


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Ask the open window to come forward. Raises NothingToShowError where there is none, or none that who asks would see."""
    if not parts.has_window:
        raise NothingToShowError(
            "HotelML already runs on this home, but without a window.",
            remedy="Stop the one that serves (hotelml serve) and start again, or ask it with: hotelml status",
        )
    here = own_session()
    if here is not None and arguments.number("session", default=here, low=0, high=_LAST_SESSION) != here:
        raise NothingToShowError(
            "HotelML is open on this home already, for another user who is signed in to this PC.",
            remedy="Change to that user and quit it there, from the menu of its icon; or sign that user out.",
        )
    parts.bus.publish(WindowWanted())
    return {"sentence": "HotelML is already open; its window was brought to the front."}


def own_session() -> int | None:
    """Return the number of the Windows session this process is in: users who change without signing out have one each.

    None where this is another system.
    """
    if sys.platform != "win32":
        return None
    import ctypes

    session = ctypes.c_uint32()
    told = ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(session))
    return int(session.value) if told else None


def has_display() -> bool:
    """Return whether a window could be seen on this machine."""
    if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
