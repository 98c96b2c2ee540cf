"""Expected rooms and revenue of any table of rates, and the table that earns most.

Rates enter as ratios to the reference rate. A stay from night ``a`` of ``L`` nights reacts to the mean ratio of its
nights, so nights are coupled; the expected revenue of a window is

    sum over nights n and types t of  R[n, t] * E[min(X, rooms left)] / E[X],   X ~ N(N[n, t], dispersion * N[n, t])

where N and R are rooms and revenue wanted, net of later losses. That the sold-out part is cut evenly over who asks is the
one simplification against the day-by-day simulation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hotelml_app.simulator.market import MAX_STAY, Market, SegmentMarket

Floats = NDArray[np.float64]

MARGIN = MAX_STAY - 1
LOWEST_RATIO, HIGHEST_RATIO = 0.4, 3.0
ASCENT_STEPS = 140
ASCENT_SIZE = 0.06
GRID = np.exp(np.linspace(math.log(LOWEST_RATIO), math.log(HIGHEST_RATIO), 61))


def normal_below(z: Floats) -> Floats:
    """Return the standard normal distribution function (Abramowitz and Stegun 7.1.26, error below 2e-7)."""
    x = np.abs(z) / math.sqrt(2)
    t = 1 / (1 + 0.3275911 * x)
    polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    tail = 0.5 * polynomial * np.exp(-(x**2))
    return np.asarray(np.where(z > 0, 1 - tail, tail))


def sold_of(wanted: Floats, left: Floats, dispersion: float) -> tuple[Floats, Floats]:
    """Return E[min(X, left)] for X normal around ``wanted``, and its derivative by ``wanted``."""
    mean = np.maximum(wanted, 1e-9)
    sigma = np.sqrt(dispersion * mean)
    z = (mean - left) / sigma
    density, below = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi), normal_below(z)
    sold = mean - sigma * (density + z * below)
    slope = 1 - below - density * sigma / (2 * mean)
    inside = (sold > 0) & (left > 0)
    return np.where(inside, np.minimum(sold, np.minimum(mean, left)), 0.0), np.where(inside, slope, 0.0)


@dataclass(frozen=True)
class Flow:
    """Rooms wanted per segment (net), and rooms and revenue wanted in all; tables [nights of the window, types]."""

    by_segment: tuple[Floats, ...]
    rooms: Floats
    revenue: Floats


@dataclass(frozen=True)
class RevenueModel:
    """The market around nights ``first`` up to ``end``, seen from the end of day ``as_of`` (None: before anything was sold).

    ``left`` are the rooms still to sell, shape [window nights, types] for the window ``low`` up to ``high``, which reaches a
    longest stay beyond the nights asked about on both sides. ``gross`` leaves later cancellations in.
    """

    market: Market
    first: int
    end: int
    as_of: int | None = None
    left: Floats | None = None
    gross: bool = False

    @property
    def low(self) -> int:
        """The first night of the window."""
        return max(0, self.first - MARGIN)

    @property
    def high(self) -> int:
        """The night after the window's last."""
        return min(self.market.nights, self.end + MARGIN)

    @property
    def target(self) -> slice:
        """The nights asked about, within the window."""
        return slice(self.first - self.low, self.end - self.low)

    @cached_property
    def rooms_left(self) -> Floats:
        """Rooms still to sell per night and type."""
        whole = np.array([room_type.rooms for room_type in self.market.plan.room_types], dtype=float)
        return np.tile(whole, (self.high - self.low, 1)) if self.left is None else self.left

    @cached_property
    def reference(self) -> Floats:
        """Reference rates of the window."""
        return self.market.reference[self.low : self.high]

    @cached_property
    def dispersion(self) -> float:
        """Variance over mean of the rooms wanted: parties of several rooms come and stay away together."""
        parts = [(part.segment.share, part.segment.group_sizes) for part in self.market.segments]
        sizes = [(share, np.array([float(n) for n in g]), np.array(list(g.values()))) for share, g in parts]
        return sum(share * float(n**2 @ w) / float(n @ w) for share, n, w in sizes) / sum(share for share, _, _ in sizes)

    def _asking(self, part: SegmentMarket) -> Floats:
        """Return rooms wanted per arrival night at the reference rate, of all lengths of stay and types together."""
        weights = part.lead if self.gross else part.lead * part.survival
        parties = part.parties[self.low : self.high] * part.party_rooms
        if self.as_of is None:
            return parties * float(weights.sum())
        sums = np.r_[0.0, np.cumsum(weights)]
        ahead = np.clip(np.arange(self.low, self.high) - self.as_of, 0, len(weights))
        return np.asarray(parties * sums[ahead])

    @cached_property
    def asking(self) -> tuple[Floats, ...]:
        """``_asking`` of every segment."""
        return tuple(self._asking(part) for part in self.market.segments)

    def _stays(self, number: int, ratio: Floats) -> list[tuple[int, Floats, Floats]]:
        """Return (nights, rooms per arrival night and type at ratio 1, mean ratio of the stay) of a segment's stays."""
        part = self.market.segments[number]
        sums = np.vstack([np.zeros((1, ratio.shape[1])), np.cumsum(ratio, axis=0)])
        stays = []
        for nights, share in enumerate(part.stay.tolist(), start=1):
            if share > 0:
                starts = len(ratio) - nights + 1
                rooms = np.outer(self.asking[number][:starts] * share, part.types)
                stays.append((nights, rooms, (sums[nights:] - sums[:-nights]) / nights))
        return stays

    def flow(self, ratio: Floats) -> Flow:
        """Return what is wanted at a table of ratios."""
        by_segment = []
        revenue = np.zeros_like(ratio)
        for number, part in enumerate(self.market.segments):
            steps = np.zeros((len(ratio) + 1, ratio.shape[1]))
            for nights, rooms, mean in self._stays(number, ratio):
                wanted = rooms * part.accepts(mean)
                steps[: len(wanted)] += wanted
                steps[nights:][: len(wanted)] -= wanted
            by_segment.append(np.cumsum(steps[:-1], axis=0))
            revenue += by_segment[-1] * self._paid(part, ratio)
        return Flow(tuple(by_segment), np.sum(by_segment, axis=0), revenue)

    def _paid(self, part: SegmentMarket, ratio: Floats) -> Floats:
        """Return what a room of the segment pays per night."""
        contract = self.market.tariff[self.low : self.high]
        return np.asarray(part.paid * (contract if part.segment.contract else ratio * self.reference))

    def nightly(self, ratio: Floats) -> tuple[Floats, Floats]:
        """Return expected rooms sold and revenue per night asked about and type."""
        flow = self.flow(ratio)
        sold, _ = sold_of(flow.rooms, self.rooms_left, self.dispersion)
        share = sold / np.maximum(flow.rooms, 1e-9)
        return sold[self.target], (flow.revenue * share)[self.target]

    def value_and_slope(self, ratio: Floats) -> tuple[float, Floats]:
        """Return the expected revenue of the nights asked about and its derivative by every ratio of the window."""
        flow = self.flow(ratio)
        wanted = np.maximum(flow.rooms, 1e-9)
        sold, sold_slope = sold_of(wanted, self.rooms_left, self.dispersion)
        share = sold / wanted
        share_slope = (sold_slope - share) / wanted
        counts = np.zeros_like(ratio)
        counts[self.target] = 1.0
        slope = np.zeros_like(ratio)
        for number, part in enumerate(self.market.segments):
            if part.segment.contract:
                continue
            slope += counts * part.paid * self.reference * flow.by_segment[number] * share
            worth = counts * (self._paid(part, ratio) * share + flow.revenue * share_slope)
            worth_sums = np.vstack([np.zeros((1, ratio.shape[1])), np.cumsum(worth, axis=0)])
            steps = np.zeros((len(ratio) + 1, ratio.shape[1]))
            for nights, rooms, mean in self._stays(number, ratio):
                pull = (worth_sums[nights:] - worth_sums[:-nights]) * rooms * part.accepts_slope(mean) / nights
                steps[: len(pull)] += pull
                steps[nights:][: len(pull)] -= pull
            slope += np.cumsum(steps[:-1], axis=0)
        return float((flow.revenue * share * counts).sum()), slope

    def best_alone(self) -> Floats:
        """Return the best ratio of each night and type if the nights around it moved along with it."""
        flow = self.flow(np.ones_like(self.reference))
        best, found = np.full(self.reference.shape, -np.inf), np.ones_like(self.reference)
        for ratio in GRID:
            same = np.full_like(self.reference, ratio)
            scales = [part.accepts(np.array(ratio)) for part in self.market.segments]
            wanted = sum(rooms * scale for rooms, scale in zip(flow.by_segment, scales, strict=True))
            earned = sum(
                rooms * scale * self._paid(part, same)
                for rooms, scale, part in zip(flow.by_segment, scales, self.market.segments, strict=True)
            )
            sold, _ = sold_of(np.asarray(wanted), self.rooms_left, self.dispersion)
            revenue = earned * sold / np.maximum(wanted, 1e-9)
            found, best = np.where(revenue > best, ratio, found), np.maximum(best, revenue)
        return found

    def best(self) -> Floats:
        """Return the table of ratios that earns most on the nights asked about (gradient ascent in logarithms, Adam's steps)."""
        position = np.log(self.best_alone())
        best_value, best = -math.inf, position
        momentum, energy = np.zeros_like(position), np.zeros_like(position)
        for step in range(ASCENT_STEPS):
            value, slope = self.value_and_slope(np.exp(position))
            if value > best_value:
                best_value, best = value, position
            gradient = slope * np.exp(position)
            momentum, energy = 0.85 * momentum + 0.15 * gradient, 0.99 * energy + 0.01 * gradient**2
            corrected = momentum / (1 - 0.85 ** (step + 1)) / (np.sqrt(energy / (1 - 0.99 ** (step + 1))) + 1e-9)
            size = ASCENT_SIZE * (1 - step / ASCENT_STEPS)
            position = np.clip(position + size * corrected, math.log(LOWEST_RATIO), math.log(HIGHEST_RATIO))
        return np.asarray(np.exp(best))
