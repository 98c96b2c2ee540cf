"""The rolling-origin backtest: fit on the past, answer week after week, be judged on what came of it.

Every origin is answered as in daily use: the model stays as it was fitted, its calibration follows the latest weeks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.core.jobs import ProgressCallback
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.metrics import brier
from hotelml_app.ml.onnx.trained import CandidateScore, Leaderboard, Measure
from hotelml_app.ml.splits import RollingFold, rolling_folds
from hotelml_app.modules.noshow.base_rates import base_rates
from hotelml_app.modules.noshow.books import Flags, Floats
from hotelml_app.modules.noshow.borrowed import borrowed_risks
from hotelml_app.modules.noshow.candidates import CANDIDATES, FITS
from hotelml_app.modules.noshow.errors import TooLittleHistoryError
from hotelml_app.modules.noshow.learning import (
    USUAL_SLOPE,
    Ground,
    blended,
    calibration_of,
    centers,
    fit,
    prepare,
    scores,
    slopes,
)
from hotelml_app.modules.noshow.measures import BASELINE, measures
from hotelml_app.modules.noshow.recalibration import SEEN_IN_TRAINING, STRETCHES, WINDOW_DAYS, Calibration, Replay, recalibrated
from hotelml_app.modules.noshow.scoring import LONGEST_DAYS
from hotelml_app.modules.noshow.snapshots import Examples, as_numbers

BY_SEGMENT = "base rate by days to arrival and segment"
BROUGHT = "model brought along"
MIN_TRAIN_DAYS = 120
EVALUATED_FOLDS, EVALUATED_FOLD_DAYS = 5, 56
FAVOURITE = "blend"
CLEARLY_BETTER = 0.95
"""Another candidate is taken only where its error is this share of the blend's: what leads by less on a few weeks has been
seen to fall back in the months after, and mixtures err less."""


@dataclass(frozen=True)
class FoldScores:
    """One fold's log-odds per learner, for the rows that are replayed or asked."""

    fold: RollingFold
    rows: Examples
    learners: Mapping[str, Floats]

    @property
    def asked(self) -> Flags:
        """The rows that are judged: snapshots after the fit, from two days before arrival on."""
        return (self.rows.day >= self.fold.first_origin) & (self.rows.days_ahead >= 2)


@dataclass(frozen=True)
class Backtest:
    """What the candidates said of the same bookings, and the slope each leaves training with."""

    asked: Examples
    answers: Mapping[str, Floats]
    slope: Mapping[str, Floats]

    def best(self) -> str:
        """Return the candidate to use: the blend, unless another is clearly better in the earlier and the later half."""
        if not len(self.asked):
            # A house that was closed all the while says nothing of anybody.
            return FAVOURITE
        late = self.asked.day > np.median(self.asked.day)
        halves = [half for half in (~late, late) if half.any()]
        everything = np.ones(len(late), dtype=bool)
        best = min(CANDIDATES, key=lambda name: self._error(name, everything))
        better = all(self._error(best, half) < CLEARLY_BETTER * self._error(FAVOURITE, half) for half in halves)
        return best if better else FAVOURITE

    def _error(self, name: str, rows: Flags) -> float:
        return brier(self.answers[name][rows], as_numbers(self.asked.lost[rows]))

    def measures_of(self, name: str) -> tuple[Measure, ...]:
        """Return a candidate's measures beside the base rate's."""
        return measures(self.asked, self.answers[name], self.answers[BASELINE])

    def leaderboard(self) -> Leaderboard:
        """Return all candidates and baselines on the same bookings."""
        chosen = self.best()
        names = sorted(self.answers, key=lambda name: brier(self.answers[name], as_numbers(self.asked.lost)))
        lines = tuple(
            CandidateScore(name, self.measures_of(name), name == chosen, name in (BASELINE, BY_SEGMENT), name == BROUGHT)
            for name in names
        )
        origins = tuple(day_of(int(day)) for day in np.unique(self.asked.day))
        note = f"{len(self.asked)} answers from {len(origins)} weekly origins, 2 to {LONGEST_DAYS} days before arrival."
        return Leaderboard("noshow", origins, lines, (note,))


def evaluate(context: TrainingContext) -> Leaderboard:
    """Run the backtest over up to five folds of eight weeks. Raises TooLittleHistoryError."""
    ground = prepare(context)
    folds = folds_of(ground, EVALUATED_FOLD_DAYS, EVALUATED_FOLDS)
    return run(ground, folds, context.progress).leaderboard()


def folds_of(ground: Ground, length: int, at_most: int) -> tuple[RollingFold, ...]:
    """Return the folds the history has room for. Raises TooLittleHistoryError where there is none."""
    today = ground.books.history.today
    folds = rolling_folds(int(ground.seen.day.min()), today, length=length, at_most=at_most, min_train=MIN_TRAIN_DAYS)
    if not folds:
        raise TooLittleHistoryError(
            f"The arrivals on record reach back {today - int(ground.seen.arrival.min())} days.",
            remedy=f"About {MIN_TRAIN_DAYS + length + LONGEST_DAYS} are needed to learn and to be judged; "
            "until then the base rate answers.",
        )
    return folds


def run(ground: Ground, folds: tuple[RollingFold, ...], progress: ProgressCallback, share: float = 1.0) -> Backtest:
    """Fit every learner once per fold and judge every candidate; ``share`` of the progress bar is this run's."""
    scored = []
    for number, fold in enumerate(folds):
        scored.append(_score_fold(ground, fold, progress, share * number / len(folds), share / len(folds)))
    beside = (BASELINE, BY_SEGMENT, *((BROUGHT,) if ground.bundled is not None else ()))
    answers: dict[str, list[Floats]] = {name: [] for name in (*CANDIDATES, *beside)}
    for at, one in enumerate(scored):
        others = [other for other in scored if other is not one]
        for name in CANDIDATES:
            slope = _slopes(others, name) if others else np.full(len(STRETCHES), USUAL_SLOPE)
            answers[name].append(_answers(one, name, slope))
        for name, p_lost in _answers_beside(ground, scored[at]).items():
            answers[name].append(p_lost)
    return Backtest(
        asked=_asked(scored),
        answers={name: np.concatenate(parts) for name, parts in answers.items()},
        slope={name: _slopes(scored, name) for name in CANDIDATES},
    )


def _asked(scored: list[FoldScores]) -> Examples:
    parts = [one.rows.take(one.asked) for one in scored]
    return Examples(
        np.concatenate([part.day for part in parts]),
        np.concatenate([part.days_ahead for part in parts]),
        np.concatenate([part.spells for part in parts]),
        np.concatenate([part.features for part in parts]),
        np.concatenate([part.lost for part in parts]),
    )


def _score_fold(ground: Ground, fold: RollingFold, progress: ProgressCallback, begin: float, share: float) -> FoldScores:
    seen = ground.seen
    learn = seen.arrival <= fold.train_until
    rows = seen.take((seen.arrival > fold.train_until - 2 * WINDOW_DAYS) & (seen.day <= fold.last_origin))
    fitted = {}
    for at, name in enumerate(FITS):
        progress(begin + share * at / len(FITS), f"trying {name} on the weeks from {day_of(fold.first_origin)}")
        fitted[name] = fit(ground, name, learn)
    said = scores(fitted, rows.features)
    # Once they were scored nobody looks at their features again.
    return FoldScores(fold, rows.without_features(), said)


def _slopes(scored: list[FoldScores], candidate: str) -> Floats:
    """Return the slopes that fit a candidate on the asked rows of some folds, the folds weighing by their size."""
    found = [slopes(blended(one.learners, candidate)[one.asked], one.rows.take(one.asked)) for one in scored]
    sizes = [float(one.asked.sum()) + 1.0 for one in scored]
    return np.asarray(np.average(found, axis=0, weights=sizes), dtype=np.float64)


def _answers(one: FoldScores, candidate: str, slope: Floats) -> Floats:
    """Return the probabilities of the asked rows, each origin calibrated by what was known then."""
    score, rows = blended(one.learners, candidate), one.rows
    learned = rows.arrival <= one.fold.train_until
    trained = calibration_of(slope, centers(score[learned], rows.days_ahead[learned]))
    p_lost = np.zeros(len(rows))
    for origin in np.unique(rows.day[one.asked]):
        known = (rows.arrival <= origin) & (rows.arrival > origin - WINDOW_DAYS)
        now = rows.day == origin
        p_lost[now] = _current(trained, score, rows, known, one.fold.train_until).apply(score[now], rows.days_ahead[now])
    return p_lost[one.asked]


def _current(trained: Calibration, score: Floats, rows: Examples, known: Flags, trained_until: int) -> Calibration:
    weight = np.where(rows.arrival[known] > trained_until, 1.0, SEEN_IN_TRAINING)
    return recalibrated(trained, Replay(rows.days_ahead[known], score[known], as_numbers(rows.lost[known]), weight))


def _answers_beside(ground: Ground, one: FoldScores) -> dict[str, Floats]:
    """Return what the base rates said of the asked rows, without and with segments, and the model brought along."""
    rows = one.rows.take(one.asked)
    said = {name: np.zeros(len(rows)) for name in (BASELINE, BY_SEGMENT, *((BROUGHT,) if ground.bundled is not None else ()))}
    for origin in np.unique(rows.day):
        now = rows.day == origin
        rates = base_rates(ground.books, int(origin), LONGEST_DAYS)
        said[BASELINE][now] = rates.p_lost(rows.days_ahead[now])
        said[BY_SEGMENT][now] = rates.p_lost(rows.days_ahead[now], ground.books.kinds["segment"][rows.spells[now]])
        if ground.bundled is not None:
            spells, p_lost = borrowed_risks(ground.bundled, ground.books, int(origin), rates)
            order = np.argsort(spells)
            said[BROUGHT][now] = p_lost[order[np.searchsorted(spells, rows.spells[now], sorter=order)]]
    return said
