"""Expected rooms and money of a table of rates, and the table that earns most.

A rate enters as its ratio to the usual rate. A guest compares the whole stay: reluctance meets the mean ratio of its nights,
weighted by their usual rates, so nights are coupled. Of what is wanted for a night, X with a normal spread, at most the rooms
left are sold, cut evenly over who asks:  money * E[min(X, left)] / E[X].
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hotelml_app.modules.pricing.demand_model.response import books_share
from hotelml_app.modules.pricing.history.leads import LONGEST_STAY, Floats

LOWEST, HIGHEST = math.log(0.4), math.log(2.8)
GRID = np.linspace(LOWEST, HIGHEST, 45)
CLIMB_STEPS, CLIMB_SIZE = 70, 0.06
RARE_LENGTH = 0.002

LEAST_LEFT = 0.25
"""A full night is priced as if a quarter of a room were left: what comes free on it is worth its dearest guest."""

BOOLE = ((0.0, 7 / 90), (0.25, 32 / 90), (0.5, 12 / 90), (0.75, 32 / 90), (1.0, 7 / 90))
"""Points along a way and their weights, exact for curves up to the fifth power."""

TIE = 1e-4
"""Share of a room's rate by which a rate near the usual one is preferred where nothing else tells rates apart."""


@dataclass(frozen=True)
class Askers:
    """Guests who pay by the rate of the day: ``looking`` rooms per arrival day and type, net of later losses.

    ``lengths`` is the share of stays of 1, 2, … nights; ``pays`` what they pay of the flexible rate on average.
    """

    looking: Floats
    lengths: Floats
    pays: float


@dataclass(frozen=True)
class Market:
    """The coming nights, tables [nights, types]; nights past ``counted`` are there for the stays that reach into them.

    ``usual`` is the flexible rate in money, ``reluctance`` per arrival day at the usual rate. ``fixed_rooms`` and
    ``fixed_money`` come whatever the rate is. The spread of what is wanted is ``clumping`` * mean + (``doubt`` * mean)^2.
    ``room_cost`` is what an occupied room costs per night (CPOR); the best rates are those that leave most after it.
    """

    askers: Sequence[Askers]
    reluctance: Floats
    steepness: float
    usual: Floats
    fixed_rooms: Floats
    fixed_money: Floats
    left: Floats
    clumping: Floats
    doubt: float
    counted: int
    room_cost: float = 0.0

    @cached_property
    def _stays(self) -> list[tuple[int, Floats, float, Floats, Floats]]:
        """Nights, rooms that look, what they pay, mean reluctance and one over the sum of usual rates, per length and asker."""
        found = []
        reluctance, usual = _running(np.tile(self.reluctance[:, None], (1, self.usual.shape[1]))), _running(self.usual)
        for asker in self.askers:
            for nights in range(1, LONGEST_STAY + 1):
                share = asker.lengths[nights - 1]
                if share > RARE_LENGTH and nights <= len(self.usual):
                    looking = asker.looking[: len(self.usual) - nights + 1] * share
                    mean = (reluctance[nights:] - reluctance[:-nights]) / nights
                    found.append((nights, looking, asker.pays, mean, 1.0 / (usual[nights:] - usual[:-nights])))
        return found

    def wanted(self, log_ratio: Floats) -> tuple[Floats, Floats]:
        """Return rooms wanted by those who pay the rate of the day, and the same times what they pay of it."""
        rooms, paid, _ = self._flow(log_ratio)
        return rooms, paid

    def _flow(self, log_ratio: Floats) -> tuple[Floats, Floats, list[tuple[Floats, Floats, Floats]]]:
        """Return rooms wanted, what is paid for them, and per length and asker: rooms booked, their share, the ratio met."""
        charged = _running(self.usual * np.exp(log_ratio))
        rooms, paid = np.zeros((len(self.usual) + 1, self.usual.shape[1])), np.zeros((len(self.usual) + 1, self.usual.shape[1]))
        each = []
        for nights, looking, pays, reluctance, per_usual in self._stays:
            ratio = (charged[nights:] - charged[:-nights]) * per_usual
            share = books_share(reluctance + self.steepness * np.log(ratio))
            booked = looking * share
            each.append((booked, share, ratio))
            for table, counted in ((rooms, booked), (paid, pays * booked)):
                table[: len(looking)] += counted
                table[nights:][: len(looking)] -= counted
        return np.cumsum(rooms[:-1], axis=0), np.cumsum(paid[:-1], axis=0), each

    def sold(self, log_ratio: Floats) -> tuple[Floats, Floats]:
        """Return rooms expected to be sold and the money they bring, of what is still to come."""
        rooms, paid = self.wanted(log_ratio)
        return self.outcome(rooms, paid, np.exp(log_ratio))

    def outcome(self, rooms: Floats, paid: Floats, ratio: Floats) -> tuple[Floats, Floats]:
        """Return rooms sold and money for rooms wanted at a table of ratios."""
        total = np.maximum(rooms + self.fixed_rooms, 1e-9)
        sold, _ = sold_of(total, self.left, self.clumping, self.doubt)
        return sold, (paid * self.usual * ratio + self.fixed_money) * sold / total

    def contribution(self, log_ratio: Floats) -> Floats:
        """Return what is left of the money per night and type once the rooms sold for it are paid."""
        rooms, money = self.sold(log_ratio)
        return money - self.room_cost * rooms

    def _value_and_slope(self, log_ratio: Floats) -> tuple[float, Floats]:
        """Return the contribution of the counted nights and its derivative by every log ratio."""
        rooms, paid, each = self._flow(log_ratio)
        rate = self.usual * np.exp(log_ratio)
        total = np.maximum(rooms + self.fixed_rooms, 1e-9)
        sold, sold_slope = sold_of(total, self.left, self.clumping, self.doubt)
        share, money = sold / total, paid * rate + self.fixed_money - self.room_cost * total
        counts = np.zeros_like(rate)
        counts[: self.counted] = 1.0
        # A room more takes its part of the rooms left from the others, and costs what an occupied one does.
        shared = _running(counts * (money * (sold_slope - share) / total - self.room_cost * share))
        direct = _running(counts * rate * share)
        slope = np.zeros((len(rate) + 1, rate.shape[1]))
        for (nights, _, pays, _, per_usual), (booked, booking, ratio) in zip(self._stays, each, strict=True):
            worth = (shared[nights:] - shared[:-nights]) + pays * (direct[nights:] - direct[:-nights])
            pull = -worth * booked * (1.0 - booking) * self.steepness / ratio * per_usual
            slope[: len(pull)] += pull
            slope[nights:][: len(pull)] -= pull
        return float((money * share * counts).sum()), counts * paid * rate * share + np.cumsum(slope[:-1], axis=0) * rate

    def gains(self, start: Floats, end: Floats) -> Floats:
        """Return what each move from one table of log ratios to another adds to the contribution of the counted nights.

        Moves share what they bring together: the slope is followed along the straight way (Aumann and Shapley's shares, by
        Boole's rule), so that the shares add up to the whole.
        """
        found, way = np.zeros_like(start), end - start
        for share, weight in BOOLE:
            found += weight * self._value_and_slope(start + share * way)[1] * way
        return found

    def best_alone(self) -> Floats:
        """Return the best log ratio of each night if the nights around it moved along."""
        best, found = np.full(self.usual.shape, -np.inf), np.zeros(self.usual.shape)
        for log_ratio in GRID:
            same = np.full(self.usual.shape, log_ratio)
            earned = self.contribution(same) - TIE * self.usual * log_ratio**2
            found, best = np.where(earned > best, log_ratio, found), np.maximum(best, earned)
        return found

    def best(self, start: Floats | None = None) -> Floats:
        """Return the log ratios that earn most on the counted nights (gradient ascent with Adam's steps)."""
        position = self.best_alone() if start is None else start
        best_value, best = -math.inf, position
        momentum, energy = np.zeros_like(position), np.zeros_like(position)
        for step in range(CLIMB_STEPS):
            value, slope = self._value_and_slope(position)
            if value > best_value:
                best_value, best = value, position
            momentum, energy = 0.85 * momentum + 0.15 * slope, 0.99 * energy + 0.01 * slope**2
            corrected = momentum / (1 - 0.85 ** (step + 1)) / (np.sqrt(energy / (1 - 0.99 ** (step + 1))) + 1e-9)
            position = np.clip(position + CLIMB_SIZE * (1 - step / CLIMB_STEPS) * corrected, LOWEST, HIGHEST)
        return best


def sold_of(wanted: Floats, left: Floats, clumping: Floats, doubt: float) -> tuple[Floats, Floats]:
    """Return E[min(X, left)] for X normal around ``wanted``, and its derivative by ``wanted``."""
    spread = np.sqrt(clumping * wanted + (doubt * wanted) ** 2)
    z = (wanted - left) / spread
    density, below = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi), normal_below(z)
    sold = wanted - spread * (density + z * below)
    slope = 1 - below - density * (clumping + 2 * doubt**2 * wanted) / (2 * spread)
    inside = (sold > 0) & (left > 0)
    return np.where(inside, np.minimum(sold, np.minimum(wanted, left)), 0.0), np.where(inside, slope, 0.0)


def normal_below(z: Floats) -> Floats:
    """Return the standard normal distribution function (Abramowitz and Stegun 26.2.17, error below 8e-8)."""
    t = 1 / (1 + 0.2316419 * np.abs(z))
    polynomial = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    tail = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) * polynomial
    return np.asarray(np.where(z > 0, 1 - tail, tail))


def _running(table: Floats) -> Floats:
    """Return running sums over nights with a leading zero row, so that a stay's sum is one difference."""
    return np.vstack([np.zeros((1, table.shape[1])), np.cumsum(table, axis=0)])
