"""Time as a value that is passed in, so that schedules and histories can be tested on any day."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the rest of the program may ask about time."""

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""

    def monotonic(self) -> float:
        """Return seconds that never go backwards."""


class SystemClock:
    """The PC's own clock."""

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never go backwards."""
        return time.monotonic()


class FixedClock:
    """A clock that stands still until it is moved; for tests and replays."""

    def __init__(self, start: datetime) -> None:
        self._now = start if start.tzinfo else start.replace(tzinfo=UTC)
        self._elapsed_s = 0.0

    def now(self) -> datetime:
        """Return the moment the clock was last moved to."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds the clock was advanced by since it was made."""
        return self._elapsed_s

    def advance(self, step: timedelta) -> None:
        """Move both wall and monotonic time forward by ``step``."""
        self._now += step
        self._elapsed_s += step.total_seconds()

    def jump(self, moment: datetime) -> None:
        """Set the wall time alone, as a user or a DST change would."""
        self._now = moment if moment.tzinfo else moment.replace(tzinfo=UTC)


EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Return days since 1970-01-01, the integer form that history arrays use."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """Return the date that is ``number`` days after 1970-01-01."""
    return EPOCH + timedelta(days=int(number))
