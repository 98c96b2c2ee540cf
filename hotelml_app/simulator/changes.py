"""What guests and staff change about a booking after it was made, drawn before it happens."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.simulator.market import Market
from hotelml_app.simulator.requests import NEVER, Requests
from hotelml_app.simulator.streams import Streams

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

EXTEND, LEAVE_EARLY, MOVE_ROOM = 0.03, 0.02, 0.012
SHIFTS = (-7, -3, -2, -1, 1, 2, 3, 7, 14)


@dataclass(frozen=True)
class Changes:
    """Parallel to the requests; days count from the opening, NEVER and 0 mean it does not happen.

    On ``shift_on`` the stay moves by ``shift_days``; on ``recode_on`` the rate becomes ``recode_to`` (position within the
    segment). ``extend`` nights are asked for on the last full day, ``stay_only`` nights are slept where the guest leaves
    early, after ``move_after`` nights the room is changed. ``luck`` decides courtesies at check-in.
    """

    shift_on: Ints
    shift_days: Ints
    recode_on: Ints
    recode_to: Ints
    extend: Ints
    stay_only: Ints
    move_after: Ints
    luck: Floats


def draw_changes(market: Market, requests: Requests, streams: Streams) -> Changes:
    """Return the changes of every request."""
    count = len(requests)
    columns = {name: np.zeros(count, dtype=np.int64) for name in ("shift_days", "recode_to", "extend", "stay_only", "move_after")}
    shift_on, recode_on = np.full(count, NEVER), np.full(count, NEVER)
    luck = np.zeros(count)
    for number, part in enumerate(market.segments):
        rows = np.flatnonzero(requests.segment == number)
        lead, nights = requests.arrival[rows] - requests.day[rows], requests.nights[rows]
        draw = streams.of("changes", part.segment.name)
        chance, when, step, recode, to, stay, length, move, wait, luck[rows] = draw.random((len(rows), 10)).T
        change = part.segment.changes
        free = np.array([rate.deposit != "Non Refund" for rate in part.segment.rates])[requests.rate[rows]]
        day = requests.day[rows] + 1 + (when * np.maximum(lead - 1, 0)).astype(np.int64)
        ahead = (lead >= 2) & (requests.size[rows] == 1)
        shifts = ahead & free & (chance < change)
        shift_on[rows] = np.where(shifts, day, NEVER)
        columns["shift_days"][rows] = np.array(SHIFTS)[(step * len(SHIFTS)).astype(int)]
        codes = len(part.segment.rates)
        recodes = ahead & ~shifts & (recode < change * 0.6) & (codes > 1)
        recode_on[rows] = np.where(recodes, day, NEVER)
        columns["recode_to"][rows] = (requests.rate[rows] + 1 + (to * max(codes - 1, 1)).astype(np.int64)) % codes
        alone = requests.size[rows] == 1
        columns["extend"][rows] = np.where(alone & (stay < EXTEND), 1 + (length > 0.7), 0)
        early = alone & (stay > 1 - LEAVE_EARLY) & (nights > 1)
        columns["stay_only"][rows] = np.where(early, 1 + (length * (nights - 1)).astype(np.int64), 0)
        moves = (move < MOVE_ROOM) & (nights > 1)
        columns["move_after"][rows] = np.where(moves, 1 + (wait * (nights - 1)).astype(np.int64), 0)
    return Changes(shift_on=shift_on, recode_on=recode_on, luck=luck, **columns)
