"""Training: read the books, fit and judge the candidates, export them to ONNX."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.errors import NothingKnownError
from hotelml_app.ml.onnx.trained import Leaderboard, TrainedModel
from hotelml_app.ml.property.calendar import special_days
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import CalendarEvent
from hotelml_app.modules.forecast.candidates import boosting
from hotelml_app.modules.forecast.candidates.elsewhere import Elsewhere, brought_along
from hotelml_app.modules.forecast.candidates.features import NAMES, FeatureSource
from hotelml_app.modules.forecast.candidates.house import Remembered
from hotelml_app.modules.forecast.hyperparameters import hyperparameters
from hotelml_app.modules.forecast.judging import Judgement, judge
from hotelml_app.modules.forecast.learning import Backtest, Fitted, enough_nights, fit
from hotelml_app.modules.forecast.on_books.books import AHEAD, Books, first_night
from hotelml_app.modules.forecast.on_books.panel import REPLAY_HORIZONS
from hotelml_app.modules.forecast.on_books.risk import learn_risk_classes
from hotelml_app.modules.forecast.outcomes import count_points

CALENDAR_YEARS_AHEAD = 3
"""Holidays are written into the model so far ahead; a prediction then needs no calendar of its own."""


def train(context: TrainingContext) -> TrainedModel:
    """Train the forecast on everything known at ``context.as_of``. Raises ShortHistoryError, HyperparameterError."""
    books, fitted, judgement = _learn(context)
    context.progress(0.95, "Exporting what was learned")
    parameters = _parameters(books, fitted, judgement, _special(context, books.history, ()))
    own = boosting.boosting_part(fitted.trees, fitted.sample), fitted.network.part(fitted.sample_curves, fitted.sample)
    elsewhere = fitted.elsewhere
    if elsewhere is not None:
        parameters["elsewhere"] = elsewhere.as_dict()
    return TrainedModel(
        parts=own if elsewhere is None else (*own, elsewhere.part(fitted.sample)),
        parameters=parameters,
        features=NAMES,
        evaluation=judgement.board,
        measures=judgement.measures,
        data_points=count_points(context.data),
        data_from=day_of(books.first),
        data_until=context.as_of,
        kind=_kind(judgement.chosen, elsewhere),
        notes=judgement.board.notes if elsewhere is None else (*judgement.board.notes, elsewhere.told()),
    )


def evaluate(context: TrainingContext) -> Leaderboard:
    """Run the rolling-origin backtest and return its leaderboard. Raises ShortHistoryError, HyperparameterError."""
    return _learn(context)[2].board


def _learn(context: TrainingContext) -> tuple[Books, Fitted, Judgement]:
    settings = hyperparameters(context.config.hyperparameters, context.seed)
    _, books = books_to_learn_from(context)
    context.progress(0.02, "Laying out the booking curves")
    source, elsewhere = FeatureSource(books), brought_along(context.bundled, books.nights_told)
    fitted = fit(source, settings, lambda done, step: context.progress(0.05 + 0.85 * done, step), elsewhere)
    return books, fitted, judge(books, fitted.backtest)


def books_to_learn_from(context: TrainingContext) -> tuple[dict[date, str], Books]:
    """Return the special days and the books known at ``context.as_of``. Raises NothingKnownError, ShortHistoryError."""
    history = context.data.history.as_of(context.as_of)
    if not len(history):
        raise NothingKnownError(
            f"There are no bookings of {context.data.facts.name}.", remedy="Put an export of its bookings into the drop folder."
        )
    special = _special(context, history, context.data.facts.events)
    books = Books.of(history, learn_risk_classes(history), special=special_rows(special))
    enough_nights(books)
    return special, books


def special_rows(special: dict[date, str]) -> dict[int, str]:
    """Return special days by day number."""
    return {day_number(day): name for day, name in special.items()}


def _special(context: TrainingContext, history: History, events: Iterable[CalendarEvent]) -> dict[date, str]:
    facts = context.data.facts
    first = day_of(first_night(history))
    last = context.as_of + timedelta(days=366 * CALENDAR_YEARS_AHEAD + AHEAD)
    return special_days(facts.country, first, last, events)


def _kind(chosen: str, elsewhere: Elsewhere | None) -> str:
    ways = ["gradient boosting", "a recurrent network (LSTM)", "a pickup rule"]
    ways += ["other hotels' booking curves"] if elsewhere is not None else []
    return f"{chosen} of {', '.join(ways[:-1])} and {ways[-1]}"


def _parameters(books: Books, fitted: Fitted, judgement: Judgement, holidays: dict[date, str]) -> dict[str, Any]:
    """Return what is kept beside the graphs; of special days the holidays alone: staff's events are asked for each time."""
    assert fitted.network.scaling is not None, "the network was fitted"
    return {
        "trained_until": books.history.today,
        "chosen": judgement.chosen,
        "risk": books.risk.as_dict(),
        "network": fitted.network.scaling.as_dict(),
        "remembered": _remembered(books, fitted.backtest).as_dict(),
        "special_days": {day.isoformat(): name for day, name in holidays.items()},
    }


def _remembered(books: Books, backtest: Backtest) -> Remembered:
    origins = np.unique(backtest.rows.now)
    kept = np.isin(backtest.rows.horizon, REPLAY_HORIZONS)
    said = backtest.predicted[kept, :2].reshape(len(origins), len(REPLAY_HORIZONS), 2)
    return Remembered(origins + books.first, said)
