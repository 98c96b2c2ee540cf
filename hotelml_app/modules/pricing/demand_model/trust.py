"""May the house's own rates tell how guests respond? Only where they moved, and not because demand moved them.

On nights that ran ahead of their usual books before most guests booked, was the rate higher? Then it followed demand: dear
nights are the wanted ones, and cannot tell what the rate itself does. Where rates move for other reasons, dear nights run
behind. The measure is minus the slope of the books (log, around what the calendar explains) on the rate (log over usual).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.pricing.history.leads import COUNT, Floats

NO_TRUST, FULL_TRUST = -0.2, 0.1
"""Slopes between which trust grows from none to full; a house whose rates follow demand shows -0.5 to -8."""

LEAST_SPREAD = 0.01
"""Rates that move by less than one per cent around the usual tell nothing."""

FEW_MOVES, MANY_MOVES = 5.0, 20.0
"""Days on which rates moved between which trust grows from none to full: what else began with the season's tariff, four or five
times a year, cannot be told from what the tariff did. Single promotions come to a hundred a year."""

HALF_MONTH_DAYS = 14
FIRMER = 20.0
LEAST = 0.002

FOLLOWED_DEMAND = "the rates so far rose with demand"
HARDLY_MOVED = "the rates so far hardly moved"
SELDOM_MOVED = "the rates so far moved on a few days only"


@dataclass(frozen=True)
class Trust:
    """``share`` in [0, 1] of the response that the rates' moves may decide; ``because`` says why it is less than all."""

    share: float
    because: str

    @property
    def spread(self) -> float:
        """The factor on the spreads of the prior response: less than one holds it firmer than it would be otherwise."""
        share = max(self.share, LEAST)
        return float((1 + FIRMER * (1 / share - 1)) ** -0.5)


def trust_in(above: Floats, counts: Floats, ahead: Floats) -> Trust:
    """Judge the moves of the rates: ``above`` the usual [days, types, steps], ``ahead`` of the usual books [days, steps]."""
    weight = counts.sum(axis=0) + 1e-9
    house = (above * weight).sum(axis=1) / weight.sum(axis=0)
    steps = slice(0, COUNT - 1)
    share = weight.sum(axis=0)[steps] / weight.sum(axis=0)[steps].sum()
    if float(house[:, steps].var(axis=0) @ share) < LEAST_SPREAD**2:
        return Trust(0.0, HARDLY_MOVED)
    moved, books = _within_month(house[:, steps]), _within_month(ahead[:, steps])
    variance = float((moved**2).mean(axis=0) @ share) + 1e-9
    behind = -float((moved * books).mean(axis=0) @ share) / variance
    trusted = float(np.clip((behind - NO_TRUST) / (FULL_TRUST - NO_TRUST), 0.0, 1.0))
    often = float(np.clip((_days_moved(house[:, steps] @ share) - FEW_MOVES) / (MANY_MOVES - FEW_MOVES), 0.0, 1.0))
    because = FOLLOWED_DEMAND if trusted <= often else SELDOM_MOVED
    return Trust(trusted * often, "" if trusted * often == 1.0 else because)


def _days_moved(nightly: Floats) -> float:
    """Return on how many days rates moved, a day counting by how far they did: the inverse of the shares' mean."""
    squares = np.diff(nightly) ** 2
    return float(squares.sum() ** 2 / max(float((squares**2).sum()), 1e-30))


def _within_month(nightly: Floats) -> Floats:
    """Return each column around its mean over the four weeks about each night: seasons move rates and books alike."""
    sums = np.vstack([np.zeros((1, nightly.shape[1])), np.cumsum(nightly, axis=0)])
    nights = np.arange(len(nightly))
    begin, end = np.maximum(nights - HALF_MONTH_DAYS, 0), np.minimum(nights + HALF_MONTH_DAYS + 1, len(nightly))
    found: Floats = nightly - (sums[end] - sums[begin]) / (end - begin)[:, None]
    return found
