"""Whom to walk first if too many come: those for whom it costs least, in money and in goodwill.

A night in another house is paid for each night away; what else a walk breaks is put in shares of one such night. The shares
are a front desk's rules of thumb, written down so that they can be argued with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GOODWILL = {
    "stayed here before": 2.0,
    "travels with children": 1.0,
    "asked for something special": 0.3,
    "booked more than one room": 0.7,
    "booked directly": 0.3,
}
"""What walking such a guest costs on top, in nights paid elsewhere."""

FURTHER_NIGHT = 0.6
"""A guest who stays on is moved again or lost for the nights after; each counts as this share of a night."""


NOTHING_KNOWN = "no earlier stay is known"
"""Of a guest whom nothing holds: many exports do not tell who stayed before, so that he need not be a new one."""


@dataclass(frozen=True)
class Guest:
    """One arrival that might be walked; ``nights_short`` are the first nights of the stay that the house cannot give."""

    reservation_id: str
    nights: int
    nights_short: int
    rooms: int
    stayed_before: bool
    children: bool
    wishes: bool
    direct: bool
    certain: bool


@dataclass(frozen=True)
class Walk:
    """One line of the plan: ``cost`` in money, and why in words."""

    reservation_id: str
    cost: float
    reasons: tuple[str, ...]


def walk_plan(guests: Sequence[Guest], walk_cost: float) -> tuple[Walk, ...]:
    """Return the arrivals in the order in which walking them costs least; those already in their room are left out."""
    plan = [_walk(guest, walk_cost) for guest in guests if not guest.certain]
    return tuple(sorted(plan, key=lambda walk: (walk.cost, walk.reservation_id)))


def _walk(guest: Guest, walk_cost: float) -> Walk:
    short = max(guest.nights_short, 1)
    after = max(guest.nights - short, 0)
    holds = {
        "stayed here before": guest.stayed_before,
        "travels with children": guest.children,
        "asked for something special": guest.wishes,
        "booked more than one room": guest.rooms > 1,
        "booked directly": guest.direct,
    }
    broken = tuple(words for words, true in holds.items() if true)
    nights = short + FURTHER_NIGHT * after + sum(GOODWILL[words] for words in broken)
    stay = "stays one night" if guest.nights <= 1 else f"stays {guest.nights} nights"
    return Walk(guest.reservation_id, round(walk_cost * nights * max(guest.rooms, 1), 2), (stay, *(broken or (NOTHING_KNOWN,))))
