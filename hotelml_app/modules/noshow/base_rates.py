"""How often bookings are lost, by days to arrival and segment: the plain rule, and the yardstick of every model.

Of the bookings alive at the end of the day d days before arrival, the share that was lost in the end, counted over past
arrivals, older ones weighing less. Segments differ by a factor, observed over expected losses (indirect standardisation),
shrunk towards one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.ml.property.closed_house import closed_nights
from hotelml_app.ml.property.usual_losses import usual_share_lost
from hotelml_app.modules.noshow.books import Books, Flags, Floats, Groups, Integers

MEMORY_DAYS = 400
HALF_LIFE_DAYS = 30.0
PRIOR_BOOKINGS = 40.0
"""Bookings at the share of the neighbouring days that every number of days to arrival is given beforehand."""
PRIOR_LOSSES = 12.0
"""A segment with this many expected losses is believed half by its own record."""
NEIGHBOURS = 3
PRIOR_LEVEL_LOSSES = 12.0
"""With this many losses expected of a house like others, its own level of losses is believed half."""
HIGHEST_SHARE = 0.95
PRIOR_NOSHOW_LOSSES = 8.0
EVERYDAY_NOSHOW_SHARE = 0.05


@dataclass(frozen=True)
class BaseRates:
    """``share[d]`` is lost of those alive d days before arrival, ``factor`` multiplies it per segment.

    ``noshow_share[d]`` is the share of those lost from d days before arrival on that just did not come. ``losses`` counts
    the losses behind it all.
    """

    share: Floats
    factor: Floats
    noshow_share: Floats
    losses: float

    def p_lost(self, days_ahead: Integers, segment: Groups | None = None) -> Floats:
        """Return the probability that a booking alive ``days_ahead`` days before arrival is lost."""
        share = self.share[np.minimum(days_ahead, len(self.share) - 1)]
        factor = 1.0 if segment is None else self.factor[segment]
        return np.asarray(np.clip(share * factor, 0.0, HIGHEST_SHARE), dtype=np.float64)

    def noshows_among(self, days_ahead: Integers) -> Floats:
        """Return the share of no-shows among the bookings lost from ``days_ahead`` days before arrival on."""
        result: Floats = self.noshow_share[np.minimum(days_ahead, len(self.noshow_share) - 1)]
        return result


def base_rates(books: Books, day: int, longest: int) -> BaseRates:
    """Return the base rates as known at the end of ``day`` for up to ``longest`` days before arrival."""
    known = books.known_at(day)
    past = known[(books.arrival[known] <= day) & (books.arrival[known] > max(day - MEMORY_DAYS, books.told_from))]
    past = past[books.holding[past] | books.stayed[past] | books.lost[past]]
    # Whoever was to come while the house was closed was lost by its closing, and tells nothing of the others.
    past = past[~closed_nights(books.history, day).hold(books.arrival[past])]
    segment = books.kinds["segment"]
    weight = 0.5 ** ((day - books.arrival[past]) / HALF_LIFE_DAYS)
    alive, lost = _counted(books, past, weight, longest)
    share = _smoothed(alive, lost)
    return BaseRates(
        share=share,
        factor=_factors(books, past, weight, share, int(segment.max(initial=0)) + 1),
        noshow_share=_noshow_shares(books, past[books.lost[past]], longest),
        losses=float((books.lost[past] & (_first_lead(books, past) <= longest)).sum()),
    )


def _counted(books: Books, spells: NDArray[np.intp], weight: Floats, longest: int) -> tuple[Floats, Floats]:
    """Return per days before arrival the weighted bookings alive then, and those of them that were lost in the end."""
    newest = _first_lead(books, spells)
    oldest = np.minimum(_most_lead(books, spells), longest)
    return _spread(newest, oldest, weight, longest), _spread(newest, oldest, weight * books.lost[spells], longest)


def _spread(newest: Integers, oldest: Integers, weight: Floats, longest: int) -> Floats:
    """Return the weights added up over every lead from ``newest`` to ``oldest``, shape (longest + 1,)."""
    there = oldest >= newest
    begins = np.bincount(newest[there], weights=weight[there], minlength=longest + 2)
    ends = np.bincount(oldest[there] + 1, weights=weight[there], minlength=longest + 2)
    return np.asarray(np.cumsum(begins - ends)[: longest + 1], dtype=np.float64)


def _most_lead(books: Books, spells: NDArray[np.intp]) -> Integers:
    """Return the most days before arrival at which a booking was made and its loss would have been told."""
    most: Integers = books.arrival[spells] - np.maximum(books.booked[spells], books.told_from)
    return most


def _first_lead(books: Books, spells: NDArray[np.intp]) -> Integers:
    """Return the fewest days before arrival at which a booking was still alive; one for those that came."""
    lost_at = np.maximum(books.arrival[spells] - books.known_from[spells] + 1, 1)
    return np.where(books.lost[spells], lost_at, 1)


def _smoothed(alive: Floats, lost: Floats) -> Floats:
    """Return the share lost per days before arrival, leaning on the days around where little was seen; 0 on the day itself.

    Where those were hardly seen either, it is what hotels usually lose, at this house's level.
    """
    usual = usual_share_lost(np.arange(len(alive)))
    level = (lost.sum() + PRIOR_LEVEL_LOSSES) / ((alive * usual).sum() + PRIOR_LEVEL_LOSSES)
    lost_around, alive_around = _with_neighbours(lost[1:]), _with_neighbours(alive[1:])
    around = (lost_around + level * usual[1:] * PRIOR_BOOKINGS) / (alive_around + PRIOR_BOOKINGS)
    return np.concatenate([[0.0], (lost[1:] + around * PRIOR_BOOKINGS) / (alive[1:] + PRIOR_BOOKINGS)])


def _with_neighbours(values: Floats) -> Floats:
    """Return each value with its neighbours added, however few there are."""
    around = np.convolve(values, np.ones(2 * NEIGHBOURS + 1))
    return np.asarray(around[NEIGHBOURS : NEIGHBOURS + len(values)], dtype=np.float64)


def _factors(books: Books, past: NDArray[np.intp], weight: Floats, share: Floats, size: int) -> Floats:
    """Return per segment how its losses stand against what the house's shares let expect."""
    newest = _first_lead(books, past)
    oldest = np.minimum(_most_lead(books, past), len(share) - 1)
    there = oldest >= newest
    until = np.cumsum(share)
    expected = weight * np.where(there, until[np.maximum(oldest, 0)] - until[np.clip(newest - 1, 0, len(share) - 1)], 0.0)
    observed = weight * books.lost[past] * np.where(there, oldest - newest + 1, 0)
    segment = books.kinds["segment"][past]
    # A booking is counted once per day it was seen; the prior weighs as many days as the bookings did on average.
    days = PRIOR_LOSSES * float(np.mean(np.maximum(oldest - newest + 1, 1))) if len(past) else PRIOR_LOSSES
    sums = [np.bincount(segment, weights=part, minlength=size) for part in (observed, expected)]
    return np.asarray((sums[0] + days) / (sums[1] + days), dtype=np.float64)


def _noshow_shares(books: Books, lost: NDArray[np.intp], longest: int) -> Floats:
    """Return the share of no-shows among the losses from each number of days before arrival on."""
    noshow: Flags = books.history.status[lost] == BookingStatus.NO_SHOW
    lead = np.minimum(np.where(noshow, 1, _first_lead(books, lost)), longest)
    of_noshows = np.bincount(lead[noshow], minlength=longest + 1).cumsum()
    of_all = np.bincount(lead, minlength=longest + 1).cumsum()
    return (of_noshows + EVERYDAY_NOSHOW_SHARE * PRIOR_NOSHOW_LOSSES) / (of_all + PRIOR_NOSHOW_LOSSES)
