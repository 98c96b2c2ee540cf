"""Rooms on the books per night and lead time: the matrix from which forecasts and pace are read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.history import History, or_one

Matrix = NDArray[np.float64]

DUST = 1e-7


@dataclass(frozen=True)
class BookedNights:
    """Every night that an occupying spell holds in a stretch of nights, laid out once to be counted in many ways.

    Parallel arrays, one entry per spell and night: ``spell`` is the row in the history, ``row`` the night counted from
    ``first_night``; the spell holds that night at the leads ``first_lead`` to ``last_lead``.
    """

    first_night: int
    nights: int
    max_lead: int
    today: int
    spell: NDArray[np.intp]
    row: NDArray[np.int32]
    first_lead: NDArray[np.int32]
    last_lead: NDArray[np.int32]

    @classmethod
    def of(cls, history: History, first_night: int, nights: int, max_lead: int) -> BookedNights:
        """Lay out the nights ``first_night`` to ``first_night + nights - 1``."""
        held = history.occupying & (history.departure > history.arrival)
        # A stay counts only where it touches the stretch; most of a long history does not.
        held &= (history.departure > first_night) & (history.arrival < first_night + nights)
        spells = np.flatnonzero(held)
        start = np.maximum(history.arrival[spells], first_night)
        length = np.minimum(history.departure[spells], first_night + nights) - start
        before = np.cumsum(length, dtype=np.int32) - length
        night = np.repeat(start - before, length) + np.arange(length.sum(), dtype=np.int32)
        spell = np.repeat(spells, length)
        # Held at lead h when known_from <= night - h < known_to, that is night - known_to < h <= night - known_from.
        # What lies beyond the stretch is the same as its edge, and days without an end would run over.
        since = np.maximum(history.known_from, first_night - max_lead)
        until = np.minimum(history.known_to, first_night + nights)
        first_lead = np.clip(night - until[spell] + 1, 0, max_lead + 1)
        last_lead = np.clip(night - since[spell], -1, max_lead)
        seen = last_lead >= first_lead
        row = night[seen] - first_night
        return cls(first_night, nights, max_lead, history.today, spell[seen], row, first_lead[seen], last_lead[seen])

    def matrix(self, weights: NDArray[np.float64], counted: NDArray[np.bool_] | None = None) -> Matrix:
        """Return what ``weights`` (one per spell) sum to, shape (nights, max_lead + 1), as ``on_books_matrix``.

        ``counted``, one per entry, leaves entries out.
        """
        return self.matrices(weights, None, 1, counted)[0]

    def matrices(
        self,
        weights: NDArray[np.float64],
        groups: NDArray[np.int64] | None,
        count: int,
        counted: NDArray[np.bool_] | None = None,
    ) -> Matrix:
        """Return one matrix per group, shape (count, nights, max_lead + 1); ``groups`` numbers each spell's group."""
        width = self.max_lead + 2
        chosen = slice(None) if counted is None else counted
        spell, row = self.spell[chosen], self.row[chosen]
        base = row * width if groups is None else (groups[spell] * self.nights + row) * width
        amount, size = weights[spell], count * self.nights * width
        # Without a single night to count, bincount forgets that it adds up weights and returns whole numbers.
        steps = np.bincount(base + self.first_lead[chosen], amount, size).astype(np.float64, copy=False)
        steps -= np.bincount(base + self.last_lead[chosen] + 1, amount, size)
        # These may be the largest arrays there are: they are worked on in place.
        held = steps.reshape(count, self.nights, width)
        result: Matrix = np.cumsum(held, axis=2, out=held)[:, :, :-1]
        _dust(result)
        result[:, self.unknown] = np.nan
        return result

    @property
    def unknown(self) -> NDArray[np.bool_]:
        """True where the day lies after the business date, shape (nights, max_lead + 1)."""
        day = (self.first_night + np.arange(self.nights))[:, None] - np.arange(self.max_lead + 1)[None, :]
        after: NDArray[np.bool_] = day > self.today
        return after


def on_books_matrix(
    history: History,
    first_night: int,
    nights: int,
    max_lead: int,
    weights: NDArray[np.float64] | None = None,
) -> Matrix:
    """Return rooms on the books, shape (nights, max_lead + 1).

    Entry ``[i, h]`` is what was held for the night ``first_night + i`` at the end of the day ``h`` days before it;
    ``h = 0`` is the night itself, so column 0 is rooms sold. Days after the business date are NaN.
    ``weights`` (one per spell) counts something else than rooms, for instance revenue per night.
    """
    booked = BookedNights.of(history, first_night, nights, max_lead)
    return booked.matrix(history.rooms if weights is None else weights)


def rooms_sold(history: History, first_night: int, nights: int) -> NDArray[np.float64]:
    """Return rooms sold per night, shape (nights,); NaN after the business date."""
    return on_books_matrix(history, first_night, nights, 0)[:, 0]


def on_books_at(
    history: History, known: int, first_night: int, nights: int, weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return rooms on the books for each night as known at the end of day ``known``, shape (nights,)."""
    result: NDArray[np.float64] = on_books_apart(history, known, first_night, nights, None, 1, weights)[0]
    return result


def on_books_apart(
    history: History,
    known: int,
    first_night: int,
    nights: int,
    groups: NDArray[np.int64] | None,
    count: int,
    weights: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return the same for each of ``count`` groups, shape (count, nights); ``groups`` numbers each spell's group."""
    # Mostly few spells of a long history hold on a day: all that follows is counted for them alone.
    alive = np.flatnonzero(history.occupying & (history.known_from <= known) & (history.known_to > known))
    weight = or_one(history.numbers["rooms"][alive]) if weights is None else weights[alive]
    arrival = history.arrival[alive]
    start = np.clip(arrival - first_night, 0, nights)
    stop = np.clip(np.maximum(history.departure[alive], arrival) - first_night, 0, nights)
    steps = np.zeros((count, nights + 1))
    row = 0 if groups is None else groups[alive] * (nights + 1)
    np.add.at(steps.reshape(-1), row + start, weight)
    np.add.at(steps.reshape(-1), row + stop, -weight)
    result: NDArray[np.float64] = np.cumsum(steps, axis=1)[:, :nights]
    _dust(result)
    return result


def _dust(sums: NDArray[np.float64]) -> None:
    """Wipe off, in place, what sums of prices leave that were added and taken away again."""
    sums[(sums < DUST) & (sums > -DUST)] = 0.0


def nightly_rate(history: History) -> NDArray[np.float64]:
    """Return the price per room and night, per spell: the rate, else the total over rooms and nights; NaN where unknown."""
    rate, total = history.numbers["adr"], history.numbers["total"]
    nights = np.maximum(history.nights, 1) * np.maximum(history.rooms, 1.0)
    return np.where(np.isnan(rate), total / nights, rate)
