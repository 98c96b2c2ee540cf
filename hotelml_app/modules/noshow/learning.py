"""The examples a training run learns from, and the calibration a fitted model leaves training with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.ml.calibration import logit
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.modules.noshow.books import Books, Flags, Floats, Integers, lay_out
from hotelml_app.modules.noshow.candidates import CANDIDATES, FITS, Features, Fitted
from hotelml_app.modules.noshow.errors import TooLittleHistoryError
from hotelml_app.modules.noshow.features import feature_names
from hotelml_app.modules.noshow.recalibration import STRETCHES, Calibration, stretch_of
from hotelml_app.modules.noshow.scoring import LONGEST_DAYS, REPLAY_EVERY_DAYS
from hotelml_app.modules.noshow.settings import NoshowSettings, settings_from
from hotelml_app.modules.noshow.snapshots import Examples, as_numbers, examples, first_useful_day

WARM_UP_DAYS = 35
"""Snapshots of the first weeks of a history are left out: rates of agents and segments are empty there."""
MEMORY_DAYS = 1100
"""Older snapshots are not learned from; guests and sellers were others then."""
MOST_LEARNED = 300_000
"""Weekly snapshots that are learned from, three times those of a hotel of 226 rooms over twenty months. Of a larger house only
every second booking is, or every third: all of 600 rooms took 3.4 GB, which a hotel's PC may not have. It is judged on all."""
FEWEST_LOSSES = 60
USUAL_SLOPE = 0.85
"""What the slope turned out to be on days not seen, over many weeks; a few weeks of one hotel say from 0.4 to 1.1."""

USUAL_CENTER = -2.5
"""Log-odds around which scores are stretched where no example says better, about the usual loss."""

MOST_CENTERED = 50_000
"""Examples that the centers are read from, spread over the weeks."""

BETWEEN_DAYS = (2, 4)
"""Days before each weekly snapshot on which the last fit of the trees looks as well: the same bookings at other days before
arrival. On days not seen that brings the area under the curve up by half a point; in the backtest it would only cost time."""

SLOPE_BOUNDS = (0.3, 1.1)
SLOPE_PRIOR = 5000.0
"""Weight of the usual slope: bookings of one party, and the same booking a week later, are far from independent. A season's own
slope hardly holds in the next: on two real hotels and parts of them, log loss is smaller the less of it is believed."""


@dataclass(frozen=True)
class Ground:
    """Everything a training run stands on."""

    books: Books
    names: tuple[str, ...]
    seen: Examples
    settings: NoshowSettings
    seed: int
    threads: int
    bundled: LoadedModel | None = None
    """The model brought along, where all it looks at is still computed."""
    weekly: Examples | None = None
    """What is learned from of ``seen``, where that came without its features."""

    @property
    def one_in(self) -> int:
        """How many bookings there are to one that is learned from."""
        return max(-(-len(self.seen) // MOST_LEARNED), 1)

    @cached_property
    def learned(self) -> Flags:
        """Tell, per booking, whether it is learned from."""
        return np.arange(len(self.books.history.booked_on)) % self.one_in == 0

    def to_learn(self, rows: Flags) -> Examples:
        """Return those of some weekly snapshots that are learned from."""
        return self.seen.take(rows & self.learned[self.books.history.booking[self.seen.spells]])

    def all_to_learn(self) -> Examples:
        """Return all weekly snapshots that are learned from."""
        return self.weekly if self.weekly is not None else self.to_learn(np.ones(len(self.seen), dtype=bool))

    def only_to_learn(self) -> Ground:
        """Return the same without the features of what is not learned from, of a large house most of them.

        Nobody can be judged any more.
        """
        return replace(self, seen=self.seen.without_features(), weekly=self.all_to_learn())

    def between(self) -> Examples:
        """Return what was to be seen between the weekly snapshots, of the same bookings."""
        weekly = np.unique(self.seen.day)
        days = np.concatenate([weekly - days for days in BETWEEN_DAYS])
        return examples(self.books, np.sort(days).tolist(), LONGEST_DAYS, among=self.learned)


def prepare(context: TrainingContext) -> Ground:
    """Return the weekly snapshots with known ends. Raises TooLittleHistoryError, HyperparameterError."""
    settings = settings_from(context.config.hyperparameters)
    history = context.data.history
    if not len(history):
        raise TooLittleHistoryError("There are no bookings to learn from.", remedy="Import an export of bookings first.")
    books = lay_out(history)
    first = max(first_useful_day(books, WARM_UP_DAYS), history.today - MEMORY_DAYS, books.told_from - 1)
    days = range(history.today - REPLAY_EVERY_DAYS, first, -REPLAY_EVERY_DAYS)
    seen = examples(books, sorted(days), LONGEST_DAYS)
    losses = len(np.unique(seen.spells[seen.lost])) if len(seen) else 0
    if losses < FEWEST_LOSSES:
        raise TooLittleHistoryError(
            f"By {day_of(history.today)} only {losses} bookings were lost within {LONGEST_DAYS} days of arrival.",
            remedy=f"At least {FEWEST_LOSSES} are needed; until then the base rate answers.",
        )
    names, bundled = feature_names(books), context.bundled
    if bundled is not None and not set(bundled.parameters["features"]) <= set(names):
        bundled = None
    return Ground(books, names, seen, settings, context.seed, context.threads, bundled)


def fit(ground: Ground, name: str, rows: Flags) -> Fitted:
    """Fit one of the learners on some of the examples."""
    learn = ground.to_learn(rows)
    return FITS[name](learn.features, learn.lost, ground.names, ground.settings, ground.seed, ground.threads)


def fit_on_everything(ground: Ground, name: str) -> Fitted:
    """Fit one of the learners for use: on all examples, the trees on those between the weekly snapshots as well."""
    weekly = ground.all_to_learn()
    if name != "boosting":
        return FITS[name](weekly.features, weekly.lost, ground.names, ground.settings, ground.seed, ground.threads)
    more = ground.between()
    # In the width that the trees are grown in, or they would make a copy beside it; nor is it needed once more in its parts.
    features = np.concatenate([weekly.features, more.features], dtype=np.float64)
    lost = np.concatenate([weekly.lost, more.lost])
    del weekly, more
    return FITS[name](features, lost, ground.names, ground.settings, ground.seed, ground.threads)


def scores(fitted: Mapping[str, Fitted], features: Features) -> dict[str, Floats]:
    """Return the log-odds of every learner for rows of features."""
    return {name: logit(one.probability(features)) for name, one in fitted.items()}


def blended(learners: Mapping[str, Floats], candidate: str) -> Floats:
    """Return a candidate's log-odds from those of its members."""
    parts = [weight * learners[name] for name, weight in CANDIDATES[candidate].items()]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float64)


def slopes(score: Floats, seen: Examples) -> Floats:
    """Return the slope per stretch that fits scores of days the model had not seen, shrunk to the common one."""
    common = _slope(score, as_numbers(seen.lost), stretch_of(seen.days_ahead), USUAL_SLOPE)
    stretch = stretch_of(seen.days_ahead)
    found = np.full(len(STRETCHES), common)
    for at in range(len(STRETCHES)):
        rows = stretch == at
        if rows.any():
            found[at] = _slope(score[rows], as_numbers(seen.lost[rows]), stretch[rows], common)
    return found


def _slope(score: Floats, lost: Floats, stretch: np.ndarray, prior: float) -> float:
    """Fit one slope with an intercept per stretch: scores are centred, so both are found by Newton's method."""
    if not len(score) or lost.all() or not lost.any():
        return prior
    center = np.bincount(stretch, weights=score) / np.maximum(np.bincount(stretch), 1)
    away = score - center[stretch]
    columns = np.stack([away, *(stretch == at for at in np.unique(stretch))], axis=1).astype(np.float64)
    beta = np.zeros(columns.shape[1])
    beta[0], target = prior, np.zeros(columns.shape[1])
    target[0] = prior
    penalty = np.full(columns.shape[1], 1e-3)
    penalty[0] = SLOPE_PRIOR
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(columns @ beta, -30, 30)))
        gradient = columns.T @ (lost - p) - penalty * (beta - target)
        curvature = (columns * (p * (1 - p))[:, None]).T @ columns + np.diag(penalty)
        step = np.clip(np.linalg.solve(curvature, gradient), -1, 1)
        beta += step
        if np.abs(step).max() < 1e-7:
            break
    return float(np.clip(beta[0], *SLOPE_BOUNDS))


def centers(score: Floats, days_ahead: Integers) -> Floats:
    """Return the mean score per stretch of days before arrival, USUAL_CENTER where there is none."""
    stretch = stretch_of(days_ahead)
    count = np.bincount(stretch, minlength=len(STRETCHES))
    total = np.bincount(stretch, weights=score, minlength=len(STRETCHES))
    return np.where(count > 0, total / np.maximum(count, 1), USUAL_CENTER)


def calibration_of(slope: Floats, center: Floats) -> Calibration:
    """Return the calibration a model leaves training with: stretched by ``slope`` around what is usual in each stretch.

    Around one center for all, a slope below one would lift the risks close to arrival, where hardly any are lost, and lower
    those far ahead. The latest weeks move the level at every prediction. Moved by each training as well, it would jump from
    training to training and shuffle the order of bookings asked for in different weeks.
    """
    return Calibration(center, slope, np.zeros(len(STRETCHES)))
