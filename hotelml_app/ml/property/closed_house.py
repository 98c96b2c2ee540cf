"""Whether a house is closed, as far as its sales tell: more empty nights in a row than chance brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.beginnings import first_arrival
from hotelml_app.ml.property.booking_curves import on_books_at, rooms_sold
from hotelml_app.ml.property.history import History

CLOSED_NIGHTS = 14
"""So many empty nights in a row, and the house was closed, where hardly any night is empty otherwise."""

BY_CHANCE = 0.001
"""A run of empty nights that is likelier than this, by how many nights are empty otherwise, tells nothing."""

RECENT_NIGHTS = 800


def empty_runs(sold: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the first row of each run of nights without a guest, and the row after it."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], sold == 0, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def closed_after(runs: list[tuple[int, int]], nights: int) -> int:
    """Return how many empty nights in a row are a closed house, by the empty runs among so many passed nights.

    They are more than chance brings where single nights are often empty.
    """
    lengths = np.array([end - begin for begin, end in runs], dtype=np.int64)
    sold = nights - int(lengths.sum())
    # Runs are cut where they may be something else than chance: the likeliest share under a geometric law so censored.
    by_chance = int(np.minimum(lengths, CLOSED_NIGHTS).sum())
    empty = (by_chance + 1) / (by_chance + sold + 2)
    return max(CLOSED_NIGHTS, int(np.ceil(np.log(BY_CHANCE) / np.log(empty))))


@dataclass(frozen=True)
class ClosedNights:
    """Nights up to a day, from ``first`` on, and of each whether the house was closed, as far as was known by then."""

    first: int
    closed: NDArray[np.bool_]

    def hold(self, days: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
        """Tell on which of these days the house was closed."""
        place = np.asarray(days, dtype=np.int64) - self.first
        inside = (place >= 0) & (place < len(self.closed))
        result = np.zeros(len(place), dtype=bool)
        result[inside] = self.closed[place[inside]]
        return result


def closed_nights(history: History, day: int) -> ClosedNights:
    """Return on which nights the house was closed, as known at the end of ``day``."""
    first = max(first_arrival(history.arrival[history.occupying], history.today), day - RECENT_NIGHTS)
    sold = rooms_sold(history, first, max(day - first + 1, 0))
    runs, closed = empty_runs(sold), np.zeros(len(sold), dtype=bool)
    longest = closed_after(runs, len(sold))
    for begin, end in runs:
        closed[begin:end] = begin > 0 and end - begin >= longest
    return ClosedNights(first, closed)


def empty_until_now(history: History) -> int:
    """Return how many nights up to the business date are empty where the house is closed by then, else 0."""
    closed = closed_nights(history, history.today).closed
    was_open = np.flatnonzero(~closed)
    return len(closed) - 1 - int(was_open[-1]) if len(was_open) else 0


def empty_ahead(history: History, nights: int) -> int:
    """Return how many of the coming nights lie before the first for which anybody is booked."""
    booked = np.flatnonzero(on_books_at(history, history.today, history.today + 1, nights) > 0)
    return int(booked[0]) if len(booked) else nights
