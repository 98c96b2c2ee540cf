"""Nights of two real hotels: weekly origins, every learner fitted anew each four weeks, none sees a later day.

Thirteen nights say little of one day ahead: the nights of the next week are asked on every day as well.
Rooms sold beside every peer, how many nights the 80 % interval holds, and rates and revenue beside last year and the books.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from peer_environment import ask_peer
from peers import Row
from real_hotels import CITY, LAST_DAY, RESORT, history

from hotelml_app.core.clock import day_number
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import Prediction, PredictionRequest, TrainingContext
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.modules.forecast.candidates.features import NAMES, YEAR_DAYS, FeatureSource
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.risk import RiskClasses
from hotelml_app.modules.forecast.predicting import predict
from hotelml_app.modules.forecast.training import train

ORIGINS = [date(2016, 11, 2) + timedelta(weeks=week) for week in range(13)]
EVERY_DAY = [ORIGINS[0] + timedelta(days=number) for number in range((ORIGINS[-1] - ORIGINS[0]).days + 1)]
REFITS = ORIGINS[::4]
AHEAD = 28
METRICS = ("rooms_sold", "adr", "revenue")
NEXT_DAYS = ("1", "1-7")
BUCKETS = {"1": (1, 1), "1-7": (1, 7), "8-14": (8, 14), "1-14": (1, 14), "15-28": (15, 28)}
GOAL = 0.9
HOLDS = (77.0, 83.0)

OUR_OWN = ("pickup_expected", "pickup_seasonal", "expected_kept", "expected_lost")
"""What the peer does not get: losses expected by kind of booking are this program's own."""

Values = NDArray[np.float64]


def measure() -> list[Row]:
    """Return ours beside the better of pickup and LightGBM, and beside every other peer, per hotel and days ahead."""
    rows = []
    for hotel in (CITY, RESORT):
        truth, said = _said(hotel)
        for bucket in BUCKETS:
            rows += _errors(hotel, bucket, truth, said)
        for bucket in NEXT_DAYS:
            rows += _errors(hotel, bucket, *_said_every_day(hotel), ", asked every day")
        rows += [*_intervals(hotel, truth), *_money(hotel)]
    return rows


def _errors(hotel: str, bucket: str, truth: Values, said: dict[str, Values], asked: str = "") -> list[Row]:
    """Return ours beside everybody else's error of rooms sold, so many days ahead."""
    error = {name: _wape(truth, values, *BUCKETS[bucket]) for name, values in said.items()}
    ours, what = error.pop("HotelML"), f"{hotel}, rooms sold, {bucket} days ahead{asked}"
    best = min(("pickup", "LightGBM"), key=lambda name: error[name])
    goal = f"{best}, the better of pickup and LightGBM"
    rows = [Row(what, ours, error[best], "%", goal, f"at most {GOAL} x", ours <= GOAL * error[best])]
    return rows + [Row(what, ours, value, "%", name, "below", ours < value) for name, value in error.items() if name != best]


def _intervals(hotel: str, truth: Values) -> list[Row]:
    """Return what share of the nights the 80 % interval of rooms sold holds."""
    low, high = (_answers(hotel, "rooms_sold", quantile) for quantile in ("p10", "p90"))
    found = []
    for bucket, (first, last) in BUCKETS.items():
        actual, ahead = truth[:, first - 1 : last], slice(first - 1, last)
        known = ~np.isnan(actual)
        held = float(100 * ((low[:, ahead] <= actual) & (actual <= high[:, ahead]))[known].mean())
        what = f"{hotel}, 80 % interval holds, {bucket} days ahead"
        found.append(Row(what, held, 80.0, "%", "the goal", f"{HOLDS[0]:.0f} to {HOLDS[1]:.0f}", HOLDS[0] <= held <= HOLDS[1]))
    return found


def _money(hotel: str) -> list[Row]:
    """Return the errors of average rate and revenue beside what last year and the rates on the books would have said."""
    known = history(hotel)
    books = Books.of(known, RiskClasses(1.0, {}, {}, ()))
    now = np.array([day_number(day) - books.first for day in ORIGINS])
    ahead = np.broadcast_to(np.arange(1, AHEAD + 1), (len(now), AHEAD))
    night = now[:, None] + ahead
    passed = day_number(LAST_DAY) - books.first
    with np.errstate(divide="ignore", invalid="ignore"):
        rate, so_far = books.value[:, 0] / books.rooms[:, 0], books.value[night, ahead] / books.rooms[night, ahead]
    revenue = np.where(night <= passed, books.value[np.minimum(night, passed), 0], np.nan)
    truth = {"adr": np.where(night <= passed, rate[np.minimum(night, passed)], np.nan), "revenue": revenue}
    rules = {
        "adr": {"same weekday last year": rate[night - YEAR_DAYS], "rate on the books": so_far},
        "revenue": {
            "same weekday last year": books.value[night - YEAR_DAYS, 0],
            "pickup at the rate on the books": _pickup(books, now) * so_far,
        },
    }
    found = []
    for metric, title in (("adr", "average rate"), ("revenue", "revenue")):
        said = _answers(hotel, metric, "p50")
        for bucket, (low, high) in BUCKETS.items():
            ours = _wape(truth[metric], said, low, high)
            for name, values in rules[metric].items():
                error = _wape(truth[metric], values, low, high)
                found.append(Row(f"{hotel}, {title}, {bucket} days ahead", ours, error, "%", name, "below", ours < error))
    return found


def _wape(truth: Values, said: Values, low: int, high: int) -> float:
    actual, guess = truth[:, low - 1 : high], said[:, low - 1 : high]
    known = ~np.isnan(actual) & ~np.isnan(guess)
    return float(100 * np.abs(actual - guess)[known].sum() / actual[known].sum())


def _came(hotel: str, origins: Sequence[date]) -> tuple[Books, NDArray[np.int64], Values]:
    """Return the books, the origins as nights of theirs, and the rooms sold in the end, shape (origins, AHEAD)."""
    books = Books.of(history(hotel), RiskClasses(1.0, {}, {}, ()))
    now = np.array([day_number(day) - books.first for day in origins])
    night, passed = now[:, None] + np.arange(1, AHEAD + 1), day_number(LAST_DAY) - books.first
    return books, now, np.where(night <= passed, books.rooms[np.minimum(night, passed), 0], np.nan)


@cache
def _said_every_day(hotel: str) -> tuple[Values, dict[str, Values]]:
    """Return what came, and what those who know the books said of it on every day."""
    books, now, truth = _came(hotel, EVERY_DAY)
    ours = _answers(hotel, "rooms_sold", "p50", EVERY_DAY)
    return truth, {"HotelML": ours, "pickup": _pickup(books, now), "LightGBM": _lightgbm(books, now)}


def _said(hotel: str) -> tuple[Values, dict[str, Values]]:
    """Return what came and what everybody said of it, shape (origins, AHEAD) each."""
    books, now, truth = _came(hotel, ORIGINS)
    night = now[:, None] + np.arange(1, AHEAD + 1)
    sold = books.rooms[:, 0]
    passed = day_number(LAST_DAY) - books.first
    statistical = ask_peer("statistical", series=sold[: passed + 1], origins=now, ahead=np.array(AHEAD))
    return truth, {
        "HotelML": _answers(hotel, "rooms_sold", "p50"),
        "pickup": _pickup(books, now),
        "LightGBM": _lightgbm(books, now),
        "same weekday last year": sold[night - YEAR_DAYS],
        "last week": sold[night - 7 * -(-np.arange(1, AHEAD + 1) // 7)],
        "AutoETS": statistical[0],
        "AutoARIMA": statistical[1],
    }


_fitted: dict[tuple[str, date], LoadedModel] = {}


def _answers(hotel: str, metric: str, quantile: str, origins: Sequence[date] = tuple(ORIGINS)) -> Values:
    """Return a quantile of the house through the program's own predictions, shape (origins, AHEAD)."""
    found = [[one.values[quantile] for one in _ours(hotel, day) if one.key == metric] for day in origins]
    return np.array(found, dtype=np.float64)


@cache
def _ours(hotel: str, day: date) -> list[Prediction]:
    """Return what the program predicts of the house on a day by the model fitted last."""
    trained = max(one for one in REFITS if one <= day)
    facts = PropertyFacts(1, hotel, "PT")
    if (hotel, trained) not in _fitted:
        print(f"training on {hotel} as of {trained} ...", file=sys.stderr, flush=True)
        data = PropertyData(facts, trained, lambda: history(hotel))
        fitted = train(TrainingContext(data, trained, ModuleTrainingConfig()))
        _fitted[hotel, trained] = LoadedModel.in_memory(fitted)
    request = PredictionRequest(PropertyData(facts, day, lambda: history(hotel)), day, AHEAD, _fitted[hotel, trained])
    return [one for one in predict(request) if one.key in METRICS]


def _pickup(books: Books, now: NDArray[np.int64]) -> Values:
    source = FeatureSource(books)
    rows = source.rows(*_pairs(now))
    return (rows.on_books + rows.pickups["pickup_56"]).reshape(len(now), AHEAD)


def _lightgbm(books: Books, now: NDArray[np.int64]) -> Values:
    source = FeatureSource(books)
    columns = [at for at, name in enumerate(NAMES) if name not in OUR_OWN]
    answers = []
    refits = [day_number(day) - books.first for day in REFITS]
    for begin, end in pairwise([*refits, now[-1] + 1]):
        rows = source.rows(*_pairs(np.arange(YEAR_DAYS // 4, begin)))
        seen = rows.night <= begin
        asked = source.rows(*_pairs(now[(now >= begin) & (now < end)]))
        target = (source.sold(rows) - rows.on_books) / rows.unit
        guess = ask_peer("lightgbm_regression", x=rows.features[seen][:, columns], y=target[seen], ask=asked.features[:, columns])
        answers.append((asked.on_books + guess * asked.unit).reshape(-1, AHEAD))
    return np.concatenate(answers)


def _pairs(now: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.repeat(now, AHEAD).astype(np.int64), np.tile(np.arange(1, AHEAD + 1), len(now)).astype(np.int64)
