"""How many rooms to sell beyond those there are, from the distribution of lost rooms and what either mistake costs.

The classic newsvendor trade-off (Littlewood 1972; Talluri and van Ryzin 2004, section 4.2): one more room is sold as long as
the chance that it finds an empty bed, times what that is worth, outweighs the chance that its guest has to be walked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.noshow.books import Floats


@dataclass(frozen=True)
class Advice:
    """What to sell for one night, in rooms and money.

    ``sell_up_to`` rooms may be on the books; ``beyond`` is how many of them exceed the house. ``chance_of_walking`` and the
    expected rooms and costs hold if as many are sold; ``gain`` is what that brings on average against never overbooking.
    """

    sell_up_to: int
    beyond: int
    chance_of_walking: float
    expected_walked: float
    expected_empty: float
    expected_cost: float
    gain: float


def advise(lost: Floats, rooms: int, room_value: float, walk_cost: float, most_beyond: int | None = None) -> Advice:
    """Return the advice for a house of ``rooms`` whose books will lose ``lost`` (probability of 0, 1, 2… rooms).

    ``room_value`` is what one more sold room brings, ``walk_cost`` what a walked guest costs beyond that, both above zero; at
    most ``most_beyond`` rooms are oversold. The rooms sold on top are taken to come: nothing is known of them yet.

    None is sold where all rooms are out of order. Raises ValueError for fewer rooms than none or a price that is not above zero.
    """
    if rooms < 0 or not (room_value > 0 and walk_cost > 0):
        raise ValueError("a house has rooms, and both an empty room and a walked guest cost something")
    at_least = np.concatenate([np.cumsum(lost[::-1])[::-1][1:], [0.0]])
    beyond = 0
    limit = len(lost) - 1 if most_beyond is None else min(most_beyond, len(lost) - 1)
    limit = limit if rooms > 0 else 0
    while beyond < limit and at_least[beyond] * room_value > (1 - at_least[beyond]) * walk_cost:
        beyond += 1
    count = np.arange(len(lost))
    walked = np.maximum(beyond - count, 0)
    empty = np.maximum(count - beyond, 0)
    cost = float((lost * (walked * walk_cost + empty * room_value)).sum())
    never = float((lost * count).sum() * room_value)
    return Advice(
        sell_up_to=rooms + beyond,
        beyond=beyond,
        chance_of_walking=float(lost[count < beyond].sum()),
        expected_walked=float((lost * walked).sum()),
        expected_empty=float((lost * empty).sum()),
        expected_cost=cost,
        gain=never - cost,
    )
