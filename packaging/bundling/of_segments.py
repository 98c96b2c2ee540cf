"""Guest segments in words used everywhere: learned from the bookings of all real hotels, judged where it was not learned.

At a real hotel the figures are those of a model learned at the other one; at simulated hotels, of the model brought along.
All are asked as if exports had just begun and named neither segments nor kinds of customers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bundling.brought import Brought, Ground
from bundling.of_bookings import RULE, just_opened, latest_origins, learned_at_all
from hotelml_app.core.clock import day_of
from hotelml_app.ml.contract import PredictionRequest
from hotelml_app.ml.metrics import accuracy, macro_f1
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.sklearn_to_onnx import sklearn_part
from hotelml_app.ml.onnx.trained import Leaderboard, MadeBy, Measure, TrainedModel
from hotelml_app.ml.property.history import Category
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.guests import MANIFEST
from hotelml_app.modules.guests.anywhere import FEATURES, GROUPS, features
from hotelml_app.modules.guests.borrowed import PART, generalised, sharpened
from hotelml_app.modules.guests.examples import examples
from hotelml_app.modules.guests.predicting import predict
from hotelml_app.modules.guests.vocabulary import AGENT, ONLINE, segment_of

MAJORITY = "most frequent segment"
MOST_LEARNED = 20_000
"""Bookings drawn per hotel, so that none outweighs another."""

NOT_TOLD = 0.15
"""Share of the second copies of bookings in which each of the details that some exports leave out is hidden."""
LEFT_OUT = ("the channel", "the agent", "the company", "the rate", "wishes and earlier stays", "the meals", "the deposit")
SHARPNESS = np.linspace(0.3, 1.5, 25)
SAMPLE_ROWS, SEED, HORIZON_DAYS = 2_000, 7, 90

NO_SEGMENTS = ("segment", "customer_type")
SITUATIONS = (
    ("0 nights known", 0, NO_SEGMENTS),
    ("84 nights known", 84, NO_SEGMENTS),
    ("84 nights known, no channels told", 84, (*NO_SEGMENTS, "channel")),
)
"""What the exports of a hotel tell, with how many nights of arrivals they begin, and the columns they leave out."""

Words = NDArray[np.str_]


@dataclass(frozen=True)
class _Learnt:
    """Bookings of one hotel that name a segment, as features and in words used everywhere."""

    rows: NDArray[np.float32]
    segment: Words


@dataclass(frozen=True)
class _Judged:
    """What was said of a hotel's bookings where its exports ``told`` so much."""

    hotel: str
    told: str
    truth: Words
    said: Words
    rule: Words


def build(ground: Ground, say: Callable[[str], None]) -> Brought:
    """Return the model of all real hotels with figures from where it, or its like, was not learned."""
    learnt = {name: _learnt(data) for name, data in ground.real.items()}
    judged: list[_Judged] = []
    seen: list[tuple[NDArray[np.float64], Words]] = []
    for name, data in ground.real.items():
        say(f"learning at the others, asking at {name}")
        others = _fitted([one for other, one in learnt.items() if other != name])
        seen.append((others.predict_proba(learnt[name].rows), learnt[name].segment))
        judged += _judge(name, data, _model(others, learnt, ground, 1.0))
    sharpness = _sharpness(seen, sorted(set(np.concatenate([segment for _, segment in seen]).tolist())))
    say(f"learning at {', '.join(ground.real)}; sharpness {sharpness:.2f}")
    trained = _model(_fitted(list(learnt.values())), learnt, ground, sharpness)
    for name, data in ground.simulated.items():
        judged += _judge(name, data, trained)
    measures = tuple(measure for one in judged for measure in _measures(one))
    return Brought(
        trained=replace(trained, measures=measures, evaluation=Leaderboard(MANIFEST.name, (), (), trained.notes)),
        card=_card(judged, ground),
        better=all(_better(measure) for measure in measures),
    )


def _learnt(data: PropertyData) -> _Learnt:
    booked = examples(data.history, "segment")
    segment = np.array([segment_of(word) for word in booked.segment.tolist()])
    known = np.flatnonzero(segment != "")
    drawn = np.sort(np.random.default_rng(SEED).choice(known, min(MOST_LEARNED, len(known)), replace=False))
    return _Learnt(features(booked)[drawn], segment[drawn])


def _fitted(learnt: Sequence[_Learnt]) -> Any:
    """Fit on every booking twice: as it is, and as an export would tell it that leaves some details out."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows = np.concatenate([one.rows for one in learnt])
    segment = np.concatenate([one.segment for one in learnt])
    draw, less = np.random.default_rng(SEED), rows.copy()
    for group in LEFT_OUT:
        hidden = np.flatnonzero(draw.random(len(less)) < NOT_TOLD)
        less[np.ix_(hidden, [FEATURES.index(name) for name in GROUPS[group]])] = np.nan
    learner = HistGradientBoostingClassifier(
        max_iter=60,
        learning_rate=0.06,
        max_leaf_nodes=8,
        min_samples_leaf=150,
        l2_regularization=20.0,
        early_stopping=False,
        random_state=SEED,
    )
    return learner.fit(np.concatenate([rows, less]), np.concatenate([segment, segment]))


def _sharpness(seen: Sequence[tuple[NDArray[np.float64], Words]], classes: Sequence[str]) -> float:
    """Return how far to stretch log-odds so that they are as sure as they were right at hotels they were not learned at."""

    def loss(sharpness: float) -> float:
        picked = [
            sharpened(said, sharpness)[np.arange(len(segment)), np.searchsorted(classes, segment)] for said, segment in seen
        ]
        return -float(np.mean([np.log(np.maximum(one, 1e-9)).mean() for one in picked]))

    return float(min(SHARPNESS, key=lambda one: loss(float(one))))


def _model(estimator: Any, learnt: Mapping[str, _Learnt], ground: Ground, sharpness: float) -> TrainedModel:
    rows = np.concatenate([one.rows for one in learnt.values()])
    sample = rows[:: max(1, len(rows) // SAMPLE_ROWS)][:SAMPLE_ROWS]
    parameters = {
        "kind": "boosting",
        "features": list(FEATURES),
        "classes": [str(name) for name in estimator.classes_],
        "sharpness": sharpness,
    }
    histories = [data.history for data in ground.real.values()]
    return TrainedModel(
        parts=(sklearn_part(PART, estimator, sample),),
        parameters=generalised(parameters),
        features=FEATURES,
        evaluation=Leaderboard(MANIFEST.name, (), ()),
        measures=(),
        data_points=len(rows),
        data_from=day_of(min(int(one.booked_on.min()) for one in histories)),
        data_until=max(data.as_of for data in ground.real.values()),
        kind="boosted trees",
        notes=("Segments in words used everywhere; a hotel that names its own keeps them.",),
    )


def _judge(hotel: str, data: PropertyData, trained: TrainedModel) -> list[_Judged]:
    model = LoadedModel.in_memory(trained)
    model.made_by = MadeBy.BUNDLED
    booked = examples(data.history, "segment")
    truth = dict(zip(booked.reservation_id.tolist(), map(segment_of, booked.segment.tolist()), strict=True))
    judged = []
    for told, nights, untold in SITUATIONS:
        said: list[tuple[str, str, str]] = []
        for origin in latest_origins(data):
            silent = _silent(just_opened(data, origin, nights), untold)
            mine, rule = (predict(PredictionRequest(silent, origin, HORIZON_DAYS, one)) for one in (model, None))
            pairs = zip(mine, rule, strict=True)
            said += [(truth[one.key], str(one.values["segment"]), str(other.values["segment"])) for one, other in pairs]
        columns = np.array([row for row in said if row[0]]).T
        judged.append(_Judged(hotel, told, *columns))
    return judged


def _silent(data: PropertyData, untold: tuple[str, ...]) -> PropertyData:
    """Return a property whose exports leave some columns out."""
    history = data.history
    blank = Category(np.zeros(len(history), dtype=np.int32), ("",))
    silent = replace(history, categories={**history.categories, **dict.fromkeys(untold, blank)})
    return replace(data, load_history=lambda: silent)


def _measures(one: _Judged) -> tuple[Measure, ...]:
    """Return accuracy beside the rule's and the majority's, and macro-F1.

    The rule knows one kind of agent: of all five segments its word is taken for the kind that most are, and beside that
    all are judged with both kinds of agents as one.
    """
    bucket = f"{one.hotel}, {one.told}, {len(one.truth):,} bookings"
    broad = [_broad(words) for words in (one.truth, one.said, one.rule)]
    told = np.where(one.rule == AGENT, ONLINE, one.rule)
    return (*_beside(one.truth, one.said, told, bucket), *_beside(*broad, f"{bucket}, agents of both kinds as one"))


def _beside(truth: Words, said: Words, rule: Words, bucket: str) -> tuple[Measure, ...]:
    names, counts = np.unique(truth, return_counts=True)
    most = np.full(len(truth), names[counts.argmax()])
    right = 100 * accuracy(truth, said)
    return (
        Measure("accuracy", right, "%", bucket, RULE, 100 * accuracy(truth, rule), False),
        Measure("accuracy", right, "%", bucket, MAJORITY, 100 * accuracy(truth, most), False),
        Measure("macro-F1", macro_f1(truth, said), "", bucket, RULE, macro_f1(truth, rule), False),
    )


def _broad(words: Words) -> Words:
    return np.where(words == ONLINE, AGENT, words)


def _better(measure: Measure) -> bool:
    return measure.baseline_value is not None and measure.value > measure.baseline_value


def _card(judged: Sequence[_Judged], ground: Ground) -> dict[str, object]:
    hotels = {one.hotel for one in judged}
    return learned_at_all({hotel: _share([one for one in judged if one.hotel == hotel]) for hotel in hotels}, ground)


def _share(judged: Sequence[_Judged]) -> float:
    """Return wrong answers as a share of the rule's, both kinds of agents as one."""
    wrong = [
        sum(float((_broad(said) != _broad(one.truth)).mean()) for one, said in pairs)
        for pairs in ([(one, one.said) for one in judged], [(one, one.rule) for one in judged])
    ]
    return wrong[0] / wrong[1]
