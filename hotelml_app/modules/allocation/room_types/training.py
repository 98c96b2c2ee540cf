"""Learn who is given another type than booked: judge the candidates in time, fit the best on everything, export to ONNX."""

from __future__ import annotations

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.onnx.trained import TrainedModel
from hotelml_app.modules.allocation.room_types.backtest import judge, prepare
from hotelml_app.modules.allocation.room_types.candidates import CANDIDATES, fit
from hotelml_app.modules.allocation.room_types.past import FEATURES

JUDGED_SHARE = 0.7
SAMPLE_ROWS = 2_000
"""Rows of the parity gate, the latest ones."""


def train(context: TrainingContext) -> TrainedModel:
    """Return the chosen model with its backtest. Raises TooFewTypesGivenError, AllocationSettingError."""
    context.progress(0.0, "Laying out past weeks")
    ground = prepare(context)
    judged = judge(ground, context.progress, JUDGED_SHARE)
    chosen, seen = judged.best(), ground.seen
    fitted = []
    for number, name in enumerate(CANDIDATES[chosen]):
        context.progress(JUDGED_SHARE + 0.1 * number, f"Fitting {name} on all weeks")
        fitted.append(fit(name, seen.features, seen.changed, ground.settings, ground.seed))
    context.progress(0.95, "Writing the model")
    newest = seen.features[np.argsort(seen.day, kind="stable")[-SAMPLE_ROWS:]]
    return TrainedModel(
        parts=tuple(one.part(newest) for one in fitted),
        parameters={
            "members": [{"part": name, "weight": weight} for name, weight in CANDIDATES[chosen].items()],
            "features": list(FEATURES),
        },
        features=FEATURES,
        evaluation=judged.leaderboard(),
        measures=judged.measures_of(chosen),
        data_points=len(np.unique(seen.booking)),
        data_from=day_of(int(seen.day.min())),
        data_until=context.as_of,
        kind=f"{chosen} ({', '.join(CANDIDATES[chosen])})" if len(CANDIDATES[chosen]) > 1 else chosen,
        notes=(f"{len(seen):,} bookings as they stood a week apart; {seen.changed.mean():.1%} were given another type.",),
    )
