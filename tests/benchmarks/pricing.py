"""Rates for the coming 90 nights: revenue missed of the best there is, and gained over one rate all year.

The hotels are simulated with seeds that nothing was tuned on. They priced in different ways before: as houses do (steps of
season and weekday, with promotions), by the printed tariff, with one rate all year, or by how full they were.
"""

from __future__ import annotations

from datetime import timedelta

from peers import Row
from priced_houses import Earned, earned, priced_house, suggested

HOUSES = (("city", 301, 90), ("resort", 302, 80), ("airport", 303, 100), ("family", 304, 30))
POLICIES = (None, "tariff", "static", "yield")
DAYS, NIGHTS = (430, 640), 90
MOST_REGRET, LEAST_GAIN = 0.05, 0.05


def measure() -> list[Row]:
    rows = []
    for policy in POLICIES:
        found = []
        for preset, seed, rooms in HOUSES:
            house = priced_house(preset, seed, rooms, DAYS[-1] + 1, policy)
            for day in (house.start + timedelta(days=number) for number in DAYS):
                found.append(earned(house, day, suggested(house, day, NIGHTS)))
        rows += _rows(policy or "as houses do", found)
    return rows


def _rows(policy: str, found: list[Earned]) -> list[Row]:
    regret, gain = (sum(getattr(one, name) for one in found) / len(found) for name in ("regret", "gain"))
    return [
        Row(f"regret, rates so far {policy}", regret, MOST_REGRET, "", "the limit", "at most 1 x", regret <= MOST_REGRET),
        Row(f"gain over static, rates so far {policy}", gain, LEAST_GAIN, "", "the goal", "at least 1 x", gain >= LEAST_GAIN),
    ]
