"""The year as columns of a regression: season, weekday, and days that are not like others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.core.easter import easter_sunday
from hotelml_app.ml.property.calendar import special_days
from hotelml_app.ml.property.property_data import CalendarEvent, PropertyFacts
from hotelml_app.modules.pricing.history.leads import Floats, Integers

WAVES = 4
"""Sine and cosine pairs over the year: as fine as seasons of three months with their shoulders."""

YEAR = 365.2425
YEARS_AHEAD = 3

LONGEST_TREND_YEARS = 1.0
"""So far beyond what was learned a trend is believed to go on."""

TURN_OF_YEAR, CHRISTMAS, EASTER, HOLIDAY_EVES, EVENTS = "turn of the year", "Christmas", "Easter", "public holidays", "events"


@dataclass(frozen=True)
class YearPattern:
    """``groups`` maps a kind of special night to its day numbers; columns are season, weekday, then one per group."""

    groups: Mapping[str, tuple[int, ...]]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return 2 * WAVES + 7 + len(self.groups)

    @property
    def season(self) -> slice:
        """The columns of the season."""
        return slice(0, 2 * WAVES)

    @property
    def weekday(self) -> slice:
        """The columns of the weekday."""
        return slice(2 * WAVES, 2 * WAVES + 7)

    @property
    def special(self) -> slice:
        """The columns of the special nights."""
        return slice(2 * WAVES + 7, self.width)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        waves = (f"{turn} turns a year, {wave}" for turn in range(1, WAVES + 1) for wave in ("sine", "cosine"))
        return (*waves, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", *self.groups)

    @cached_property
    def spread(self) -> Floats:
        """How far each column may reach, relative: slow waves of the year further than fast ones."""
        waves = np.repeat(np.arange(1, WAVES + 1), 2)
        return np.r_[1.0 / waves, np.ones(7 + len(self.groups))]

    def columns(self, days: NDArray[np.generic]) -> Floats:
        """Return the columns of some nights, shape (nights, width)."""
        number = np.asarray(days, dtype=np.int64)
        angle = 2 * np.pi * (number % YEAR) / YEAR
        season = [wave(turn * angle) for turn in range(1, WAVES + 1) for wave in (np.sin, np.cos)]
        # 1970-01-01 was a Thursday.
        weekday = np.eye(7)[(number + 3) % 7]
        special = [np.isin(number, np.array(group, dtype=np.int64)).astype(np.float64) for group in self.groups.values()]
        return np.column_stack([*season, weekday, *special]) if len(number) else np.zeros((0, self.width))

    def with_events(self, events: Sequence[CalendarEvent]) -> YearPattern:
        """Return the pattern with the user's events of today in place of those it was learned with, as far as it knows any."""
        if EVENTS not in self.groups:
            return self
        days = _event_days(events)
        eves = tuple(day for day in self.groups.get(HOLIDAY_EVES, ()) if day not in days)
        now = {EVENTS: tuple(sorted(days)), HOLIDAY_EVES: eves}
        return YearPattern({name: now.get(name, found) for name, found in self.groups.items()})

    def as_dict(self) -> dict[str, list[int]]:
        """Return JSON-ready parameters."""
        return {name: list(days) for name, days in self.groups.items()}

    @classmethod
    def from_dict(cls, stored: Mapping[str, list[int]]) -> YearPattern:
        """Return what ``as_dict`` wrote."""
        return cls({name: tuple(days) for name, days in stored.items()})


def plain_year(first: int, last: int) -> YearPattern:
    """Return the pattern of nights ``first`` to ``last`` that needs no calendar: Christmas and the turn of the year."""
    turn, christmas = [], []
    for year in range(day_of(first).year - 1, day_of(last).year + 1):
        turn += [date(year, 12, 30), date(year, 12, 31), date(year + 1, 1, 1)]
        christmas += [date(year, 12, day) for day in (23, 24, 25, 26)]
    return YearPattern({TURN_OF_YEAR: _numbers(turn), CHRISTMAS: _numbers(christmas)})


def known_year(facts: PropertyFacts, first: int, today: int) -> YearPattern:
    """Return the pattern from night ``first`` until three years ahead, with Easter, public holidays and the user's events."""
    last = today + 366 * YEARS_AHEAD
    groups = dict(plain_year(first, last).groups)
    years = range(day_of(first).year, day_of(last).year + 1)
    groups[EASTER] = _numbers(easter_sunday(year) + timedelta(days=step) for year in years for step in (-3, -2, -1, 0))
    events = {day for day in _event_days(facts.events) if first <= day <= last}
    holidays = _numbers(special_days(facts.country, day_of(first), day_of(last) + timedelta(days=1)))
    taken = events.union(*groups.values())
    groups[HOLIDAY_EVES] = tuple(day - 1 for day in holidays if day - 1 not in taken)
    groups[EVENTS] = tuple(sorted(events))
    return YearPattern({name: days for name, days in groups.items() if days})


def _event_days(events: Sequence[CalendarEvent]) -> set[int]:
    if not events:
        return set()
    first, last = min(one.first for one in events), max(one.last for one in events)
    return set(_numbers(special_days("", first, last, events)))


def _numbers(days: Iterable[date]) -> tuple[int, ...]:
    return tuple(sorted(day_number(day) for day in days))


def night_range(first: int, nights: int) -> Integers:
    """Return consecutive day numbers."""
    return np.arange(first, first + nights, dtype=np.int64)


def years_since(days: NDArray[np.generic], until: int) -> Floats:
    """Return the years since a day, negative before it, and not more than a trend is believed to go on beyond it."""
    found: Floats = np.minimum((np.asarray(days, dtype=np.float64) - until) / 365.0, LONGEST_TREND_YEARS)
    return found
