"""Who is given another type than booked: learned from the bookings of all real hotels, judged where it was not learned.

At a real hotel the figures are those of a model learned at the other one; at simulated hotels, of the model brought along.
Learned from, and asked, as if exports had begun some nights before.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bundling.brought import Brought, Ground
from bundling.of_bookings import just_opened, latest_origins, learned_at_all
from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.metrics import auc, brier
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import Leaderboard, MadeBy, Measure, TrainedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.allocation import MANIFEST
from hotelml_app.modules.allocation.house.inventory import ladder
from hotelml_app.modules.allocation.house.stays import arriving
from hotelml_app.modules.allocation.room_types.borrowed import generalised
from hotelml_app.modules.allocation.room_types.candidates import CANDIDATES, DEFAULTS, Fitted, fit
from hotelml_app.modules.allocation.room_types.past import FEATURES, LONGEST_DAYS, Past, types_given
from hotelml_app.modules.allocation.room_types.upgrades import chances_of

CANDIDATE, SETTINGS = "blend", {**DEFAULTS, "rounds": 80.0, "leaves": 8.0}

KNOWN_NIGHTS = (56, 84, 140, 400)
"""How many nights of arrivals the first export of a home holds where it is judged."""

LEARNED_NIGHTS = ((28, 120), (60, 400))
"""The same where it is learned, by turns; more than are judged, so that a house of any age is known."""
EVERY_DAYS, WARM_UP_DAYS = 14, 60
SAMPLE_ROWS, SEED = 2_000, 7


@dataclass(frozen=True)
class _Learnt:
    """Bookings of one hotel as they stood on past days, with whether another type was given in the end."""

    rows: NDArray[np.float32]
    changed: NDArray[np.bool_]


@dataclass(frozen=True)
class _Judged:
    """What a model and the share by booked type said of the same bookings, with so many nights behind them."""

    hotel: str
    nights: int
    changed: NDArray[np.bool_]
    said: NDArray[np.float64]
    plain: NDArray[np.float64]

    def errors(self) -> tuple[float, float]:
        """Return the Brier scores of the model and of the shares."""
        return brier(self.said, self.changed), brier(self.plain, self.changed)


def build(ground: Ground, say: Callable[[str], None]) -> Brought:
    """Return the model of all real hotels with figures from where it, or its like, was not learned."""
    learnt = {name: _learnt(data) for name, data in ground.real.items()}
    judged = []
    for name, data in ground.real.items():
        say(f"learning at the others, asking at {name}")
        judged += _judge(name, data, _model({other: one for other, one in learnt.items() if other != name}, ground))
    say(f"learning at {', '.join(ground.real)}")
    trained = _model(learnt, ground)
    for name, data in ground.simulated.items():
        judged += _judge(name, data, trained)
    return Brought(
        trained=replace(trained, measures=tuple(measure for one in judged for measure in _measures(one))),
        card=_card(judged, ground),
        better=all(mine < plain for mine, plain in (one.errors() for one in judged)),
    )


def _learnt(data: PropertyData) -> _Learnt:
    first, last = int(data.history.arrival.min()) + WARM_UP_DAYS, data.history.today - LONGEST_DAYS
    given = _changed(data)
    parts = []
    for number, origin in enumerate(range(first, last, EVERY_DAYS)):
        for nights in LEARNED_NIGHTS[number % len(LEARNED_NIGHTS)]:
            history = just_opened(data, day_of(origin), nights).history
            past = Past(history, ladder(history), origin)
            spells = past.expected(origin, LONGEST_DAYS)
            spells = spells[given[history.booking[spells]] >= 0]
            parts.append((past.features(spells, origin), given[history.booking[spells]] == 1))
    rows, changed = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _Learnt(rows, changed)


def _changed(data: PropertyData) -> NDArray[np.int8]:
    """Return per booking 1 where another type was given in the end, 0 where not, -1 where it never came to that."""
    given = types_given(data.history)
    found = np.full(len(data.history.booked_on), -1, dtype=np.int8)
    found[data.history.booking[given.spell]] = given.changed
    return found


def _model(learnt: Mapping[str, _Learnt], ground: Ground) -> TrainedModel:
    rows = np.concatenate([one.rows for one in learnt.values()])
    changed = np.concatenate([one.changed for one in learnt.values()])
    fitted: list[Fitted] = [fit(name, rows, changed, SETTINGS, SEED) for name in CANDIDATES[CANDIDATE]]
    sample = rows[:: max(1, len(rows) // SAMPLE_ROWS)][:SAMPLE_ROWS]
    members = [{"part": name, "weight": weight} for name, weight in CANDIDATES[CANDIDATE].items()]
    data = [ground.real[name] for name in learnt]
    notes = ("The order of bookings is borrowed; how many are given another type is each hotel's own.",)
    return TrainedModel(
        parts=tuple(one.part(sample) for one in fitted),
        parameters=generalised({"members": members, "features": list(FEATURES)}),
        features=FEATURES,
        evaluation=Leaderboard(MANIFEST.name, (), (), notes),
        measures=(),
        data_points=len(rows),
        data_from=day_of(min(int(one.history.arrival.min()) for one in data)),
        data_until=max(one.as_of for one in data),
        kind=f"{CANDIDATE} ({', '.join(CANDIDATES[CANDIDATE])})",
        notes=notes,
    )


def _judge(hotel: str, data: PropertyData, trained: TrainedModel) -> list[_Judged]:
    model = LoadedModel.in_memory(trained)
    model.made_by = MadeBy.BUNDLED
    given = _changed(data)
    judged = []
    for nights in KNOWN_NIGHTS:
        asked = [row for origin in latest_origins(data) for row in _asked(data, origin, nights, model, given)]
        changed, said, plain = (np.array(column) for column in zip(*asked, strict=True))
        judged.append(_Judged(hotel, nights, changed.astype(bool), said, plain))
    return judged


def _asked(
    data: PropertyData, origin: date, nights: int, model: LoadedModel, given: NDArray[np.int8]
) -> list[tuple[int, float, float]]:
    """Return whether another type was given, and what the model and the share had said of it, per booking."""
    assert origin + timedelta(days=LONGEST_DAYS) <= data.as_of, "what came of it must be known"
    history, today = just_opened(data, origin, nights).history, day_number(origin)
    stays = arriving(history, today, today + LONGEST_DAYS)
    chances = chances_of(model, history, stays, ladder(history))
    outcome = {stay.reservation_id: int(given[history.booking[stay.spell]]) for stay in stays}
    return [(outcome[name], 1 - chance.as_booked, 1 - chance.plain) for name, chance in chances.items() if outcome[name] >= 0]


def _measures(one: _Judged) -> tuple[Measure, ...]:
    bucket = f"{one.hotel}, {one.nights} nights known, {len(one.changed):,} bookings"
    mine, plain = one.errors()
    areas = [auc(said, one.changed) for said in (one.said, one.plain)]
    return (
        Measure(MANIFEST.primary_measure, mine, "", bucket, MANIFEST.baseline, plain),
        Measure("auc", areas[0], "", bucket, MANIFEST.baseline, areas[1], lower_is_better=False),
    )


def _card(judged: Sequence[_Judged], ground: Ground) -> dict[str, object]:
    hotels = {one.hotel for one in judged}
    return learned_at_all({hotel: _share([one for one in judged if one.hotel == hotel]) for hotel in hotels}, ground)


def _share(judged: Sequence[_Judged]) -> float:
    """Return the model's error as a share of the shares': the geometric mean over the nights known."""
    return math.exp(sum(math.log(mine / plain) for mine, plain in (one.errors() for one in judged)) / len(judged))
