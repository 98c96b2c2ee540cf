"""A chain of days, each leaning on the one before: what is unexplained today mostly lasts until tomorrow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.pricing.history.leads import Floats

LEAST_SIZE, MOST_SIZE = 0.1, 0.8
LEAST_MEMORY, MOST_MEMORY = 0.3, 0.85


@dataclass(frozen=True)
class Shock:
    """Unexplained demand in logs: its standard deviation, and the share that lasts from a day to the next."""

    size: float = 0.15
    memory: float = 0.7

    def precision(self, days: int) -> tuple[Floats, float]:
        """Return the diagonal, and the value beside it, of the inverse covariance of ``days`` days (autoregressive)."""
        scale = 1.0 / (self.size**2 * (1 - self.memory**2))
        diagonal = np.full(days, (1 + self.memory**2) * scale)
        if days:
            diagonal[[0, -1]] = scale if days > 1 else self.size**-2
        return diagonal, -self.memory * scale

    def penalty(self, shock: Floats) -> float:
        """Return half the squared distance of a course of shocks from zero."""
        diagonal, beside = self.precision(len(shock))
        return float(0.5 * (diagonal @ shock**2) + beside * (shock[1:] @ shock[:-1]))

    def pull(self, shock: Floats) -> Floats:
        """Return the derivative of ``penalty``."""
        diagonal, beside = self.precision(len(shock))
        found = diagonal * shock
        found[1:] += beside * shock[:-1]
        found[:-1] += beside * shock[1:]
        return found


def shock_seen(shock: Floats, variance: Floats) -> Shock:
    """Return the size and memory that a course of shocks shows, given how unsure each day's is."""
    size = float(np.sqrt(np.mean(shock**2 + variance)))
    memory = float(shock[1:] @ shock[:-1] / max(float(shock @ shock), 1e-12))
    return Shock(float(np.clip(size, LEAST_SIZE, MOST_SIZE)), float(np.clip(memory, LEAST_MEMORY, MOST_MEMORY)))


def solve_chain(diagonal: Floats, beside: float, right: Floats) -> Floats:
    """Return the solution of a symmetric system with one diagonal and one value beside it; ``right`` is (days, columns)."""
    days = len(diagonal)
    ratio, found = np.empty(days), right.astype(np.float64, copy=True)
    pivot = diagonal[0]
    found[0] /= pivot
    for day in range(1, days):
        ratio[day] = beside / pivot
        pivot = diagonal[day] - beside * ratio[day]
        found[day] = (found[day] - beside * found[day - 1]) / pivot
    for day in range(days - 2, -1, -1):
        found[day] -= ratio[day + 1] * found[day + 1]
    return found


def chain_variance(diagonal: Floats, beside: float) -> Floats:
    """Return the diagonal of the inverse of such a system."""
    days = len(diagonal)
    forward, backward = diagonal.copy(), diagonal.copy()
    for day in range(1, days):
        forward[day] -= beside**2 / forward[day - 1]
        backward[days - 1 - day] -= beside**2 / backward[days - day]
    return np.asarray(1.0 / (forward + backward - diagonal), dtype=np.float64)
