"""When a crontab schedule is due: pure decisions over moments that are passed in.

A schedule is read as cron reads it: weekday 0 and 7 are Sunday, and where both day and weekday are limited either one
suffices. Times are local; a time that daylight saving skips comes an hour later, one that comes twice counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

ON_TIME_WITHIN_S = 120.0
"""A run that begins this late still counts as on time; later ones were missed."""

CATCH_UP_AFTER_S = 30.0
CATCH_UP_SPREAD_S = 30.0
"""What was missed is made up for 30 to 60 s after the PC woke up, each schedule at a moment of its own."""

_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LOOK_BACK_LIMIT = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Due:
    """What a schedule says now: run for the ``planned`` moment, or look again (None)."""

    planned: datetime | None
    missed: bool = False


def look(schedule: str, name: str, last: datetime, now: datetime, awake_since: datetime, zone: tzinfo) -> Due:
    """Decide whether ``schedule`` is due. Moments are aware.

    ``last`` is the planned moment it last ran for (or the moment it was set up), ``awake_since`` when the program
    started or the PC woke up. However many moments were missed, one run makes up for them.
    """
    planned = latest_planned(schedule, last, now, zone)
    if planned is None:
        return Due(None)
    if (now - planned).total_seconds() <= ON_TIME_WITHIN_S:
        return Due(planned)
    return Due(planned, missed=True) if now >= catch_up_at(name, awake_since) else Due(None)


def catch_up_at(name: str, awake_since: datetime) -> datetime:
    """Return when a schedule that was missed, or whose run was cut off, is made up for."""
    return awake_since + timedelta(seconds=CATCH_UP_AFTER_S + crc32(name.encode("utf-8")) % CATCH_UP_SPREAD_S)


def latest_planned(schedule: str, after: datetime, until: datetime, zone: tzinfo) -> datetime | None:
    """Return the latest planned moment in (``after``, ``until``], or None."""
    first = next_planned(schedule, max(after, until - _LOOK_BACK_LIMIT), zone)
    if first is None or first > until:
        return None
    # Halving the stretch instead of walking it: a schedule of every minute has half a million moments a year.
    low, high = first, until
    while (high - low) > timedelta(minutes=1):
        middle = low + (high - low) / 2
        following = next_planned(schedule, middle, zone)
        if following is not None and following <= until:
            low = following
        else:
            high = middle
    return low


def next_planned(schedule: str, after: datetime, zone: tzinfo) -> datetime | None:
    """Return the first planned moment after ``after`` in UTC, or None where there is none."""
    fires = [_next(trigger, after.astimezone(UTC), zone) for trigger in _triggers(schedule)]
    known = [fire for fire in fires if fire is not None]
    return min(known) if known else None


def _next(trigger: CronTrigger, after: datetime, zone: tzinfo) -> datetime | None:
    # The trigger is asked of days that know no summer time: across its beginning it takes midnight for one o'clock.
    wall = after.astimezone(zone).replace(tzinfo=UTC, fold=0)
    search = wall - _skipped_lately(after, zone) + timedelta(microseconds=1)
    while True:
        fire: datetime | None = trigger.get_next_fire_time(None, search)
        if fire is None:
            return None
        # What was skipped comes by the offset of before, so an hour later; of an hour that is repeated the first counts.
        moment = fire.replace(tzinfo=zone).astimezone(UTC)
        if moment > after:
            return moment
        search = fire + timedelta(microseconds=1)


def _skipped_lately(moment: datetime, zone: tzinfo) -> timedelta:
    """Return how far the wall clock was put forward within the day before ``moment``."""
    offsets = [one.astimezone(zone).utcoffset() or timedelta(0) for one in (moment - timedelta(days=1), moment)]
    return max(offsets[1] - offsets[0], timedelta(0))


@lru_cache(maxsize=64)
def _triggers(schedule: str) -> tuple[CronTrigger, ...]:
    from apscheduler.triggers.cron import CronTrigger

    minute, hour, day, month, weekday = schedule.split()
    minutes, hours, days = _listed(minute, 0, 59), _listed(hour, 0, 23), _listed(day, 1, 31)
    months, weekdays = _listed(month, 1, 12, _MONTHS), _weekday_names(weekday)
    both_limited = day != "*" and weekday != "*"
    choices = [(days, "*"), ("*", weekdays)] if both_limited else [(days, weekdays)]
    return tuple(
        CronTrigger(minute=minutes, hour=hours, day=one, month=months, day_of_week=names, timezone=UTC) for one, names in choices
    )


def _weekday_names(field: str) -> str:
    """Return a weekday field with names, which mean the same everywhere; APScheduler counts from Monday, cron from Sunday."""
    if field == "*":
        return "*"
    return ",".join(dict.fromkeys(_WEEKDAYS[number % 7] for number in _numbers(field, 0, 6, _WEEKDAYS)))


def _listed(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> str:
    """Return a field as the list of its numbers: APScheduler takes no step that leads beyond the end, cron does."""
    return "*" if field == "*" else ",".join(map(str, _numbers(field, low, high, names)))


def _numbers(field: str, low: int, high: int, names: tuple[str, ...]) -> list[int]:
    chosen: set[int] = set()
    for part in field.lower().split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        start = low if first == "*" else _number(first, names)
        end = _number(last, names) if last else (high if first == "*" or step else start)
        # A Sunday written as 7 lies beyond the last weekday.
        chosen.update(range(start, max(start, end) + 1, int(step or 1)))
    return sorted(chosen)


def _number(word: str, names: tuple[str, ...]) -> int:
    return int(word) if word.isdecimal() else names.index(word)
