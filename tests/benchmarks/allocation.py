"""Rooms for the coming 14 days: how long it takes for 300 and 1,000 rooms, and who is refused and moved beside the plain rules.

The hotels are simulated with seeds that nothing was tuned on.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta

from peers import Row
from stressed_houses import OURS, Stress, lived_through
from synthetic_property import hotel, property_until

from hotelml_app.ml.contract import PredictionRequest
from hotelml_app.modules.allocation.predicting import predict

LIMITS_S = {300: 2.0, 1000: 20.0}
HOUSES = ((101, "city", 60), (102, "resort", 60), (103, "airport", 60), (104, "family", 24))
OCCUPANCIES = (0.95, 1.0, 1.05)
PLAIN = ("first fit", "best fit")


def measure() -> list[Row]:
    return [*(row for rooms, limit in LIMITS_S.items() for row in _timed(rooms, limit)), *_stressed()]


def _timed(rooms: int, limit: float) -> list[Row]:
    """Return how long a first morning took, and the next one, when nearly all arrivals have been told a room."""
    synthetic = hotel(seed=99, days=150, rooms=rooms)
    told: dict[str, object] = {}
    rows = []
    for days_before in (21, 20):
        data = property_until(synthetic, synthetic.last_day - timedelta(days=days_before))
        assert len(data.history)
        request = PredictionRequest(data, data.as_of, 14, options={"previous": dict(told)})
        started = time.perf_counter()
        found = predict(request)
        taken = time.perf_counter() - started
        solved = f"{found[0].values['status']}, gap {float(str(found[0].values['gap'])):.1%}"
        what = f"14 days, {rooms} rooms, {len(found)} arrivals, {len(told)} told, {solved}"
        rows.append(Row(what, taken, limit, "s", "the limit", "at most 1 x", taken <= limit))
        told = {str(one.values["reservation_id"]): one.values["suggested_room"] for one in found}
    return rows


def _stressed() -> list[Row]:
    refused: Counter[str] = Counter()
    moves: Counter[str] = Counter()
    gaps = []
    for seed, preset, rooms in HOUSES:
        for occupancy in OCCUPANCIES:
            tallies, solved = lived_through(seed, preset, rooms, Stress(occupancy))
            refused.update({name: tally.refused for name, tally in tallies.items()})
            moves.update({name: tally.moves for name, tally in tallies.items()})
            gaps += [one.gap for one in solved]
    rows = []
    for name in (*PLAIN, *(f"{plain}, rooms told kept" for plain in PLAIN)):
        met = refused[OURS] < refused[name]
        rows.append(Row("refused arrivals, 4 houses, 95-105 %", refused[OURS], refused[name], "", name, "fewer", met))
    for name in PLAIN:
        rows.append(
            Row("rooms changed after told, same days", moves[OURS], moves[name], "", name, "fewer", moves[OURS] < moves[name])
        )
    rows.append(Row("largest gap of a day", max(gaps), 0.05, "", "5 %", "at most 1 x", max(gaps) <= 0.05))
    return rows
