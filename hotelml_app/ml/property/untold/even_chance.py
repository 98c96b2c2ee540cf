"""Chances that are spread evenly and yet the same whenever and in whatever order they are asked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def even_chance(*numbers: NDArray[np.integer]) -> NDArray[np.float64]:
    """Return a number in [0, 1) per row of ``numbers``, by these alone: the last steps of SplitMix64 (Steele et al. 2014)."""
    mixed = np.zeros(len(numbers[0]), dtype=np.uint64)
    for one in numbers:
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + one.astype(np.int64).astype(np.uint64)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53
