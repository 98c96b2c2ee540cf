"""Nights of two real hotels: weekly origins, every learner fitted anew each four weeks, none sees a later day.

Rooms sold beside every peer, how many nights the 80 % interval holds, and rates and revenue beside last year and the books.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray
from peer_environment import ask_peer
from peers import Row
from real_hotels import CITY, LAST_DAY, RESORT, history

from hotelml_app.core.clock import day_number
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import Prediction, PredictionRequest, TrainingContext
from hotelml_app.ml.property_data import PropertyData, PropertyFacts
from hotelml_app.ml.sessions import LoadedModel
from hotelml_app.modules.forecast.books import Books
from hotelml_app.modules.forecast.features import NAMES, YEAR_DAYS, FeatureSource
from hotelml_app.modules.forecast.predicting import predict
from hotelml_app.modules.forecast.risk import RiskClasses
from hotelml_app.modules.forecast.training import train

ORIGINS = [date(2016, 11, 2) + timedelta(weeks=week) for week in range(13)]
REFIT_WEEKS = 4
AHEAD = 28
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
        for bucket, (low, high) in BUCKETS.items():
            error = {name: _wape(truth, values, low, high) for name, values in said.items()}
            ours = error.pop("HotelML")
            what = f"{hotel}, rooms sold, {bucket} days ahead"
            best = min(("pickup", "LightGBM"), key=lambda name: error[name])
            met = ours <= GOAL * error[best]
            rows.append(Row(what, ours, error[best], "%", f"{best}, the better of pickup and LightGBM", f"at most {GOAL} x", met))
            rows += [Row(what, ours, value, "%", name, "below", ours < value) for name, value in error.items() if name != best]
        rows += [*_intervals(hotel, truth), *_money(hotel)]
    return rows


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


def _said(hotel: str) -> tuple[Values, dict[str, Values]]:
    """Return what came and what everybody said of it, shape (origins, AHEAD) each."""
    known = history(hotel)
    books = Books.of(known, RiskClasses(1.0, {}, {}, ()))
    now = np.array([day_number(day) - books.first for day in ORIGINS])
    night = now[:, None] + np.arange(1, AHEAD + 1)
    sold = books.rooms[:, 0]
    passed = day_number(LAST_DAY) - books.first
    truth = np.where(night <= passed, sold[np.minimum(night, passed)], np.nan)
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


def _answers(hotel: str, metric: str, quantile: str) -> Values:
    """Return a quantile of the house through the program's own predictions, shape (origins, AHEAD)."""
    found = [[one.values[quantile] for one in _ours(hotel, number) if one.key == metric] for number in range(len(ORIGINS))]
    return np.array(found, dtype=np.float64)


@cache
def _ours(hotel: str, number: int) -> list[Prediction]:
    """Return what the program predicts from an origin by the model fitted last."""
    trained = ORIGINS[number - number % REFIT_WEEKS]
    facts = PropertyFacts(1, hotel, "PT")
    if (hotel, trained) not in _fitted:
        print(f"training on {hotel} as of {trained} ...", file=sys.stderr, flush=True)
        data = PropertyData(facts, trained, lambda: history(hotel))
        fitted = train(TrainingContext(data, trained, ModuleTrainingConfig()))
        _fitted[hotel, trained] = LoadedModel.in_memory(fitted)
    day = ORIGINS[number]
    request = PredictionRequest(PropertyData(facts, day, lambda: history(hotel)), day, AHEAD, _fitted[hotel, trained])
    return predict(request)


def _pickup(books: Books, now: NDArray[np.int64]) -> Values:
    source = FeatureSource(books)
    rows = source.rows(*_pairs(now))
    return (rows.on_books + rows.pickups["pickup_56"]).reshape(len(now), AHEAD)


def _lightgbm(books: Books, now: NDArray[np.int64]) -> Values:
    source = FeatureSource(books)
    columns = [at for at, name in enumerate(NAMES) if name not in OUR_OWN]
    answers = []
    for begin in range(0, len(now), REFIT_WEEKS):
        learn = np.arange(YEAR_DAYS // 4, now[begin])
        rows = source.rows(*_pairs(learn))
        seen = rows.night <= now[begin]
        asked = source.rows(*_pairs(now[begin : begin + REFIT_WEEKS]))
        target = (source.sold(rows) - rows.on_books) / rows.unit
        guess = ask_peer("lightgbm_regression", x=rows.features[seen][:, columns], y=target[seen], ask=asked.features[:, columns])
        answers.append((asked.on_books + guess * asked.unit).reshape(-1, AHEAD))
    return np.concatenate(answers)


def _pairs(now: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return np.repeat(now, AHEAD).astype(np.int64), np.tile(np.arange(1, AHEAD + 1), len(now)).astype(np.int64)
