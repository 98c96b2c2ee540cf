"""How much of what is on the books stays: as in the latest weeks, and as hotels usually do while exports did not tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.property.usual_losses import usual_share_lost
from hotelml_app.modules.forecast.on_books.trailing import OpenNights, Trailing

WINDOW = 56
"""Nights of which it is read."""

PRIOR_KEPT, PRIOR_HELD = 2.0, 2.2
"""Two rooms of belief, mostly that they stay, keep what is hardly ever seen from extremes."""

USUAL_NIGHTS = 14.0
"""Where nothing is told yet, so many nights that lost as hotels usually do stand in for the house's own; the fewer the more
of the window is told."""

Matrix = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Kept:
    """Parallel to the rows asked for: the share of rooms on the books that stays, how much of it is borrowed belief, and how many
    rooms of the books stayed per night lately."""

    share: Matrix
    borrowed: Matrix
    nightly: Matrix


def kept_lately(held: Matrix, kept: Matrix, now: Rows, lead: Rows, told_from: int, nights: OpenNights | None = None) -> Kept:
    """Return what stays of ``held`` rooms (nights, leads), of which ``kept`` stayed, by the WINDOW open nights up to ``now``.

    Before the row ``told_from`` exports showed only what came: books of such days say nothing about losses.
    """
    all_kept, all_held = Trailing(kept, nights), Trailing(held, nights)
    nightly = all_kept.mean(now, lead, WINDOW)
    if not told_from:
        share = (all_kept.total(now, lead, WINDOW) + PRIOR_KEPT) / (all_held.total(now, lead, WINDOW) + PRIOR_HELD)
        return Kept(share, np.zeros(len(now)), nightly)
    told = np.arange(len(held))[:, None] - np.arange(held.shape[1])[None, :] >= told_from
    stayed = Trailing(np.where(told, kept, 0.0), nights).total(now, lead, WINDOW)
    seen = Trailing(np.where(told, held, 0.0), nights).total(now, lead, WINDOW)
    untold = 1 - np.clip(now + 1 - told_from - lead, 0, WINDOW) / WINDOW
    belief = USUAL_NIGHTS * untold * all_held.mean(now, lead, WINDOW)
    together = seen + belief + PRIOR_HELD
    share = (stayed + belief * (1 - usual_share_lost(lead)) + PRIOR_KEPT) / together
    return Kept(share, belief / together, nightly)
