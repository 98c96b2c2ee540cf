"""How many rooms of a day are lost: the distribution and its mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.noshow.lost_rooms.shared_fate import lost_rooms_together
from hotelml_app.services.arrivals.views import ArrivalView
from hotelml_app.services.nights.page_ground import Ground


def lost_rooms_probability(arrivals: Sequence[ArrivalView], deviation: float) -> tuple[float, ...]:
    """Return how likely it is that 0, 1, 2… rooms are lost; ``deviation`` tells how much they go together."""
    known = [(one.p_lost, one.rooms) for one in arrivals if one.p_lost is not None and one.rooms >= 1]
    chance, rooms = (np.array(column, dtype=np.float64) for column in zip(*known, strict=True)) if known else ((), ())
    distribution = lost_rooms_together(np.asarray(chance), np.asarray(rooms), deviation)
    return worth_telling(distribution)


def worth_telling(lost: NDArray[np.float64]) -> tuple[float, ...]:
    """Return the probabilities of 0, 1, 2… rooms without those beyond one in a hundred thousand: nothing to look at."""
    seen = np.flatnonzero(lost > 1e-5)
    return tuple(lost[: (int(seen[-1]) if len(seen) else 0) + 1].round(6).tolist())


def shared_deviation(ground: Ground) -> float:
    """Return how much the losses of a day go together, as the risk was predicted; 0 where nothing predicted it."""
    told = (row.payload.get("shared_deviation") for row in ground.given("noshow").rows)
    return max((float(value) for value in told if isinstance(value, (int, float))), default=0.0)


def expected_lost(arrivals: Sequence[ArrivalView]) -> float:
    """Return the rooms that will be lost on average."""
    return float(sum((arrival.p_lost or 0.0) * arrival.rooms for arrival in arrivals))
