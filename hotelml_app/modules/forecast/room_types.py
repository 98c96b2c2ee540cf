"""From the house to its room types: each by its own pickup, together exactly the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.forecast.candidates.features import SHORT_WINDOW
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.kept import WINDOW, kept_lately
from hotelml_app.modules.forecast.on_books.panel import Panel
from hotelml_app.modules.forecast.on_books.trailing import OpenNights, Trailing

_ROUNDS = 6

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Pickup:
    """Additive pickup of one series, shape (rows,), or several, (series, rows): books at the origin, what is to come, its spread.

    ``seen``, one per series, tells those that ever had anything on the books.
    """

    on_books: Values
    pickup: Values
    spread: Values
    seen: NDArray[np.bool_]

    @classmethod
    def together(cls, series: Sequence[Pickup]) -> Pickup:
        """Return several single series as one."""
        return cls(
            np.stack([one.on_books for one in series]),
            np.stack([one.pickup for one in series]),
            np.stack([one.spread for one in series]),
            np.stack([one.seen for one in series]),
        )

    @property
    def final(self) -> Values:
        """What each series will come to, not below none."""
        return np.maximum(self.on_books + self.pickup, 0.0)


def additive_pickup(matrix: Values, panel: Panel, peak: float, nights: OpenNights) -> Pickup:
    """Return the pickup of a matrix of nights and leads over the latest weeks.

    The mean of the last 56 and the last 28 open nights; ``peak`` bounds how far it may swing.
    """
    still_open = matrix[:, :1] - matrix
    trailing, squares = Trailing(still_open, nights), Trailing(still_open**2, nights)
    now, lead = panel.now, panel.horizon
    long, short = trailing.mean(now, lead, WINDOW), trailing.mean(now, lead, SHORT_WINDOW)
    variance = np.maximum(squares.mean(now, lead, WINDOW) - long**2, 0.0)
    on_books = np.nan_to_num(matrix[panel.night, lead])
    spread = np.minimum(np.sqrt(variance + 0.25), peak + 0.5)
    seen = np.asarray(np.nan_to_num(matrix).any())
    return Pickup(on_books, (long + short) / 2, spread, seen)


def kept_and_new(matrix: Values, kept: Values, panel: Panel, books: Books) -> tuple[Values, Values]:
    """Return, per row, how much of what is on the books stays and how much comes anew, as in the last 56 open nights."""
    now, lead = panel.now, panel.horizon
    share = kept_lately(matrix, kept, now, lead, books.told_from, books.open_nights).share
    new = Trailing(matrix[:, :1] - kept, books.open_nights).mean(now, lead, WINDOW)
    return np.nan_to_num(matrix[panel.night, lead]) * share, new


def reconciled(total: Values, parts: Pickup, most: Values | None = None) -> Values:
    """Return the series' finals moved so that they add up to ``total``; one that was never booked gets nothing.

    None gets more than its ``most`` (series, rows) where the others can take the rest.
    """
    return shared_out(total, parts.final, parts.spread * parts.seen[:, None], most)


def shared_out(total: Values, parts: Values, spread: Values, most: Values | None = None) -> Values:
    """Return ``parts`` (series, rows) moved so that they add up to ``total`` (rows), none below zero or above its ``most``.

    What is missing or too much goes to the parts in proportion to the variance of their own forecasts, as the least
    squares reconciliation of uncorrelated errors does (Wickramasuriya et al. 2019).
    """
    most = np.full(parts.shape, np.inf) if most is None else most
    result = np.minimum(np.maximum(parts, 0.0), most)
    for _ in range(_ROUNDS):
        gap = total - result.sum(axis=0)
        held = ((gap < 0) & (result <= 0)) | ((gap > 0) & (result >= most))
        free = spread**2 * np.where(held, 0.0, 1.0)
        weight = free.sum(axis=0)
        moved = result + np.where(weight > 0, gap / np.where(weight > 0, weight, 1.0), 0.0) * free
        result = np.minimum(np.maximum(moved, 0.0), most)
    together = result.sum(axis=0)
    return result * np.where(together > 0, total / np.where(together > 0, together, 1.0), 1.0)
