"""How the model brought along did on the nights a freshly trained one was judged on."""

from __future__ import annotations

import math
from datetime import date

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import Leaderboard
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.training.duel import MAX_ORIGINS, came_of, errors
from hotelml_app.training.gates import baseline_ratio


def bundled_ratio(manifest: ModuleManifest, judged: Leaderboard, data: PropertyData, bundled: LoadedModel | None) -> float | None:
    """Return its error as a share of the plain rule's; below one is better than the rule. None where it cannot be told.

    Where the module judged it as one of its candidates, that counts; else both are asked from days the new model was
    judged from. One that answers for this property no more, such as for a hotel that is young no longer, is no rival; nor is
    one that says just what is said without it, where that is another rule than the one a new model has to beat.
    """
    if bundled is None or not manifest.errors_by_model or not _answers_for(manifest, data):
        return None
    candidate = next((one for one in judged.candidates if one.is_bundled), None)
    if candidate is not None:
        return baseline_ratio(manifest, candidate.measures)
    origins = _spread(tuple(day for day in judged.origins if day < data.as_of))
    if manifest.outcomes is None or not origins:
        return None
    theirs = came_of(manifest, data, bundled, origins)
    rule = errors(manifest, data, None, origins)
    if manifest.rule:
        if rule == {answer: one.error for answer, one in theirs.items()}:
            return None
        rule = {answer: one.baseline_error for answer, one in theirs.items() if one.baseline_error is not None}
    common = theirs.keys() & rule.keys()
    expected = math.fsum(rule[answer] for answer in common)
    return math.fsum(theirs[answer].error for answer in common) / expected if expected > 0 else None


def _answers_for(manifest: ModuleManifest, data: PropertyData) -> bool:
    return manifest.borrows is None or bool(manifest.load(manifest.borrows)(data))


def _spread(days: tuple[date, ...]) -> list[date]:
    step = max(1, -(-len(days) // MAX_ORIGINS))
    return list(days[::-1][::step][::-1])
