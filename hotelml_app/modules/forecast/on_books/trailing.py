"""Means over the latest nights, for many (night, lead) pairs at once.

``now`` is a row of nights: the origin of a prediction. Only nights up to ``now`` enter, so nothing is used that was not
known at its end. All windows are cut where history begins, and reach back beyond nights on which the house was closed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Rows = NDArray[np.int64]


class OpenNights:
    """The nights that windows of latest nights are made of: on a night on which the house was closed nothing was to be booked."""

    def __init__(self, closed: NDArray[np.bool_], told_after: int) -> None:
        """``closed`` marks nights; that a house is closed shows only after ``told_after`` empty nights in a row."""
        self.closed = closed
        self._opened = np.concatenate([[0], np.cumsum(~closed)])
        rows = np.arange(len(closed))
        run = rows - np.maximum.accumulate(np.where(closed, -1, rows))
        self._empty = np.where(run < told_after, run, 0)

    @classmethod
    def all(cls, nights: int) -> OpenNights:
        """Return them for a house that was never closed."""
        return cls(np.zeros(nights, dtype=bool), 1)

    def empty(self, now: Rows, window: int = 1) -> Rows:
        """Return how many of the ``window`` nights up to ``now`` are empty without anybody knowing that the house is closed."""
        result: Rows = np.minimum(self._empty[now], window)
        return result

    def start(self, now: Rows, window: int) -> Rows:
        """Return the first row of the latest ``window`` open nights up to ``now``; empty nights are taken for open ones."""
        before = self._opened[now + 1] - (window - self.empty(now, window))
        result: Rows = np.searchsorted(self._opened, np.maximum(before, 0), side="right") - 1
        return result

    def count(self, now: Rows, window: int) -> Rows:
        """Return how many nights there are from ``start`` on, at least one."""
        result: Rows = np.clip(self._opened[now + 1] + self.empty(now, window), 1, window)
        return result


class Trailing:
    """Trailing sums of a matrix of nights and leads over the nights that are open; the matrix may carry leading axes."""

    def __init__(self, matrix: Matrix, nights: OpenNights | None = None) -> None:
        """``nights`` are all nights by default."""
        self._nights = nights or OpenNights.all(matrix.shape[-2])
        self._all = self._sums = _summed(matrix)
        if self._nights.closed.any():
            self._sums = _summed(np.where(self._nights.closed[:, None], 0.0, matrix))

    def total(self, now: Rows, lead: Rows, window: int) -> Matrix:
        """Return sums over the ``window`` open nights up to ``now`` at ``lead``."""
        sums = self._sums[..., now + 1, lead] - self._sums[..., self._nights.start(now, window), lead]
        if self._all is self._sums:
            return sums
        return sums + self._all[..., now + 1, lead] - self._all[..., now + 1 - self._nights.empty(now, window), lead]

    def mean(self, now: Rows, lead: Rows, window: int) -> Matrix:
        """Return means over the ``window`` open nights up to ``now`` at ``lead``."""
        return self.total(now, lead, window) / self._nights.count(now, window)


class SameWeekday:
    """Means over the latest nights of the same weekday."""

    def __init__(self, matrix: Matrix) -> None:
        sums = np.nan_to_num(matrix)
        for night in range(7, sums.shape[-2]):
            sums[..., night, :] += sums[..., night - 7, :]
        self._sums = sums

    def mean(self, now: Rows, lead: Rows, weeks: int) -> Matrix:
        """Return means over up to ``weeks`` nights, not after ``now``, that share the weekday of ``now + lead``."""
        newest = np.maximum(now + lead - 7 * -(-lead // 7), 0)
        older = newest - 7 * weeks
        before = np.where(older >= 0, self._sums[..., np.maximum(older, 0), lead], 0.0)
        return (self._sums[..., newest, lead] - before) / np.minimum(newest // 7 + 1, weeks)


def calendar_pickup(rooms: Matrix, window: int) -> Matrix:
    """Return the pickup still to come at each lead if booking goes on as in the last ``window`` days.

    Entry ``[now, h]`` adds up, over the leads h to 1, the mean change from one lead to the next on the days ``now - window + 1``
    to ``now``: the freshest view there is, since every lead is seen on yesterday's calendar day.
    """
    nights, width = rooms.shape
    change = np.zeros((nights, width))
    filled = np.nan_to_num(rooms)
    known = ~np.isnan(rooms)
    # A house that has just opened has fewer nights than leads; longer ones have no step to show.
    for lead in range(1, min(width, nights + 1)):
        step = np.where(known[:, lead - 1], filled[:, lead - 1] - filled[:, lead], 0.0)
        # The step from lead h to h - 1 for night n happens on the day n - h + 1.
        change[: nights - lead + 1, lead] = step[lead - 1 :]
    sums = _summed(change)
    now = np.arange(nights)
    start = _start(now, window)
    mean = (sums[now + 1] - sums[start]) / (now + 1 - start)[:, None]
    result: Matrix = np.cumsum(mean, axis=1)
    return result


def _summed(matrix: Matrix) -> Matrix:
    filled = np.nan_to_num(matrix)
    padded = np.zeros((*filled.shape[:-2], filled.shape[-2] + 1, filled.shape[-1]))
    np.cumsum(filled, axis=-2, out=padded[..., 1:, :])
    return padded


def _start(now: Rows, window: int) -> Rows:
    return np.maximum(now + 1 - window, 0)
