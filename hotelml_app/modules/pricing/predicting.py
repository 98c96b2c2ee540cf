"""A rate per coming night and room type: what earns most as far as demand was learned, else the plain rule's."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.ml.asking import known_bookings
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.history import History
from hotelml_app.modules.pricing import MANIFEST
from hotelml_app.modules.pricing.choosing.closed_nights import without_closed_nights
from hotelml_app.modules.pricing.choosing.curves import CURVE
from hotelml_app.modules.pricing.choosing.reasons import basis_of, learned_reasons
from hotelml_app.modules.pricing.choosing.suggesting import Suggestions, suggest
from hotelml_app.modules.pricing.demand_model.borrowed import beforehand_of, knows_enough
from hotelml_app.modules.pricing.history.base_rates import BaseRates
from hotelml_app.modules.pricing.history.rates import money_or_none, of_type, sold_types
from hotelml_app.modules.pricing.learned import Learned, borrow
from hotelml_app.modules.pricing.plain_rule import accepted_rates, plain_predictions

WHY = "Learned from this hotel's bookings: how many guests still ask for each night, and what they answer to the rate."

WHY_BORROWED = (
    "How many guests still ask for each night, from this hotel's own nights so far and from how demand moves with season and "
    "weekday at other hotels; what guests answer to the rate is assumed until its own rates show it."
)


def predict(request: PredictionRequest) -> list[Prediction]:
    """Return a rate for each of the ``horizon`` nights after ``as_of`` and each room type sold in the last two years.

    Options: ``floor`` and ``ceiling`` (money, or per room type), ``rounding`` and ``room_cost`` (money), ``smallest_change`` and
    ``least_gain`` (shares), ``freeze_days``, ``locked`` and ``current`` {ISO date: money, or per room type}. Raises
    RateFenceError.
    """
    history = known_bookings(request, MANIFEST)
    found, answered = [], set[str]()
    learned, sold = _learned(request, history), sold_types(history)
    if request.model is not None and learned is not None:
        found, answered = _by_demand(request, request.model, learned, history, sold), set(learned.card.types)
    others = [room_type for room_type in sold if room_type not in answered]
    found += plain_predictions(history, request.data.facts, others, request.horizon, request.options)
    found = without_closed_nights(_cost_as_told(found, request.options), history, request.horizon, request.options)
    return sorted(found, key=lambda one: one.target_date)


def _cost_as_told(said: list[Prediction], options: Mapping[str, object]) -> list[Prediction]:
    """Return predictions that do not name a cost per occupied room that nobody told: with it, rates were weighed at 0."""
    if options.get("room_cost") is not None:
        return said
    return [replace(one, values={**one.values, "room_cost": None}) for one in said]


def _learned(request: PredictionRequest, history: History) -> Learned | None:
    """Return the demand to price by: the house's own, else its few nights with the year of other hotels, else none."""
    model = request.model
    if model is None or model.made_by is not MadeBy.BUNDLED:
        return Learned.of(model, request.data.facts.events) if model is not None else None
    if not knows_enough(history):
        return None
    # Staff who accept, set and lock rates ask again and again, and no click changes what was booked.
    about = ("borrowed demand", request.as_of)
    return request.data.once(about, model, lambda: borrow(history, request.data.facts, beforehand_of(model)))


def _by_demand(
    request: PredictionRequest, model: LoadedModel, learned: Learned, history: History, sold: Container[str]
) -> list[Prediction]:
    outlook = learned.outlook(history, request.data.facts, request.horizon)
    currency = request.data.facts.currency
    said = suggest(learned.card, outlook, history.today, request.horizon, request.options, currency)
    why = WHY_BORROWED if model.made_by is MadeBy.BUNDLED else WHY
    found = []
    for kind, room_type in enumerate(learned.card.types):
        if room_type not in sold:
            # Asked of a day before it was first sold, or long after it was last.
            continue
        base, ends_at = accepted_rates(of_type(history, room_type), request.horizon)
        for step in range(request.horizon):
            values = _values(said, base, float(ends_at[step]), step, kind)
            found.append(Prediction(room_type or "all", day_of(history.today + 1 + step), values, model.made_by, why))
    return found


def _values(said: Suggestions, base: BaseRates, ends_at: float, step: int, kind: int) -> dict[str, object]:
    fences, kept, response = said.fences[step][kind], said.kept[step][kind], said.outlook.response
    curve = zip(
        kept.rate * CURVE, said.curve_rooms[step, kind], said.curve_money[step, kind], said.curve_in_all[step, kind], strict=True
    )
    return {
        "stay_date": day_of(said.today + 1 + step),
        "room_type": said.outlook.types[kind],
        "current_rate": round(float(said.current[step, kind]), 2),
        "current_from": said.current_from(step, kind),
        "suggested_rate": kept.rate,
        "expected_rooms": round(float(said.rooms[step, kind]), 2),
        "expected_revenue": round(float(said.money[step, kind]), 2),
        "current_rooms": round(float(said.current_rooms[step, kind]), 2),
        "current_revenue": round(float(said.current_money[step, kind]), 2),
        "expected_adr": round(ends_at, 2),
        "otb_rate": money_or_none(base.on_books[step]),
        "last_year_rate": money_or_none(base.last_year[step]),
        "floor": money_or_none(fences.floor),
        "ceiling": money_or_none(fences.ceiling),
        "rounding": fences.rounding,
        "basis": basis_of(response.own_share, response.because),
        "reasons": learned_reasons(said, step, kind),
        "room_cost": said.outlook.market.room_cost,
        "own_share": round(response.own_share, 3),
        "elasticity": round(float(response.elasticity[step]), 2),
        "waterfall": said.waterfall(step, kind),
        "curve": [np.round(point, 2).tolist() for point in curve],
    }
