"""Forecast and no-show risk for hotels that have hardly any past: learned at one real hotel, judged at all the others.

A model is learned at each real hotel and asked at the others, which it never saw, as if their exports had just begun. The one
that does best there is brought along.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from bundling.brought import Brought, Ground
from hotelml_app.core.clock import day_number
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import ModuleManifest, PredictionRequest, StoredPrediction, TrainingContext
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import Leaderboard, MadeBy, Measure, TrainedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules import manifest as manifest_of

SOURCE = "Hotel booking demand datasets (Antonio, Almeida, Nunes, Data in Brief 22, 2019)"
LICENCE = "CC BY 4.0"
LEARNED_FROM, LEARNED_FROM_ALL = "the bookings of another hotel", "the bookings of other hotels"

KNOWN_NIGHTS = (0, 28, 84)
"""How many nights of arrivals the first export of a young home holds."""

ORIGINS, LAST_DAYS = 6, 182
"""Days asked from, evenly spread over the latest half year that can be checked."""

ERRORS = {"forecast": ("rooms off per night", "rooms"), "noshow": ("Brier score", "")}
"""What the mean error of each module is, and its unit."""

RULE = "plain rule"


@dataclass(frozen=True)
class _Judged:
    """Mean error of a model and of the plain rule at a hotel with so many nights behind it."""

    hotel: str
    nights: int
    error: float
    rule: float


def build(module: str, ground: Ground, say: Callable[[str], None]) -> Brought:
    """Return the model of the real hotel that does best at the other ones, generalised."""
    manifest = manifest_of(module)
    found = []
    for name, data in ground.real.items():
        say(f"learning at {name}")
        trained = _generalised(manifest, _train(manifest, data))
        others = {**{other: one for other, one in ground.real.items() if other != name}, **ground.simulated}
        say(f"asking the model of {name} at {', '.join(others)}")
        judged = [one for other, data in others.items() for one in _judge(manifest, other, data, trained)]
        found.append((_mean_share(judged), name, trained, judged))
    _, name, trained, judged = min(found, key=lambda one: one[0])
    real = [one for one in judged if one.hotel in ground.real]
    return Brought(
        trained=_told(manifest, trained, judged),
        card=_card(name, ground.real[name], judged, ground),
        better=_mean_share(judged) < 1 and _mean_share(real) < 1,
    )


def _train(manifest: ModuleManifest, data: PropertyData) -> TrainedModel:
    train: Callable[[TrainingContext], TrainedModel] = manifest.load(manifest.train)  # type: ignore[assignment]
    return train(TrainingContext(data, data.as_of, ModuleTrainingConfig()))


def _generalised(manifest: ModuleManifest, trained: TrainedModel) -> TrainedModel:
    generalise: Callable[[Mapping[str, object]], dict[str, object]] = manifest.load(manifest.generalise)  # type: ignore[assignment]
    return replace(trained, parameters=generalise(trained.parameters))


def _judge(manifest: ModuleManifest, hotel: str, data: PropertyData, trained: TrainedModel) -> list[_Judged]:
    model = LoadedModel.in_memory(trained)
    model.made_by = MadeBy.BUNDLED
    origins = latest_origins(data)
    judged = []
    for nights in KNOWN_NIGHTS:
        mine, rule = (_errors(manifest, data, one, origins, nights) for one in (model, None))
        common = mine.keys() & rule.keys()
        means = [math.fsum(errors[answer] for answer in common) / len(common) for errors in (mine, rule)]
        judged.append(_Judged(hotel, nights, *means))
    return judged


def _errors(
    manifest: ModuleManifest, data: PropertyData, model: LoadedModel | None, origins: Sequence[date], nights: int
) -> dict[tuple[date, str, date], float]:
    """Return the errors of a model, or of the plain rule, where only ``nights`` nights of arrivals were exported."""
    predict, outcomes = manifest.load(manifest.predict), manifest.load(manifest.outcomes)
    asked: list[StoredPrediction] = []
    for origin in origins:
        young = just_opened(data, origin, nights)
        horizon = min(manifest.horizon_days, (data.as_of - origin).days)
        for one in predict(PredictionRequest(young, origin, horizon, model)):  # type: ignore[attr-defined]
            if all(one.values.get(name) == wanted for name, wanted in manifest.judged_on.items()):
                asked.append(StoredPrediction(len(asked), origin, one.target_date, one.key, str(one.made_by), one.values))
    return {
        (asked[one.prediction_id].as_of, asked[one.prediction_id].key, asked[one.prediction_id].target_date): one.error
        for one in outcomes(data, asked)  # type: ignore[attr-defined]
    }


def latest_origins(data: PropertyData) -> list[date]:
    """Return the days a hotel is asked from."""
    first = data.as_of - timedelta(days=LAST_DAYS)
    return [first + timedelta(days=LAST_DAYS // ORIGINS * number) for number in range(ORIGINS)]


def just_opened(data: PropertyData, day: date, nights: int) -> PropertyData:
    """Return a property as it would be if its exports had begun with arrivals ``nights`` before ``day``."""
    known = data.history.as_of(day)
    young = known.take(np.flatnonzero(known.arrival >= day_number(day) - nights))
    return PropertyData(data.facts, day, lambda: young)


def _mean_share(judged: Sequence[_Judged]) -> float:
    """Return the model's error as a share of the rule's: the geometric mean, so that no hotel outweighs another."""
    return math.exp(sum(math.log(one.error / one.rule) for one in judged) / len(judged))


def _told(manifest: ModuleManifest, trained: TrainedModel, judged: Sequence[_Judged]) -> TrainedModel:
    """Return the model with figures from the hotels it was not learned at in place of those from its own."""
    what, unit = ERRORS[manifest.name]
    measures = tuple(Measure(what, one.error, unit, f"{one.hotel}, {one.nights} nights known", RULE, one.rule) for one in judged)
    notes = ("Learned where prices are in euros; in a currency of much smaller units it reads rates too high.",)
    board = Leaderboard(manifest.name, (), (), notes)
    return replace(trained, measures=measures, evaluation=board, notes=notes)


def _card(name: str, data: PropertyData, judged: Sequence[_Judged], ground: Ground) -> dict[str, object]:
    shares = {hotel: _mean_share([one for one in judged if one.hotel == hotel]) for hotel in {one.hotel for one in judged}}
    return {
        "learned_from": LEARNED_FROM,
        "source": f"{SOURCE}: {name}",
        "licence": LICENCE,
        "as_of": data.as_of,
        "judged_at": [
            {
                "hotel": hotel,
                "simulated": hotel in ground.simulated,
                "error_as_share_of_the_plain_rule": round(share, 4),
            }
            for hotel, share in sorted(shares.items())
        ],
    }


def learned_at_all(shares: Mapping[str, float], ground: Ground) -> dict[str, object]:
    """Return the card of a model learned at all real hotels; ``shares`` are errors by hotel, as shares of the plain rule's.

    What it is worth at a real hotel is what a model learned at the other ones was.
    """
    return {
        "learned_from": LEARNED_FROM_ALL,
        "source": f"{SOURCE}: {', '.join(ground.real)}",
        "licence": LICENCE,
        "as_of": max(data.as_of for data in ground.real.values()),
        "judged_at": [
            {
                "hotel": hotel,
                "simulated": hotel not in ground.real,
                "asked": "one learned at the other real hotel" if hotel in ground.real else "the model",
                "error_as_share_of_the_plain_rule": round(share, 4),
            }
            for hotel, share in sorted(shares.items())
        ],
    }
