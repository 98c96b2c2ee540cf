"""The forecast: what answers for a young house, and trees for the blend of any, from the booking curves of all real hotels.

What the trees are worth at a hotel is told by trees that learned at the other real ones.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from typing import Any

import numpy as np

from bundling import of_bookings
from bundling.brought import Brought, Ground
from bundling.of_bookings import LAST_DAYS, LICENCE, SOURCE
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.metrics import wape
from hotelml_app.ml.onnx.sklearn_to_onnx import on_grid, sklearn_part
from hotelml_app.ml.onnx.trained import OnnxPart
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.forecast.candidates.boosting import fit_boosting, rooms_of
from hotelml_app.modules.forecast.candidates.elsewhere import PART, without_rates
from hotelml_app.modules.forecast.candidates.features import FeatureRows, FeatureSource
from hotelml_app.modules.forecast.hyperparameters import Hyperparameters
from hotelml_app.modules.forecast.learning import examples, together
from hotelml_app.modules.forecast.on_books.books import Books
from hotelml_app.modules.forecast.on_books.risk import learn_risk_classes
from hotelml_app.modules.forecast.training import books_to_learn_from, special_rows

DAYS_AHEAD = (2, 28)
"""Where the blend leans on it."""

SAMPLE_ROWS = 2000


def build(ground: Ground, say: Callable[[str], None]) -> Brought:
    """Return the forecast of a young house, with the trees for the blend where they beat pickup at hotels they never saw."""
    brought = of_bookings.build("forecast", ground, say)
    judged = []
    for name, data in ground.real.items():
        say(f"judging at {name} what booking curves of the other hotels tell")
        judged.append(_judged(name, data, _trees(*_examples([one for other, one in ground.real.items() if other != name]))))
    share = math.exp(sum(math.log(one["WAPE"] / one["pickup"]) for one in judged) / len(judged))
    say(f"their error is {share:.3f} of that of pickup")
    if share >= 1:
        return brought
    told = {
        "source": f"{SOURCE}: {', '.join(ground.real)}",
        "licence": LICENCE,
        "as_of": max(data.as_of for data in ground.real.values()).isoformat(),
        "error_as_share_of_pickup": round(share, 4),
        "days_ahead": list(DAYS_AHEAD),
        "judged_at": judged,
    }
    trained = replace(brought.trained, parts=(*brought.trained.parts, _part(list(ground.real.values()))))
    return replace(brought, trained=trained, card={**brought.card, PART: told})


def _examples(hotels: Sequence[PropertyData]) -> tuple[FeatureRows, np.ndarray]:
    found = [examples(FeatureSource(_books(one))) for one in hotels]
    rows = reduce(together, [rows for rows, _ in found])
    return replace(rows, features=without_rates(rows.features)), np.concatenate([target for _, target in found])


def _books(data: PropertyData) -> Books:
    return books_to_learn_from(TrainingContext(data, data.as_of, ModuleTrainingConfig()))[1]


def _trees(rows: FeatureRows, target: np.ndarray) -> Any:
    usual = Hyperparameters()
    return fit_boosting(rows, target, usual.rounds, usual.seed)


def _part(hotels: Sequence[PropertyData]) -> OnnxPart:
    rows, target = _examples(hotels)
    sample = np.linspace(0, len(rows) - 1, min(len(rows), SAMPLE_ROWS)).astype(int)
    return sklearn_part(PART, _trees(rows, target), on_grid(rows.features[sample]))


def _judged(name: str, data: PropertyData, trees: Any) -> dict[str, Any]:
    """Return the error in per cent beside that of pickup, at a hotel the trees never saw, weekly in its latest half year."""
    first = data.as_of - timedelta(days=LAST_DAYS)
    special, _ = books_to_learn_from(TrainingContext(data, data.as_of, ModuleTrainingConfig()))
    # Which bookings are risky is told by what was known as the first question was asked.
    books = Books.of(data.history, learn_risk_classes(data.history.as_of(first)), special=special_rows(special))
    origins, ahead = np.arange(books.today - LAST_DAYS, books.today, 7), np.arange(DAYS_AHEAD[0], DAYS_AHEAD[1] + 1)
    now, horizon = np.repeat(origins, len(ahead)), np.tile(ahead, len(origins))
    passed = now + horizon <= books.today
    source = FeatureSource(books)
    rows = source.rows(now[passed], horizon[passed])
    said = rooms_of(rows.on_books, rows.unit, trees.predict(on_grid(without_rates(rows.features))))
    actual, pickup = source.sold(rows), rows.on_books + rows.pickups["pickup_56"]
    return {"hotel": name, "WAPE": round(wape(actual, said), 3), "pickup": round(wape(actual, pickup), 3)}
