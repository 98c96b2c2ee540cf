"""The rows of one prediction: the nights asked for, and a replay of how the same rules would have done lately.

The replay puts each rule in the shoes of earlier business dates; what it would have said is compared with what came. That
is where weights, corrections and the width of intervals come from, so that they follow the property without a training.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.forecast.on_books.books import AHEAD, Books

REPLAY_NIGHTS = 280
"""Passed nights that are looked back upon."""

REPLAY_STEP_DAYS = 2

REPLAY_HORIZONS = (1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 17, 21, 24, 28, 35, 42, 50, 60, 75, 90)

FEWEST_PAST_NIGHTS = 14
"""An origin with fewer nights behind it has no recent weeks to go by."""

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Panel:
    """Parallel rows of origin (``now``, a row of the books) and days ahead; ``asked`` marks the nights asked for."""

    now: Rows
    horizon: Rows
    asked: NDArray[np.bool_]
    today: int

    @property
    def night(self) -> Rows:
        """The night of each row, as a row of the books."""
        return self.now + self.horizon

    @property
    def age(self) -> Rows:
        """How many days ago the night was; negative for nights to come."""
        return self.today - self.night

    @property
    def replayed(self) -> NDArray[np.bool_]:
        """The rows whose night has passed."""
        return ~self.asked


def panel_of(books: Books, horizon: int, origins: Rows | None = None) -> Panel:
    """Return the rows for the next ``horizon`` nights and their replay.

    ``origins`` are the rows of business dates to replay from; by default every other day as far back as it tells something.
    """
    today = books.today
    if origins is None:
        origins = np.arange(today - 1, 0, -REPLAY_STEP_DAYS, dtype=np.int64)
    oldest = max(today - REPLAY_NIGHTS - AHEAD, FEWEST_PAST_NIGHTS, books.told_from)
    origins = np.unique(origins[(origins >= oldest) & (origins < today)])
    now = np.repeat(origins, len(REPLAY_HORIZONS))
    ahead = np.tile(np.array(REPLAY_HORIZONS), len(origins))
    passed = (now + ahead <= today) & (now + ahead > today - REPLAY_NIGHTS)
    asked = np.arange(1, horizon + 1)
    return Panel(
        now=np.concatenate([now[passed], np.full(horizon, today)]).astype(np.int64),
        horizon=np.concatenate([ahead[passed], asked]).astype(np.int64),
        asked=np.concatenate([np.zeros(int(passed.sum()), dtype=bool), np.ones(horizon, dtype=bool)]),
        today=today,
    )
