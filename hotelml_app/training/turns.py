"""Who may train next: so many at once, what a person asked for first, all else in the order it was asked for."""

from __future__ import annotations

import bisect
import threading
from collections.abc import Callable

_LOOK_EVERY_S = 0.1

Place = tuple[bool, int]
"""Where a job stands among those that wait: whether nobody waits for it in person, and its number."""


class Turns:
    """Turns that are taken and given back; any thread may ask."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: list[Place] = []
        self._changed = threading.Condition()

    @property
    def waiting(self) -> int:
        """How many wait for a turn."""
        with self._changed:
            return len(self._waiting)

    def take(self, place: Place, given_up: Callable[[], bool]) -> bool:
        """Wait for a turn; False where it was given up before it came. A place is nobody else's."""
        with self._changed:
            bisect.insort(self._waiting, place)
            try:
                while not (self._free and self._waiting[0] == place):
                    if given_up():
                        return False
                    self._changed.wait(_LOOK_EVERY_S)
                self._free -= 1
                return True
            finally:
                self._waiting.remove(place)
                self._changed.notify_all()

    def give_back(self) -> None:
        """Let the next one have it."""
        with self._changed:
            self._free += 1
            self._changed.notify_all()
