"""Who would come, and at what rate: the demand side of a synthetic hotel, exactly known.

A party compares the mean of rate / reference rate over its nights with the most it would accept, which is log-logistic:

    P(accepts ratio p) = (1 + a) / (1 + a * p**k) of those who accept p = 1,   a = elasticity / (k - elasticity)

so the elasticity at the reference rate is the segment's, and far above it the segment's ``steepness`` k.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.simulator.calendar import BUSINESS, LEISURE, HotelCalendar, make_calendar
from hotelml_app.simulator.losses import MAX_LEAD, survival_by_lead
from hotelml_app.simulator.plan import HotelPlan, LeadTime, Segment
from hotelml_app.simulator.streams import Streams

Floats = NDArray[np.float64]

MAX_STAY = 14


@dataclass(frozen=True)
class SegmentMarket:
    """One segment's demand. ``parties`` is per arrival night at the reference rate; ``lead`` and ``survival`` per lead day.

    ``paid`` is the mean factor a booking pays on the public rate (on the tariff where ``contract``).
    """

    segment: Segment
    parties: Floats
    party_rooms: float
    stay: Floats
    lead: Floats
    survival: Floats
    types: Floats
    paid: float

    @property
    def damping(self) -> float:
        """The constant ``a`` of the acceptance curve; 0 means the rate does not matter."""
        return 0.0 if self.segment.contract else self.segment.elasticity / (self.segment.steepness - self.segment.elasticity)

    def accepts(self, ratio: Floats) -> Floats:
        """Return the demand at a ratio of the reference rate, relative to that at the reference rate."""
        a = self.damping
        return np.asarray((1 + a) / (1 + a * ratio**self.segment.steepness))

    def accepts_slope(self, ratio: Floats) -> Floats:
        """Return the derivative of ``accepts``."""
        a, k = self.damping, self.segment.steepness
        return np.asarray(-(1 + a) * a * k * ratio ** (k - 1) / (1 + a * ratio**k) ** 2)

    def most_accepted(self, luck: Floats) -> Floats:
        """Return the highest ratio that parties accept, from uniform ``luck``; infinite where the rate does not matter."""
        a, k = self.damping, self.segment.steepness
        if a == 0.0:
            return np.full(len(luck), np.inf)
        return np.asarray(((1 / np.maximum(luck, 1e-12) - 1) / a) ** (1 / k))

    @property
    def looking(self) -> Floats:
        """Parties per arrival night that look at the hotel, whether or not they accept its rate."""
        return self.parties * (1 + self.damping)


@dataclass(frozen=True)
class Market:
    """The demand for all nights of a hotel. Tables have shape [nights, room types]."""

    plan: HotelPlan
    calendar: HotelCalendar
    segments: tuple[SegmentMarket, ...]
    reference: Floats
    tariff: Floats

    @property
    def nights(self) -> int:
        """Nights covered, from the opening."""
        return len(self.reference)

    @property
    def base_rates(self) -> Floats:
        """The base rate of each room type."""
        return np.array([room_type.base_rate for room_type in self.plan.room_types])


def lead_weights(lead: LeadTime) -> Floats:
    """Return the probability of each lead time 0 … MAX_LEAD."""
    edges = np.arange(MAX_LEAD + 2) - 0.5
    scaled = (np.log(np.maximum(edges, 1e-9)) - math.log(lead.median_days)) / (lead.sigma * math.sqrt(2))
    below = np.array([0.5 * (1 + math.erf(value)) for value in scaled])
    weights = np.diff(below)
    weights = weights / weights.sum() * (1 - lead.same_day)
    weights[0] += lead.same_day
    return weights


def _normal(values: NDArray[np.float64] | tuple[float, ...] | list[float]) -> Floats:
    """Return weights that sum to one."""
    array = np.asarray(values, dtype=float)
    return np.asarray(array / array.sum())


def _segment_market(plan: HotelPlan, calendar: HotelCalendar, segment: Segment) -> SegmentMarket:
    """Scale one segment so that its share of the wanted room nights, net of losses, comes true at the reference rate."""
    stay, lead, survival = _normal(segment.nights[:MAX_STAY]), lead_weights(segment.lead), survival_by_lead(segment)
    sizes = np.array([float(size) for size in segment.group_sizes])
    party_rooms = float(sizes @ _normal(list(segment.group_sizes.values())))
    pattern = segment.business * calendar.demand[BUSINESS] + (1 - segment.business) * calendar.demand[LEISURE]
    mean_nights = float(stay @ np.arange(1, len(stay) + 1))
    room_nights = segment.share / sum(s.share for s in plan.segments) * plan.occupancy * plan.rooms
    types = _normal([t.rooms * t.appeal * segment.upscale**rank for rank, t in enumerate(plan.room_types)])
    factors = np.array([rate.factor for rate in segment.rates])
    return SegmentMarket(
        segment=segment,
        parties=room_nights * pattern * calendar.shock / (mean_nights * party_rooms * float(lead @ survival)),
        party_rooms=party_rooms,
        stay=stay,
        lead=lead,
        survival=survival,
        types=types,
        paid=segment.rate_factor * float(factors @ _normal([rate.weight for rate in segment.rates])),
    )


def make_market(plan: HotelPlan, opening: date, nights: int, streams: Streams) -> Market:
    """Return the market of a hotel that opens on ``opening``, over ``nights`` nights."""
    calendar = make_calendar(plan, opening, nights, streams)
    base = np.array([room_type.base_rate for room_type in plan.room_types])
    return Market(
        plan=plan,
        calendar=calendar,
        segments=tuple(_segment_market(plan, calendar, segment) for segment in plan.segments),
        reference=np.outer(calendar.willing, base),
        tariff=np.outer(calendar.tariff, base),
    )
