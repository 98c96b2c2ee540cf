"""When is a file complete? When its size, its time and the folder's events have been quiet long enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotelml_app.core.clock import Clock


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a file showed."""

    size: int
    mtime_ns: int


@dataclass(slots=True)
class _Watched:
    look: Look
    since: datetime
    quiet_from_s: float


class StabilityTracker:
    """Files that may still grow. The timer of each restarts with every change and every event; it never gives up."""

    def __init__(self, clock: Clock, stable_after_s: float) -> None:
        self._clock = clock
        self._stable_after_s = stable_after_s
        self._watched: dict[str, _Watched] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._watched

    def __len__(self) -> int:
        return len(self._watched)

    def look(self, name: str, look: Look) -> bool:
        """Take in what a look at a file showed, and return whether it is another than at the look before."""
        now = self._clock.monotonic()
        known = self._watched.get(name)
        if known is None:
            self._watched[name] = _Watched(look, self._clock.now(), now)
        elif known.look != look:
            known.look, known.quiet_from_s = look, now
            return True
        return False

    def stir(self, name: str) -> None:
        """Take in that an event came for a file."""
        if name in self._watched:
            self._watched[name].quiet_from_s = self._clock.monotonic()

    def is_stable(self, name: str) -> bool:
        """Return whether a file was quiet long enough."""
        known = self._watched.get(name)
        return known is not None and self._clock.monotonic() - known.quiet_from_s >= self._stable_after_s

    def since(self, name: str) -> datetime | None:
        """Return when a file was first seen."""
        known = self._watched.get(name)
        return known.since if known is not None else None

    def size(self, name: str) -> int:
        """Return a file's size in bytes at the last look."""
        return self._watched[name].look.size

    def mtime_ns(self, name: str) -> int:
        """Return a file's time at the last look."""
        return self._watched[name].look.mtime_ns

    def names(self) -> list[str]:
        """Return all files that are watched, in the order they came."""
        return list(self._watched)

    def forget(self, name: str) -> None:
        """Stop watching a file."""
        self._watched.pop(name, None)
