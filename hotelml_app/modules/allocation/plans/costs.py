"""What the desk weighs against what, in points. A free stretch between two stays is worth one.

A refusal outweighs whatever moves prevent it; a guest in the house is moved only where nothing else helps.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hotelml_app.modules.allocation.plans.problem import Floats

REFUSED, REFUSED_NIGHT = 1000.0, 5.0
"""An arrival without a room, and each night it would have paid for."""

WAITING = 200.0
"""A booking beyond the rooms of its type, where the house allows that many to wait for a room."""

GUEST_MOVED = 400.0
PROMISE_BROKEN = 40.0
"""Another room than the PMS shows for an arrival."""
SUGGESTION_CHANGED = 12.0
"""Another room than was suggested the last time."""

SUGGESTION_KEPT = 0.4
"""Earned by the same other room as the last time, so that of two plans as good the one stays that staff have seen."""

UPGRADE, UPGRADE_STEP, UPGRADE_NIGHT = 40.0, 10.0, 0.5
"""A better type than booked: at once, for every type skipped, and per night; the first shrinks with how usual it is here."""

UNUSUAL = 40.0
"""A type that guests with such bookings were never given here."""

WISH = 10.0
"""A usual wish not granted."""

STRETCH = 1.0

GUEST_OUT = 5000.0
"""A guest in the house without a room, beside what all arrivals of his nights are worth: he has one, whatever the plan says."""


def refusal(nights: int) -> float:
    """Return the points of an arrival that gets no room."""
    return REFUSED + REFUSED_NIGHT * nights


def guest_out(nights: int) -> float:
    """Return the points of a guest in the house who gets no room; no arrivals that his room could take instead outweigh it."""
    return GUEST_OUT + refusal(1) * nights


def of_types(booked: str, better: tuple[str, ...], chances: Mapping[str, float] | None, nights: int) -> dict[str, float]:
    """Return the points of the types a stay may be given: the booked one and the better ones, the nearest first.

    ``chances`` says how often guests with such bookings were given each type; None where nothing was learned.
    """
    usual = chances or {booked: 1.0}
    points = {booked: UNUSUAL * (1 - usual.get(booked, 0.0))}
    for step, kind in enumerate(better):
        rare = 1 - usual.get(kind, 0.0)
        points[kind] = UPGRADE * rare + UPGRADE_STEP * step + UPGRADE_NIGHT * nights
        if usual.get(kind, 0.0) < 0.5:
            # Only what was done for most such guests is done unasked.
            points[kind] = max(points[kind], points[booked] + UPGRADE_STEP)
    least = min(points.values())
    return {kind: value - least for kind, value in points.items()}


def wish_points(liked: Mapping[str, float], features: tuple[frozenset[str], ...]) -> Floats:
    """Return the points lost per room for what a guest wished and the room is not; nothing for what no room offers."""
    offered = frozenset().union(*features) if features else frozenset()
    lost = np.zeros(len(features))
    for name, weight in liked.items():
        if name in offered:
            lost += WISH * weight * np.array([name not in room for room in features])
    return lost
