"""Fit the candidates and judge them on days their fits had not seen, in one pass through time.

Every four weeks of the latest months the trees are fitted anew on all nights before, and the network is taken further; both
then predict from the days that follow. The last fit, on everything, is the one that goes live.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_of
from hotelml_app.core.jobs import ProgressCallback
from hotelml_app.ml.splits import RollingFold, rolling_folds
from hotelml_app.modules.forecast.candidates import boosting
from hotelml_app.modules.forecast.candidates.elsewhere import Elsewhere
from hotelml_app.modules.forecast.candidates.features import YEAR_DAYS, FeatureRows, FeatureSource
from hotelml_app.modules.forecast.candidates.house import rules
from hotelml_app.modules.forecast.candidates.network import CurveNetwork, Floats
from hotelml_app.modules.forecast.errors import ShortHistoryError
from hotelml_app.modules.forecast.hyperparameters import Hyperparameters
from hotelml_app.modules.forecast.on_books.books import AHEAD, Books
from hotelml_app.modules.forecast.on_books.panel import REPLAY_STEP_DAYS

FIRST_ORIGIN = 28
"""Nights that must have passed before an origin is learned from."""

FOLD_DAYS = 28
FEWEST_NIGHTS = 84
"""Nights that the first fit of the backtest learns from, at least."""

MOST_ROWS = 20_000
DENSE_DAYS = 28
"""Up to so many days ahead every day is learned from, beyond it every other."""

FIRST_RATES = {3e-3: 0.6, 1e-3: 0.25, 3e-4: 0.15}
"""Learning rates of the network's first fit and the share of the epochs each gets."""

FURTHER = {1e-3: 2, 3e-4: 1}
"""Learning rates and epochs by which the network is taken further."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Backtest:
    """Predictions from days the fits had not seen: ``predicted`` of shape (rows, candidates); ``actual`` NaN where open."""

    rows: FeatureRows
    predicted: Values
    actual: Values
    baselines: dict[str, Values]


@dataclass(frozen=True)
class Fitted:
    """The last fit of each candidate, the backtest before it, and rows to compare the exported graphs on.

    ``elsewhere`` is what other hotels' curves were asked for beside them, None where nothing was.
    """

    trees: Any
    network: CurveNetwork
    backtest: Backtest
    sample: FeatureRows
    sample_curves: Floats
    elsewhere: Elsewhere | None


def enough_nights(books: Books) -> None:
    """Raise ShortHistoryError where there are too few passed nights to learn and to judge."""
    needed = FIRST_ORIGIN + FEWEST_NIGHTS + FOLD_DAYS
    since = books.nights_told
    if since < needed <= books.today:
        raise ShortHistoryError(
            f"Until {day_of(books.first + books.told_from)} the exports of {books.history.property_name} do not tell which "
            f"bookings were lost; {since} nights have passed since, learning booking curves takes {needed}.",
            remedy="Import an export that lists cancelled bookings too, or wait: training starts once there are enough nights.",
        )
    if books.today < needed:
        raise ShortHistoryError(
            f"The exports of {books.history.property_name} tell of {max(books.today, 0)} passed nights; "
            f"learning booking curves takes {needed}.",
            remedy="Import an older export, or wait: training starts by itself once there are enough.",
        )


def fit(
    source: FeatureSource, settings: Hyperparameters, progress: ProgressCallback, elsewhere: Elsewhere | None = None
) -> Fitted:
    """Fit and judge the candidates, beside them what was learned ``elsewhere``. Raises ShortHistoryError."""
    enough_nights(source.books)
    today = source.books.today
    rows, target = examples(source)
    curves = source.curves(rows)
    folds = rolling_folds(_first_origin(source), today, length=FOLD_DAYS, at_most=settings.folds, min_train=FEWEST_NIGHTS)
    network, judged, trees = CurveNetwork(settings.seed), [], None
    for number, fold in enumerate((*folds, None)):
        progress((number + 0.1) / (len(folds) + 1), _step(number, len(folds)))
        until = fold.train_until if fold is not None else today
        known = rows.night <= until
        learned = chosen(rows, known)
        trees = boosting.fit_boosting(learned, target[known], settings.rounds, settings.seed)
        network.fit(curves[known], learned, target[known], _schedule(number, settings))
        if fold is not None:
            judged.append(_judge(source, fold, trees, network, elsewhere))
    sample = np.linspace(0, len(rows) - 1, min(len(rows), 2000)).astype(int)
    picked = np.zeros(len(rows), dtype=bool)
    picked[sample] = True
    return Fitted(trees, network, _joined(judged), chosen(rows, picked), curves[picked], elsewhere)


def examples(source: FeatureSource) -> tuple[FeatureRows, Values]:
    """Return rows to learn from, of nights that have passed, and what was still to come of each in units."""
    rows = source.rows(*_learned_pairs(_first_origin(source), source.books.today))
    return rows, (source.sold(rows) - rows.on_books) / rows.unit


def _first_origin(source: FeatureSource) -> int:
    return max(FIRST_ORIGIN, source.books.told_from)


def chosen(rows: FeatureRows, which: NDArray[np.bool_]) -> FeatureRows:
    """Return some of the rows."""
    return FeatureRows(
        rows.now[which],
        rows.horizon[which],
        rows.features[which],
        rows.on_books[which],
        rows.kept[which],
        rows.new[which],
        rows.peak[which],
        {name: values[which] for name, values in rows.pickups.items()},
        rows.borrowed_losses[which],
    )


def _learned_pairs(first: int, today: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of origin, from ``first`` on, and days ahead whose night has passed, thinned to MOST_ROWS."""
    per_origin = DENSE_DAYS + (AHEAD - DENSE_DAYS) // 2
    step = max(1, -(-(today - first) * per_origin // MOST_ROWS))
    origins = np.arange(today - 1, first - 1, -step)[::-1]
    now, horizon = np.repeat(origins, AHEAD), np.tile(np.arange(1, AHEAD + 1), len(origins))
    kept = (now + horizon <= today) & ((horizon <= DENSE_DAYS) | ((now // step + horizon) % 2 == 0))
    return now[kept].astype(np.int64), horizon[kept].astype(np.int64)


def _judge(source: FeatureSource, fold: RollingFold, trees: Any, network: CurveNetwork, elsewhere: Elsewhere | None) -> Backtest:
    today = source.books.today
    days = np.arange(fold.first_origin, fold.last_origin + 1)
    origins = days[(today - days) % REPLAY_STEP_DAYS == 0]
    now, horizon = np.repeat(origins, AHEAD), np.tile(np.arange(1, AHEAD + 1), len(origins))
    rows = source.rows(now.astype(np.int64), horizon.astype(np.int64))
    predicted = [
        boosting.predict_trained(trees, rows),
        network.predict(source.curves(rows), rows),
        *rules(rows),
        *([elsewhere.predict(rows, source.books.first)] if elsewhere is not None else []),
    ]
    return Backtest(rows, np.stack(predicted, axis=1), source.sold(rows), baselines(source, rows))


def baselines(source: FeatureSource, rows: FeatureRows) -> dict[str, Values]:
    """Return what the plain rules say: additive pickup, the same weekday last year and last week; NaN where unknown."""
    sold = source.books.rooms[:, 0]
    last_year, last_week = rows.night - YEAR_DAYS, rows.night - 7 * -(-rows.horizon // 7)
    return {
        "pickup": rows.on_books + rows.pickups["pickup_56"],
        "last year": np.where(last_year >= 0, sold[np.maximum(last_year, 0)], np.nan),
        "last week": np.where(last_week >= 0, sold[np.maximum(last_week, 0)], np.nan),
    }


def _joined(parts: list[Backtest]) -> Backtest:
    rows = parts[0].rows
    for part in parts[1:]:
        rows = together(rows, part.rows)
    return Backtest(
        rows,
        np.concatenate([part.predicted for part in parts]),
        np.concatenate([part.actual for part in parts]),
        {name: np.concatenate([part.baselines[name] for part in parts]) for name in parts[0].baselines},
    )


def together(a: FeatureRows, b: FeatureRows) -> FeatureRows:
    """Return the rows of both."""
    names = ("now", "horizon", "features", "on_books", "kept", "new", "peak", "borrowed_losses")
    joined = {name: np.concatenate([getattr(a, name), getattr(b, name)]) for name in names}
    pickups = {name: np.concatenate([a.pickups[name], b.pickups[name]]) for name in a.pickups}
    return replace(a, pickups=pickups, **joined)


def _schedule(number: int, settings: Hyperparameters) -> dict[float, int]:
    if number:
        return FURTHER
    return {rate: max(1, round(share * settings.network_epochs)) for rate, share in FIRST_RATES.items()}


def _step(number: int, folds: int) -> str:
    if number < folds:
        return f"Learning booking curves and judging them, part {number + 1} of {folds}"
    return "Learning from everything"
