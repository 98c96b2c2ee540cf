"""What each rate would bring: rooms and money of every coming night as its own rate moves and the others stay."""

from __future__ import annotations

import numpy as np

from hotelml_app.modules.pricing.leads import LONGEST_STAY, Floats
from hotelml_app.modules.pricing.outlook import Outlook

CURVE = np.array([0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5])
"""Rates of the curve, relative to the one suggested."""

AT_SUGGESTED = int(np.flatnonzero(CURVE == 1.0)[0])


def expected(outlook: Outlook, log_ratio: Floats) -> tuple[Floats, Floats]:
    """Return rooms and money of every night at a table of rates, what is on the books and expected to stay included."""
    rooms, money = outlook.market.sold(log_ratio)
    return rooms + outlook.books.kept, money + outlook.books.money


def rate_curves(outlook: Outlook, log_ratio: Floats) -> tuple[Floats, Floats]:
    """Return rooms and money, each [nights, types, rates of CURVE], with one night's rate moved at a time.

    Stays couple nights that are less than LONGEST_STAY apart; nights further apart are moved in one go.
    """
    nights, types = log_ratio.shape
    rooms, money = np.empty((nights, types, len(CURVE))), np.empty((nights, types, len(CURVE)))
    for point, factor in enumerate(CURVE):
        for offset in range(min(LONGEST_STAY, nights)):
            tried = log_ratio.copy()
            tried[offset::LONGEST_STAY] += np.log(factor)
            all_rooms, all_money = expected(outlook, tried)
            rooms[offset::LONGEST_STAY, :, point] = all_rooms[offset::LONGEST_STAY]
            money[offset::LONGEST_STAY, :, point] = all_money[offset::LONGEST_STAY]
    return _falling(rooms), money


def _falling(rooms: Floats) -> Floats:
    """Return rooms that never rise with the rate, unchanged at the rate suggested.

    Where far more is wanted than there is, the doubt about how much grows with it and would let what is sold fall a little.
    """
    found = rooms.copy()
    found[..., AT_SUGGESTED:] = np.minimum.accumulate(rooms[..., AT_SUGGESTED:], axis=-1)
    found[..., : AT_SUGGESTED + 1] = np.maximum.accumulate(rooms[..., AT_SUGGESTED::-1], axis=-1)[..., ::-1]
    return found
