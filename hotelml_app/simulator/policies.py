"""Ways of setting the public rate: one rate all year, the printed tariff, what the house does, yield steps, random, given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hotelml_app.simulator.errors import SimulationError
from hotelml_app.simulator.market import Market
from hotelml_app.simulator.streams import Streams

Floats = NDArray[np.float64]

MIN_RATE = 1.0


@dataclass(frozen=True)
class Selling:
    """What a policy may look at when it sets rates on business day ``day`` (counted from the opening, may be negative).

    ``on_books`` holds rooms on the books per night and room type at the start of the day, shape [nights, types].
    """

    market: Market
    streams: Streams
    day: int
    on_books: Floats

    @property
    def rooms(self) -> Floats:
        """Rooms per type."""
        return np.array([room_type.rooms for room_type in self.market.plan.room_types], dtype=float)


class Policy(Protocol):
    """Sets public rates. ``reacts`` is True where the answer depends on the day or the books; then it is asked daily."""

    @property
    def name(self) -> str:
        """How the policy is called in records."""

    @property
    def reacts(self) -> bool:
        """True where rates change as bookings come in."""

    def rates(self, selling: Selling) -> Floats:
        """Return the rate of every night and room type, shape [nights, types], in the property's currency."""


@dataclass(frozen=True)
class StaticPolicy:
    """One rate per room type all year: its base rate times ``factor``."""

    factor: float = 1.0
    name: str = "static"
    reacts: bool = False

    def rates(self, selling: Selling) -> Floats:
        """Return the base rates on every night."""
        return np.tile(selling.market.base_rates * self.factor, (selling.market.nights, 1))


@dataclass(frozen=True)
class TariffPolicy:
    """The printed tariff: a step per season, nothing else."""

    name: str = "tariff"
    reacts: bool = False

    def rates(self, selling: Selling) -> Floats:
        """Return the tariff."""
        return selling.market.tariff


@dataclass(frozen=True)
class HousePolicy:
    """What the hotel really does: tariff, a step per weekday, and promotions and mark-ups that have no pattern."""

    spread: float = 0.12
    name: str = "house"
    reacts: bool = False

    def rates(self, selling: Selling) -> Floats:
        """Return the tariff moved by weekday and by chance, in whole units of the currency."""
        market, opening = selling.market, selling.market.calendar.opening
        week = np.array(market.plan.price_weekday)[(np.arange(market.nights) + opening.weekday()) % 7]
        draw = selling.streams.of("house rates")
        moves = np.exp(draw.normal(0, self.spread, (market.nights, 1)))
        own = np.exp(selling.streams.of("house rates by type").normal(0, self.spread / 4, market.tariff.shape))
        return np.maximum(np.round(market.tariff * week[:, None] * moves * own), MIN_RATE)


@dataclass(frozen=True)
class YieldPolicy:
    """Steps by how full a night already is: dear when full, cheap when empty and near. Confounds rate with demand."""

    name: str = "yield"
    reacts: bool = True

    def rates(self, selling: Selling) -> Floats:
        """Return the tariff times the step of each night's occupancy, and a last-minute step."""
        full = selling.on_books.sum(axis=1, keepdims=True) / selling.rooms.sum()
        step = np.array([0.92, 1.0, 1.1, 1.22, 1.38])[np.searchsorted([0.3, 0.55, 0.75, 0.9], full, side="right")]
        ahead = (np.arange(selling.market.nights) - selling.day)[:, None]
        late = np.where((ahead <= 3) & (full < 0.6), 0.88, 1.0)
        return np.maximum(np.round(selling.market.tariff * step * late), MIN_RATE)


@dataclass(frozen=True)
class RandomisedPolicy:
    """An experiment: the reference rate times an independent random factor per night and room type."""

    spread: float = 0.25
    name: str = "randomised"
    reacts: bool = False

    def rates(self, selling: Selling) -> Floats:
        """Return reference rates with log-normal noise."""
        noise = selling.streams.of("randomised rates").normal(0, self.spread, selling.market.reference.shape)
        return np.asarray(selling.market.reference * np.exp(noise))


@dataclass(frozen=True)
class TablePolicy:
    """Rates given as a table [nights, types] counted from the opening; NaN means the tariff."""

    table: Floats
    name: str = "table"
    reacts: bool = False

    def rates(self, selling: Selling) -> Floats:
        """Return the table, the tariff where it says nothing or ends."""
        rates = selling.market.tariff.copy()
        known = np.asarray(self.table, dtype=float)[: len(rates)]
        if known.ndim != 2 or known.shape[1] != rates.shape[1]:
            raise SimulationError("The table of rates does not have one column per room type.", remedy="Give [nights, types].")
        rates[: len(known)] = np.where(np.isnan(known), rates[: len(known)], known)
        return rates


@dataclass(frozen=True)
class DatedPolicy:
    """Rates as they were set over time: each policy holds from its business day (counted from the opening) on.

    A hotel that is simulated for longer has lived the same past, so rates can be set week by week: simulate up to a day,
    export, ask for advice, add it from the next day on, simulate again.
    """

    steps: tuple[tuple[int, Policy], ...]
    before: Policy = HousePolicy()
    name: str = "dated"
    reacts: bool = True

    def rates(self, selling: Selling) -> Floats:
        """Return the rates of the latest policy that holds on the day."""
        holding = self.before
        for from_day, policy in sorted(self.steps, key=lambda step: step[0]):
            holding = policy if from_day <= selling.day else holding
        return holding.rates(selling)


@dataclass(frozen=True)
class FunctionPolicy:
    """Rates from a function of stay date and room type code."""

    rate: Callable[[date, str], float]
    name: str = "given"
    reacts: bool = False

    def rates(self, selling: Selling) -> Floats:
        """Ask the function for every night and room type."""
        opening, types = selling.market.calendar.opening, selling.market.plan.room_types
        nights = [opening + timedelta(days=number) for number in range(selling.market.nights)]
        return np.array([[self.rate(night, room_type.code) for room_type in types] for night in nights], dtype=float)


def rate_card(opening: date, room_types: tuple[str, ...], rates: Mapping[tuple[date, str], float]) -> TablePolicy:
    """Return a policy from rates by (stay date, room type); what is not named is sold at the tariff."""
    last = max((night for night, _ in rates), default=opening)
    table = np.full(((last - opening).days + 1, len(room_types)), np.nan)
    for (night, code), rate in rates.items():
        if code not in room_types or night < opening:
            raise SimulationError(f"There is no room type '{code}' on {night}.", remedy=f"Types: {', '.join(room_types)}.")
        table[(night - opening).days, room_types.index(code)] = rate
    return TablePolicy(table, name="rate card")


NAMED = {policy.name: policy for policy in (StaticPolicy(), TariffPolicy(), HousePolicy(), YieldPolicy(), RandomisedPolicy())}


def as_policy(policy: Policy | Callable[[date, str], float] | str | None) -> Policy:
    """Return a policy from a policy, its name, a function of (stay date, room type), or None for what the house does."""
    if policy is None:
        return HousePolicy()
    if isinstance(policy, str):
        if policy not in NAMED:
            raise SimulationError(f"There is no pricing policy '{policy}'.", remedy=f"Choose one of: {', '.join(NAMED)}.")
        return NAMED[policy]
    return FunctionPolicy(policy) if callable(policy) else policy


def checked_rates(policy: Policy, selling: Selling) -> Floats:
    """Return the policy's rates, or raise SimulationError where they cannot be charged."""
    rates = np.asarray(policy.rates(selling), dtype=float)
    if rates.shape != selling.market.reference.shape or not np.isfinite(rates).all() or rates.min() <= 0:
        raise SimulationError(
            f"The policy '{policy.name}' gave rates that cannot be charged.",
            remedy="Give one positive number per night and room type.",
        )
    return rates
