"""The true demand curve, the expected revenue of any pricing policy, and the oracle that knows both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hotelml_app.simulator.errors import SimulationError
from hotelml_app.simulator.market import Market
from hotelml_app.simulator.policies import Policy, Selling, StaticPolicy, TablePolicy, as_policy, checked_rates
from hotelml_app.simulator.revenue import RevenueModel

Floats = NDArray[np.float64]
AnyPolicy = Policy | Callable[[date, str], float] | str

STATIC_STEPS = np.linspace(0.7, 1.6, 37)


@dataclass(frozen=True)
class PricingTruth:
    """Answers about rates. ``survivors`` gives the rooms on the books at the end of a day that are expected to come."""

    market: Market
    selling: Selling
    days: int
    survivors: Callable[[int], Floats]
    _oracles: dict[tuple[int, int, int | None], Floats] = field(default_factory=dict)
    _flows: dict[tuple[int, int | None, bool], tuple[Floats, ...]] = field(default_factory=dict)
    _survivors: dict[int, Floats] = field(default_factory=dict)

    def _night(self, night: date) -> int:
        number = (night - self.market.calendar.opening).days
        if not 0 <= number < self.market.nights:
            raise SimulationError(f"Nothing is known about the night of {night}.", remedy="Choose a night after the opening.")
        return number

    def _type(self, code: str) -> int:
        codes = [room_type.code for room_type in self.market.plan.room_types]
        if code not in codes:
            raise SimulationError(f"There is no room type '{code}'.", remedy=f"Room types: {', '.join(codes)}.")
        return codes.index(code)

    def model(self, first: int, end: int, as_of: int | None, *, gross: bool = False) -> RevenueModel:
        """Return the revenue model of nights ``first`` up to ``end``, with the rooms left at the end of ``as_of``."""
        model = RevenueModel(self.market, first, end, as_of, gross=gross)
        if as_of is None:
            return model
        if as_of not in self._survivors:
            self._survivors[as_of] = self.survivors(as_of)
        rooms = np.array([room_type.rooms for room_type in self.market.plan.room_types], dtype=float)
        left = np.maximum(rooms - self._survivors[as_of][model.low : model.high], 0.0)
        return RevenueModel(self.market, first, end, as_of, left, gross)

    def _as_of(self, as_of: date | None) -> int | None:
        return None if as_of is None else (as_of - self.market.calendar.opening).days

    def demand(self, stay_date: date, room_type: str, rate: float, *, as_of: date | None = None, net: bool = False) -> float:
        """Return the rooms wanted for a night at a rate, the nights around it priced in the same relation to normal.

        Capacity plays no part. ``net`` leaves out what will be cancelled or not show up; ``as_of`` counts only what is
        booked after that day. Raises SimulationError for an unknown night or type or a rate that is not positive.
        """
        if not rate > 0:
            raise SimulationError(f"{rate} is not a rate.", remedy="Give a positive amount.")
        night, kind, day = self._night(stay_date), self._type(room_type), self._as_of(as_of)
        key = (night, day, not net)
        if key not in self._flows:
            model = RevenueModel(self.market, night, night + 1, day, gross=not net)
            at_reference = model.flow(np.ones_like(model.reference))
            self._flows[key] = tuple(rooms[model.target][0] for rooms in at_reference.by_segment)
        ratio = np.array(rate / self.market.reference[night, kind])
        wanted = zip(self._flows[key], self.market.segments, strict=True)
        return float(sum(rooms[kind] * part.accepts(ratio) for rooms, part in wanted))

    def expected_rooms(self, stay_date: date, room_type: str, rate: float, *, as_of: date | None = None) -> float:
        """Return the rooms expected to be sold (after losses, at most those left) at a rate like ``demand``."""
        night, kind, day = self._night(stay_date), self._type(room_type), self._as_of(as_of)
        model = self.model(night, night + 1, day)
        rooms, _ = model.nightly(np.full_like(model.reference, rate / self.market.reference[night, kind]))
        return float(rooms[0, kind])

    def rates_of(self, policy: AnyPolicy) -> Floats:
        """Return a policy's table of rates. Raises SimulationError for one that reacts to the books."""
        chosen = as_policy(policy)
        if chosen.reacts:
            raise SimulationError(
                f"The policy '{chosen.name}' changes its rates as bookings come in; its revenue cannot be computed ahead.",
                remedy="Simulate the hotel with it and add up truth.revenue.",
            )
        return checked_rates(chosen, self.selling)

    def _window(self, dates: Iterable[date]) -> tuple[int, int, NDArray[np.intp]]:
        numbers = sorted({self._night(night) for night in dates})
        if not numbers:
            raise SimulationError("No nights were named.", remedy="Name at least one stay date.")
        return numbers[0], numbers[-1] + 1, np.array(numbers) - numbers[0]

    def expected_revenue(self, policy: AnyPolicy, dates: Iterable[date], *, as_of: date | None = None) -> float:
        """Return the expected room revenue of some nights under a policy ("oracle" works too).

        With ``as_of``: of what is booked after that day alone, into the rooms that are then left.
        """
        return float(self._nightly(policy, dates, as_of)[1].sum())

    def expected_contribution(
        self, policy: AnyPolicy, dates: Iterable[date], *, room_cost: float, as_of: date | None = None
    ) -> float:
        """Return the expected room revenue of some nights less ``room_cost`` per occupied room; ``as_of`` as above."""
        rooms, money = self._nightly(policy, dates, as_of)
        return float((money - room_cost * rooms).sum())

    def _nightly(self, policy: AnyPolicy, dates: Iterable[date], as_of: date | None) -> tuple[Floats, Floats]:
        """Return expected rooms and revenue of some nights per room type."""
        nights = list(dates)
        chosen = self.oracle_policy(nights, as_of=as_of) if policy == "oracle" else policy
        first, end, rows = self._window(nights)
        model = self.model(first, end, self._as_of(as_of))
        ratio = self.rates_of(chosen)[model.low : model.high] / model.reference
        rooms, money = model.nightly(ratio)
        return rooms[rows], money[rows]

    def oracle_policy(self, dates: Iterable[date], *, as_of: date | None = None) -> TablePolicy:
        """Return the rates that earn most over the nights from the first to the last of ``dates``."""
        first, end, _ = self._window(dates)
        key = (first, end, self._as_of(as_of))
        if key not in self._oracles:
            model = self.model(*key)
            table = self.market.tariff.copy()
            table[model.low : model.high] = model.best() * model.reference
            self._oracles[key] = table
        return TablePolicy(self._oracles[key], name="oracle")

    def oracle_rate(self, stay_date: date, room_type: str, *, as_of: date | None = None) -> float:
        """Return the rate of a night in the best table for all simulated nights (``as_of``: for those after that day)."""
        night, kind, day = self._night(stay_date), self._type(room_type), self._as_of(as_of)
        opening = self.market.calendar.opening
        first = 0 if day is None else max(day + 1, 0)
        last = max(night, self.days - 1 if day is None else min(self.market.nights - 1, first + 364))
        nights = [opening + timedelta(days=first), opening + timedelta(days=last)]
        return float(self.oracle_policy(nights, as_of=as_of).table[night, kind])

    def best_static(self, dates: Iterable[date], *, as_of: date | None = None) -> StaticPolicy:
        """Return the best single rate per room type (all types moved together) for some nights."""
        nights = list(dates)
        earned = [self.expected_revenue(StaticPolicy(float(f)), nights, as_of=as_of) for f in STATIC_STEPS]
        return StaticPolicy(float(STATIC_STEPS[int(np.argmax(earned))]), name="best static")

    def regret(self, policy: AnyPolicy, dates: Iterable[date], *, as_of: date | None = None) -> float:
        """Return the share of the oracle's expected revenue that a policy misses."""
        nights = list(dates)
        return 1 - self.expected_revenue(policy, nights, as_of=as_of) / self.expected_revenue("oracle", nights, as_of=as_of)
