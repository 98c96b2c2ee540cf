"""Simulated hotels under stress, day by day: more bookings than rooms, rooms out of order, rooms locked by staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from synthetic_property import history_until, hotel

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.property.history import History
from hotelml_app.modules.allocation.house.inventory import Inventory, Room, ladder
from hotelml_app.modules.allocation.house.stays import Stay, arriving
from hotelml_app.modules.allocation.house.wishes import ClosedRoom, Wishes
from hotelml_app.modules.allocation.plans.exact import Solved, solve
from hotelml_app.modules.allocation.plans.problem import Plan, Problem
from hotelml_app.modules.allocation.predicting import time_limit, type_points
from hotelml_app.modules.allocation.replay import PLAIN_WAYS, House, Replay, Tally

OURS = "exact"
HORIZON = 14


@dataclass(frozen=True)
class Stress:
    """How hard it gets: ``occupancy`` is that of the whole stretch of days, were nobody refused."""

    occupancy: float
    out_of_order: float = 0.03
    locked: float = 0.05


def lived_through(seed: int, preset: str, rooms: int, stress: Stress, days: int = 14) -> tuple[dict[str, Tally], list[Solved]]:
    """Return what came of every way of giving rooms over the same days, and how the exact ones were solved."""
    synthetic = hotel(seed=seed, days=480, rooms=rooms, preset=preset)
    first = _busiest(
        history_until(synthetic, synthetic.last_day), synthetic.start + timedelta(days=300), synthetic.last_day, days
    )
    # As exported at the end, so that extensions and early departures are known on their day.
    history = history_until(synthetic, synthetic.last_day)
    house = _squeezed(
        history, first, days, synthetic.rooms, [synthetic.plan.room_types[k].code for k in synthetic.room_type_of_room], stress
    )
    random = np.random.default_rng(seed)
    closed = _closures(house, first, days, stress, random)
    solved: list[Solved] = []

    def exactly(problem: Problem) -> Plan:
        solved.append(solve(problem, time_limit(len(house.rooms))))
        return solved[-1].plan

    houses = {name: House(way, keeps) for name, (way, keeps) in PLAIN_WAYS.items()}
    houses[OURS] = House(exactly, keeps=True)
    replay = Replay(house, HORIZON, lambda known, stays: lambda stay: type_points(house, stay, {}))
    locks: dict[str, tuple[str, ...]] = {}
    for day in range(first, first + days):
        known = history.as_of(day_of(day))
        _lock(locks, arriving(known, day, day + HORIZON), house, stress, random)
        replay.live(history, day, houses, Wishes(locks=locks, closed=tuple(one for one in closed if one.first >= day)))
    return {name: one.tally for name, one in houses.items()}, solved


def _busiest(history: History, first: date, last: date, days: int) -> int:
    """Return the day from which the coming weeks had the most arrivals."""
    starts = range(day_number(first), day_number(last) - days - HORIZON, 7)
    return max(starts, key=lambda day: int(((history.arrival > day) & (history.arrival <= day + days)).sum()))


def _squeezed(history: History, first: int, days: int, numbers: tuple[str, ...], types: list[str], stress: Stress) -> Inventory:
    """Return the house with so few rooms of each type that those who came would take ``occupancy`` of them."""
    last = history.alive_at(history.business_date) & np.isin(history.status, (BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT))
    slept = history.take(last)
    booked = slept.categories["room_type"].words()
    nights = np.clip(slept.departure, first + 1, first + days + 1) - np.clip(slept.arrival, first + 1, first + days + 1)
    kept: list[Room] = []
    for kind in dict.fromkeys(types):
        own = [number for number, of in zip(numbers, types, strict=True) if of == kind]
        wanted = max(round(float(nights[booked == kind].sum()) / days / stress.occupancy), 1)
        kept += [Room(number, kind) for number in own[:wanted]]
        kept += [Room(f"{kind}{number}", kind) for number in range(len(own), wanted)]
    return Inventory(tuple(kept), ladder(history.as_of(day_of(first))))


def _closures(house: Inventory, first: int, days: int, stress: Stress, random: np.random.Generator) -> list[ClosedRoom]:
    found = []
    for room in house.rooms:
        for _ in range(int(random.poisson(stress.out_of_order * (days + HORIZON) / 3))):
            start = first + 1 + int(random.integers(0, days + HORIZON))
            found.append(ClosedRoom(room.number, start, start + int(random.integers(1, 6))))
    return found


def _lock(
    locks: dict[str, tuple[str, ...]], arrivals: list[Stay], house: Inventory, stress: Stress, random: np.random.Generator
) -> None:
    for stay in arrivals:
        own = [room.number for room in house.rooms if room.room_type == stay.room_type]
        draw = random.random()
        if stay.reservation_id not in locks and own and draw < stress.locked / HORIZON:
            locks[stay.reservation_id] = (str(random.choice(own)),)


def table(tallies: Mapping[str, Tally]) -> str:
    """Return the tallies as lines of text."""
    return "\n".join(f"{name:28s} {tally}" for name, tally in tallies.items())
