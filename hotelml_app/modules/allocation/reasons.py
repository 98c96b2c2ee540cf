"""Why each booking gets the room it gets, in words that need no solver to understand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.modules.allocation.desk import Desk, Need
from hotelml_app.modules.allocation.house.stays import Stay
from hotelml_app.modules.allocation.plans.costs import WISH
from hotelml_app.modules.allocation.plans.problem import NO_ROOM, Plan
from hotelml_app.modules.allocation.room_types.upgrades import Chance


class Move(StrEnum):
    """What a plan does with a booking."""

    AS_BOOKED = "as booked"
    UPGRADE = "upgrade"
    MOVED = "moved"
    WAITING = "waiting"
    REFUSED = "refused"


class Reasons:
    """Reads a plan. ``first_night`` is the day number of its first night; ``chances`` what was learned per reservation."""

    def __init__(self, desk: Desk, plan: Plan, first_night: int, chances: Mapping[str, Chance]) -> None:
        self._desk, self._plan, self._first_night, self._chances = desk, plan, first_night, chances
        self._taken = desk.problem.taken(plan)
        self._offered = frozenset().union(*(one.features for one in desk.house.rooms))
        self._of_type: dict[str, list[int]] = {}
        for index, room in enumerate(desk.house.rooms):
            self._of_type.setdefault(room.room_type, []).append(index)

    def kept(self, need: Need, room: int) -> str:
        """Return why a need gets a room that staff locked for it."""
        kind, booked = self._desk.rooms[room].room_type, need.stay.room_type
        return "Locked by staff." if kind == booked or not booked else f"Locked by staff: {kind} instead of {booked}."

    def given(self, index: int) -> list[str]:
        """Return why a need gets its room: its type, the room it was told before, wishes."""
        need, room = self._desk.needs[index], int(self._plan[index])
        if self._desk.waiting(room):
            return [self._waits(need, self._desk.rooms[room].room_type)]
        said = []
        if need.told == room and need.promised:
            said.append("Already assigned in the PMS.")
            if self._desk.rooms[room].room_type == need.stay.room_type:
                return [*said, *self._wishes(index)]
        elif need.told not in (NO_ROOM, room):
            said.append(self._moved(index))
        if not need.guest:
            said += [*self._of_the_type(index), *self._wishes(index)]
        return said

    def out_of(self, index: int) -> str:
        """Return why a guest in the house cannot stay in his room, and that there is no other one."""
        problem, need = self._desk.problem, self._desk.needs[index]
        nights = slice(int(problem.first[index]), int(problem.end[index]))
        return f"Cannot stay: {self._why_closed(need.told, nights)} No other room is free for him."

    def refused(self, stay: Stay, missing: int) -> str:
        """Return why there is no room, and what there would be instead."""
        house = self._desk.house
        what = "No room" if missing == stay.rooms else f"{missing} of {stay.rooms} rooms missing"
        if not house.rooms:
            return f"{what}: which rooms the house has is not known yet."
        text = f"{what}: {self._full(stay)}" if stay.room_type else f"{what}: every room is taken."
        if stay.room_type and stay.room_type not in house.ladder:
            return f"{text} Which types are better is not known, because no {stay.room_type} shows a rate."
        text = f"{text} Nothing better is free either."
        for kind in house.simpler_than(stay.room_type):
            free = self._free(kind, stay)
            if free:
                return f"{text} Only {house.rooms[free[0]].number} of the simpler type {kind} would be."
        return f"{text} No simpler room is free; think of another house."

    def kind_of(self, stay: Stay, rooms: list[int], told: list[int]) -> Move:
        """Return what a plan does with a booking, given its rooms and those it was told before."""
        if len(rooms) < stay.rooms:
            return Move.REFUSED
        if any(self._desk.waiting(room) for room in rooms):
            return Move.WAITING
        if any(room not in rooms for room in told):
            return Move.MOVED
        better = self._desk.house.better_than(stay.room_type)
        return Move.UPGRADE if any(self._desk.rooms[room].room_type in better for room in rooms) else Move.AS_BOOKED

    def _of_the_type(self, index: int) -> list[str]:
        need = self._desk.needs[index]
        kind, booked = self._desk.rooms[int(self._plan[index])].room_type, need.stay.room_type
        if not booked:
            return [f"The booking names no type; {kind} is free." if kind else "As booked."]
        if kind == booked:
            return ["As booked."]
        if need.told != NO_ROOM and self._desk.rooms[need.told].room_type == kind and need.promised:
            return [f"The PMS has given a {kind} instead of {booked}."]
        word = "Upgrade to" if kind in self._desk.house.better_than(booked) else "Instead of"
        if word == "Instead of":
            return [f"{kind} instead of {booked}, as assigned in the PMS."]
        return [f"Upgrade to {kind}: {self._why_upgraded(index, kind)}"]

    def _why_upgraded(self, index: int, kind: str) -> str:
        stay = self._desk.needs[index].stay
        chance = self._chances.get(stay.reservation_id)
        chances = chance.types if chance is not None else {}
        usual = chances.get(kind, 0.0)
        often = f"about {round(10 * usual)} in 10 guests with such a booking were given one here."
        if usual >= 0.5 and usual > chances.get(stay.room_type, 0.0):
            return often
        if self._free(stay.room_type, stay):
            return self._unforced(index)
        full = self._full(stay)
        return f"{full[:-1]}, and {often}" if usual >= 0.15 else full

    def _unforced(self, index: int) -> str:
        """Return why a need gets a better type although a room of the booked one is free."""
        need, room = self._desk.needs[index], self._desk.rooms[int(self._plan[index])]
        if need.told != NO_ROOM and self._desk.rooms[need.told].room_type == room.room_type:
            return "as suggested before."
        liked = self._desk.wishes.liked.get(need.stay.reservation_id, {})
        wished = any(name in room.features for name in liked) or any(one.startswith("A door") for one in self._doors(index))
        free = f"a {need.stay.room_type} is free"
        return f"for what was wished, though {free}." if wished else f"{free} too, but this suits the others better."

    def _free(self, kind: str, stay: Stay) -> list[int]:
        """Return the rooms of a type that nobody has for a whole stay."""
        return [room for room in self._of_type.get(kind, []) if not self._taken[room, self._nights(stay)].any()]

    def _full(self, stay: Stay) -> str:
        rooms = self._of_type.get(stay.room_type, [])
        if not rooms:
            return f"the house has no room of type {stay.room_type}."
        nights = self._nights(stay)
        full = self._taken[rooms, nights].all(axis=0)
        if full.any():
            return f"every {stay.room_type} is taken on {self._day(nights.start + int(np.argmax(full)))}."
        return f"no {stay.room_type} is free for the whole stay."

    def _moved(self, index: int) -> str:
        need, problem = self._desk.needs[index], self._desk.problem
        old, new = self._desk.rooms[need.told].number, self._desk.rooms[int(self._plan[index])].number
        nights = slice(int(problem.first[index]), int(problem.end[index]))
        begin = f"Moved from {old} to {new}: "
        if problem.closed[need.told, nights].any():
            return begin + self._why_closed(need.told, nights)
        meets = (self._plan == need.told) & (problem.first < nights.stop) & (problem.end > nights.start)
        takers = [self._desk.needs[other] for other in np.flatnonzero(meets)]
        others = [one.stay.reservation_id for one in takers]
        if any(one.guest and one.told == NO_ROOM for one in takers):
            return f"{begin}a room is kept for the guests in the house of whom no export shows theirs."
        if others:
            who = others[0] if len(others) == 1 else f"{', '.join(others[:-1])} and {others[-1]}"
            return f"{begin}{old} goes to {who}, so that more guests have the room they need."
        if any(said.startswith("A door") for said in self._doors(index)):
            return f"{begin}for the door between two rooms that was wished."
        if problem.points[index, need.told] - problem.points[index, self._plan[index]] > -WISH:
            return f"{begin}{new} suits the guest's wishes better."
        return f"{begin}that leaves longer free stretches to sell."

    def _why_closed(self, room: int, nights: slice) -> str:
        number = self._desk.rooms[room].number
        for entry in self._desk.wishes.closed:
            if (
                entry.room == number
                and entry.first < self._first_night + nights.stop
                and entry.end > self._first_night + nights.start
            ):
                return f"{number} is out of order from {day_of(entry.first)} to {day_of(entry.end)}."
        for need, locked in self._desk.locked:
            if locked == room and self._meets(need.stay, nights):
                return f"staff locked {number} to {need.stay.reservation_id}."
        late = self._desk.due.get(room)
        who = f"{late}, who was to have arrived" if late else "a guest in the house"
        return f"{number} is taken until {day_of(self._desk.guests_until[room])} by {who}."

    def _meets(self, stay: Stay, nights: slice) -> bool:
        other = self._nights(stay)
        return other.start < nights.stop and other.stop > nights.start

    def _wishes(self, index: int) -> list[str]:
        need, room = self._desk.needs[index], self._desk.rooms[int(self._plan[index])]
        liked = self._desk.wishes.liked.get(need.stay.reservation_id, {})
        granted = [name for name in liked if name in room.features]
        said = [f"Wish granted: {', '.join(granted)}."] if granted else []
        for name in liked:
            if name not in room.features:
                said.append(f"Not granted: {name}." if name in self._offered else f"No room is known to be {name!r}.")
        return [*said, *self._doors(index)]

    def _doors(self, index: int) -> list[str]:
        """Return to whose rooms there is a door that was wished for, and to whose there is none."""
        problem, need, room = self._desk.problem, self._desk.needs[index], int(self._plan[index])
        found = []
        for pair in problem.together:
            if index in (pair.one, pair.other):
                other = self._desk.needs[pair.other if index == pair.one else pair.one].stay.reservation_id
                found.append((problem.connected(self._plan, pair), other))
        for name, held in self._held_beside(need):
            found.append((problem.door_between(room, held), name))
        return [f"{'A door' if near else 'No door'} leads to the room of {other}." for near, other in found]

    def _held_beside(self, need: Need) -> list[tuple[str, int]]:
        """Return the locked bookings beside which a need is wished to be, with their rooms."""
        held = {one.stay.reservation_id: room for one, room in self._desk.locked if one.number == 0}
        name = need.stay.reservation_id if need.number == 0 else ""
        pairs = [(pair.one, pair.other) for pair in self._desk.wishes.together if name in (pair.one, pair.other)]
        others = [other if one == name else one for one, other in pairs]
        return [(other, held[other]) for other in others if other in held]

    def _waits(self, need: Need, kind: str) -> str:
        full = self._full(need.stay) if need.stay.room_type else "every room is taken."
        return f"Waits for a room, as your overbooking of {kind} allows: {full} A no-show would free one."

    def _nights(self, stay: Stay) -> slice:
        return slice(max(stay.arrival - self._first_night, 0), stay.last_day - self._first_night)

    def _day(self, night: int) -> str:
        return str(day_of(self._first_night + night))
