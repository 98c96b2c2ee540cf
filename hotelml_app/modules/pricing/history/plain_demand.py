"""How strongly each coming night is wanted: the books against last year's at the same lead, and how full it will be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.ml.property.beginnings import first_arrival
from hotelml_app.ml.property.booking_curves import on_books_at, on_books_matrix
from hotelml_app.ml.property.history import History
from hotelml_app.modules.pricing.history.rates import Floats

YEAR_DAYS = 364
"""52 weeks: the same weekday of last year."""

RECENT_DAYS = 56
PRIOR_ROOMS = 4.0
"""Rooms added to both sides of a pace ratio, so that one booking more on an empty night means little."""

PACE_WEIGHT, MAX_PACE_MOVE = 0.25, 0.12
FULL_FROM, EMPTY_BELOW = 0.85, 0.45
MAX_FULL_MOVE, MAX_EMPTY_MOVE = 0.15, 0.08


@dataclass(frozen=True)
class PlainDemand:
    """Per night: rooms ``on_books``, what was on them at the same lead (``usual``; NaN where unknown), the rooms
    ``expected`` in the end, the share of the rooms there are, and the share by which to move the rate."""

    on_books: Floats
    usual: Floats
    against: str
    expected_share: Floats
    pace_move: Floats
    fullness_move: Floats

    @property
    def move(self) -> Floats:
        """The whole move, a share of the rate."""
        return self.pace_move + self.fullness_move

    @property
    def fills_up(self) -> Floats:
        """How surely each night fills up, 0 to 1: from nowhere near to all rooms expected to be sold."""
        return np.maximum(self.fullness_move, 0.0) / MAX_FULL_MOVE


def demand_ahead(history: History, today: int, horizon: int, rooms: Floats, *, told: bool = True) -> PlainDemand:
    """Return the demand of the ``horizon`` nights after ``today`` for the bookings in ``history``; ``rooms`` can be sold on each.

    Where nobody ``told`` it, a house of few nights was hardly ever full: how full a night will be nobody knows then.
    """
    first = today + 1
    on_books = on_books_at(history, today, first, horizon)
    usual = on_books_at(history, today - YEAR_DAYS, first - YEAR_DAYS, horizon)
    ended = on_books_at(history, today, first - YEAR_DAYS, horizon)
    against = "last year"
    if not _covers_last_year(history, today):
        nights = nights_known(history, today)
        usual, ended = _recent_weeks(history, today, nights, horizon)
        against = f"on average in the last {'eight weeks' if nights == RECENT_DAYS else f'{nights} days'}"
    pickup = np.nan_to_num(ended - usual)
    share = np.clip((on_books + np.maximum(pickup, 0.0)) / np.maximum(rooms, 1.0), 0.0, 1.2)
    ratio = (on_books + PRIOR_ROOMS) / (np.where(np.isnan(usual), on_books, usual) + PRIOR_ROOMS)
    pace = np.clip(PACE_WEIGHT * np.log(ratio), -MAX_PACE_MOVE, MAX_PACE_MOVE)
    known = told or nights_known(history, today) == RECENT_DAYS
    return PlainDemand(on_books, usual, against, share, pace, _fullness_move(share) if known else np.zeros(horizon))


def nights_known(history: History, today: int) -> int:
    """Return how many of the last RECENT_DAYS nights bookings tell of: those before the first arrival were not empty."""
    arrived = bool((history.arrival <= today).any())
    return min(RECENT_DAYS, today + 1 - first_arrival(history.arrival, today)) if arrived else 0


def _covers_last_year(history: History, today: int) -> bool:
    """Tell whether the books of a year ago are known: stays began well before the nights compared with."""
    return first_arrival(history.arrival, today) <= today - YEAR_DAYS - 28


def _recent_weeks(history: History, today: int, count: int, horizon: int) -> tuple[Floats, Floats]:
    """Return, per lead, mean rooms on the books at that lead and in the end, over the same weekdays of the last nights."""
    matrix = on_books_matrix(history, today - count + 1, count, horizon)
    nights = np.arange(today - count + 1, today + 1)
    usual, ended = np.full(horizon, np.nan), np.full(horizon, np.nan)
    for lead in range(1, horizon + 1):
        same = (nights - today - lead) % 7 == 0
        if not same.any():
            continue
        usual[lead - 1], ended[lead - 1] = matrix[same, lead].mean(), matrix[same, 0].mean()
    return usual, ended


def _fullness_move(share: Floats) -> Floats:
    up = np.clip((share - FULL_FROM) / (1 - FULL_FROM), 0, 1) * MAX_FULL_MOVE
    down = np.clip((EMPTY_BELOW - share) / EMPTY_BELOW, 0, 1) * MAX_EMPTY_MOVE
    return np.asarray(up - down, dtype=np.float64)
