"""What each rate would bring: rooms and money as one night's rate moves and the others stay."""

from __future__ import annotations

import numpy as np

from hotelml_app.modules.pricing.choosing.outlook import Outlook
from hotelml_app.modules.pricing.history.leads import LONGEST_STAY, Floats

CURVE = np.array([0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5])
"""Rates of the curve, relative to the one suggested."""

AT_SUGGESTED = int(np.flatnonzero(CURVE == 1.0)[0])


def expected(outlook: Outlook, log_ratio: Floats) -> tuple[Floats, Floats]:
    """Return rooms and money of every night at a table of rates, what is on the books and expected to stay included."""
    rooms, money = outlook.market.sold(log_ratio)
    return rooms + outlook.books.kept, money + outlook.books.money


def rate_curves(outlook: Outlook, log_ratio: Floats) -> tuple[Floats, Floats, Floats]:
    """Return rooms, money and money in all, each [nights, types, rates of CURVE], with one night's rate moved at a time.

    Guests weigh the whole stay, so a dearer night costs rooms on the nights around it as well: money in all is that of the
    night and what the move adds to or takes from those nights, less what the rooms cost. Nights that no stay couples are moved
    in one go.
    """
    apart = 2 * LONGEST_STAY - 1
    base_rooms, base_money = expected(outlook, log_ratio)
    cost = outlook.market.room_cost
    base_left = base_money - cost * base_rooms
    rooms, money, in_all = (np.repeat(table[..., None], len(CURVE), axis=-1) for table in (base_rooms, base_money, base_left))
    for point in np.flatnonzero(CURVE != 1.0):
        for offset in range(min(apart, len(log_ratio))):
            tried = log_ratio.copy()
            tried[offset::apart] += np.log(CURVE[point])
            all_rooms, all_money = expected(outlook, tried)
            rooms[offset::apart, :, point] = all_rooms[offset::apart]
            money[offset::apart, :, point] = all_money[offset::apart]
            in_all[offset::apart, :, point] += _around(all_money - cost * all_rooms - base_left)[offset::apart]
    return _falling(rooms), money, in_all


def _around(table: Floats) -> Floats:
    """Return for each night the sum over all nights that a stay may share with it."""
    reach = LONGEST_STAY - 1
    running = np.vstack([np.zeros((1, table.shape[1])), np.cumsum(table, axis=0)])
    night = np.arange(len(table))
    result: Floats = running[np.minimum(night + reach + 1, len(table))] - running[np.maximum(night - reach, 0)]
    return result


def _falling(rooms: Floats) -> Floats:
    """Return rooms that never rise with the rate, unchanged at the rate suggested.

    Where far more is wanted than there is, the doubt about how much grows with it and would let what is sold fall a little.
    """
    found = rooms.copy()
    found[..., AT_SUGGESTED:] = np.minimum.accumulate(rooms[..., AT_SUGGESTED:], axis=-1)
    found[..., : AT_SUGGESTED + 1] = np.maximum.accumulate(rooms[..., AT_SUGGESTED::-1], axis=-1)[..., ::-1]
    return found
