"""How many rooms will be lost on an arrival day: a distribution rather than a yes or no per guest.

The number of losses among independent bookings with different probabilities is Poisson-binomial; its distribution is built
by convolving one booking at a time (Hong, 2013, section 2.4), bookings of several rooms moving that many steps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def lost_rooms_distribution(probabilities: ArrayLike, rooms: ArrayLike | None = None) -> NDArray[np.float64]:
    """Return the probability of losing 0, 1, 2… rooms, shape (total rooms + 1,).

    ``rooms`` is the number of rooms per booking, one where it is not given. Raises ValueError for a probability outside
    [0, 1], a negative number of rooms, or lists of unequal length.
    """
    chance = np.asarray(probabilities, dtype=np.float64).ravel()
    held = np.ones(len(chance), dtype=np.int64) if rooms is None else np.asarray(rooms).astype(np.int64).ravel()
    if len(held) != len(chance):
        raise ValueError("as many numbers of rooms as probabilities are needed")
    if not (np.isfinite(chance).all() and (chance >= 0).all() and (chance <= 1).all()):
        raise ValueError("a probability lies in [0, 1]")
    if (held < 0).any():
        raise ValueError("a booking cannot hold less than no room")
    result = np.zeros(int(held.sum()) + 1)
    result[0], reach = 1.0, 0
    for p, count in zip(chance.tolist(), held.tolist(), strict=True):
        if count:
            # The right-hand side is complete before anything is written, so the old values are still there.
            moved = p * result[: reach + 1]
            result[: reach + 1] *= 1.0 - p
            result[count : reach + count + 1] += moved
            reach += count
    return result
