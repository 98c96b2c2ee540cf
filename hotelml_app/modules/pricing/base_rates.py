"""The rate a night would have without any move: what is on its books, what last year's night brought, recent weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.ml.history import History
from hotelml_app.modules.pricing.demand import YEAR_DAYS
from hotelml_app.modules.pricing.rates import Floats, accepted

RECENT_DAYS = 56
BOOKS_PRIOR_ROOMS = 6.0
"""With this many rooms on the books their mean rate counts as much as last year's night."""

NEIGHBOUR_DAYS = 7
"""A night of last year that sold too little is read from the same weekday one week before and after."""

MIN_DRIFT, MAX_DRIFT = 0.8, 1.25
MIN_DRIFT_NIGHTS = 21


@dataclass(frozen=True)
class BaseRates:
    """Per night, NaN where unknown: ``base`` and what it was blended from; ``books_weight`` in [0, 1]."""

    base: Floats
    on_books: Floats
    last_year: Floats
    recent: Floats
    books_weight: Floats
    drift: float


def base_rates(paid: History, today: int, horizon: int) -> BaseRates:
    """Return the base rates of the ``horizon`` nights after ``today`` from priced bookings ``paid`` (one room type or all)."""
    first = today + 1
    books = accepted(paid, today, first, horizon)
    last_year = _last_year(paid, today, horizon)
    recent = _recent_by_weekday(paid, today, horizon)
    drift = _drift(paid, today)
    anchor = np.where(np.isnan(last_year), recent, last_year * drift)
    weight = books.rooms / (books.rooms + BOOKS_PRIOR_ROOMS)
    weight = np.where(np.isnan(books.adr), 0.0, np.where(np.isnan(anchor), 1.0, weight))
    base = np.nan_to_num(weight * np.nan_to_num(books.adr) + (1 - weight) * np.nan_to_num(anchor))
    known = ~(np.isnan(books.adr) & np.isnan(anchor))
    return BaseRates(np.where(known, base, np.nan), books.adr, last_year, recent, weight, drift)


def _last_year(paid: History, today: int, horizon: int) -> Floats:
    """Return the accepted rate of the same weekday 52 weeks before, where nothing was sold that of the weeks around it."""
    start = today + 1 - YEAR_DAYS - NEIGHBOUR_DAYS
    around = accepted(paid, today, start, horizon + 2 * NEIGHBOUR_DAYS)
    earlier, same, later = (around.adr[offset : offset + horizon] for offset in (0, NEIGHBOUR_DAYS, 2 * NEIGHBOUR_DAYS))
    neighbours = np.nan_to_num(np.stack([earlier, later]))
    count = (~np.isnan(np.stack([earlier, later]))).sum(axis=0)
    mean = np.where(count > 0, neighbours.sum(axis=0) / np.maximum(count, 1), np.nan)
    return np.where(np.isnan(same), mean, same)


def _recent_by_weekday(paid: History, today: int, horizon: int) -> Floats:
    """Return the mean accepted rate of the last eight weeks on each night's weekday, of all days where none was sold."""
    past = accepted(paid, today, today - RECENT_DAYS + 1, RECENT_DAYS)
    weekday = np.arange(today - RECENT_DAYS + 1, today + 1) % 7
    every = _weighted(past.adr, past.rooms)
    means = np.array([_weighted(past.adr[weekday == day], past.rooms[weekday == day]) for day in range(7)])
    means = np.where(np.isnan(means), every, means)
    found: Floats = means[(np.arange(today + 1, today + 1 + horizon)) % 7]
    return found


def _weighted(adr: Floats, rooms: Floats) -> float:
    sold = ~np.isnan(adr)
    return float(np.average(adr[sold], weights=rooms[sold])) if sold.any() else float("nan")


def _drift(paid: History, today: int) -> float:
    """Return by what factor recent rates differ from the same nights of last year; 1 where too few nights compare."""
    now = accepted(paid, today, today - RECENT_DAYS + 1, RECENT_DAYS).adr
    then = accepted(paid, today, today - RECENT_DAYS + 1 - YEAR_DAYS, RECENT_DAYS).adr
    both = ~(np.isnan(now) | np.isnan(then))
    if both.sum() < MIN_DRIFT_NIGHTS:
        return 1.0
    return float(np.clip(np.median(now[both] / then[both]), MIN_DRIFT, MAX_DRIFT))
