"""The rolling backtest of types: who is given another, learned from the past and judged on the weeks after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.core.jobs import ProgressCallback
from hotelml_app.core.judged_on import judged_on
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.metrics import auc, brier
from hotelml_app.ml.onnx.trained import CandidateScore, Leaderboard, Measure
from hotelml_app.ml.splits import rolling_folds
from hotelml_app.modules.allocation import MANIFEST
from hotelml_app.modules.allocation.errors import TooFewTypesGivenError
from hotelml_app.modules.allocation.house.inventory import ladder
from hotelml_app.modules.allocation.plans.problem import Floats
from hotelml_app.modules.allocation.room_types.candidates import CANDIDATES, fit, mixed, settings_in
from hotelml_app.modules.allocation.room_types.examples import Examples, examples, joined
from hotelml_app.modules.allocation.room_types.past import LONGEST_DAYS, Past

FOLDS, FOLD_DAYS, MIN_TRAIN_DAYS, WARM_UP_DAYS = 3, 56, 120, 60
MEMORY_DAYS = 1100
FEWEST_CHANGED = 60
FAVOURITE = "blend"
CLEARLY_BETTER = 0.98
"""Another candidate is taken only where its error is this share of the blend's, or less."""
SHARE, AS_BOOKED = MANIFEST.baseline, "always as booked"


@dataclass(frozen=True)
class Ground:
    """Everything a training run stands on."""

    past: Past
    seen: Examples
    settings: Mapping[str, float]
    seed: int


@dataclass(frozen=True)
class Judged:
    """What everyone said of the same bookings: probabilities of another type than booked."""

    asked: Examples
    answers: Mapping[str, Floats]

    def best(self) -> str:
        """Return the candidate to use: the blend, unless another is clearly better."""
        errors = {name: brier(self.answers[name], self.asked.changed) for name in CANDIDATES}
        best = min(errors, key=lambda name: errors[name])
        return best if errors[best] < CLEARLY_BETTER * errors[FAVOURITE] else FAVOURITE

    def measures_of(self, name: str) -> tuple[Measure, ...]:
        """Return the measures of one answer beside the share by booked type, and beside always as booked."""
        changed, bucket = self.asked.changed, f"1-{LONGEST_DAYS} days ahead"
        error = {who: brier(said, changed) for who, said in self.answers.items()}
        return (
            Measure(MANIFEST.primary_measure, error[name], "", bucket, SHARE, error[SHARE]),
            Measure("type_brier beside always as booked", error[name], "", bucket, AS_BOOKED, error[AS_BOOKED]),
            Measure(
                "auc",
                auc(self.answers[name], changed),
                "",
                bucket,
                SHARE,
                auc(self.answers[SHARE], changed),
                lower_is_better=False,
            ),
        )

    def lines(self) -> tuple[CandidateScore, ...]:
        """Return everyone's measures, the best first."""
        chosen = self.best()
        names = sorted(self.answers, key=lambda name: brier(self.answers[name], self.asked.changed))
        return tuple(
            CandidateScore(name, self.measures_of(name), chosen=name == chosen, is_baseline=name in (SHARE, AS_BOOKED))
            for name in names
        )

    def leaderboard(self) -> Leaderboard:
        """Return everyone on the same bookings."""
        origins = tuple(day_of(int(day)) for day in np.unique(self.asked.day))
        other = f"{self.asked.changed.mean():.1%} were given another type than booked"
        note = f"Types: {len(self.asked)} answers, {judged_on(origins)}; {other}."
        return Leaderboard(MANIFEST.name, origins, self.lines(), (note,))


def prepare(context: TrainingContext) -> Ground:
    """Lay out past weeks. Raises TooFewTypesGivenError, AllocationSettingError."""
    settings = settings_in(context.config.hyperparameters)
    history = context.data.history
    if not len(history):
        raise TooFewTypesGivenError("There are no bookings to learn from.", remedy="Import an export of bookings first.")
    first = max(int(history.arrival.min()) + WARM_UP_DAYS, history.today - MEMORY_DAYS)
    past = Past(history, ladder(history), first)
    seen = examples(past, first)
    changed = len(np.unique(seen.booking[seen.changed]))
    if changed < FEWEST_CHANGED:
        raise TooFewTypesGivenError(
            f"By {day_of(history.today)} only {changed} guests are known to have been given another type than booked.",
            remedy=f"At least {FEWEST_CHANGED} are needed to learn; until then how often it happened so far answers.",
        )
    return Ground(past, seen, settings, context.seed)


def judge(ground: Ground, progress: ProgressCallback, share: float = 1.0) -> Judged:
    """Fit every learner once per fold and ask everyone about the weeks after it. Raises TooFewTypesGivenError."""
    seen, today = ground.seen, ground.past.history.today
    first = int(seen.day.min())
    folds = rolling_folds(first, today, length=FOLD_DAYS, at_most=FOLDS, min_train=MIN_TRAIN_DAYS)
    if not folds:
        raise TooFewTypesGivenError(
            f"Types given are known of the last {today - first} days only.",
            remedy=f"{MIN_TRAIN_DAYS + FOLD_DAYS} are needed to learn and to be judged.",
        )
    asked, answers = [], {name: [] for name in (*CANDIDATES, SHARE, AS_BOOKED)}  # type: ignore[var-annotated]
    for number, fold in enumerate(folds):
        progress(share * number / len(folds), f"Judging on the weeks from {day_of(fold.first_origin)}")
        # What a guest was given is known once he has arrived.
        learn = seen.take(seen.arrival <= fold.train_until)
        rows = seen.take((seen.day >= fold.first_origin) & (seen.day <= fold.last_origin))
        if not learn.changed.any() or learn.changed.all() or not len(rows):
            continue
        learners = {
            name: fit(name, learn.features, learn.changed, ground.settings, ground.seed).probability(rows.features)
            for name in CANDIDATES[FAVOURITE]
        }
        asked.append(rows)
        for name in CANDIDATES:
            answers[name].append(mixed(learners, name))
        answers[SHARE].append(rows.plain)
        answers[AS_BOOKED].append(np.zeros(len(rows)))
    if not asked:
        raise TooFewTypesGivenError(
            "In the weeks to learn from everyone was given what he booked.", remedy="Nothing needs to be done."
        )
    return Judged(joined(asked), {name: np.concatenate(parts) for name, parts in answers.items()})
