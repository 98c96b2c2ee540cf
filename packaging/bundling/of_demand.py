"""How demand moves with the year, for hotels that have not lived through one: learned at real hotels, judged at simulated ones.

What would have been earned at another rate is known only where hotels are simulated. They are of every kind the simulator
knows, set their rates in different ways before, and none of them was learned from or tuned on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from bundling.brought import Brought, Ground
from bundling.of_bookings import RULE, just_opened, learned_at_all
from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import Leaderboard, MadeBy, Measure, TrainedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.pricing import MANIFEST
from hotelml_app.modules.pricing.demand_model.borrowed import YearBelief, generalised
from hotelml_app.modules.pricing.demand_model.demand import Demand
from hotelml_app.modules.pricing.demand_model.demand_learning import FittedGraph
from hotelml_app.modules.pricing.demand_model.graphs import demand_part
from hotelml_app.modules.pricing.demand_model.response import PRIOR_STEEPNESS, Prior
from hotelml_app.modules.pricing.history.leads import Floats
from hotelml_app.modules.pricing.history.rates import count_points
from hotelml_app.modules.pricing.history.year import night_range
from hotelml_app.modules.pricing.learned import Learned, first_day, learn
from hotelml_app.modules.pricing.predicting import predict
from hotelml_app.simulator import SyntheticHotel, rate_card, simulate

LEAST_SPREAD = 0.1
"""Two hotels that happen to agree are no proof that all do: no column is believed more firmly than this, in logs."""

HOUSES = (("city", 611, 60), ("resort", 612, 60), ("airport", 613, 60), ("family", 614, 30))
"""Preset, seed and rooms of the houses that are judged."""
POLICIES = {None: "as houses do", "yield": "by how full it was", "static": "one rate all year"}
ASKED_AFTER_DAYS, KNOWN_NIGHTS, HORIZON_DAYS = (150, 240, 330, 420), (60, 120), 90
"""Days after opening that a house is asked on, a quarter apart; its exports begin so many nights before."""

SAMPLE_DAYS = 1_200


@dataclass(frozen=True)
class _Judged:
    """Shares of the best revenue missed, and gained over one rate all year, by the model and by the plain rule."""

    hotel: str
    nights: int
    regret: float
    rule_regret: float
    gain: float
    rule_gain: float


def build(ground: Ground, say: Callable[[str], None]) -> Brought:
    """Return the moves of the year at all real hotels, judged by what a young house would earn."""
    say(f"learning at {', '.join(ground.real)}")
    learned = {name: learn(data.history, data.facts, Prior(), lambda done, step: None) for name, data in ground.real.items()}
    trained = _model(learned, ground)
    houses = {
        f"Simulated {preset} hotel, {told}": _house(preset, seed, rooms, policy, told)
        for preset, seed, rooms in HOUSES
        for policy, told in POLICIES.items()
    }
    say(f"asking at {len(houses)} simulated hotels")
    read = ground.read(houses)
    judged = [one for name, house in houses.items() for one in _judge(name.split(",")[0], house, read[name], trained)]
    measures = tuple(measure for some in _by_hotel(judged) for measure in _measures(some))
    return Brought(
        trained=replace(trained, measures=measures),
        card=_card(judged, ground),
        better=all(
            one.baseline_value is not None and (one.value < one.baseline_value) == one.lower_is_better for one in measures
        ),
    )


def _house(preset: str, seed: int, rooms: int, policy: str | None, told: str) -> SyntheticHotel:
    name = f"Simulated {preset} hotel, {told}"
    return simulate(seed=seed, property_name=name, preset=preset, rooms=rooms, days=max(ASKED_AFTER_DAYS) + 2, policy=policy)


def _model(learned: Mapping[str, Learned], ground: Ground) -> TrainedModel:
    columns = list(dict.fromkeys(name for one in learned.values() for name in one.card.pattern.names))
    classes = list(dict.fromkeys(name for one in learned.values() for name in one.demands))
    beliefs = {name: _belief([one.demands[name] for one in learned.values() if name in one.demands]) for name in classes}
    sample = _sample(next(iter(learned.values())), columns, max(data.history.today for data in ground.real.values()))
    prior = Prior()
    notes = (
        "Borrowed: how many guests ask in which season and on which weekday, beside the house's own level.",
        f"Assumed, not learned: one per cent dearer costs {prior.elasticity:g} per cent (give or take {prior.spread:g}) of those "
        f"who pay the rate of the day, far above the usual rate {PRIOR_STEEPNESS:g}.",
    )
    parts = []
    for name, belief in beliefs.items():
        moves = np.array([belief.mean.get(column, 0.0) for column in columns])
        parts.append(demand_part(name, FittedGraph(np.zeros(1), np.r_[0.0, moves], np.zeros(0)), sample))
    spreads = {name: [round(one.spread.get(column, LEAST_SPREAD), 6) for column in columns] for name, one in beliefs.items()}
    return TrainedModel(
        parts=tuple(parts),
        parameters=generalised({"columns": columns, "spreads": spreads}),
        features=("trend", *columns),
        evaluation=Leaderboard(MANIFEST.name, (), (), notes),
        measures=(),
        data_points=sum(count_points(data) for data in ground.real.values()),
        data_from=day_of(min(first_day(data.history) for data in ground.real.values())),
        data_until=max(data.as_of for data in ground.real.values()),
        kind="moves of demand with the year, per class of guests",
        notes=notes,
    )


def _belief(demands: Sequence[Demand]) -> YearBelief:
    """Return the mean of how demand moves at several hotels, and how far they differ."""
    moves: dict[str, list[float]] = {}
    for one in demands:
        assert isinstance(one.ask, FittedGraph), "just learned"
        level = one.ask.level[1:].copy()
        # A constant may lie in the weekdays or in the hotel's level: here it is the hotel's.
        level[one.pattern.weekday] -= level[one.pattern.weekday].mean()
        for name, value in zip(one.pattern.names, level.tolist(), strict=True):
            moves.setdefault(name, []).append(value)
    means = {name: round(float(np.mean(values)), 6) for name, values in moves.items()}
    return YearBelief(means, {name: max(float(np.std(values)), LEAST_SPREAD) for name, values in moves.items()})


def _sample(learned: Learned, columns: Sequence[str], today: int) -> Floats:
    pattern, days = learned.card.pattern, night_range(today - SAMPLE_DAYS, SAMPLE_DAYS)
    said = dict(zip(pattern.names, pattern.columns(days).T, strict=True))
    return np.column_stack([(days - today) / 365.0, *(said.get(name, np.zeros(len(days))) for name in columns)])


def _judge(hotel: str, house: SyntheticHotel, data: PropertyData, trained: TrainedModel) -> list[_Judged]:
    model = LoadedModel.in_memory(trained)
    model.made_by = MadeBy.BUNDLED
    judged = []
    for after in ASKED_AFTER_DAYS:
        day = house.start + timedelta(days=after)
        for nights in KNOWN_NIGHTS:
            young = just_opened(data, day, nights)
            said = (predict(PredictionRequest(young, day, HORIZON_DAYS, one)) for one in (model, None))
            (regret, gain), (rule_regret, rule_gain) = (_earned(house, day, one) for one in said)
            judged.append(_Judged(hotel, nights, regret, rule_regret, gain, rule_gain))
    return judged


def _earned(house: SyntheticHotel, day: date, said: Sequence[Prediction]) -> tuple[float, float]:
    """Return the share missed of the best revenue of what is booked from now on, and that gained over one rate all year."""
    types = tuple(one.code for one in house.plan.room_types)
    rates = {(one.target_date, str(one.values["room_type"])): float(str(one.values["suggested_rate"])) for one in said}
    nights = [day_of(day_number(day) + step) for step in range(1, HORIZON_DAYS + 1)]
    ours, best, static = (
        house.truth.pricing.expected_revenue(policy, nights, as_of=day)
        for policy in (rate_card(house.start, types, rates), "oracle", "static")
    )
    return 1 - ours / best, ours / static - 1


def _by_hotel(judged: Sequence[_Judged]) -> list[list[_Judged]]:
    keys = sorted({(one.hotel, one.nights) for one in judged})
    return [[one for one in judged if (one.hotel, one.nights) == key] for key in keys]


def _measures(some: Sequence[_Judged]) -> tuple[Measure, ...]:
    bucket = f"{some[0].hotel}, {some[0].nights} nights known, {len(some)} times"

    def mean(name: str) -> float:
        return 100 * float(np.mean([getattr(one, name) for one in some]))

    return (
        Measure("missed of the best revenue", mean("regret"), "%", bucket, RULE, mean("rule_regret")),
        Measure("gained over one rate all year", mean("gain"), "%", bucket, RULE, mean("rule_gain"), lower_is_better=False),
    )


def _card(judged: Sequence[_Judged], ground: Ground) -> dict[str, object]:
    def share(hotel: str) -> float:
        mine, rule = (sum(getattr(one, name) for one in judged if one.hotel == hotel) for name in ("regret", "rule_regret"))
        return float(mine / rule)

    return learned_at_all({hotel: share(hotel) for hotel in {one.hotel for one in judged}}, ground)
