"""Ask a trained model: log-odds from its graphs, made honest by what came of the latest weeks. NumPy and ONNX Runtime alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.calibration import logit
from hotelml_app.ml.errors import OutdatedModelError
from hotelml_app.ml.onnx.sklearn_to_onnx import INPUT
from hotelml_app.modules.noshow.books import Books, Floats, Integers
from hotelml_app.modules.noshow.features import LATE_DAYS, feature_names
from hotelml_app.modules.noshow.recalibration import (
    SEEN_IN_TRAINING,
    WINDOW_DAYS,
    Calibration,
    Replay,
    calibration_from,
    recalibrated,
)
from hotelml_app.modules.noshow.snapshots import Examples, as_numbers, examples

if TYPE_CHECKING:
    from hotelml_app.ml.onnx.sessions import LoadedModel

REPLAY_EVERY_DAYS = 7
LONGEST_DAYS = LATE_DAYS
"""Models learn from bookings up to so many days before arrival; further ahead the base rate answers."""


def log_odds(model: LoadedModel, features: NDArray[np.float32]) -> Floats:
    """Return the log-odds of being lost before calibration, shape (rows,).

    A blend is one graph; models of earlier versions of HotelML have one per member, whose log-odds are added by weight.
    """
    if not len(features):
        return np.zeros(0)
    members = model.parameters["members"]
    return reduce(np.add, (member["weight"] * _log_odds_of(model, member["part"], features) for member in members))


def _log_odds_of(model: LoadedModel, part: str, features: NDArray[np.float32]) -> Floats:
    # Every graph has one output; a classifier gives a column per class, a network or a blend one column.
    (given,) = model.run(part, {INPUT: features}).values()
    return logit(given[:, -1])


def p_lost_of(model: LoadedModel, features: NDArray[np.float32], days_ahead: Integers, calibration: Calibration) -> Floats:
    """Return the probability of being lost for rows of features; one row takes well under a millisecond."""
    return calibration.apply(log_odds(model, features), days_ahead)


def trained_calibration(model: LoadedModel) -> Calibration:
    """Return the calibration the model left training with."""
    return calibration_from(model.parameters["calibration"])


def current_calibration(model: LoadedModel, seen: Examples) -> tuple[Calibration, Floats]:
    """Return the trained calibration moved by what came of the latest weeks, and what it says of them, shape (seen,)."""
    if not len(seen):
        return trained_calibration(model), np.zeros(0)
    replay = as_replay(model, seen)
    current = recalibrated(trained_calibration(model), replay)
    return current, current.apply(replay.score, replay.days_ahead)


def as_replay(model: LoadedModel, seen: Examples) -> Replay:
    """Return what the model says of past examples beside what came of them."""
    new = seen.arrival > int(model.parameters["trained_until"])
    return Replay(
        days_ahead=seen.days_ahead,
        score=log_odds(model, seen.features),
        lost=as_numbers(seen.lost),
        weight=np.where(new, 1.0, SEEN_IN_TRAINING),
    )


def replayed(books: Books, day: int) -> Examples:
    """Return the bookings that arrived in the latest weeks as they stood on weekly snapshot days before."""
    oldest = max(day - WINDOW_DAYS - LONGEST_DAYS, books.told_from - 1)
    days = range(day - REPLAY_EVERY_DAYS, oldest, -REPLAY_EVERY_DAYS)
    return examples(books, days, LONGEST_DAYS, arrivals_after=day - WINDOW_DAYS)


def columns_of(model: LoadedModel, books: Books) -> NDArray[np.intp]:
    """Return where the features that the model looks at lie among those that are computed, in its order.

    Raises OutdatedModelError where it wants one that is not computed any more.
    """
    at = {name: column for column, name in enumerate(feature_names(books))}
    wanted: Sequence[str] = model.parameters["features"]
    if not at.keys() >= set(wanted):
        raise OutdatedModelError("it looks at other features")
    return np.array([at[name] for name in wanted], dtype=np.intp)
