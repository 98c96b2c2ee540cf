"""Keep a model's probabilities honest after it was trained, from what came of the latest weeks.

For the snapshots of the last weeks the model is asked again (a cheap replay), and per stretch of days before arrival an
intercept is fitted on the log-odds by penalised maximum likelihood, so that a few weeks with little evidence move little.
The slope comes from training, where it was measured on days the model had not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hotelml_app.ml.calibration import sigmoid
from hotelml_app.modules.noshow.books import Floats, Integers

STRETCHES = ((1, 1), (2, 7), (8, 14), (15, 28), (29, 10_000))
"""Days before arrival that are calibrated together."""

_FIRST_DAYS = np.array([low for low, _ in STRETCHES[1:]])

WINDOW_DAYS = 56
"""Arrivals of so many days tell how far off the model is."""

PRIOR = (150.0, 150.0, 100.0, 10.0, 10.0)
"""Weight, per stretch, of the belief that nothing is off, in units of p (1 - p) summed over bookings.

Close to arrival a few weeks hold few losses, and following them would shuffle the order of bookings from week to week;
further ahead the level moves with the season and has to be followed."""

CHANCE = (15.0, 15.0, 15.0, 5.0, 5.0)
"""Per stretch: a move is believed half where its square is so many times what independent bookings would bring by chance; rooms
of one party are lost together, so chance alone brings several times that."""

SEEN_IN_TRAINING = 0.25
"""Weight of a booking that the model learned from: there it looks better than it is."""

_STEPS, _LONGEST_STEP, _CLOSE = 30, 1.0, 1e-7


@dataclass(frozen=True)
class Replay:
    """What the model said of past bookings (log-odds) and what came of them."""

    days_ahead: Integers
    score: Floats
    lost: Floats
    weight: Floats


@dataclass(frozen=True)
class Calibration:
    """Per stretch: log-odds = center + slope * (score - center) + intercept."""

    center: Floats
    slope: Floats
    intercept: Floats

    def apply(self, score: Floats, days_ahead: Integers) -> Floats:
        """Return probabilities."""
        return sigmoid(self.log_odds(score, days_ahead))

    def log_odds(self, score: Floats, days_ahead: Integers) -> Floats:
        """Return calibrated log-odds."""
        at = stretch_of(days_ahead)
        return self.slope[at] * score + self._level[at]

    @cached_property
    def _level(self) -> Floats:
        return self.center * (1 - self.slope) + self.intercept

    def as_dict(self) -> dict[str, list[float]]:
        """Return JSON-ready parameters."""
        return {"center": self.center.tolist(), "slope": self.slope.tolist(), "intercept": self.intercept.tolist()}


def calibration_from(parameters: Mapping[str, list[float]]) -> Calibration:
    """Return the calibration that ``as_dict`` described."""
    center, slope, intercept = (np.asarray(parameters[name], dtype=np.float64) for name in ("center", "slope", "intercept"))
    return Calibration(center, slope, intercept)


def stretch_of(days_ahead: Integers) -> Integers:
    """Return the number of the stretch that each count of days falls into."""
    result: Integers = np.searchsorted(_FIRST_DAYS, days_ahead, side="right").astype(np.int64)
    return result


def recalibrated(trained: Calibration, replay: Replay) -> Calibration:
    """Return the trained calibration moved to what the replayed bookings show."""
    intercept = trained.intercept.copy()
    odds, stretch = trained.log_odds(replay.score, replay.days_ahead), stretch_of(replay.days_ahead)
    for at in range(len(STRETCHES)):
        rows = stretch == at
        if rows.any():
            intercept[at] += _beyond_chance(odds[rows], replay.lost[rows], replay.weight[rows], PRIOR[at], CHANCE[at])
    return Calibration(trained.center, trained.slope, intercept)


def _beyond_chance(odds: Floats, lost: Floats, weight: Floats, prior: float, chance: float) -> float:
    """Return the fitted move, the less of it the more chance alone explains (an empirical Bayes shrinkage).

    Small moves from week to week would shuffle the order of bookings and bring nothing; a real change is followed in full.
    """
    move = fitted_intercept(odds, lost, weight, prior)
    p = sigmoid(odds)
    surprise = move**2 * float((weight * p * (1 - p)).sum())
    return move * surprise / (surprise + chance)


def fitted_intercept(odds: Floats, lost: Floats, weight: Floats, prior: float) -> float:
    """Return the shift of the log-odds that fits best, shrunk towards none (Newton's method)."""
    shift = 0.0
    for _ in range(_STEPS):
        p = sigmoid(odds + shift)
        gradient = float((weight * (lost - p)).sum()) - prior * shift
        curvature = float((weight * p * (1 - p)).sum()) + prior
        step = float(np.clip(gradient / curvature, -_LONGEST_STEP, _LONGEST_STEP))
        shift += step
        if abs(step) < _CLOSE:
            break
    return shift
