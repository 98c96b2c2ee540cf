"""How far ahead of what was expected each coming arrival day is booked: shocks read from the books so far."""

from __future__ import annotations

import numpy as np

from hotelml_app.modules.pricing.demand_model.chain import solve_chain
from hotelml_app.modules.pricing.demand_model.demand import Demand
from hotelml_app.modules.pricing.demand_model.response import books_share
from hotelml_app.modules.pricing.history.arrivals import KINDS, arrival_counts
from hotelml_app.modules.pricing.history.booked import Booked
from hotelml_app.modules.pricing.history.leads import Floats, still_to_come
from hotelml_app.modules.pricing.history.year import night_range
from hotelml_app.modules.pricing.past_rates.charged import Charged

LOOK_BACK_DAYS = 60
MOST_STEPS, ENOUGH = 30, 1e-4


def shocks_ahead(demand: Demand, members: Booked, paid: Charged | None, today: int, days: int) -> Floats:
    """Return the log of unexplained demand for each of the ``days`` arrival days after ``today``.

    What was booked so far, at the rates charged then (``paid``, None where the class does not pay the rate of the day), is
    held against what was expected by now. ``paid`` reaches from LOOK_BACK_DAYS before ``today`` past the last day.
    """
    first, count = today - LOOK_BACK_DAYS + 1, LOOK_BACK_DAYS + days
    arrival = night_range(first, count)
    seen = arrival_counts(members, first, count).sum(axis=(1, 2, 3))
    expected = np.exp(demand.level(arrival))
    if paid is not None:
        reluctance = demand.reluctance(arrival)[:, None, None]
        for kind in range(KINDS):
            above = paid.over_stays(demand.stays.of_kind(kind).night_shares)[:count]
            expected[:, :, :, kind] *= books_share(reluctance + demand.steepness * above)
    passed = 1.0 - still_to_come(demand.stays.leads, np.maximum(arrival - today, 0))
    by_now = (expected * passed[:, None, :, None]).sum(axis=(1, 2, 3))
    return _mode(demand, seen, by_now)[LOOK_BACK_DAYS:]


def _mode(demand: Demand, seen: Floats, by_now: Floats) -> Floats:
    """Return the most likely course of shocks, by Newton steps."""
    shocks = np.zeros(len(seen))
    for _ in range(MOST_STEPS):
        expected = by_now * np.exp(shocks)
        uphill = (seen - expected) / demand.clumping - demand.shock.pull(shocks)
        diagonal, beside = demand.shock.precision(len(shocks))
        step = solve_chain(diagonal + expected / demand.clumping, beside, uphill[:, None])[:, 0]
        shocks += np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < ENOUGH:
            break
    return shocks
