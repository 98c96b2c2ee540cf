"""Train the no-show model of one property: backtest the candidates, fit the best on everything, export it to ONNX."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_of
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.onnx.blend_to_onnx import blended_part
from hotelml_app.ml.onnx.trained import OnnxPart, TrainedModel
from hotelml_app.modules.noshow.backtest import Backtest, folds_of, run
from hotelml_app.modules.noshow.books import Floats
from hotelml_app.modules.noshow.candidates import CANDIDATES, Fitted
from hotelml_app.modules.noshow.learning import (
    MOST_CENTERED,
    Ground,
    blended,
    calibration_of,
    centers,
    fit_on_everything,
    prepare,
    scores,
)
from hotelml_app.modules.noshow.snapshots import Examples

FOLDS = 2
SHORTEST_FOLD_DAYS, LONGEST_FOLD_DAYS = 28, 70
BACKTEST_SHARE = 0.65
"""Share of the progress bar that the backtest takes."""
SAMPLE_ROWS = 2_000
"""Rows of the parity gate, the latest ones."""


def train(context: TrainingContext) -> TrainedModel:
    """Return the chosen model with its backtest. Raises TooLittleHistoryError, HyperparameterError."""
    context.progress(0.0, "laying out past weeks")
    ground = prepare(context)
    backtest = run(ground, folds_of(ground, _fold_days(context, ground), FOLDS), context.progress, BACKTEST_SHARE)
    chosen = backtest.best()
    asked = _Asked.of(ground)
    ground = ground.only_to_learn()
    fitted = _fit_all(ground, chosen, context)
    context.progress(0.95, "writing the model")
    return _trained(ground, asked, backtest, chosen, fitted)


@dataclass(frozen=True)
class _Asked:
    """The examples that what was fitted on everything is asked about: some spread over all weeks, and the latest."""

    spread: Examples
    newest: NDArray[np.float32]

    @classmethod
    def of(cls, ground: Ground) -> _Asked:
        seen = ground.seen
        some = np.arange(len(seen))[:: max(len(seen) // MOST_CENTERED, 1)]
        return cls(seen.take(some), seen.features[np.argsort(seen.day, kind="stable")[-SAMPLE_ROWS:]])


def _fold_days(context: TrainingContext, ground: Ground) -> int:
    """Return the days per fold so that all folds together hold back the wanted share, in whole weeks."""
    span = ground.books.history.today - int(ground.seen.day.min())
    days = round(context.config.validation_split * span / FOLDS / 7) * 7
    return int(np.clip(days, SHORTEST_FOLD_DAYS, LONGEST_FOLD_DAYS))


def _fit_all(ground: Ground, chosen: str, context: TrainingContext) -> dict[str, Fitted]:
    fitted: dict[str, Fitted] = {}
    for at, name in enumerate(CANDIDATES[chosen]):
        done = BACKTEST_SHARE + (0.95 - BACKTEST_SHARE) * at / len(CANDIDATES[chosen])
        context.progress(done, f"fitting {name} on all weeks")
        fitted[name] = fit_on_everything(ground, name)
    return fitted


def _trained(ground: Ground, asked: _Asked, backtest: Backtest, chosen: str, fitted: dict[str, Fitted]) -> TrainedModel:
    seen, today = ground.seen, ground.books.history.today
    part = _part(chosen, fitted, asked.newest)
    return TrainedModel(
        parts=(part,),
        parameters={
            "members": [{"part": part.name, "weight": 1.0}],
            "features": list(ground.names),
            "calibration": calibration_of(backtest.slope[chosen], _centers(asked.spread, chosen, fitted)).as_dict(),
            "trained_until": today,
        },
        features=ground.names,
        evaluation=backtest.leaderboard(),
        measures=backtest.measures_of(chosen),
        data_points=len(np.unique(ground.books.history.booking[seen.spells])),
        data_from=day_of(int(seen.day.min())),
        data_until=day_of(today),
        kind=f"{chosen} ({', '.join(CANDIDATES[chosen])})" if len(CANDIDATES[chosen]) > 1 else chosen,
        notes=(learned_from(ground),),
    )


def learned_from(ground: Ground) -> str:
    """Return in words what was learned from."""
    seen = ground.seen
    thinned = f"; one booking in {ground.one_in} was learned from, all were judged on" if ground.one_in > 1 else ""
    return f"{len(seen):,} snapshots of {len(np.unique(seen.spells)):,} bookings, a week apart{thinned}."


def _centers(spread: Examples, chosen: str, fitted: dict[str, Fitted]) -> Floats:
    """Return what the model says on average in each stretch of days before arrival, from examples spread over all weeks."""
    return centers(blended(scores(fitted, spread.features), chosen), spread.days_ahead)


def _part(chosen: str, fitted: dict[str, Fitted], sample: NDArray[np.float32]) -> OnnxPart:
    """Return what was chosen as one graph: a blend of several answers as fast as one of them."""
    parts = [one.part(sample) for one in fitted.values()]
    return parts[0] if len(parts) == 1 else blended_part(chosen, parts, CANDIDATES[chosen])
