"""What a forecast is told about a night: its books, their pace, what such nights did lately, price, weekday, season's level.

A row is one (origin, horizon): the business date asked from, and days ahead. ``now`` is the origin's row in the books. Amounts
of rooms are shares of the most rooms ever sold up to the origin, so that a growing hotel looks like itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.usual_losses import usual_share_lost
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.kept import WINDOW, kept_lately
from hotelml_app.modules.forecast.on_books.trailing import OpenNights, SameWeekday, Trailing, calendar_pickup

SHORT_WINDOW = 28
WEEKS = 8

YEAR_DAYS = 364
"""52 weeks: the same weekday of last year."""

FEWEST_NIGHTS_LAST_YEAR = 14

SPREAD_POWER = 0.6
"""How fast what is still open grows with days ahead; targets are divided by days ** SPREAD_POWER, so near nights count too."""

CURVE_OFFSETS = np.array([60, 50, 42, 35, 28, 24, 21, 18, 16, 14, 12, 10, 8, 7, 6, 5, 4, 3, 2, 1, 0])
"""Days before the origin at which the recurrent network reads a night's booking curve, oldest first."""

CURVE_CHANNELS = 3

_INCREMENTS = (1, 3, 7, 14, 28)
_NEIGHBOURS = (-7, -1, 1, 7)
_WEEKDAYS = tuple(f"weekday_{day}" for day in range(7))

AMOUNTS = (
    "on_books",
    *(f"picked_up_{days}" for days in _INCREMENTS),
    "pickup_56",
    "pickup_28",
    "pickup_weekday",
    "pickup_calendar",
    "pickup_expected",
    "pickup_seasonal",
    "expected_kept",
    "expected_lost",
    "sold_7",
    "sold_28",
    *(f"on_books_{'before' if day < 0 else 'after'}_{abs(day)}" for day in _NEIGHBOURS),
    "on_books_week",
    "on_books_usual",
)
"""Features in rooms; they enter as shares of the peak."""

OTHERS = ("rate_to_usual", "rate", "days_ahead", *_WEEKDAYS, "special", "special_before", "special_after")

NAMES = (*AMOUNTS, *OTHERS)

_NOT_FOR_THE_NETWORK = ("rate", "on_books_usual", "sold_7", "sold_28", "pickup_calendar", "pickup_seasonal")
NETWORK_NAMES = tuple(name for name in NAMES if name not in _NOT_FOR_THE_NETWORK)
"""The network sees shapes rather than levels: levels beyond those it learned from would lead it astray."""

Values = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class FeatureRows:
    """Features and facts of many (origin, horizon) pairs, parallel arrays."""

    now: Rows
    horizon: Rows
    features: Values
    on_books: Values
    kept: Values
    new: Values
    peak: Values
    pickups: dict[str, Values]
    borrowed_losses: Values
    """Rooms on the books that are expected to be lost only because other hotels lose so many."""

    def __len__(self) -> int:
        return len(self.now)

    @property
    def night(self) -> Rows:
        """The row of the night spoken of."""
        return self.now + self.horizon

    @property
    def unit(self) -> Values:
        """Rooms per unit of the learned target, per row."""
        return self.peak * self.horizon**SPREAD_POWER / 100

    def columns(self, names: tuple[str, ...]) -> Values:
        """Return some of the features, shape (rows, names)."""
        return self.features[:, [NAMES.index(name) for name in names]]


@dataclass(frozen=True)
class _Latest:
    """What the latest of some nights brought."""

    nights: OpenNights
    pickup: Trailing
    on_books: Trailing


@dataclass(frozen=True)
class _Coming:
    """What is to be expected of each row by the latest nights; see FeatureRows."""

    kept: Values
    new: Values
    borrowed: Values
    pickups: dict[str, Values]


class FeatureSource:
    """Computes features from books; trailing sums are made once and shared by all rows."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self._sold = books.rooms[:, 0]
        self._filled = np.nan_to_num(books.rooms)

    @cached_property
    def _open(self) -> Values:
        """Rooms that came (or went) between a lead and the night itself."""
        return self.books.rooms[:, :1] - self.books.rooms

    @cached_property
    def _every_night(self) -> _Latest:
        return self._latest(OpenNights.all(len(self._filled)))

    @cached_property
    def _open_nights(self) -> _Latest:
        """The latest nights by which rules judge the next ones; learners find out by themselves what a pause means."""
        return self._latest(self.books.open_nights) if self.books.closed.any() else self._every_night

    def _latest(self, nights: OpenNights) -> _Latest:
        return _Latest(nights, Trailing(self._open, nights), Trailing(self.books.rooms, nights))

    @cached_property
    def _weekday_pickup(self) -> SameWeekday:
        return SameWeekday(self._open)

    @cached_property
    def _value(self) -> Trailing:
        return Trailing(self.books.value)

    @cached_property
    def _calendar(self) -> Values:
        return calendar_pickup(self.books.rooms, SHORT_WINDOW)

    def rows(self, now: Rows, horizon: Rows) -> FeatureRows:
        """Return the features of parallel ``now`` and ``horizon`` (days ahead, at least 1)."""
        night, peak = now + horizon, self.books.peak[now]
        on_books = self._filled[night, horizon]
        looked = self._coming(now, horizon, self._every_night)
        found = {"on_books": on_books, "expected_kept": looked.kept, "expected_lost": on_books - looked.kept, **looked.pickups}
        for days in _INCREMENTS:
            found[f"picked_up_{days}"] = on_books - self._filled[night, horizon + days]
        found |= self._levels(now, horizon)
        shares = [found[name] / peak for name in AMOUNTS]
        others = self._others(now, horizon, on_books)
        features = np.stack([*shares, *(others[name] for name in OTHERS)], axis=1)
        coming = looked if self._open_nights is self._every_night else self._reopened(now, horizon)
        return FeatureRows(
            now, horizon, np.nan_to_num(features), on_books, coming.kept, coming.new, peak, coming.pickups, coming.borrowed
        )

    def _coming(self, now: Rows, horizon: Rows, latest: _Latest) -> _Coming:
        """Return what is to be expected if it goes on as on the latest nights."""
        kept, new, borrowed = self._expected(now, horizon, latest)
        pickups = {
            "pickup_56": latest.pickup.mean(now, horizon, WINDOW),
            "pickup_28": latest.pickup.mean(now, horizon, SHORT_WINDOW),
            "pickup_weekday": self._weekday_pickup.mean(now, horizon, WEEKS),
            "pickup_calendar": self._calendar[now, horizon],
            "pickup_expected": kept + new - self._filled[now + horizon, horizon],
        }
        pickups["pickup_seasonal"] = pickups["pickup_expected"] + self._seasonal_drift(now, horizon, latest)
        return _Coming(kept, new, borrowed, pickups)

    def _reopened(self, now: Rows, horizon: Rows) -> _Coming:
        """Return the same by the nights on which the house was open."""
        coming = self._coming(now, horizon, self._open_nights)
        # A house that is closed, and has no booking up to the night, is closed then, too; so is one that closes every year.
        opened = ~self.books.known_closed(now, horizon)
        pickups = {name: np.where(opened, one, 0.0) for name, one in coming.pickups.items()}
        return replace(coming, new=np.where(opened, coming.new, 0.0), pickups=pickups)

    def curves(self, rows: FeatureRows) -> NDArray[np.float32]:
        """Return each night's booking curve up to the origin, shape (rows, len(CURVE_OFFSETS), CURVE_CHANNELS).

        Channels: rooms on the books, the same above what recent nights had at that lead, and the riskiest quarter of them.
        """
        lead = np.minimum(rows.horizon[:, None] + CURVE_OFFSETS[None, :], self._filled.shape[1] - 1)
        night, now = rows.night[:, None], np.broadcast_to(rows.now[:, None], lead.shape)
        books = self._filled[night, lead]
        usual = self._every_night.on_books.mean(now, lead, WINDOW)
        risky = np.nan_to_num(self.books.risky[night, lead])
        return (np.stack([books, books - usual, risky], axis=-1) / rows.peak[:, None, None]).astype(np.float32)

    def sold(self, rows: FeatureRows) -> Values:
        """Return rooms sold on the night of each row; NaN where it has not passed."""
        return self._sold[rows.night]

    def _expected(self, now: Rows, horizon: Rows, latest: _Latest) -> tuple[Values, Values, Values]:
        """Return (of the rooms on the books those that will stay, rooms still to be booked, losses believed), per risk class."""
        new = latest.on_books.mean(now, np.zeros_like(now), WINDOW)
        staying, borrowed = np.zeros(len(now)), np.zeros(len(now))
        for held, kept in self.books.by_risk():
            found = kept_lately(held, kept, now, horizon, self.books.told_from, latest.nights)
            there = np.nan_to_num(held[now + horizon, horizon])
            staying += there * found.share
            borrowed += there * found.borrowed
            new -= found.nightly
        return staying, new, borrowed * usual_share_lost(horizon)

    def _seasonal_drift(self, now: Rows, horizon: Rows, latest: _Latest) -> Values:
        """Return by how much last year's nights picked up more than the weeks before them; none where last year is unknown.

        The nights are those 52 weeks before, with the days beside them and the weeks around; the weeks before are those
        that the pickup rule would have gone by then.
        """
        night, then = now + horizon - YEAR_DAYS, now - YEAR_DAYS
        known = (night >= 7) & (then >= FEWEST_NIGHTS_LAST_YEAR)
        around = [self._pickup_of(np.maximum(night + day, 0), horizon) for day in (-7, -1, 0, 1, 7)]
        usual = latest.pickup.mean(np.maximum(then, 0), horizon, WINDOW)
        return np.where(known, np.mean(around, axis=0) - usual, 0.0)

    def _pickup_of(self, night: Rows, lead: Rows) -> Values:
        return self._filled[night, 0] - self._filled[night, lead]

    def _levels(self, now: Rows, horizon: Rows) -> dict[str, Values]:
        zero = np.zeros_like(now)
        on_books = self._every_night.on_books
        found = {"on_books_usual": on_books.mean(now, horizon, WINDOW)}
        for days in (7, 28):
            found[f"sold_{days}"] = on_books.mean(now, zero, days)
        for day in _NEIGHBOURS:
            found[f"on_books_{'before' if day < 0 else 'after'}_{abs(day)}"] = self._near(now, horizon, day)
        found["on_books_week"] = np.mean([self._near(now, horizon, day) for day in range(-3, 4)], axis=0)
        return found

    def _near(self, now: Rows, horizon: Rows, day: int) -> Values:
        """Return the books ``day`` nights beside each row's night, as known at the origin."""
        lead = np.maximum(horizon + day, 0)
        night = np.minimum(now + horizon + day, len(self._filled) - 1)
        return self._filled[np.maximum(night, 0), lead]

    def _others(self, now: Rows, horizon: Rows, on_books: Values) -> dict[str, Values]:
        night = now + horizon
        rate = np.nan_to_num(self.books.value[night, horizon]) / np.maximum(on_books, 1.0)
        usual = self._value.total(now, horizon, WINDOW) / np.maximum(self._every_night.on_books.total(now, horizon, WINDOW), 1.0)
        day = night + self.books.first
        found = {
            "rate": rate,
            "rate_to_usual": rate / np.maximum(usual, 1.0),
            "days_ahead": horizon.astype(np.float64),
        }
        weekday = (day + 3) % 7  # 1970-01-01 was a Thursday; 0 is Monday
        found |= {name: (weekday == number).astype(np.float64) for number, name in enumerate(_WEEKDAYS)}
        special = self._special
        found["special"] = special[night]
        found["special_before"] = special[np.maximum(night - 1, 0)]
        found["special_after"] = special[np.minimum(night + 1, len(special) - 1)]
        return found

    @cached_property
    def _special(self) -> Values:
        days = np.arange(len(self._filled)) + self.books.first
        return np.isin(days, list(self.books.special)).astype(np.float64)
