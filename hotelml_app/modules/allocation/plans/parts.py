"""Plans are improved part by part: some rooms are solved anew with all who are in them, the rest of the house stays."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hotelml_app.core.jobs import CancelToken
from hotelml_app.modules.allocation.plans.alike import laid_out, rooms_alike
from hotelml_app.modules.allocation.plans.bounds import Prices, bound_of, joined
from hotelml_app.modules.allocation.plans.choosing import choose
from hotelml_app.modules.allocation.plans.problem import NO_ROOM, Ints, Plan, Problem
from hotelml_app.modules.allocation.plans.program import Program


@dataclass(frozen=True)
class Part:
    """Rooms that are solved anew with the stays that are in them or may come to them."""

    rooms: Ints
    stays: Ints


@dataclass(frozen=True)
class Improved:
    """A plan for the whole house; ``bound`` is what no plan can beat, -inf where not every part was priced."""

    plan: Plan
    bound: float


def whole_house(problem: Problem) -> list[Part]:
    """Return the house in one part."""
    return [Part(np.arange(problem.rooms), np.arange(len(problem)))]


def by_kind(problem: Problem, plan: Plan, home: Ints, most_rooms: int, seed: int) -> list[Part]:
    """Return parts of rooms of one type, at most ``most_rooms`` each, with who is in them.

    ``home`` is per stay the type to whose parts it belongs while it is refused.
    """
    random = np.random.default_rng(seed)
    found = []
    for kind in np.unique(problem.kind):
        rooms = random.permutation(np.flatnonzero(problem.kind == kind))
        refused = np.flatnonzero((plan == NO_ROOM) & (home == kind))
        count = -(-len(rooms) // most_rooms)
        for number in range(count):
            inside = np.sort(rooms[number::count])
            stays = np.concatenate([np.flatnonzero(np.isin(plan, inside)), refused[number::count]])
            found.append(Part(inside, np.sort(stays)))
    return found


def around_refused(problem: Problem, plan: Plan, home: Ints, most_rooms: int) -> list[Part]:
    """Return, per type, a part of its refused stays and the rooms that are empty most when they would be there.

    Whoever is refused can only be helped by exchanging among these; nights with few empty rooms count for more.
    """
    empty, nights = ~problem.taken(plan), np.arange(problem.nights)
    found = []
    for kind in np.unique(home[plan == NO_ROOM]):
        refused, rooms = np.flatnonzero((plan == NO_ROOM) & (home == kind)), np.flatnonzero(problem.kind == kind)
        wanted = (problem.first[refused, None] <= nights) & (nights < problem.end[refused, None])
        use = empty[rooms] @ (wanted.sum(axis=0) / np.maximum(empty[rooms].sum(axis=0), 1))
        inside = np.sort(rooms[np.argsort(-use, kind="stable")[:most_rooms]])
        found.append(Part(inside, np.sort(np.concatenate([np.flatnonzero(np.isin(plan, inside)), refused]))))
    return found


def wished_together(problem: Problem, plan: Plan) -> list[Part]:
    """Return the rooms with doors and those of the guests who want them, as one part."""
    wanting = {stay for pair in problem.together for stay in (pair.one, pair.other)}
    rooms = {room for door in problem.doors for room in door} | {int(plan[stay]) for stay in wanting} - {NO_ROOM}
    inside = np.array(sorted(rooms), dtype=np.int64)
    stays = wanting | set(np.flatnonzero(np.isin(plan, inside)).tolist())
    return [Part(inside, np.array(sorted(stays), dtype=np.int64))]


def improved(problem: Problem, plan: Plan, parts: Sequence[Part], deadline: float, cancel: CancelToken | None = None) -> Improved:
    """Solve parts anew, each with its share of the time, and return the plan they make; it is never worse. Raises Cancelled."""
    priced: list[tuple[Part, Prices]] = []
    bound = -np.inf
    for part, until in _shares(_worst_first(problem, plan, parts), deadline):
        if cancel is not None:
            cancel.check()
        piece = problem.part(part.stays, part.rooms)
        program = Program(piece, rooms_alike(piece))
        found = choose(program, until)
        if found is None:
            continue
        inner = laid_out(piece, program.alike, found.groups)
        other = plan.copy()
        other[part.stays] = np.where(inner == NO_ROOM, NO_ROOM, part.rooms[inner])
        if problem.cost(other) < problem.cost(plan):
            plan = other
        bound = found.bound
        priced.append((part, found.prices))
    if len(priced) < len(parts) or not _everything(problem, parts):
        return Improved(plan, -np.inf)
    if len(parts) > 1:
        bound = bound_of(problem, joined(problem, [(part.stays, part.rooms, prices) for part, prices in priced]))
    return Improved(plan, bound)


def _worst_first(problem: Problem, plan: Plan, parts: Sequence[Part]) -> list[Part]:
    """Return the parts by what their stays cost now, so that the time goes where most is to be gained."""
    given = plan != NO_ROOM
    cost = np.where(given, problem.points[np.arange(len(problem)), np.where(given, plan, 0)], problem.refusal)
    return sorted(parts, key=lambda part: -float(cost[part.stays].sum()))


def _everything(problem: Problem, parts: Sequence[Part]) -> bool:
    return sum(len(part.rooms) for part in parts) == problem.rooms and sum(len(part.stays) for part in parts) == len(problem)


def _shares(parts: Sequence[Part], deadline: float) -> Iterator[tuple[Part, float]]:
    """Yield parts with the moment until which each may take; what one leaves over goes to those after it."""
    sizes = [len(part.stays) * len(part.rooms) + 1 for part in parts]
    for number, part in enumerate(parts):
        now = time.monotonic()
        if now > deadline:
            return
        yield part, now + (deadline - now) * sizes[number] / sum(sizes[number:])
