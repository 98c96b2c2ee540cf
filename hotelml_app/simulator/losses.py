"""When a booking is lost: a cancellation hazard over the days to arrival, and who does not show up.

The intensity of cancelling on the day ``x`` days before arrival, ``age`` days after booking, is

    multiplier * (cancel / (x + SOFTENING) + REMORSE * cancel * share of exp(-age / REMORSE_DAYS) that falls on that day)

so that P(lost from now on) is known exactly for every booking on every day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from hotelml_app.simulator.plan import Segment

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MAX_LEAD = 365
SOFTENING = 45.0
REMORSE = 0.15
REMORSE_DAYS = 4.0
MAX_REQUESTS = 4
KEEPS_DESPITE = {"No Deposit": 1.0, "Refundable": 0.7, "Non Refund": 0.12}
"""How the deposit scales the cancellation hazard."""
SHOWS_DESPITE = {"No Deposit": 1.0, "Refundable": 0.6, "Non Refund": 0.35}
"""How the deposit scales the no-show probability."""
PER_REQUEST = 0.8
REGULAR_CANCELS, REGULAR_MISSES = 0.4, 0.4
CANCELLER_CANCELS, CANCELLER_MISSES = 2.6, 2.0

_NEARNESS = np.r_[0.0, np.cumsum(1.0 / (np.arange(2 * MAX_LEAD) + SOFTENING))]


def _remorse(age: Floats | Ints) -> Floats:
    """Return the share of booker's remorse that is over ``age`` days after booking."""
    return np.asarray(REMORSE * (1 - np.exp(-np.asarray(age, dtype=float) / REMORSE_DAYS)))


def intensity_left(cancel: Floats | float, lead: Ints, days_left: Ints) -> Floats:
    """Return the cancellation intensity still to come at the end of a day ``days_left`` days before arrival."""
    remorse_left = _remorse(lead) - _remorse(lead - days_left)
    return np.asarray(cancel * (_NEARNESS[days_left] + remorse_left))


def cancellation_age(cancel: Floats | float, multiplier: Floats, lead: Ints, patience: Floats) -> Ints:
    """Return after how many days each booking is cancelled, or -1 where it is not; ``patience`` is standard exponential."""
    whole = intensity_left(cancel, lead, lead)

    def gone(age: Ints) -> Floats:
        return np.asarray(multiplier * (whole - intensity_left(cancel, lead, lead - age)))

    low, high = np.ones_like(lead), np.maximum(lead, 1)
    for _ in range(int(MAX_LEAD).bit_length()):
        middle = (low + high) // 2
        reached = gone(np.minimum(middle, lead)) >= patience
        low, high = np.where(reached, low, np.minimum(middle + 1, high)), np.where(reached, middle, high)
    cancelled = (lead > 0) & (multiplier * whole >= patience)
    return np.where(cancelled, high, -1)


@dataclass(frozen=True)
class Habits:
    """Every combination of what changes a booking's risk in one segment, with its probability."""

    weight: Floats
    cancel_factor: Floats
    miss_factor: Floats


@lru_cache(maxsize=64)
def request_weights(mean: float) -> tuple[float, ...]:
    """Return the probabilities of 0 … MAX_REQUESTS special requests (Poisson, the tail joined to the last)."""
    weights = [float(np.exp(-mean))]
    for number in range(1, MAX_REQUESTS):
        weights.append(weights[-1] * mean / number)
    return (*weights, 1 - sum(weights))


def cancel_factor(deposit: Floats, requests: Ints, regular: NDArray[np.bool_], canceller: NDArray[np.bool_]) -> Floats:
    """Return the hazard multiplier of bookings; ``deposit`` is the factor from KEEPS_DESPITE."""
    steady = np.where(regular, REGULAR_CANCELS, 1.0) * np.where(canceller, CANCELLER_CANCELS, 1.0)
    return np.asarray(deposit * PER_REQUEST**requests * steady)


def miss_factor(deposit: Floats, regular: NDArray[np.bool_], canceller: NDArray[np.bool_]) -> Floats:
    """Return the no-show multiplier of bookings; ``deposit`` is the factor from SHOWS_DESPITE."""
    return np.asarray(deposit * np.where(regular, REGULAR_MISSES, 1.0) * np.where(canceller, CANCELLER_MISSES, 1.0))


def habits(segment: Segment) -> Habits:
    """Return the segment's combinations of deposit, special requests, regulars and cancellers."""
    total = sum(rate.weight for rate in segment.rates)
    rates = [(rate.weight / total, KEEPS_DESPITE[rate.deposit], SHOWS_DESPITE[rate.deposit]) for rate in segment.rates]
    wishes = list(enumerate(request_weights(segment.requests_mean)))
    flags = [
        (segment.repeated, segment.canceller, True, True),
        (segment.repeated, 1 - segment.canceller, True, False),
        (1 - segment.repeated, segment.canceller, False, True),
        (1 - segment.repeated, 1 - segment.canceller, False, False),
    ]
    weight, cancels, misses = [], [], []
    for (w, keeps, shows), (number, chance), (a, b, regular, canceller) in product(rates, wishes, flags):
        known = (np.array(regular), np.array(canceller))
        weight.append(w * chance * a * b)
        cancels.append(float(cancel_factor(np.array(keeps), np.array(number), *known)))
        misses.append(float(miss_factor(np.array(shows), *known)))
    return Habits(np.array(weight), np.array(cancels), np.array(misses))


def survival_by_lead(segment: Segment) -> Floats:
    """Return the probability, per lead time 0 … MAX_LEAD, that a booking ends in a stay."""
    kinds = habits(segment)
    lead = np.arange(MAX_LEAD + 1)
    whole = intensity_left(segment.cancel, lead, lead)
    stays = np.exp(-np.outer(whole, kinds.cancel_factor)) * (1 - np.minimum(segment.no_show * kinds.miss_factor, 1.0))
    return np.asarray(stays @ kinds.weight)
