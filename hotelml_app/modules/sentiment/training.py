"""Learn how this hotel's guests praise and complain, in whatever languages they write, and export it to ONNX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from hotelml_app.core.jobs import ProgressCallback
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import OnnxPart, TrainedModel
from hotelml_app.modules.sentiment.backtest import judge, leaderboard, measures, texts_of
from hotelml_app.modules.sentiment.candidates import export, fit, prepared, settings_in
from hotelml_app.modules.sentiment.labels import LabelledText
from hotelml_app.modules.sentiment.model_judge import BROUGHT_PART, INPUT, PART, STATEMENT, texts_by_language

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
    context.progress(JUDGED_SHARE, "Learning from all reviews")
    fitted = fit(texts, settings)
    context.progress(0.9, "Writing the model")
    weights = fitted.reader.coef_[STATEMENT]
    clearest = abs(weights).argsort(kind="stable")[::-1][:MOST_NAMED]
    words = fitted.words()
    sample = prepared(texts[-MOST_COMPARED:])
    return TrainedModel(
        parts=(export(fitted, sample), *_brought_along(context.bundled, sample)),
        parameters=replace(judged.best(), counts=texts_by_language(texts)).as_dict(),
        features=tuple(words[index] for index in clearest),
        evaluation=leaderboard(judged),
        measures=measures(judged),
        data_points=len(texts),
        data_from=_first_day(texts, context.as_of),
        data_until=context.as_of,
        kind="TF-IDF and logistic regression with word lists"
        + (", on top of the model brought along" if context.bundled else ""),
        notes=(
            f"{len(words):,} words and pairs of words; the card names the clearest.",
            f"Texts by language: {_listed(texts_by_language(texts))}.",
        ),
    )


def _brought_along(model: LoadedModel | None, sample: Sequence[str]) -> tuple[OnnxPart, ...]:
    """Return the graph of the model brought along: what this hotel's guests taught stands on it and needs it to answer."""
    if model is None:
        return ()
    texts = np.array(sample, dtype=object)[:, None]
    return (OnnxPart(BROUGHT_PART, model.graph(PART), {INPUT: texts}, model.run(PART, {INPUT: texts})),)


def _first_part(progress: ProgressCallback) -> ProgressCallback:
    return lambda fraction, step: progress(JUDGED_SHARE * fraction, step)


def _first_day(texts: Sequence[LabelledText], as_of: date) -> date:
    return min((one.day for one in texts if one.day is not None), default=as_of)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {count}" for code, count in sorted(counts.items()))
