"""What guests praise and complain about in English: learned from reviews of other hotels, judged on later ones of theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from bundling.brought import Brought, Ground
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.metrics import accuracy, macro_f1
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import Leaderboard, MadeBy, Measure, TrainedModel
from hotelml_app.ml.property.property_data import PropertyData, Review
from hotelml_app.modules.sentiment import MANIFEST
from hotelml_app.modules.sentiment.borrowed import generalised
from hotelml_app.modules.sentiment.labels import labelled_texts
from hotelml_app.modules.sentiment.model_judge import judge_of
from hotelml_app.modules.sentiment.reading import Judge, by_word_lists
from hotelml_app.modules.sentiment.training import train

SOURCE = "English hotel reviews published by their site, with fields for praise and complaints"
LICENCE = "public domain as published"
LEARNED_FROM = "English reviews of other hotels"
LEARNED_SHARE = 0.75


def build(ground: Ground, say: Callable[[str], None]) -> Brought:
    """Return the model of all reviews; its figures come from one that saw only the earlier three quarters."""
    reviews = sorted(ground.reviews.reviews, key=lambda one: (str(one.reviewed_on), one.key))
    cut = round(len(reviews) * LEARNED_SHARE)
    say(f"learning from {cut:,} reviews, asking about the {len(reviews) - cut:,} after them")
    judged = _judged(_trained(ground.reviews, reviews[:cut]), reviews[cut:])
    say(f"learning from all {len(reviews):,}")
    trained = _trained(ground.reviews, reviews)
    return Brought(
        trained=replace(trained, measures=judged, evaluation=Leaderboard(MANIFEST.name, (), (), trained.notes)),
        card={"learned_from": LEARNED_FROM, "source": SOURCE, "licence": LICENCE, "data_from": None, "data_until": None},
        better=all(one.baseline_value is not None and one.value > one.baseline_value for one in judged),
    )


def _trained(known: PropertyData, reviews: Sequence[Review]) -> TrainedModel:
    data = replace(known, load_reviews=lambda: tuple(reviews))
    trained = train(TrainingContext(data, known.as_of, ModuleTrainingConfig()))
    return replace(trained, parameters=generalised(trained.parameters))


def _judged(trained: TrainedModel, later: Sequence[Review]) -> tuple[Measure, ...]:
    """Return accuracy and macro-F1 on later texts, none of them told which field it stood in."""
    texts = labelled_texts(later)
    praise = np.array([one.praise for one in texts])
    model = LoadedModel.in_memory(trained)
    model.made_by = MadeBy.BUNDLED
    mine, lists = (_praised(judge, [one.text for one in texts]) for judge in (judge_of(model), by_word_lists))
    bucket = f"{len(texts):,} later texts"
    return (
        Measure("accuracy", 100 * accuracy(praise, mine), "%", bucket, MANIFEST.baseline, 100 * accuracy(praise, lists), False),
        Measure("macro-F1", macro_f1(praise, mine), "", bucket, MANIFEST.baseline, macro_f1(praise, lists), False),
    )


def _praised(judge: Judge, texts: Sequence[str]) -> np.ndarray:
    return np.array(judge(texts, "en")) > 0
