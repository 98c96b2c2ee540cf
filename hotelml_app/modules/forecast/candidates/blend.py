"""How much each candidate counts, per stretch of days ahead, judged by the latest weeks and held near what is usually best.

The weights follow the property: every prediction first looks at how each candidate did on the nights that have passed since.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

BUCKETS = ((1, 1), (2, 3), (4, 7), (8, 14), (15, 28), (29, 60), (61, 90))
"""Days ahead that share one set of weights; between the middles of two the weights pass over smoothly."""

OWN = ("boosting", "network", "expected", "seasonal", "additive")
"""Learned trees, the learned network, expected losses and pickup by risk class, the same with last year's drift, and the pickup
of the house as a whole."""

CANDIDATES = (*OWN, "elsewhere")
"""The same and, where HotelML brought them along, trees that learned at other hotels."""

USUAL = np.array(
    [
        [0.25, 0.20, 0.15, 0.10, 0.30],
        [0.45, 0.40, 0.10, 0.05, 0.00],
        [0.50, 0.40, 0.05, 0.05, 0.00],
        [0.50, 0.40, 0.05, 0.05, 0.00],
        [0.60, 0.35, 0.02, 0.03, 0.00],
        [0.70, 0.20, 0.05, 0.05, 0.00],
        [0.65, 0.20, 0.05, 0.10, 0.00],
    ]
)
"""Weights that hold where little is known of the latest weeks, per bucket and candidate; one without any is not asked there."""

ELSEWHERE = np.array([0.0, 0.1, 0.2, 0.25, 0.25, 0.0, 0.0])
"""Share of what was learned at other hotels, per bucket, in a hotel's first year: next to nothing is left to learn on the last
day, and how much is booked months ahead differs from house to house.

In their first year the error of 8 to 28 days ahead shrinks by it by 6 and 13 per cent at one of two real hotels and by up to 3
at the other, each asking trees that learned at the other one; once they know 14 months and more, it brings nothing.
"""

FULL_NIGHTS, NO_NIGHTS = 365, 550
"""Up to so many nights of a hotel's own it has its full share, and from so many on none."""

DISTRUST = 3.0
"""Where it errs so many times as much as the hotel's own ways, its share is divided by that to this power: how late guests book
at a hotel beside an airport, or how early at a resort, other hotels do not know."""

USUAL_PLAIN = np.tile([0.8, 0.2], (len(BUCKETS), 1))
"""The same for the two plain rules alone, where there is no model."""

WINDOW_DAYS = 84
HALF_LIFE_DAYS = 42.0

USUAL_NIGHTS = (10.0, 80.0, 80.0, 80.0, 80.0, 80.0, 80.0)
"""Passed nights that count as much as the usual weights, per bucket; the last day shows at once which rule a house follows.

The best of all ways to share out is found by chance too: on two real hotels, and on a third and an eighth of their bookings drawn
at random, errors from 8 days on are half a per cent smaller with 80 nights than with 40.
"""

_STEP = 5

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Record:
    """Candidates' earlier predictions, and what came of them: parallel arrays, ``predicted`` of shape (rows, candidates).

    ``age`` is how many days ago the night was; ``actual`` rooms sold then. A prediction is NaN where a candidate was not asked.
    """

    horizon: NDArray[np.int64]
    age: NDArray[np.int64]
    predicted: Values
    actual: Values

    def __len__(self) -> int:
        return len(self.horizon)


def usual_weights(candidates: int, nights: int) -> Values:
    """Return the weights that hold where little is known, shape (buckets, candidates), for a hotel that knows so many nights."""
    if candidates == len(OWN):
        return USUAL
    share = ELSEWHERE * np.clip((NO_NIGHTS - nights) / (NO_NIGHTS - FULL_NIGHTS), 0.0, 1.0)
    return np.column_stack([USUAL * (1 - share[:, None]), share])


def learned_weights(record: Record, usual: Values) -> Values:
    """Return weights per bucket and candidate, shape as ``usual``; each row adds up to one."""
    buckets = zip(BUCKETS, usual, USUAL_NIGHTS, strict=True)
    return np.array([_bucket_weights(record, bucket, row, nights) for bucket, row, nights in buckets])


def blended(weights: Values, horizon: NDArray[np.int64], predicted: Values) -> Values:
    """Return the blend of the candidates that were asked, shape (rows,)."""
    middles = np.log([np.sqrt(low * high) for low, high in BUCKETS])
    at = np.log(horizon)
    share = np.stack([np.interp(at, middles, weights[:, candidate]) for candidate in range(weights.shape[1])], axis=1)
    share = np.where(np.isnan(predicted), 0.0, share)
    total, asked = (share * np.nan_to_num(predicted)).sum(axis=1), share.sum(axis=1)
    return np.divide(total, asked, out=np.full(len(total), np.nan), where=asked > 0)


def _bucket_weights(record: Record, bucket: tuple[int, int], usual: Values, usual_nights: float) -> Values:
    rows = (record.horizon >= bucket[0]) & (record.horizon <= bucket[1]) & (record.age < WINDOW_DAYS)
    asked = usual > 0
    rows &= ~np.isnan(record.actual) & ~np.isnan(record.predicted[:, asked]).any(axis=1)
    if not rows.any():
        return usual
    recency = 0.5 ** (record.age[rows] / HALF_LIFE_DAYS)
    if len(usual) == len(CANDIDATES) and asked[-1]:
        usual, told = _held_to_account(usual, record.predicted[rows], record.actual[rows], recency), usual[-1]
        # What is chosen from so few nights is chosen by chance, too: who errs much more is not among it.
        asked[-1] = usual[-1] > told / 2
    choices = _choices(tuple(asked.tolist()))
    error = np.abs(record.predicted[np.ix_(rows, asked)] @ choices[:, asked].T - record.actual[rows, None])
    best = choices[np.argmin((error * recency[:, None]).sum(axis=0))]
    # Predictions of one night from neighbouring days fail together: nights count, not rows.
    nights = len(np.unique(record.age[rows])) * float(recency.mean())
    trust = nights / (nights + usual_nights)
    result: Values = trust * best + (1 - trust) * usual
    return result


def _held_to_account(usual: Values, predicted: Values, actual: Values, recency: Values) -> Values:
    """Return the usual weights with less for what was learned elsewhere where it was farther off than the hotel's own ways."""
    own = usual[:-1] / usual[:-1].sum()
    errors = [float((np.abs(said - actual) * recency).sum()) for said in (predicted[:, -1], predicted[:, :-1] @ own)]
    share = usual[-1] * min(1.0, (errors[1] / errors[0]) ** DISTRUST) if errors[0] > 0 else usual[-1]
    return np.append(own * (1 - share), share)


@cache
def _choices(asked: tuple[bool, ...]) -> Values:
    """Return all ways to share out the weight in steps among the candidates that are asked."""
    parts = [c for c in itertools.product(*(range(_STEP + 1 if one else 1) for one in asked)) if sum(c) == _STEP]
    return np.array(parts, dtype=np.float64) / _STEP
