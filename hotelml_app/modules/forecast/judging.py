"""The leaderboard of a backtest: candidates and baselines on the same nights, weights and widths as they were known then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_of
from hotelml_app.ml.metrics import bias, coverage, wape
from hotelml_app.ml.onnx.trained import CandidateScore, Leaderboard, Measure
from hotelml_app.modules.forecast.candidates.blend import CANDIDATES, OWN, Record, blended, learned_weights, usual_weights
from hotelml_app.modules.forecast.intervals import ANCHORS, LEVELS, Replay
from hotelml_app.modules.forecast.learning import Backtest
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.panel import REPLAY_HORIZONS, REPLAY_NIGHTS, Panel
from hotelml_app.modules.forecast.spread import rooms_spread

BUCKETS = {"1-14 days ahead": (1, 14), "15-28 days ahead": (15, 28), "1-7 days ahead": (1, 7), "8-14 days ahead": (8, 14)}
FAR_BUCKETS = {"29-60 days ahead": (29, 60), "61-90 days ahead": (61, 90)}

PRIMARY_BUCKETS = ("1-14 days ahead", "15-28 days ahead")
"""What decides between candidates, and between a new model and the one before."""

CHOSEN_BY_DAYS = 112
"""Only so many of the backtest's latest days choose: before, the learners had hardly anything to learn from."""

CLEARLY_BETTER = 0.9
"""A single candidate takes the place of the blend only if it is better by more than chance may bring."""

BLEND = "blend"
BASELINE = "pickup"
_TITLES = {
    "boosting": "gradient boosting",
    "network": "recurrent network (LSTM)",
    "expected": "expected losses and pickup",
    "seasonal": "the same with last year's drift",
    "additive": "pickup of the last eight and four weeks",
    "elsewhere": "gradient boosting learned at other hotels",
}

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Judgement:
    """What the backtest says: the board, the chosen candidate, and the measures of the model that goes live."""

    board: Leaderboard
    chosen: str
    measures: tuple[Measure, ...]


def judge(books: Books, backtest: Backtest) -> Judgement:
    """Judge candidates and baselines on the nights of a backtest that have passed."""
    middle = _blend_through_time(books, backtest)
    asked = {name: said for name, said in zip(CANDIDATES, backtest.predicted.T, strict=False) if not np.isnan(said).all()}
    rules = {BLEND: middle, **asked}
    chosen = _chosen(backtest, rules)
    inside = _inside_through_time(books, backtest, rules[chosen])
    scores = [
        CandidateScore(
            _TITLES.get(name, name), _measures(backtest, values, inside if name == chosen else None), chosen=name == chosen
        )
        for name, values in rules.items()
    ]
    scores += [
        CandidateScore(name, _measures(backtest, values, None), is_baseline=True) for name, values in backtest.baselines.items()
    ]
    origins = tuple(_days(books, np.unique(backtest.rows.now)))
    board = Leaderboard("forecast", origins, tuple(scores), _notes(backtest, origins, chosen))
    return Judgement(board, chosen, next(score.measures for score in scores if score.chosen))


def _measures(backtest: Backtest, values: Values, inside: tuple[Values, Values] | None) -> tuple[Measure, ...]:
    found = []
    for label, (low, high) in {**BUCKETS, **FAR_BUCKETS}.items():
        rows = _bucket(backtest, low, high) & ~np.isnan(values) & ~np.isnan(backtest.baselines[BASELINE])
        if rows.any():
            rule = wape(backtest.actual[rows], backtest.baselines[BASELINE][rows])
            found.append(Measure("WAPE", wape(backtest.actual[rows], values[rows]), "%", label, BASELINE, rule))
    for label in PRIMARY_BUCKETS:
        rows = _bucket(backtest, *BUCKETS[label]) & ~np.isnan(values)
        if rows.any():
            found.append(Measure("bias", bias(backtest.actual[rows], values[rows]), "rooms", label))
        if inside is not None and (rows := rows & ~np.isnan(inside[0])).any():
            held = 100 * coverage(backtest.actual[rows], inside[0][rows], inside[1][rows])
            found.append(Measure("80 % interval holds", held, "%", label, lower_is_better=False))
    return tuple(found)


def _chosen(backtest: Backtest, rules: dict[str, Values]) -> str:
    """Return the blend, or a single candidate of the hotel's own that is clearly better than it."""

    late = backtest.rows.now > backtest.rows.now.max(initial=0) - CHOSEN_BY_DAYS

    def error(name: str) -> float:
        parts = []
        for label in PRIMARY_BUCKETS:
            rows = _bucket(backtest, *BUCKETS[label]) & late
            if rows.any():
                parts.append(wape(backtest.actual[rows], rules[name][rows]))
        return float(np.exp(np.mean(np.log(np.maximum(parts, 1e-9))))) if parts else float("inf")

    best = min(OWN, key=error)
    return best if error(best) < CLEARLY_BETTER * error(BLEND) else BLEND


def _blend_through_time(books: Books, backtest: Backtest) -> Values:
    """Return the blend at each origin with the weights that were known then."""
    result = np.full(len(backtest.rows), np.nan)
    for now, rows in _origins(backtest):
        past = _known_at(backtest, now)
        record = Record(
            backtest.rows.horizon[past], now - backtest.rows.night[past], backtest.predicted[past], backtest.actual[past]
        )
        usual = usual_weights(backtest.predicted.shape[1], now - books.told_from)
        result[rows] = blended(learned_weights(record, usual), backtest.rows.horizon[rows], backtest.predicted[rows])
    return result


def _inside_through_time(books: Books, backtest: Backtest, middle: Values) -> tuple[Values, Values]:
    """Return the 80 % interval of each row with the errors that were known at its origin; NaN before there were enough."""
    low, high = np.full(len(middle), np.nan), np.full(len(middle), np.nan)
    first, last = LEVELS.index(0.1), LEVELS.index(0.9)
    begun = int(backtest.rows.now.min(initial=0)) + 2 * 28
    for now, rows in _origins(backtest):
        if now < begun:
            continue
        past = _known_at(backtest, now)
        error = np.where(past, backtest.actual - middle, np.nan)
        spread = rooms_spread(backtest.rows, middle, error, now - backtest.rows.night)
        panel = Panel(backtest.rows.now[past], backtest.rows.horizon[past], np.zeros(int(past.sum()), dtype=bool), now)
        factors = Replay(panel).scaled(error[past] / spread[past])
        at = np.log(backtest.rows.horizon[rows])
        low[rows] = np.maximum(middle[rows] + spread[rows] * np.interp(at, np.log(ANCHORS), factors[:, first]), 0.0)
        high[rows] = middle[rows] + spread[rows] * np.interp(at, np.log(ANCHORS), factors[:, last])
    return low, high


def _origins(backtest: Backtest) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    for now in np.unique(backtest.rows.now).tolist():
        yield now, backtest.rows.now == now


def _known_at(backtest: Backtest, now: int) -> NDArray[np.bool_]:
    """Return the rows whose night had passed at an earlier origin, thinned as a prediction's replay is."""
    night = backtest.rows.night
    passed: NDArray[np.bool_] = (night <= now) & (night > now - REPLAY_NIGHTS) & np.isin(backtest.rows.horizon, REPLAY_HORIZONS)
    return passed


def _bucket(backtest: Backtest, low: int, high: int) -> NDArray[np.bool_]:
    horizon = backtest.rows.horizon
    found: NDArray[np.bool_] = (horizon >= low) & (horizon <= high) & ~np.isnan(backtest.actual)
    return found


def _days(books: Books, rows: NDArray[np.int64]) -> Sequence[date]:
    return [day_of(int(row) + books.first) for row in rows]


def _notes(backtest: Backtest, origins: Sequence[date], chosen: str) -> tuple[str, ...]:
    passed = int((~np.isnan(backtest.actual)).sum())
    said = (
        f"{passed:,} predictions from {len(origins)} days between {origins[0]} and {origins[-1]}, each by a fit that had not "
        "seen the nights it speaks of; rooms sold of the whole house."
    )
    better = f"{1 - CLEARLY_BETTER:.0%}"
    kept = (
        f"The blend stays chosen unless one way alone is lately better by {better} over all days ahead."
        if chosen == BLEND
        else ""
    )
    return (said, *filter(None, [kept]))
