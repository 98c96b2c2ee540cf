"""Days from booking to arrival, in the steps in which demand and rates are looked at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

STEPS = np.array([0, 1, 4, 8, 15, 31, 61, 121], dtype=np.int64)
"""The shortest lead of each step; the last one is open."""

COUNT = len(STEPS)
LONGEST = 365
LONGEST_STAY = 14
"""Longer stays count as this many nights where nights are coupled; they are few."""


def step_of(lead: NDArray[np.generic]) -> Integers:
    """Return the step of each lead, 0 … COUNT - 1."""
    found: Integers = np.clip(np.searchsorted(STEPS, lead, side="right") - 1, 0, COUNT - 1).astype(np.int64)
    return found


def span(step: int) -> tuple[int, int]:
    """Return the leads of a step as first and last plus one, cut at LONGEST."""
    return int(STEPS[step]), int(STEPS[step + 1]) if step + 1 < COUNT else LONGEST + 1


def lead_shares(lead: Integers) -> Floats:
    """Return the share of bookings at each lead 0 … LONGEST; none is quite zero."""
    counts = np.bincount(np.clip(lead, 0, LONGEST), minlength=LONGEST + 1) + 1e-3
    shares: Floats = counts / counts.sum()
    return shares


def still_to_come(shares: Floats, days_ahead: Integers) -> Floats:
    """Return, per number of days to arrival and step, which share of the step's bookings is still to come.

    At the end of the day ``days_ahead`` days before arrival that is what books at fewer days; shape (days, COUNT).
    """
    before = np.r_[0.0, np.cumsum(shares)]
    result = np.zeros((len(days_ahead), COUNT))
    for step in range(COUNT):
        first, end = span(step)
        whole = max(before[end] - before[first], 1e-12)
        result[:, step] = (before[np.clip(days_ahead, first, end)] - before[first]) / whole
    return result
