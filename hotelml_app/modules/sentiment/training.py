"""Learn how this hotel's guests praise and complain, in whatever languages they write, and export it to ONNX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hotelml_app.core.jobs import ProgressCallback
from hotelml_app.ml.contract import TrainedModel, TrainingContext
from hotelml_app.modules.sentiment.backtest import judge, leaderboard, measures, texts_of, together
from hotelml_app.modules.sentiment.candidates import export, fit, settings_in
from hotelml_app.modules.sentiment.labels import LabelledText
from hotelml_app.modules.sentiment.model_judge import texts_by_language

JUDGED_SHARE = 0.7
MOST_COMPARED = 2000
"""Texts on which the exported graph is compared with the fitted model."""

MOST_NAMED = 200
"""Features named on the model card: the words that speak most clearly for either side."""


def train(context: TrainingContext) -> TrainedModel:
    """Judge on later reviews, fit on all, and export.

    Raises OneSidedReviewsError where praise or complaints are missing, ReviewSettingError for a bad hyperparameter.
    """
    texts = texts_of(context)
    settings = settings_in(context.config.hyperparameters)
    judged = judge(replace(context, progress=_first_part(context.progress)), texts)
    weight = judged.best_weight()
    context.progress(JUDGED_SHARE, "Learning from all reviews")
    fitted = fit(texts, settings)
    context.progress(0.9, "Writing the model")
    weights = fitted.classifier.coef_[0]
    clearest = abs(weights).argsort(kind="stable")[::-1][:MOST_NAMED]
    words = fitted.words()
    return TrainedModel(
        parts=(export(fitted, [one.text for one in texts[-MOST_COMPARED:]]),),
        parameters={"list_weight": weight, "texts_by_language": texts_by_language(texts)},
        features=tuple(words[index] for index in clearest),
        evaluation=leaderboard(judged, together(weight)),
        measures=measures(judged, together(weight)),
        data_points=len(texts),
        data_from=_first_day(texts, context.as_of),
        data_until=context.as_of,
        kind="TF-IDF and logistic regression with word lists",
        notes=(
            f"{len(words):,} words and pairs of words; the card names the clearest.",
            f"Texts by language: {_listed(texts_by_language(texts))}.",
        ),
    )


def _first_part(progress: ProgressCallback) -> ProgressCallback:
    return lambda fraction, step: progress(JUDGED_SHARE * fraction, step)


def _first_day(texts: Sequence[LabelledText], as_of: date) -> date:
    return min((one.day for one in texts if one.day is not None), default=as_of)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {count}" for code, count in sorted(counts.items()))
