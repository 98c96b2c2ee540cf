"""Champion and challenger on the same nights, none of which either was trained on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import ErrorsAre, ModuleManifest, Outcome, Prediction, PredictionRequest, StoredPrediction
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.training.gates import HeadToHead

MAX_ORIGINS = 6
"""Days both are asked from; more would cost time and say little more, since their nights overlap."""

LONGEST_HORIZON_DAYS = 28

Answer = tuple[date, date, str]
"""Which one it is: (asked from, night, key)."""

Answers = dict[Answer, float]
"""The error of each."""


def head_to_head(
    manifest: ModuleManifest, data: PropertyData, since: date, champion: LoadedModel | None, challenger: LoadedModel | None
) -> HeadToHead | None:
    """Ask both from the same days after ``since``, compare with what happened, and return the errors.

    A model that is None is the plain rule. ``since`` is the last day either has seen; ``data`` reaches to the business date.
    Returns None where nothing can be compared.
    """
    if manifest.outcomes is None or data.as_of <= since:
        return None
    origins = asked_from(since, data.as_of)
    theirs = errors(manifest, data, champion, origins)
    ours = errors(manifest, data, challenger, origins) if manifest.errors_by_model else theirs
    # A module that looks back, as at reviews, also answers about days that were trained on; so it may, of those without a date.
    dateless = {one.key for one in data.reviews if one.reviewed_on is None} if manifest.reads_reviews else set()
    common = sorted(answer for answer in theirs.keys() & ours.keys() if answer[1] > since and answer[2] not in dateless)
    if not common:
        return None
    return HeadToHead(
        nights=len({night for _, night, _ in common}),
        answers=len(common),
        champion_error=_mean_square(manifest, theirs, common),
        challenger_error=_mean_square(manifest, ours, common),
    )


def _mean_square(manifest: ModuleManifest, found: Answers, common: Sequence[Answer]) -> float:
    # Squared once more, errors of probabilities would favour whoever dares less.
    power = 1 if manifest.errors_are is ErrorsAre.SQUARED else 2
    return float(sum(found[answer] ** power for answer in common) / len(common))


def asked_from(since: date, until: date, at_most: int = MAX_ORIGINS) -> list[date]:
    """Return up to ``at_most`` days, evenly spaced, from ``since`` to the day before ``until``."""
    days = (until - since).days
    step = max(1, -(-days // at_most))
    return [since + timedelta(days=offset) for offset in range(0, days, step)]


def errors(manifest: ModuleManifest, data: PropertyData, model: LoadedModel | None, origins: Sequence[date]) -> Answers:
    """Return the errors of a model, or of the plain rule, asked from each of ``origins``; needs the module's outcomes."""
    return {answer: outcome.error for answer, outcome in came_of(manifest, data, model, origins).items()}


def came_of(
    manifest: ModuleManifest, data: PropertyData, model: LoadedModel | None, origins: Sequence[date]
) -> dict[Answer, Outcome]:
    """Return the outcomes of the same."""
    predict: Callable[..., Sequence[Prediction]] = manifest.load(manifest.predict)  # type: ignore[assignment]
    outcomes: Callable[..., Sequence[Outcome]] = manifest.load(manifest.outcomes)  # type: ignore[assignment]
    asked: list[StoredPrediction] = []
    for origin in origins:
        horizon = min(manifest.horizon_days, LONGEST_HORIZON_DAYS, day_number(data.as_of) - day_number(origin))
        for one in predict(PredictionRequest(data.at(origin), origin, horizon, model)):
            if one.target_date <= data.as_of and matches(manifest, one.values):
                values = StoredPrediction(len(asked), origin, one.target_date, one.key, str(one.made_by), one.values)
                asked.append(values)
    found = {outcome.prediction_id: outcome for outcome in outcomes(data, asked)}
    return {(one.as_of, one.target_date, one.key): found[one.id] for one in asked if one.id in found}


def matches(manifest: ModuleManifest, values: Mapping[str, object]) -> bool:
    """Tell whether a prediction is one the module is judged on."""
    return all(values.get(name) == wanted for name, wanted in manifest.judged_on.items())
