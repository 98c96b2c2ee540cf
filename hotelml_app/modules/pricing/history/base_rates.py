"""The rate guests will have accepted for a night in the end: what is on its books, and what is still to come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.ml.property.booking_curves import on_books_matrix
from hotelml_app.ml.property.history import History
from hotelml_app.modules.pricing.history.booked import Flags
from hotelml_app.modules.pricing.history.plain_demand import RECENT_DAYS, YEAR_DAYS, nights_known
from hotelml_app.modules.pricing.history.rates import Floats, accepted

PICKUP_SHARE, LEAST_PICKUP_ROOMS = 0.3, 0.05
"""Rooms still to come count this much beside those on the books: they mostly pay what the others paid. Measured on two
hotels over half a year; with a share of one the error of the expected rate is half as large again."""

NEIGHBOUR_DAYS = 7
"""A night of last year that sold too little is read from the same weekday one week before and after."""

MIN_DRIFT, MAX_DRIFT = 0.7, 1.4
DRIFT_AHEAD_DAYS, MIN_DRIFT_NIGHTS = 60, 10
SEASON_DAYS = 90
"""So far ahead recent weeks say nothing any more and last year everything."""


@dataclass(frozen=True)
class BaseRates:
    """Per night, NaN where unknown: ``base`` and what it was blended from.

    ``books_weight`` and ``year_weight`` (last year's share of the rest) lie in [0, 1]; ``drift`` is the factor by which
    rates have moved since last year. ``around`` tells where last year's rate is that of the weeks around the night, ``any_day``
    where the recent one is that of other weekdays: nothing was sold on the night's own.
    """

    base: Floats
    on_books: Floats
    last_year: Floats
    recent: Floats
    books_weight: Floats
    year_weight: Floats
    drift: float
    around: Flags
    any_day: Flags


def base_rates(paid: History, today: int, horizon: int) -> BaseRates:
    """Return the base rates of the ``horizon`` nights after ``today`` from priced bookings ``paid`` (one room type or all)."""
    books = accepted(paid, today, today + 1, horizon)
    last_year, around = _last_year(paid, today, horizon)
    recent, any_day = _recent_by_weekday(paid, today, horizon)
    drift = _drift(paid, today)
    year_weight = np.where(np.isnan(last_year), 0.0, np.where(np.isnan(recent), 1.0, _year_share(horizon)))
    to_come = year_weight * np.nan_to_num(last_year * drift) + (1 - year_weight) * np.nan_to_num(recent)
    nothing_known = np.isnan(last_year) & np.isnan(recent)
    weight = books.rooms / (books.rooms + PICKUP_SHARE * _pickup(paid, today, horizon) + LEAST_PICKUP_ROOMS)
    weight = np.where(np.isnan(books.adr), 0.0, np.where(nothing_known, 1.0, weight))
    base = weight * np.nan_to_num(books.adr) + (1 - weight) * to_come
    base = np.where(np.isnan(books.adr) & nothing_known, np.nan, base)
    return BaseRates(base, books.adr, last_year, recent, weight, year_weight, drift, around, any_day)


def _year_share(horizon: int) -> Floats:
    lead = np.arange(1, horizon + 1)
    return 0.5 + 0.5 * np.minimum(lead / SEASON_DAYS, 1.0)


def _pickup(paid: History, today: int, horizon: int) -> Floats:
    """Return, per lead, how many rooms a night of the last eight weeks gained from that lead on, on average."""
    nights = max(nights_known(paid, today), 1)
    rooms = on_books_matrix(paid, today - nights + 1, nights, horizon)
    gained: Floats = np.maximum((rooms[:, :1] - rooms[:, 1:]).mean(axis=0), 0.0)
    return gained


def _last_year(paid: History, today: int, horizon: int) -> tuple[Floats, Flags]:
    """Return the accepted rate of the same weekday 52 weeks before, and where it is that of the weeks around for lack of one."""
    start = today + 1 - YEAR_DAYS - NEIGHBOUR_DAYS
    around = accepted(paid, today, start, horizon + 2 * NEIGHBOUR_DAYS)
    earlier, same, later = (around.adr[offset : offset + horizon] for offset in (0, NEIGHBOUR_DAYS, 2 * NEIGHBOUR_DAYS))
    neighbours = np.nan_to_num(np.stack([earlier, later]))
    count = (~np.isnan(np.stack([earlier, later]))).sum(axis=0)
    mean = np.where(count > 0, neighbours.sum(axis=0) / np.maximum(count, 1), np.nan)
    return np.where(np.isnan(same), mean, same), np.isnan(same)


def _recent_by_weekday(paid: History, today: int, horizon: int) -> tuple[Floats, Flags]:
    """Return the mean accepted rate of the last eight weeks on each night's weekday, and where it is that of all days."""
    past = accepted(paid, today, today - RECENT_DAYS + 1, RECENT_DAYS)
    weekday = np.arange(today - RECENT_DAYS + 1, today + 1) % 7
    every = _weighted(past.adr, past.rooms)
    means = np.array([_weighted(past.adr[weekday == day], past.rooms[weekday == day]) for day in range(7)])
    asked, unsold = np.arange(today + 1, today + 1 + horizon) % 7, np.isnan(means)
    return np.where(unsold, every, means)[asked], unsold[asked]


def _weighted(adr: Floats, rooms: Floats) -> float:
    sold = ~np.isnan(adr)
    return float(np.average(adr[sold], weights=rooms[sold])) if sold.any() else float("nan")


def _drift(paid: History, today: int) -> float:
    """Return by what factor the books of the coming nights lie above last year's same nights; 1 where few compare."""
    ahead = accepted(paid, today, today + 1, DRIFT_AHEAD_DAYS)
    then, _ = _last_year(paid, today, DRIFT_AHEAD_DAYS)
    both = ~(np.isnan(ahead.adr) | np.isnan(then))
    if both.sum() < MIN_DRIFT_NIGHTS:
        return 1.0
    weights = ahead.rooms[both]
    ratio = np.average(ahead.adr[both], weights=weights) / np.average(then[both], weights=weights)
    return float(np.clip(ratio, MIN_DRIFT, MAX_DRIFT))
