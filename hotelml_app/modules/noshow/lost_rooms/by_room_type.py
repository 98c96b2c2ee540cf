"""How many rooms of each type to sell still, so that together they are as many as the house is to sell.

A guest for whom no room of the booked type is left gets a better one. So what counts is not the type alone: for a type and all
better ones together no more may be sold than pays, as for the house itself. Such nested limits are those of selling rooms in
classes (Talluri and van Ryzin 2004, section 2.1.1). Within them each further room goes to the type in which it earns most on
average: where somebody will ask for it, its own rooms will hold it, and the rate is high (Littlewood 1972).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import lgamma

import numpy as np

from hotelml_app.modules.noshow.books import Floats
from hotelml_app.modules.noshow.lost_rooms.overbooking import advise

WORTH_OFFERING = 0.1
"""Chance of being asked for, and of being there, from which one more room of a type goes before those that stand free."""

_CHANCE_DIGITS = 3
"""Chances that differ by less are the same."""

_NOBODY = 1e-9


@dataclass(frozen=True)
class TypeBooks:
    """A room type on one night: its ``rooms``, those ``on_books``, and the probability of losing 0, 1, 2… of these.

    ``lost_or_better`` is the same of this and all better types together. About ``to_come`` more rooms will be asked for, at
    ``rate``, in any unit that is the same for all types. At most ``most_beyond`` rooms are oversold.
    """

    rooms: int
    on_books: int
    lost: Floats
    lost_or_better: Floats
    to_come: float
    rate: float
    most_beyond: int | None = None

    @property
    def free(self) -> int:
        """How many rooms of the type nobody booked; below zero where it is oversold."""
        return self.rooms - self.on_books


@dataclass(frozen=True)
class TypeAdvice:
    """``sell_more`` rooms of a type may be sold still; then ``beyond`` are sold that the type does not have.

    ``chance_of_another`` is how likely it is that somebody has to be given a room of another type if all of them are sold.
    """

    sell_more: int
    beyond: int
    chance_of_another: float


def share_out(
    sell_more: int, types: Sequence[TypeBooks], ranked: int, room_value: float, walk_cost: float
) -> tuple[TypeAdvice, ...]:
    """Return the advice per type where the house sells ``sell_more`` rooms.

    The first ``ranked`` of the ``types`` come from the simplest to the best. The others stand for themselves, because nobody
    knows which is better. Having to give a guest a lesser room is taken to cost as much as a walk. Raises ValueError as
    ``advise`` does.
    """
    groups = [range(i, ranked) if i < ranked else range(i, i + 1) for i in range(len(types))]
    left = [_left(types, group, room_value, walk_cost) for group in groups]
    asked_for = [_at_least(one.to_come, max(sell_more, 0)) for one in types]
    more = [0] * len(types)
    for _ in range(max(sell_more, 0)):
        free = [i for i in range(len(types)) if _may_sell(i, types[i], more[i], groups, left)]
        if not free:
            break
        chosen = max(free, key=lambda i: (*_worth(types[i], more[i] + 1, asked_for[i]), i))
        more[chosen] += 1
        left = [room - (chosen in group) for room, group in zip(left, groups, strict=True)]
    return tuple(_advice(one, sold) for one, sold in zip(types, more, strict=True))


def _left(types: Sequence[TypeBooks], group: range, room_value: float, walk_cost: float) -> int:
    """Return how many rooms it pays to sell still of a group of types."""
    rooms, on_books = sum(types[i].rooms for i in group), sum(types[i].on_books for i in group)
    return advise(types[group[0]].lost_or_better, rooms, room_value, walk_cost).sell_up_to - on_books


def _may_sell(i: int, one: TypeBooks, more: int, groups: Sequence[range], left: Sequence[int]) -> bool:
    within = one.most_beyond is None or more < one.free + one.most_beyond
    return within and all(room > 0 for room, group in zip(left, groups, strict=True) if i in group)


def _worth(one: TypeBooks, more: int, asked_for: Floats) -> tuple[float, float, float]:
    """Return what the last of so many more rooms earns; then what decides where nobody is likely to ask for it.

    That is the chance that the type's own rooms hold it, and the share of its free rooms that is left, so that of all types
    something stays open.
    """
    held = float(one.lost[max(more - one.free, 0) :].sum())
    sold = round(held * float(asked_for[more]), _CHANCE_DIGITS)
    earned = one.rate * sold if sold >= WORTH_OFFERING else 0.0
    return earned, round(held, _CHANCE_DIGITS), 1 - (more - 1) / max(one.free, 1)


def _at_least(mean: float, most: int) -> Floats:
    """Return the chance that 0, 1, 2… rooms or more are asked for, bookings coming one by one (Poisson), shape (most + 1,)."""
    count = np.arange(most + 1)
    factorials = np.array([lgamma(each + 1) for each in count.tolist()])
    exactly = np.exp(count * np.log(max(mean, _NOBODY)) - mean - factorials)
    return np.clip(1 - np.concatenate([[0.0], np.cumsum(exactly)[:-1]]), 0.0, 1.0)


def _advice(one: TypeBooks, more: int) -> TypeAdvice:
    beyond = max(more - one.free, 0)
    return TypeAdvice(more, beyond, float(np.clip(one.lost[:beyond].sum(), 0.0, 1.0)))
