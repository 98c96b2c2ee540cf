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

_FILES_FROM_S, _FILES_UNTIL_S = 86_400.0, 32_503_593_600.0
"""1970-01-02 and 2999-12-31: the days that Windows can turn into local time, a day from either end."""


def written_at(mtime_s: float) -> datetime:
    """Return when a file was written, aware, in UTC, of its ``st_mtime``.

    Some programs leave times like 1601 or 33000, for which Windows knows no local time; they become the nearest that it knows.
    """
    return datetime.fromtimestamp(min(max(mtime_s, _FILES_FROM_S), _FILES_UNTIL_S), UTC)


def day_number(day: date) -> int:
    """Return days since 1970-01-01, the integer form that history arrays use."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """Return the date that is ``number`` days after 1970-01-01."""
    return EPOCH + timedelta(days=int(number))
