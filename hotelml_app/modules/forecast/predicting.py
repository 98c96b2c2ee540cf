"""The answer to "how full will it be?": read the books, ask the model or the plain rule, add what its errors were lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.core.errors import UsageError
from hotelml_app.ml.asking import known_bookings
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.out_of_order import out_of_order
from hotelml_app.modules.forecast import MANIFEST
from hotelml_app.modules.forecast.candidates.borrowed import WHY_BORROWED, model_for
from hotelml_app.modules.forecast.candidates.features import FeatureSource
from hotelml_app.modules.forecast.candidates.house import model_rule, plain_rule, replay_origins
from hotelml_app.modules.forecast.intervals import Replay
from hotelml_app.modules.forecast.on_books.books import RECENT, ROOM_TYPE, Books
from hotelml_app.modules.forecast.on_books.panel import Panel, panel_of
from hotelml_app.modules.forecast.on_books.risk import RiskClasses, learn_risk_classes
from hotelml_app.modules.forecast.outlook import HOUSE, Limit, Series, most_rooms, outlook
from hotelml_app.modules.forecast.spread import SETTLED_AFTER_NIGHTS

BY_RULE = ("adr",)
"""Metrics that a plain rule answers even beside a model."""

RATES_RULE = "The rates on the books, in the mix of room types expected in the end."
"""That rule, of the metrics ``BY_RULE``."""


HARDLY_ANY_ROOM = 0.5
"""A night without a booking for which less is expected may well be one on which the house is closed."""


def predict(request: PredictionRequest) -> list[Prediction]:
    """Return every metric of the coming nights, house and room types, or segments where ``options["by"]`` says so.

    Raises UsageError for an impossible horizon, NothingKnownError where there is nothing to go by.
    """
    history = known_bookings(request, MANIFEST)
    model = model_for(request.model, history)
    books = _books(request, history, model, _split_by(request))
    panel = panel_of(books, request.horizon, None if model is None else replay_origins(books, model))
    source = FeatureSource(books)
    rows = source.rows(panel.now, panel.horizon)
    rooms = plain_rule(source, panel, rows) if model is None else model_rule(model, source, panel, rows)
    seems_closed = (rows.on_books <= 0) & (rooms < HARDLY_ANY_ROOM)
    replay = Replay(panel, np.where(panel.asked, seems_closed, books.closed[panel.night]))
    answers: list[Prediction] = []
    for series in outlook(books, panel, rows, rooms, _limit(request, history, books, panel)):
        answers += _answers(series, books.by, replay, request.as_of, *_made_by(series, model, books))
    return answers


def _limit(request: PredictionRequest, history: History, books: Books, panel: Panel) -> Limit:
    """Return how many rooms can be sold on the night of each row; of passed nights nobody knows what was out of order."""
    facts, closed = request.data.facts, out_of_order(history, request.data.facts, request.horizon)
    there_are = most_rooms(books, float(facts.rooms) if facts.rooms else None, by_staff=facts.rooms_by_staff)

    def per_row(ahead: np.ndarray) -> np.ndarray:
        rows = np.zeros(len(panel.now))
        rows[panel.asked] = ahead
        return rows

    types = {kind: per_row(rooms) for kind, rooms in closed.types.items()}
    told = {one.code: float(one.rooms) for one in facts.room_types if one.rooms}
    return Limit(there_are, per_row(closed.house), types, told)


def _split_by(request: PredictionRequest) -> str:
    by = str(request.options.get("by") or ROOM_TYPE)
    if by not in (ROOM_TYPE, *MANIFEST.breakdowns):
        raise UsageError(
            f"The forecast cannot be split by {by!r}.", remedy=f"Split it by {', '.join((ROOM_TYPE, *MANIFEST.breakdowns))}."
        )
    return by


def _books(request: PredictionRequest, history: History, model: LoadedModel | None, by: str) -> Books:
    house = request.data.facts.rooms
    if model is None:
        return Books.of(history, learn_risk_classes(history), recent=RECENT, by=by, house=house)
    parameters = model.parameters
    special = {day_number(date.fromisoformat(day)): name for day, name in parameters["special_days"].items()}
    for event in request.data.facts.events:
        special |= dict.fromkeys(range(day_number(event.first), day_number(event.last) + 1), event.name)
    risk = RiskClasses.from_dict(parameters["risk"]) if parameters["risk"] else learn_risk_classes(history)
    return Books.of(history, risk, recent=RECENT, special=special, by=by, house=house)


def _made_by(series: Series, model: LoadedModel | None, books: Books) -> tuple[MadeBy, str]:
    if model is not None and series.metric not in BY_RULE:
        return model.made_by, WHY_BORROWED if model.made_by is MadeBy.BUNDLED else ""
    if series.metric == "adr":
        why = RATES_RULE
    else:
        why = "On the books, minus what is usually lost, plus the pickup of the last weeks."
    if books.nights_told >= SETTLED_AFTER_NIGHTS:
        return MadeBy.STATISTICAL, why
    if books.told_from:
        told = day_of(books.first + books.told_from)
        return (
            MadeBy.STATISTICAL,
            f"Until {told} the exports do not say who was lost; other hotels' losses are used instead.",
        )
    young = f"Only {max(books.today, 0)} nights have passed in the exports, so this is little more than what is on the books."
    return MadeBy.STATISTICAL, young


def _answers(series: Series, by: str, replay: Replay, as_of: date, made_by: MadeBy, why: str) -> Iterator[Prediction]:
    panel = replay.panel
    middle = series.middle[panel.asked]
    around = replay.quantiles(series.middle, series.spread, series.actual)
    if series.most is not None:
        around = np.minimum(around, series.most[panel.asked, None])
    part = series.part if by == ROOM_TYPE else f"{by}={series.part}"
    key = f"{series.metric}:{part}" if series.part != HOUSE else series.metric
    first = day_number(as_of)
    for ahead, p50, (p025, p10, p25, p75, p90, p975) in zip(
        panel.horizon[panel.asked], middle.round(2).tolist(), around.round(2).tolist(), strict=True
    ):
        night = day_of(first + int(ahead))
        values = {
            "stay_date": night,
            by: series.part,
            "metric": series.metric,
            "p10": min(p10, p50),
            "p50": p50,
            "p90": max(p90, p50),
            "p25": min(p25, p50),
            "p75": max(p75, p50),
            "p2_5": min(p025, p50),
            "p97_5": max(p975, p50),
        }
        yield Prediction(key, night, values, made_by, why)
