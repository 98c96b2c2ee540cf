"""Rooms sold per night on two real hotels: weekly origins, every learner fitted anew each four weeks, none sees a later day."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from peer_environment import ask_peer
from peers import Row
from real_hotels import CITY, LAST_DAY, RESORT, history

from hotelml_app.core.clock import day_number
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import PredictionRequest, TrainingContext
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
    return rows


def _wape(truth: Values, said: Values, low: int, high: int) -> float:
    actual, guess = truth[:, low - 1 : high], said[:, low - 1 : high]
    known = ~np.isnan(actual)
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
        "HotelML": np.stack([_ours(hotel, number) for number in range(len(ORIGINS))]),
        "pickup": _pickup(books, now),
        "LightGBM": _lightgbm(books, now),
        "same weekday last year": sold[night - YEAR_DAYS],
        "last week": sold[night - 7 * -(-np.arange(1, AHEAD + 1) // 7)],
        "AutoETS": statistical[0],
        "AutoARIMA": statistical[1],
    }


_fitted: dict[tuple[str, date], LoadedModel] = {}


def _ours(hotel: str, number: int) -> Values:
    """Return the median through the program's own prediction, by the model fitted last."""
    trained = ORIGINS[number - number % REFIT_WEEKS]
    facts = PropertyFacts(1, hotel, "PT")
    if (hotel, trained) not in _fitted:
        print(f"training on {hotel} as of {trained} ...", file=sys.stderr, flush=True)
        data = PropertyData(facts, trained, lambda: history(hotel))
        fitted = train(TrainingContext(data, trained, ModuleTrainingConfig()))
        _fitted[hotel, trained] = LoadedModel.in_memory(fitted)
    day = ORIGINS[number]
    request = PredictionRequest(PropertyData(facts, day, lambda: history(hotel)), day, AHEAD, _fitted[hotel, trained])
    house = [one.values["p50"] for one in predict(request) if one.key == "rooms_sold"]
    return np.array(house, dtype=np.float64)


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
