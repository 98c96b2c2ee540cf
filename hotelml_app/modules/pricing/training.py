"""Train the pricing of one property: judge it in time, learn from everything known, export the demand to ONNX."""

from __future__ import annotations

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.onnx.trained import TrainedModel
from hotelml_app.modules.pricing.backtest import TRAINED_ORIGINS, judge
from hotelml_app.modules.pricing.choosing.reasons import basis_of
from hotelml_app.modules.pricing.demand_model.borrowed import beforehand_of
from hotelml_app.modules.pricing.demand_model.demand import FOLLOWERS, day_columns
from hotelml_app.modules.pricing.demand_model.demand_learning import FittedGraph
from hotelml_app.modules.pricing.demand_model.graphs import demand_part
from hotelml_app.modules.pricing.history.leads import Floats
from hotelml_app.modules.pricing.history.rates import count_points
from hotelml_app.modules.pricing.history.year import night_range
from hotelml_app.modules.pricing.learned import WHOLE_YEAR_DAYS, Learned, first_day, learn
from hotelml_app.modules.pricing.settings import prior_from

JUDGED_SHARE = 0.65
"""Share of the progress bar that the backtest takes."""

SAMPLE_DAYS = 1_200
"""Days of the parity gate, the latest and a year to come."""


def train(context: TrainingContext) -> TrainedModel:
    """Return the learned demand with its backtest. Raises ShortHistoryError, HyperparameterError."""
    prior, history = prior_from(context.config.hyperparameters), context.data.history
    board = judge(context, TRAINED_ORIGINS, JUDGED_SHARE)

    def tell(done: float, step: str) -> None:
        context.progress(JUDGED_SHARE + (0.95 - JUDGED_SHARE) * done, step)

    learned = learn(history, context.data.facts, prior, tell, beforehand_of(context.bundled))
    context.progress(0.95, "Writing the model")
    followers = learned.demands[FOLLOWERS]
    chosen = next(one for one in board.candidates if one.chosen)
    parts = []
    for name, one in learned.demands.items():
        assert isinstance(one.ask, FittedGraph), "just learned"
        parts.append(demand_part(name, one.ask, _sample(learned, history.today)))
    return TrainedModel(
        parts=tuple(parts),
        parameters=learned.as_parameters(),
        features=("trend", *learned.card.pattern.names),
        evaluation=board,
        measures=chosen.measures,
        data_points=count_points(context.data),
        data_from=day_of(first_day(history)),
        data_until=context.as_of,
        kind="demand per class of guests and its response to the rate",
        notes=(
            f"{basis_of(followers.own_share, followers.because).capitalize()}.",
            *_borrowed(context, first_day(history)),
            f"Assumed beforehand: one per cent dearer costs {prior.elasticity:g} per cent of those who pay the rate of the day.",
        ),
    )


def _borrowed(context: TrainingContext, first: int) -> tuple[str, ...]:
    """Say so where the house has not lived through a year."""
    if context.bundled is None or context.data.history.today - first >= WHOLE_YEAR_DAYS:
        return ()
    return ("Seasons this house has not lived through are taken from other hotels.",)


def _sample(learned: Learned, today: int) -> Floats:
    days = night_range(today + 366 - SAMPLE_DAYS, SAMPLE_DAYS)
    return np.ascontiguousarray(day_columns(learned.card.pattern, days, today))
