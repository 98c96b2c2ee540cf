"""Rooms on the books per night and lead time: the matrix from which forecasts and pace are read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.history import History


def on_books_matrix(
    history: History,
    first_night: int,
    nights: int,
    max_lead: int,
    weights: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return rooms on the books, shape (nights, max_lead + 1).

    Entry ``[i, h]`` is what was held for the night ``first_night + i`` at the end of the day ``h`` days before it;
    ``h = 0`` is the night itself, so column 0 is rooms sold. Days after the business date are NaN.
    ``weights`` (one per spell) counts something else than rooms, for instance revenue per night.
    """
    held = history.occupying & (history.departure > history.arrival)
    weight = (history.rooms if weights is None else weights)[held]
    arrival, departure = history.arrival[held].astype(np.int64), history.departure[held].astype(np.int64)
    known_from, known_to = history.known_from[held].astype(np.int64), history.known_to[held].astype(np.int64)

    start = np.maximum(arrival, first_night)
    stop = np.minimum(departure, first_night + nights)
    length = np.maximum(stop - start, 0)
    spell = np.repeat(np.arange(len(length)), length)
    offset = np.arange(len(spell)) - np.repeat(np.cumsum(length) - length, length)
    night = start[spell] + offset

    # Held at lead h when known_from <= night - h < known_to, that is night - known_to < h <= night - known_from.
    first_lead = np.clip(night - known_to[spell] + 1, 0, max_lead + 1)
    last_lead = np.clip(night - known_from[spell], -1, max_lead)
    seen = last_lead >= first_lead
    row, amount = night[seen] - first_night, weight[spell][seen]
    steps = np.zeros((nights, max_lead + 2))
    np.add.at(steps, (row, first_lead[seen]), amount)
    np.add.at(steps, (row, last_lead[seen] + 1), -amount)
    matrix = np.cumsum(steps, axis=1)[:, : max_lead + 1]
    day = (first_night + np.arange(nights))[:, None] - np.arange(max_lead + 1)[None, :]
    matrix[day > history.today] = np.nan
    return matrix


def rooms_sold(history: History, first_night: int, nights: int) -> NDArray[np.float64]:
    """Return rooms sold per night, shape (nights,); NaN after the business date."""
    return on_books_matrix(history, first_night, nights, 0)[:, 0]


def on_books_at(
    history: History, known: int, first_night: int, nights: int, weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return rooms on the books for each night as known at the end of day ``known``, shape (nights,)."""
    alive = history.occupying & (history.known_from <= known) & (history.known_to > known)
    weight = (history.rooms if weights is None else weights)[alive]
    start = np.clip(history.arrival[alive] - first_night, 0, nights)
    stop = np.clip(np.maximum(history.departure[alive], history.arrival[alive]) - first_night, 0, nights)
    steps = np.zeros(nights + 1)
    np.add.at(steps, start, weight)
    np.add.at(steps, stop, -weight)
    result: NDArray[np.float64] = np.cumsum(steps)[:nights]
    return result
