"""Arrivals as they were booked: per arrival day, room type, lead and length of stay, and how much could be booked at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.booking_curves import BookedNights
from hotelml_app.ml.property.history import History
from hotelml_app.modules.pricing.history.booked import Booked
from hotelml_app.modules.pricing.history.leads import COUNT, LONGEST_STAY, Floats, lead_shares, span, step_of
from hotelml_app.modules.pricing.history.rates import places_of

LONGEST_LEAD_SEEN = 180
"""Further ahead no night is taken for sold out."""

PEAK_QUANTILE = 0.98
NEARLY = 0.03
"""A night is taken for sold out near the peak that one night in fifty goes beyond: where a house refuses guests its books
pile up at one level, with a few nights above it that were overbooked or extended."""

PACE_PRIOR_ROOMS = 3.0
LEAN = 0.5


LENGTHS = ((1, 1), (2, 2), (3, LONGEST_STAY))
"""Stays of one, two, and more nights are counted apart: only the short ones show what a single night's rate does."""

KINDS = len(LENGTHS)


@dataclass(frozen=True)
class Stays:
    """How a class of guests stays: ``lengths`` the share of stays of 1, 2, … nights, ``leads`` the share at each lead."""

    lengths: Floats
    leads: Floats

    def of_kind(self, kind: int) -> Stays:
        """Return the stays of one of the kinds of LENGTHS alone."""
        first, last = LENGTHS[kind]
        kept = np.where((np.arange(1, LONGEST_STAY + 1) >= first) & (np.arange(1, LONGEST_STAY + 1) <= last), self.lengths, 0.0)
        return Stays(kept / kept.sum() if kept.sum() else np.eye(LONGEST_STAY)[first - 1], self.leads)

    @classmethod
    def of(cls, booked: Booked) -> Stays:
        """Read both from bookings; without any, one night and no lead."""
        counts = np.bincount(np.minimum(booked.nights, LONGEST_STAY) - 1, minlength=LONGEST_STAY).astype(np.float64)
        lengths = counts / counts.sum() if counts.sum() else np.eye(LONGEST_STAY)[0]
        return cls(lengths, lead_shares(booked.lead))

    @property
    def night_shares(self) -> Floats:
        """The weight of a stay's 1st, 2nd, … night in what its guest compares, over all lengths of stay."""
        each = self.lengths / np.arange(1, LONGEST_STAY + 1)
        found: Floats = np.cumsum(each[::-1])[::-1]
        return found

    @property
    def still_there(self) -> Floats:
        """The share of stays that hold their 1st, 2nd, … night."""
        found: Floats = np.cumsum(self.lengths[::-1])[::-1]
        return found


def arrival_counts(booked: Booked, first: int, days: int) -> Floats:
    """Return rooms booked per arrival day from ``first`` on, type, lead step and kind of length, cancelled ones included."""
    types = len(booked.types)
    row = booked.arrival - first
    inside = (row >= 0) & (row < days)
    kind = np.searchsorted([last for _, last in LENGTHS[:-1]], booked.nights, side="left")
    cell = ((row * types + booked.room_type) * COUNT + step_of(booked.lead)) * KINDS + kind
    found: Floats = np.bincount(cell[inside], booked.rooms[inside], days * types * COUNT * KINDS).astype(np.float64)
    return found.reshape(days, types, COUNT, KINDS)


def books_by_type(history: History, types: tuple[str, ...], first: int, nights: int, longest: int = LONGEST_LEAD_SEEN) -> Floats:
    """Return rooms on the books, shape (types, nights, longest + 1); days after the business date are NaN."""
    laid_out = BookedNights.of(history, first, nights, longest)
    return laid_out.matrices(history.rooms, places_of(history, types, len(types)), len(types) + 1)[:-1]


def open_shares(books: Floats, stays: Stays) -> Floats:
    """Return how much of each arrival day, type and lead step could be booked, shape (days, types, COUNT).

    A stay can be booked while none of its nights is sold out, of its type or of the house.
    """
    house = books.sum(axis=0)
    house_full = house >= _full_from(house)
    # Type by type: of all together there would be several arrays as large as the books.
    return np.stack([_open(own >= level, house_full, stays) for own, level in zip(books, _full_from(books), strict=True)], axis=1)


def _open(own_full: NDArray[np.bool_], house_full: NDArray[np.bool_], stays: Stays) -> Floats:
    """Return what of one type could be booked, shape (days, COUNT), from where it and the house were full, (nights, leads)."""
    nights, width = own_full.shape
    full = own_full | house_full
    # A day on which the last room went was open for half of its guests.
    free = 1.0 - 0.5 * full - 0.5 * np.concatenate([full[:, 1:], full[:, -1:]], axis=1)
    running, whole = np.ones_like(free), np.zeros_like(free)
    for step in range(int(np.flatnonzero(stays.lengths)[-1]) + 1):
        # Where a later night of the stay lies beyond what is laid out, nothing is known against it.
        running[: max(nights - step, 0), : width - step] *= free[step:, step:]
        if stays.lengths[step]:
            whole += stays.lengths[step] * running
    found = np.ones((nights, COUNT))
    for step in range(COUNT):
        first, end = span(step)
        if first < width:
            weight = stays.leads[first : min(end, width)]
            found[:, step] = whole[:, first : min(end, width)] @ (weight / weight.sum())
    return found


def _full_from(books: Floats) -> Floats:
    """Return the rooms on the books from which a night is taken for sold out."""
    # A type that is hardly ever sold has at least one room.
    level = np.maximum(np.quantile(np.nanmax(books, axis=-1), PEAK_QUANTILE, axis=-1), 1.0)
    return np.asarray(level - np.maximum(0.5, NEARLY * level))


def open_by_kind(books: Floats, stays: Stays) -> Floats:
    """Return ``open_shares`` of every kind of length, shape (days, types, COUNT, KINDS)."""
    return np.stack([open_shares(books, stays.of_kind(kind)) for kind in range(KINDS)], axis=-1)


def pace(books: Floats, columns: Floats) -> Floats:
    """Return how far the house was ahead of its usual books where each lead step begins, in logs, shape (nights, COUNT).

    Usual is what season, weekday and special nights (``columns``) explain. The longest step is left out as 0.
    """
    house = books.sum(axis=0)
    explain = np.column_stack([np.ones(len(columns)), columns])
    lean = np.diag(np.r_[1e-6, np.full(columns.shape[1], LEAN)])
    found: NDArray[np.float64] = np.zeros((len(columns), COUNT))
    for step in range(COUNT - 1):
        said = np.log(np.nan_to_num(house[:, min(span(step)[1], LONGEST_LEAD_SEEN)]) + PACE_PRIOR_ROOMS)
        found[:, step] = said - explain @ np.linalg.solve(explain.T @ explain + lean, explain.T @ said)
    return found
