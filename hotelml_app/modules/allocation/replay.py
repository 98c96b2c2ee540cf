"""Past days lived through again, once per way of giving rooms: who would have been refused, who moved.

Every way lives in a house of its own: guests stay in the rooms it gave them, and what it suggested yesterday is what has
been told today. All see the same bookings, each day as it was known then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_of
from hotelml_app.ml.property.history import History
from hotelml_app.modules.allocation.desk import Desk, DeskBuilder, TypePoints
from hotelml_app.modules.allocation.house.inventory import Inventory
from hotelml_app.modules.allocation.house.stays import Stay, arriving, in_house
from hotelml_app.modules.allocation.house.wishes import Wishes
from hotelml_app.modules.allocation.plans.greedy import best_fit, first_fit
from hotelml_app.modules.allocation.plans.problem import NO_ROOM, Plan, Problem

Way = Callable[[Problem], Plan]
"""Answers a problem with a plan."""

PLAIN_WAYS: Mapping[str, tuple[Way, bool]] = {
    "first fit": (first_fit, False),
    "best fit": (best_fit, False),
    "first fit, rooms told kept": (first_fit, True),
    "best fit, rooms told kept": (best_fit, True),
}
"""The plain rules; those that do not keep what was told give everybody a room anew each day."""


@dataclass
class Tally:
    """What came of a way: counts over all days."""

    arrivals: int = 0
    refused: int = 0
    moves: int = 0
    upgrades: int = 0
    stretches: int = 0
    points: float = 0.0


@dataclass
class House:
    """One way's house: ``rooms`` of who is in it, ``told`` what arrivals have been suggested, ``away`` whom it refused."""

    way: Way
    keeps: bool
    tally: Tally = field(default_factory=Tally)
    rooms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)


class Replay:
    """Runs all houses through the same days. ``points_on`` returns the points of types as of a day."""

    def __init__(self, rooms: Inventory, horizon: int, points_on: Callable[[History, list[Stay]], TypePoints]) -> None:
        self._rooms, self._horizon, self._points_on = rooms, horizon, points_on

    def live(self, history: History, day: int, houses: Mapping[str, House], wishes: Wishes) -> None:
        """Live through one day in every house, in order of days; ``wishes`` are what staff said that day."""
        known = history.as_of(day_of(day))
        arrivals, staying = arriving(known, day, day + self._horizon), in_house(known, day)
        points = self._points_on(known, arrivals)
        came = _came(known, day)
        for house in houses.values():
            _check_in(house, came)
            self._plan(house, day, arrivals, staying, replace(wishes, previous=house.told), points)

    def _plan(
        self, house: House, day: int, arrivals: list[Stay], staying: list[Stay], wishes: Wishes, points: TypePoints
    ) -> None:
        here = [
            replace(stay, room=", ".join(house.rooms.get(stay.reservation_id, ())))
            for stay in staying
            if stay.reservation_id not in house.away
        ]
        coming = [replace(stay, room="") for stay in arrivals]
        desk = DeskBuilder(self._rooms, wishes, day + 1, self._horizon, points).build(coming, here)
        problem = desk.problem if house.keeps else replace(desk.problem, current=np.full(len(desk.problem), NO_ROOM))
        plan = house.way(problem)
        _note(house, desk, plan)


def _came(history: History, day: int) -> list[str]:
    """Return the reservations whose guests arrived on ``day``."""
    rows = history.alive_at(day_of(day)) & (history.arrival == day)
    rows &= np.isin(history.status, (BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT))
    return [str(name) for name in history.reservation_ids[history.booking[rows]]]


def _check_in(house: House, came: list[str]) -> None:
    """Give arrived guests the rooms they were told; who was told that there is none has been refused."""
    for name in came:
        if name not in house.told:
            continue
        house.tally.arrivals += 1
        rooms = house.told.pop(name)
        if rooms:
            house.rooms[name] = rooms
        else:
            house.tally.refused += 1
            house.away.add(name)


def _note(house: House, desk: Desk, plan: Plan) -> None:
    """Remember what was suggested, and count what changed since yesterday."""
    told: dict[str, list[str]] = {}
    tally = house.tally
    for need, room in [*zip(desk.needs, plan.tolist(), strict=True), *desk.locked]:
        name = need.stay.reservation_id
        number = desk.rooms[room].number if room != NO_ROOM else ""
        if need.guest:
            _note_guest(house, name, number, moved=need.told not in (NO_ROOM, room))
            continue
        told.setdefault(name, []).extend([number] if number else [])
        tally.moves += need.told not in (NO_ROOM, room) and room != NO_ROOM
        tally.upgrades += room != NO_ROOM and desk.rooms[room].room_type in desk.house.better_than(need.stay.room_type)
    house.told = {name: tuple(numbers) for name, numbers in told.items()}
    tally.stretches += desk.problem.free_stretches(plan)
    tally.points += desk.problem.cost(plan)


def _note_guest(house: House, name: str, number: str, moved: bool) -> None:
    if number:
        house.rooms[name] = (number,)
        house.tally.moves += moved
    else:
        house.tally.refused += 1
        house.away.add(name)
