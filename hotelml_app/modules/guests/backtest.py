"""The candidates against the plain rules: trained on the past, judged on the bookings of the weeks after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_of
from hotelml_app.core.jobs import ProgressCallback
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.metrics import accuracy, macro_f1, precision_recall_f1
from hotelml_app.ml.onnx.trained import CandidateScore, Leaderboard, Measure
from hotelml_app.ml.splits import rolling_folds
from hotelml_app.modules.guests import MANIFEST
from hotelml_app.modules.guests.candidates import NAMES, fit, settings_in, training_rows
from hotelml_app.modules.guests.errors import TooFewNamedError
from hotelml_app.modules.guests.examples import Examples, named_examples, target_column
from hotelml_app.modules.guests.features import fit_encoding
from hotelml_app.modules.guests.lookups import Lookups
from hotelml_app.modules.guests.scoring import LINEAR, SVM, Confidence, Floats, fit_confidence

FOLDS, FOLD_DAYS, MIN_TRAIN_DAYS = 3, 56, 180
LEAST_JUDGED = 100
"""On fewer bookings, one model leads another by chance alone."""

MOST_JUDGED = 3000
OPTIMISTIC_FOLDS = 5
MAJORITY, RULE = "most frequent segment", MANIFEST.baseline


@dataclass(frozen=True)
class Judged:
    """What each candidate said of the same bookings. ``scores`` are the learning candidates' raw scores per segment."""

    origins: tuple[date, ...]
    segment: NDArray[np.str_]
    answers: Mapping[str, NDArray[np.str_]]
    scores: Mapping[str, Floats]
    classes: tuple[str, ...]

    def best(self) -> str:
        """Return the learning candidate with the highest accuracy; the support vector machine on a tie."""
        return max((SVM, LINEAR), key=lambda kind: accuracy(self.segment, self.answers[kind]))

    def confidence(self, kind: str) -> Confidence:
        """Return calibrations learned from bookings no fit had seen."""
        return fit_confidence(self.scores[kind], self.segment, self.classes)


def evaluate(context: TrainingContext) -> Leaderboard:
    """Return the rolling backtest with precision and recall per segment, and k-fold figures marked as optimistic."""
    judged = judge(context)
    optimistic = k_fold(context)
    board = leaderboard(judged, judged.best())
    return replace(board, notes=(*board.notes, *optimistic))


def judge(context: TrainingContext) -> Judged:
    """Train and ask every candidate at each origin.

    Raises OneSegmentError where there is nothing to tell apart, TooFewNamedError where there is too little to judge on.
    """
    history, settings = context.data.history, settings_in(context.config.hyperparameters)
    target = target_column(history)
    first = int(history.known_from.min()) if len(history) else history.today
    folds = rolling_folds(first, history.today + 1, length=FOLD_DAYS, at_most=FOLDS, min_train=MIN_TRAIN_DAYS)
    if not folds:
        raise TooFewNamedError(
            f"Segments can be judged once there are {MIN_TRAIN_DAYS + FOLD_DAYS} days of bookings.",
            remedy="Import more history; the plain rule answers meanwhile.",
        )
    later = named_examples(history, target)
    asked = [later.take((later.booked_on > fold.train_until) & (later.booked_on <= fold.last_origin + 1)) for fold in folds]
    _refuse_few(sum(map(len, asked)), len(folds))
    # Calibrations need the same segments in every fold: those that can be learned from the oldest.
    classes = _classes(named_examples(history.as_of(day_of(folds[0].train_until)), target), settings, context.seed)
    parts: list[_Fold] = []
    for number, fold in enumerate(folds):
        context.progress(number / len(folds), f"Judging on the bookings from {day_of(fold.first_origin + 1)}")
        past = named_examples(history.as_of(day_of(fold.train_until)), target)
        parts.append(_fold(past, _at_most(asked[number], MOST_JUDGED, context.seed), classes, settings, context.seed))
    return _joined(tuple(day_of(fold.train_until) for fold in folds), parts, classes)


def _refuse_few(judged: int, folds: int) -> None:
    """Raise TooFewNamedError where so few bookings are to be judged that chance would choose."""
    if judged < LEAST_JUDGED:
        raise TooFewNamedError(
            f"Of the bookings made in the latest {folds * FOLD_DAYS} days, {judged:,} name their segment; "
            f"{LEAST_JUDGED} are needed to judge what was learned.",
            remedy="Have the PMS export the segment with each booking; what answers now goes on answering.",
        )


def leaderboard(judged: Judged, chosen: str) -> Leaderboard:
    """Return how each candidate did, the learning ones first."""
    candidates = tuple(
        CandidateScore(NAMES.get(name, name), measures(judged, name), chosen=name == chosen, is_baseline=name in (MAJORITY, RULE))
        for name in (SVM, LINEAR, RULE, MAJORITY)
    )
    return Leaderboard(MANIFEST.name, judged.origins, candidates, _per_segment(judged, chosen))


def measures(judged: Judged, name: str) -> tuple[Measure, ...]:
    """Return accuracy in percent beside the plain rule's and the majority's, and macro-F1."""
    cases = f"{len(judged.segment):,} bookings made in the latest {len(judged.origins) * FOLD_DAYS} days"
    right = {who: 100 * accuracy(judged.segment, said) for who, said in judged.answers.items()}
    f1 = {who: macro_f1(judged.segment, judged.answers[who]) for who in (name, RULE)}
    return (
        Measure("accuracy", right[name], "%", cases, RULE, right[RULE], lower_is_better=False),
        Measure("accuracy beside the majority", right[name], "%", cases, MAJORITY, right[MAJORITY], lower_is_better=False),
        Measure("macro-F1", f1[name], "", cases, RULE, f1[RULE], lower_is_better=False),
    )


def k_fold(context: TrainingContext) -> tuple[str, ...]:
    """Return the accuracy of shuffled k-fold cross-validation in words: optimistic, for the future is mixed in."""
    from sklearn.model_selection import StratifiedKFold

    history, settings = context.data.history, settings_in(context.config.hyperparameters)
    rows = training_rows(named_examples(history, target_column(history)), {**settings, "max_rows": MOST_JUDGED}, context.seed)
    splitter = StratifiedKFold(OPTIMISTIC_FOLDS, shuffle=True, random_state=context.seed)
    said = np.empty(len(rows), dtype=object)
    for learn, ask in splitter.split(np.zeros(len(rows)), rows.segment):
        fitted = fit(SVM, rows.take(learn), settings)
        said[ask] = np.array(fitted.classes)[fitted.scores(rows.take(ask)).argmax(axis=1)]
    found = accuracy(rows.segment, said.astype(str))
    note = f"{OPTIMISTIC_FOLDS}-fold cross-validation of the {NAMES[SVM]}: accuracy {found:.1%}, macro-F1 "
    return (f"{note}{macro_f1(rows.segment, said.astype(str)):.2f}. Optimistic: it mixes later bookings into what is learned.",)


@dataclass(frozen=True)
class _Fold:
    segment: NDArray[np.str_]
    answers: dict[str, NDArray[np.str_]]
    scores: dict[str, Floats]


def _fold(past: Examples, asked: Examples, classes: tuple[str, ...], settings: Mapping[str, float], seed: int) -> _Fold:
    known = past.take(np.isin(past.segment, classes))
    rows = training_rows(known, settings, seed)
    encoding = fit_encoding(rows)
    answers: dict[str, NDArray[np.str_]] = {}
    scores: dict[str, Floats] = {}
    for kind in (SVM, LINEAR):
        fitted = fit(kind, rows, settings, encoding)
        scores[kind] = _in_order(fitted.scores(asked), fitted.classes, classes)
    blank = replace(asked, segment=np.full(len(asked), ""))
    answers[RULE] = np.array([answer.segment for answer in Lookups(past).answers(blank)])
    answers[MAJORITY] = np.full(len(asked), Counter(past.segment.tolist()).most_common(1)[0][0])
    return _Fold(asked.segment, answers, scores)


def _in_order(scores: Floats, mine: tuple[str, ...], classes: tuple[str, ...]) -> Floats:
    """Return scores by ``classes``; a segment too rare lately to be learned scores below all others."""
    lowest = np.full((len(scores), len(classes)), float(scores.min()) - 1.0 if len(scores) else 0.0)
    for column, name in enumerate(mine):
        lowest[:, classes.index(name)] = scores[:, column]
    return lowest


def _joined(origins: tuple[date, ...], parts: list[_Fold], classes: tuple[str, ...]) -> Judged:
    scores = {kind: np.concatenate([part.scores[kind] for part in parts]) for kind in (SVM, LINEAR)}
    answers = {name: np.concatenate([part.answers[name] for part in parts]) for name in (RULE, MAJORITY)}
    segment = np.concatenate([part.segment for part in parts])
    starts = np.cumsum([0, *(len(part.segment) for part in parts)])
    for kind in (SVM, LINEAR):
        said = [_answers(scores[kind], segment, classes, int(start), int(stop)) for start, stop in pairwise(starts)]
        answers[kind] = np.concatenate(said)
    return Judged(origins, segment, answers, scores, classes)


def _answers(scores: Floats, segment: NDArray[np.str_], classes: tuple[str, ...], start: int, stop: int) -> NDArray[np.str_]:
    """Return a fold's answers, calibrated on the folds before it as a deployed model is on the latest ones."""
    asked = scores[start:stop]
    if start:
        asked = fit_confidence(scores[:start], segment[:start], classes).probabilities(asked)
    return np.array(classes)[asked.argmax(axis=1)]


def _classes(known: Examples, settings: Mapping[str, float], seed: int) -> tuple[str, ...]:
    return tuple(str(name) for name in np.unique(training_rows(known, settings, seed).segment))


def _at_most(rows: Examples, count: int, seed: int) -> Examples:
    if len(rows) <= count:
        return rows
    return rows.take(np.sort(np.random.default_rng(seed).choice(len(rows), count, replace=False)))


def _per_segment(judged: Judged, chosen: str) -> tuple[str, ...]:
    notes = []
    for name in np.unique(judged.segment).tolist():
        precision, recall, _ = precision_recall_f1(judged.segment, judged.answers[chosen], name)
        count = int((judged.segment == name).sum())
        notes.append(f"{NAMES[chosen]}, {name}: precision {precision:.0%}, recall {recall:.0%} ({count} bookings).")
    return tuple(notes)


def silent(progress: ProgressCallback, share: float) -> ProgressCallback:
    """Return a progress that fills only the first ``share`` of ``progress``."""
    return lambda fraction, step: progress(share * fraction, step)
