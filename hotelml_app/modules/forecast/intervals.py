"""How far off a prediction may be, from how far off its replay was: conformal, by days ahead, the latest weeks first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.conformal import conformal_levels
from hotelml_app.modules.forecast.on_books.panel import Panel

LEVELS = (0.025, 0.1, 0.25, 0.75, 0.9, 0.975)

ANCHORS = np.array([1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 60, 90])
"""Days ahead for which quantiles are taken; between them they pass over smoothly."""

KERNEL_WIDTH = 0.35
"""How near in log days ahead a replayed prediction must be to speak for another."""

HALF_LIVES_DAYS, NARROWER_SHARE = (40.0, 14.0), 0.8
"""A longer and a shorter memory. Where the shorter is wider it counts alone, so that a calm summer does not vouch for the
autumn; where it is narrower it counts for this share."""

FEWEST_NIGHTS = 10
"""With fewer passed nights around an anchor the stated wide interval takes over."""

INDEPENDENT_ERRORS = 18.0
"""As many errors as an anchor's kernel holds that do not fail together; levels are widened for so finite a number."""

EPISODES = 2.0
"""Forecasts of many days ahead overlap and fail together: passed nights this many times as many as an anchor's days ahead are
believed in full, fewer in part."""

OUTERMOST = 0.985
"""Widened levels go no farther: the one worst night of a year is no measure of the next."""

WIDE = np.array([-4.5, -3.0, -1.5, 1.5, 3.0, 4.5])
"""Quantiles in units of spread where nothing is known of earlier errors: about twice what is usual."""

Values = NDArray[np.float64]


class Replay:
    """What the replay of a panel is worth for each anchor; laid out once and read by every series."""

    def __init__(self, panel: Panel, shut: NDArray[np.bool_] | None = None) -> None:
        """``shut`` marks the rows of nights on which the house was closed, or seems to be going to be."""
        self.panel = panel
        passed = panel.replayed
        self._shut = np.zeros(len(panel.now), dtype=bool) if shut is None else shut
        distance, age = np.log(panel.horizon[passed]), panel.age[passed]
        nearness = np.exp(-0.5 * ((distance[None, :] - np.log(ANCHORS)[:, None]) / KERNEL_WIDTH) ** 2)
        self._near = np.where(nearness > 1e-2, nearness, 0.0)
        self._recency = [0.5 ** (age / half_life) for half_life in HALF_LIVES_DAYS]
        self._age = age

    def quantiles(self, middle: Values, spread: Values, actual: Values, least: float = 0.0) -> Values:
        """Return the quantiles LEVELS of the nights asked for, shape (asked, len(LEVELS)), not below ``least``.

        ``middle`` is the median, ``spread`` the scale of its error, ``actual`` what came (NaN for nights to come); one per row.
        """
        asked, passed = self.panel.asked, self.panel.replayed
        error = actual[passed] - middle[passed]
        # What was never booked has no spread, and nothing to learn from.
        units = np.divide(error, spread[passed], out=np.full(len(error), np.nan), where=spread[passed] > 0)
        factors = self._of_asked(self.scaled(units))
        if self._shut[passed].any():
            # That nobody came while the house was closed says nothing of how sure its open nights are.
            open_nights = self._of_asked(self.scaled(np.where(self._shut[passed], np.nan, units), self._open_lately()))
            factors = np.where(self._shut[asked, None], factors, open_nights)
        return np.maximum(middle[asked, None] + spread[asked, None] * factors, least)

    def _of_asked(self, factors: Values) -> Values:
        """Return the factors of the anchors, passing over smoothly between them, for the nights asked for."""
        at = np.log(self.panel.horizon[self.panel.asked])
        return np.stack([np.interp(at, np.log(ANCHORS), factors[:, level]) for level in range(len(LEVELS))], axis=1)

    def _open_lately(self) -> Values:
        """Return in how far errors of before a pause speak for the nights after it, shape (len(ANCHORS),).

        As in a young house so many nights must have passed as an anchor asks for; those of long ago count by their recency.
        """
        age, first = np.unique(self._age, return_index=True)
        recency = 0.5 ** (age / HALF_LIVES_DAYS[0])
        lately = float(recency[~self._shut[self.panel.replayed][first]].sum())
        return np.minimum(lately / np.minimum(EPISODES * ANCHORS, recency.sum()), 1.0)

    def scaled(self, error: Values, believed: Values | None = None) -> Values:
        """Return quantiles of the replay's errors in units of spread, shape (len(ANCHORS), len(LEVELS)).

        ``error`` has one value per replayed row, NaN where nothing came. It is ``believed`` in part, by anchor, and for the rest
        the stated wide interval. Lower quantiles are not above zero, upper ones not below, so that the interval holds its own
        median.
        """
        known = np.flatnonzero(~np.isnan(error))
        order = known[np.argsort(error[known], kind="stable")]
        near = self._near[:, order]
        low = np.asarray(LEVELS) < 0.5
        long, short = (_quantiles(error[order], near * recency[order]) for recency in self._recency)
        careful = np.where(np.abs(short) > np.abs(long), short, (1 - NARROWER_SHARE) * long + NARROWER_SHARE * short)
        nights = np.array([len(set(self._age[order[row > 0]].tolist())) for row in near])
        share = np.where(nights >= FEWEST_NIGHTS, np.minimum(nights / (EPISODES * ANCHORS), 1.0), 0.0)[:, None]
        share = share if believed is None else share * believed[:, None]
        mixed = share * careful + (1 - share) * WIDE
        result = np.where((share > 0) & (np.abs(careful) > np.abs(mixed)), careful, mixed)
        return np.where(low, np.minimum(result, 0.0), np.maximum(result, 0.0))


def _quantiles(ascending: Values, weights: Values) -> Values:
    """Return the quantiles LEVELS of values in ascending order under several sets of weights, shape (sets, len(LEVELS))."""
    result = np.zeros((len(weights), len(LEVELS)))
    reached = np.cumsum(weights, axis=1) - weights / 2
    levels = np.clip(conformal_levels(LEVELS, INDEPENDENT_ERRORS), 1 - OUTERMOST, OUTERMOST)
    for row, (middles, weight) in enumerate(zip(reached, weights, strict=True)):
        counted = weight > 0
        if counted.any():
            result[row] = np.interp(levels * weight.sum(), middles[counted], ascending[counted])
    return result
