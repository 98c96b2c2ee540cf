"""Who on the books is lost, on two real hotels: weekly origins, every learner fitted anew each four weeks."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from peer_environment import ask_peer
from peers import Row
from real_hotels import CITY, RESORT, history

from hotelml_app.core.clock import day_number
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import PredictionRequest, TrainingContext
from hotelml_app.ml.metrics import auc
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.modules.noshow.books import lay_out
from hotelml_app.modules.noshow.measures import rooms_error
from hotelml_app.modules.noshow.predicting import predict
from hotelml_app.modules.noshow.snapshots import Examples, as_numbers, examples
from hotelml_app.modules.noshow.training import train

FIRST, LAST = date(2016, 9, 7), date(2017, 1, 25)
REFIT_WEEKS = 4
BUCKETS = ((2, 7), (8, 14), (15, 28))
MORE_AUC, MOST_BIAS = 0.02, 0.010

Values = NDArray[np.float64]


def measure() -> list[Row]:
    """Return ours beside LightGBM on the same features, and beside the flat base rate, per hotel and days ahead."""
    rows = []
    for hotel in (CITY, RESORT):
        asked, ours, peer = _answers(hotel)
        for low, high in BUCKETS:
            inside = (asked.days_ahead >= low) & (asked.days_ahead <= high)
            rows += _rows(f"{hotel}, {low}-{high} days", asked.take(inside), ours[inside], peer[inside])
    return rows


def _rows(what: str, asked: Examples, ours: Values, peer: Values) -> list[Row]:
    lost, day = as_numbers(asked.lost), asked.arrival * 1000 + asked.days_ahead
    flat = np.full(len(lost), lost.mean())
    mine, theirs = auc(ours, asked.lost), auc(peer, asked.lost)
    bias = abs(float(ours.mean() - lost.mean()))
    error, peers = (
        rooms_error(ours, lost, day),
        {"LightGBM": rooms_error(peer, lost, day), "base rate": rooms_error(flat, lost, day)},
    )
    best = min(peers, key=lambda name: peers[name])
    return [
        Row(f"{what}: AUC", mine, theirs, "", "LightGBM", f"at least {MORE_AUC} more", mine >= theirs + MORE_AUC),
        Row(
            f"{what}: bias",
            bias,
            abs(float(peer.mean() - lost.mean())),
            "",
            "LightGBM",
            f"at most {MOST_BIAS}",
            bias <= MOST_BIAS,
        ),
        Row(f"{what}: lost rooms a day", error, peers[best], "", f"{best}, the better", "below", error < peers[best]),
    ]


def _answers(hotel: str) -> tuple[Examples, Values, Values]:
    """Return the bookings asked about, our risks and the peer's."""
    known = history(hotel)
    books = lay_out(known)
    origins = [FIRST + timedelta(weeks=week) for week in range((LAST - FIRST).days // 7 + 1)]
    warm = int(books.arrival.min()) + 35
    seen = examples(books, sorted(range(day_number(LAST), warm, -7)), 28)
    seen = seen.take(seen.days_ahead >= 2)
    ids = known.reservation_ids[known.booking[seen.spells]]
    ours, peer = np.full(len(seen), np.nan), np.full(len(seen), np.nan)
    for begin in range(0, len(origins), REFIT_WEEKS):
        trained, asked_from = origins[begin], origins[begin : begin + REFIT_WEEKS]
        now = np.isin(seen.day, [day_number(day) for day in asked_from])
        learn = seen.arrival <= day_number(trained)
        peer[now] = ask_peer(
            "lightgbm_classification", x=seen.features[learn], y=as_numbers(seen.lost[learn]), ask=seen.features[now]
        )
        risks = _ours(hotel, trained, asked_from)
        ours[now] = [risks[int(day), str(one)] for day, one in zip(seen.day[now], ids[now], strict=True)]
    asked = ~np.isnan(ours)
    return seen.take(asked), ours[asked], peer[asked]


def _ours(hotel: str, trained: date, asked_from: list[date]) -> dict[tuple[int, str], float]:
    """Return the risk of every booking through the program's own prediction, by origin and reservation."""
    print(f"training on {hotel} as of {trained} ...", file=sys.stderr, flush=True)
    facts = PropertyFacts(1, hotel, "PT")

    def data(day: date) -> PropertyData:
        return PropertyData(facts, day, lambda: history(hotel))

    model = LoadedModel.in_memory(train(TrainingContext(data(trained), trained, ModuleTrainingConfig())))
    found = {}
    for day in asked_from:
        for one in predict(PredictionRequest(data(day), day, 28, model)):
            found[day_number(day), one.key] = float(str(one.values["p_lost"]))
    return found
