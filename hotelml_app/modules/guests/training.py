"""Learn to tell segments apart on this hotel's own bookings, and export the better of two models to ONNX."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.onnx.trained import TrainedModel
from hotelml_app.modules.guests.backtest import Judged, judge, leaderboard, measures, silent
from hotelml_app.modules.guests.candidates import NAMES, Fitted, export, fit, settings_in, training_rows
from hotelml_app.modules.guests.examples import Examples, named_examples, target_column
from hotelml_app.modules.guests.scoring import Confidence, fit_confidence

JUDGED_SHARE = 0.75
MOST_COMPARED = 2000
"""Rows on which the exported graph is compared with the fitted model."""


def train(context: TrainingContext) -> TrainedModel:
    """Judge the candidates in time, fit the better one on the newest bookings, and export it.

    Raises OneSegmentError where there is nothing to tell apart, TooFewNamedError where there is too little to judge on,
    GuestSettingError for a bad hyperparameter.
    """
    settings = settings_in(context.config.hyperparameters)
    judged = judge(replace(context, progress=silent(context.progress, JUDGED_SHARE)))
    chosen = judged.best()
    context.progress(JUDGED_SHARE, f"Fitting the {NAMES[chosen]} on the newest bookings")
    history = context.data.history
    known = named_examples(history, target_column(history))
    rows = training_rows(known, settings, context.seed)
    fitted = fit(chosen, rows, settings)
    context.progress(0.95, "Writing the model")
    return TrainedModel(
        parts=(export(fitted, rows.take(np.arange(min(len(rows), MOST_COMPARED)))),),
        parameters={
            "kind": chosen,
            "target": known.target,
            "classes": list(fitted.classes),
            "encoding": fitted.encoding.as_dict(),
            "confidence": _confidence(judged, fitted, rows).as_list(),
        },
        features=fitted.encoding.names,
        evaluation=leaderboard(judged, chosen),
        measures=measures(judged, chosen),
        data_points=len(rows),
        data_from=day_of(int(rows.booked_on.min())),
        data_until=context.as_of,
        kind=NAMES[chosen],
        notes=(
            f"Learned from the {len(rows):,} newest of {len(known):,} bookings that carry a {known.target.replace('_', ' ')}.",
        ),
    )


def _confidence(judged: Judged, fitted: Fitted, rows: Examples) -> Confidence:
    """Return the calibration from the backtest where it covers all segments, else one from the fit's own rows."""
    if set(judged.classes) == set(fitted.classes):
        order = [judged.classes.index(name) for name in fitted.classes]
        return fit_confidence(judged.scores[fitted.kind][:, order], judged.segment, fitted.classes)
    return fit_confidence(fitted.scores(rows), rows.segment, fitted.classes)
