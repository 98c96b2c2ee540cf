"""A synthetic hotel: simulate one, then ask for its truth or write what its PMS would export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hotelml_app.simulator.assembly import assemble
from hotelml_app.simulator.bookings import Bookings, State, changed_between, state_at
from hotelml_app.simulator.calendar import NamedEvent
from hotelml_app.simulator.changes import draw_changes
from hotelml_app.simulator.desk import FrontDesk, OutOfOrder, Standing
from hotelml_app.simulator.errors import SimulationError
from hotelml_app.simulator.losses import MAX_LEAD
from hotelml_app.simulator.market import MAX_STAY, Market, make_market
from hotelml_app.simulator.plan import HotelPlan
from hotelml_app.simulator.policies import Policy, Selling, as_policy
from hotelml_app.simulator.presets import preset as preset_named
from hotelml_app.simulator.requests import Requests, draw_requests
from hotelml_app.simulator.reviews import SyntheticReview, write_reviews
from hotelml_app.simulator.streams import Streams
from hotelml_app.simulator.truth import Truth

DEFAULT_DAYS = 913
MAX_DAYS = 3660
BEYOND = MAX_LEAD + MAX_STAY + 4
"""Nights after the last business day that may already be on its books."""


@dataclass(frozen=True, repr=False)
class SyntheticHotel:
    """A hotel that opened on ``start`` and has lived through ``days`` business days, with everything that is true of it.

    ``standing`` says per request what became of it (desk.Standing), ``rooms`` are the room numbers by position.
    """

    seed: int
    property_name: str
    start: date
    days: int
    policy: Policy
    market: Market
    streams: Streams
    requests: Requests
    standing: NDArray[np.int64]
    bookings: Bookings
    rooms: tuple[str, ...]
    room_type_of_room: tuple[int, ...]
    out_of_order: tuple[OutOfOrder, ...]

    def __repr__(self) -> str:
        size = f"{self.plan.rooms} rooms, {self.days} days"
        return f"SyntheticHotel({self.property_name!r}, {self.plan.preset}, seed {self.seed}, {size})"

    @property
    def plan(self) -> HotelPlan:
        """The plan the hotel was made from."""
        return self.market.plan

    @property
    def last_day(self) -> date:
        """The last business date that was lived through."""
        return self.start + timedelta(days=self.days - 1)

    @property
    def events(self) -> tuple[NamedEvent, ...]:
        """The named events of all covered nights."""
        return self.market.calendar.events

    @property
    def selling(self) -> Selling:
        """What a policy sees before the hotel has sold anything."""
        return Selling(self.market, self.streams, -MAX_LEAD, np.zeros_like(self.market.reference))

    @cached_property
    def truth(self) -> Truth:
        """Everything that is true of the hotel."""
        return Truth(self.market, self.bookings, self.requests, self.standing, self.selling, self.days, self.policy)

    @cached_property
    def reviews(self) -> tuple[SyntheticReview, ...]:
        """The reviews of all who stayed and wrote one, in order of their date; made on first use."""
        return write_reviews(self.plan, self.bookings, self.start, self.days, self.streams)

    def number(self, day: date) -> int:
        """Return the day counted from the opening. Raises SimulationError for a day that was not simulated."""
        number = (day - self.start).days
        if not -MAX_LEAD <= number < self.days:
            raise SimulationError(
                f"{day} lies outside the simulated days of {self.property_name}.",
                remedy=f"Choose a day from {self.start} to {self.last_day}.",
            )
        return number

    def date_of(self, number: int) -> date:
        """Return the date of a day counted from the opening."""
        return self.start + timedelta(days=int(number))

    def state(self, day: date, changed_since: date | None = None) -> State:
        """Return the bookings as known at the end of ``day``; with ``changed_since`` only what differs from that day."""
        if changed_since is None:
            return state_at(self.bookings, self.number(day))
        return changed_between(self.bookings, self.number(changed_since), self.number(day))


def simulate(
    seed: int = 1,
    property_name: str = "Hotel Mirasol",
    start: date = date(2023, 1, 2),
    days: int = DEFAULT_DAYS,
    rooms: int | None = None,
    policy: Policy | Callable[[date, str], float] | str | None = None,
    preset: str = "city",
    plan: HotelPlan | None = None,
) -> SyntheticHotel:
    """Simulate a hotel from its opening on ``start`` through ``days`` business days; the same arguments give the same hotel.

    ``plan`` replaces ``preset``; ``rooms`` resizes either. ``policy`` is a Policy, its name ("static", "tariff", "house",
    "yield", "randomised"), a function of (stay date, room type code), or None for what the house does.
    """
    if not 1 <= days <= MAX_DAYS:
        raise SimulationError(f"{days} days cannot be simulated.", remedy=f"Ask for 1 to {MAX_DAYS} days.")
    chosen = plan or preset_named(preset)
    chosen = chosen if rooms is None else chosen.resized(rooms)
    streams, pricing = Streams(seed), as_policy(policy)
    market = make_market(chosen, start, days + BEYOND, streams)
    requests = draw_requests(market, streams, days - 1)
    changes = draw_changes(market, requests, streams)
    desk = FrontDesk(market, requests, changes, pricing, streams, days)
    ledger = desk.run()
    return SyntheticHotel(
        seed=seed,
        property_name=property_name,
        start=start,
        days=days,
        policy=pricing,
        market=market,
        streams=streams,
        requests=requests,
        standing=np.array(ledger.standing, dtype=np.int64),
        bookings=assemble(market, requests, changes, ledger, desk.rack, streams),
        rooms=tuple(desk.rack.numbers),
        room_type_of_room=tuple(desk.rack.type_of),
        out_of_order=tuple(ledger.out_of_order),
    )


__all__ = ["Standing", "SyntheticHotel", "simulate"]
