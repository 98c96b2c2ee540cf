"""The rate card as the bookings show it: what the flexible rate of the day usually is, and what other terms pay beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.pricing.history.booked import Booked
from hotelml_app.modules.pricing.history.leads import Floats
from hotelml_app.modules.pricing.history.year import YearPattern, night_range, years_since
from hotelml_app.modules.pricing.past_rates.followers import MOVES_FROM, by_moves, by_words
from hotelml_app.modules.pricing.past_rates.rate_levels import YEAR_SPREAD, Levels, Spreads, Stays, left_over, solve, spreads_of

ROUNDS = 4
"""Who follows the rate of the day and what that rate was are found in turn, this many times."""

USUAL_SHARE = 0.1
"""The flexible rate is the dearest that at least this share of those who pay the rate of the day book with the usual meal."""

FEWEST_TREND_DAYS = 400
"""In no more days than these, a rise of rates cannot be told from the season."""

TREND_SPREAD = 0.15
"""How far rates may rise or fall in a year, in logs, before the bookings are looked at."""

ALIKE_NIGHTS = 7.0
"""So many nights in a row tell of the trend what one does: what moves one mostly moves the others."""

MEAL = 3
"""Where the meal stands among the words of a plan."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class RateCard:
    """Logs: ``room_type`` the flexible rate on a mean night, ``year`` how season, weekday and special nights move it.

    ``plans`` says what other terms pay relative to it, ``followers`` names the units who pay by the rate of the day. All of it
    holds ``until`` a day; ``trend`` is by how much rates rise in a year.
    """

    types: tuple[str, ...]
    room_type: Floats
    year: Floats
    pattern: YearPattern
    plans: Mapping[str, float]
    followers: frozenset[str]
    spreads: Spreads
    until: int = 0
    trend: float = 0.0

    def usual(self, days: NDArray[np.generic]) -> Floats:
        """Return the log of the usual flexible rate, shape (nights, types)."""
        nightly = self.pattern.columns(days) @ self.year + self.risen(days)
        found: Floats = nightly[:, None] + self.room_type[None, :]
        return found

    def risen(self, days: NDArray[np.generic]) -> Floats:
        """Return the log of how far rates stand above those ``until`` when the card was read."""
        return self.trend * years_since(days, self.until)

    def without_trend(self, booked: Booked) -> Booked:
        """Return bookings at the rates they would have been made at then."""
        return replace(booked, rate=booked.rate * np.exp(-self.risen(booked.arrival + (booked.nights - 1) / 2)))

    def plan_levels(self, booked: Booked) -> Floats:
        """Return the log of what each plan of ``booked`` pays beside the flexible rate; NaN for one not on the card."""
        return np.array([self.plans.get(plan, np.nan) for plan in booked.plans])

    def follows(self, booked: Booked) -> Flags:
        """Tell which bookings were made by guests who pay the rate of the day."""
        followers = np.array([unit in self.followers for unit in booked.units], dtype=bool)
        found: Flags = followers[booked.unit]
        return found

    def as_dict(self) -> dict[str, Any]:
        """Return JSON-ready parameters."""
        return {
            "types": list(self.types),
            "room_type": self.room_type.tolist(),
            "year": self.year.tolist(),
            "pattern": self.pattern.as_dict(),
            "plans": dict(self.plans),
            "followers": sorted(self.followers),
            "spreads": [self.spreads.booking, self.spreads.night, self.spreads.night_of_type],
            "until": self.until,
            "trend": self.trend,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> RateCard:
        """Return what ``as_dict`` wrote."""
        return cls(
            types=tuple(stored["types"]),
            room_type=np.array(stored["room_type"], dtype=np.float64),
            year=np.array(stored["year"], dtype=np.float64),
            pattern=YearPattern.from_dict(stored["pattern"]),
            plans=stored["plans"],
            followers=frozenset(stored["followers"]),
            spreads=Spreads(*stored["spreads"]),
            until=int(stored.get("until", 0)),
            trend=float(stored.get("trend", 0.0)),
        )


def learn_rate_card(booked: Booked, pattern: YearPattern, first: int, last: int, until: int | None = None) -> RateCard:
    """Read the rate card as of ``until`` (default: the last) from the bookings for the nights ``first`` to ``last``."""
    until = last if until is None else until
    plain = replace(_read(booked, pattern, first, last), until=until)
    trend = _trend_of(plain, booked, first, until)
    if not trend:
        return plain
    without = replace(plain, trend=trend).without_trend(booked)
    return replace(_read(without, pattern, first, last), until=until, trend=trend)


def _read(booked: Booked, pattern: YearPattern, first: int, last: int) -> RateCard:
    """Return the rate card of bookings whose rates have no trend."""
    stays = Stays.of(booked, first, last - first + 1)
    unit_of_plan = np.zeros(len(booked.plans), dtype=np.int64)
    unit_of_plan[booked.plan] = booked.unit
    rooms = np.bincount(stays.booked.unit, stays.booked.rooms, len(booked.units)).astype(np.float64)
    follows, spreads = by_words(booked.units, rooms), Spreads()
    for step in range(ROUNDS):
        counted = follows[unit_of_plan]
        levels = solve(stays, pattern, counted, spreads)
        rest = left_over(stays, pattern, levels)
        spreads = spreads_of(stays, levels, rest, counted)
        if step < ROUNDS - 1 and spreads.night > MOVES_FROM:
            follows = by_moves(stays, pattern, levels, follows)
    return _card(stays, pattern, levels, rest, counted, follows, spreads)


def _card(
    stays: Stays, pattern: YearPattern, levels: Levels, rest: Floats, counted: Flags, follows: Flags, spreads: Spreads
) -> RateCard:
    booked = stays.booked
    rooms = np.bincount(booked.plan, booked.rooms, len(booked.plans)).astype(np.float64)
    mean_rest = np.bincount(booked.plan, booked.rooms * rest, len(booked.plans)) / np.maximum(rooms, 1e-9)
    plan = levels.plan + np.where(counted, 0.0, mean_rest)
    nightly = pattern.columns(stays.first + np.arange(stays.nights)) @ levels.year
    middle = float(nightly.mean()) if len(nightly) else 0.0
    flexible = _flexible(booked, plan, counted, rooms)
    return RateCard(
        types=booked.types,
        room_type=levels.room_type + flexible + middle,
        year=levels.year - middle * _weekday_ones(pattern),
        pattern=pattern,
        plans={word: float(plan[n] - flexible) for n, word in enumerate(booked.plans) if rooms[n] > 0},
        followers=frozenset(word for n, word in enumerate(booked.units) if follows[n]),
        spreads=spreads,
    )


def _weekday_ones(pattern: YearPattern) -> Floats:
    """Return ones in the weekday columns, of which every night has exactly one: a constant moved between them and the types."""
    ones = np.zeros(pattern.width)
    ones[pattern.weekday] = 1.0
    return ones


def _flexible(booked: Booked, plan: Floats, counted: Flags, rooms: Floats) -> float:
    """Return the level of the plan that the card is read in: the flexible rate with the usual meal."""
    counted = counted & (rooms > 0)
    if not counted.any():
        return 0.0
    meals = np.array([word.split("|")[MEAL] for word in booked.plans])
    eaten = {meal: rooms[counted & (meals == meal)].sum() for meal in np.unique(meals[counted]).tolist()}
    usual = counted & (meals == max(eaten, key=lambda meal: (eaten[meal], meal)))
    often = usual & (rooms >= USUAL_SHARE * rooms[usual].sum())
    return float(plan[often if often.any() else usual].max())


def _trend_of(card: RateCard, booked: Booked, first: int, until: int) -> float:
    """Return by how much rates rise in a year, a log: what season, weekday and special nights do not explain as well."""
    days = until - first + 1
    if days - 1 <= FEWEST_TREND_DAYS:
        return 0.0
    plan = card.plan_levels(booked)[booked.plan]
    inside = (booked.arrival >= first) & (booked.arrival <= until)
    told = booked.priced & card.follows(booked) & ~np.isnan(plan) & inside
    rows, day = booked.take(told), booked.arrival[told] - first
    rest = np.log(rows.rate) - plan[told] - card.room_type[rows.room_type]
    rooms = np.bincount(day, rows.tells, days)
    mean = np.bincount(day, rows.tells * rest, days) / np.maximum(rooms, 1e-9)
    doubt = (card.spreads.booking / card.spreads.night) ** 2
    weight = rooms / (rooms + doubt) / (card.spreads.night**2 * ALIKE_NIGHTS)
    nights = night_range(first, days)
    columns = np.column_stack([np.ones(days), card.pattern.columns(nights), years_since(nights, until)])
    lean = np.r_[1e-6, np.full(card.pattern.width, YEAR_SPREAD**-2), TREND_SPREAD**-2]
    weighted = columns * weight[:, None]
    return float(np.linalg.solve(weighted.T @ columns + np.diag(lean), weighted.T @ mean)[-1])
