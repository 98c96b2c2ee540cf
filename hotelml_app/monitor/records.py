"""How good a module's predictions turned out lately, in the measure it is judged by."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hotelml_app.ml.contract import ErrorsAre, ModuleManifest
from hotelml_app.store import Store
from hotelml_app.store.hotels import currencies
from hotelml_app.store.hotels.currencies import Currencies
from hotelml_app.store.learned import models, predictions
from hotelml_app.store.learned.predictions import OutcomeRow, PredictionRow

RECENT_DAYS = 28
USUAL_LEADS = (1, 14)
"""Days ahead that a track record covers where the model's card does not name its own."""

MONEY = "currency"
"""How the unit of amounts is called in a manifest."""

Judged = tuple[PredictionRow, OutcomeRow]
Formula = Callable[[Sequence[float], Sequence[float]], float | None]


@dataclass(frozen=True, slots=True)
class Record:
    """A module's showing over some days. ``value`` is in the primary measure where that can be had from outcomes, else
    the mean error; ``baseline_value`` is the plain rule's on the same answers where it is known for all of them.
    """

    measure: str
    unit: str
    value: float | None
    baseline_value: float | None
    mean_error: float | None
    nights: int
    answers: int


@dataclass(frozen=True, slots=True)
class LiveShowing:
    """The live model's measure lately beside the one on its card, each with the plain rule's on the same nights."""

    recent: float | None
    expected: float | None
    nights: int
    recent_rule: float | None = None
    expected_rule: float | None = None


def recent_errors(
    store: Store, manifest: ModuleManifest, property_id: int, until: date, days: int = RECENT_DAYS
) -> tuple[float, ...]:
    """Return the mean absolute error per night of the last ``days``, oldest first; nights without outcomes are left out."""
    by_night: dict[date, list[float]] = defaultdict(list)
    for row, outcome in judged(store, manifest, property_id, until - timedelta(days=days - 1), until):
        by_night[row.target_date].append(outcome.error)
    return tuple(sum(errors) / len(errors) for _, errors in sorted(by_night.items()))


def track_record(
    store: Store, manifest: ModuleManifest, property_id: int, until: date, days: int = RECENT_DAYS, made_by: str = ""
) -> Record:
    """Return how the last ``days`` went, of all makers, of one such as own:2016-08-31.1, or of a kind of them such as own:

    What is said of the past every version says again, also one that learned from it: of a kind, the first one's answer counts.
    """
    rows = judged(store, manifest, property_id, until - timedelta(days=days - 1), until)
    kind = made_by.endswith(":")
    chosen = [one for one in rows if made_by == "" or (one[0].made_by.startswith(made_by) if kind else one[0].made_by == made_by)]
    if kind:
        first = {row.id if row.target_date > row.as_of else row.key: (row, outcome) for row, outcome in reversed(chosen)}
        chosen = list(first.values())
    return record_of(manifest, chosen)


def showing(store: Store, manifest: ModuleManifest, property_id: int, until: date) -> LiveShowing | None:
    """Return how the live model did lately beside what its card promised; None where no model is live."""
    with store.read() as connection:
        champion = models.champion(connection, property_id, manifest.name)
    if champion is None:
        return None
    promised = _promised(manifest, champion.card)
    leads = _leads(str(promised.get("bucket", ""))) if promised else USUAL_LEADS
    rows = judged(store, manifest, property_id, until - timedelta(days=RECENT_DAYS - 1), until, leads)
    own = record_of(manifest, [one for one in rows if one[0].made_by == f"own:{champion.version}"])
    comparable = own.measure.casefold() == manifest.primary_measure.casefold()
    said = {name: promised.get(name) if promised else None for name in ("value", "baseline_value")}
    expected, expected_rule = (value if isinstance(value, float | int) else None for value in said.values())
    recent, recent_rule = (own.value, own.baseline_value) if comparable else (None, None)
    return LiveShowing(recent, expected, own.nights, recent_rule, expected_rule)


def judged(
    store: Store, manifest: ModuleManifest, property_id: int, since: date, until: date, leads: tuple[int, int] = USUAL_LEADS
) -> list[Judged]:
    """Return the predictions a module is judged on, for days in [since, until], asked ``leads`` days ahead; without payloads.

    What is said of the past, such as the mood of a review, is said again from every export: the latest of each maker counts.
    Amounts foretold in a currency that the property has no more are left out: they are not to be set beside others.
    """
    with store.read() as connection:
        rows = predictions.judged_on(connection, property_id, manifest.name, (since, until), leads, manifest.judged_on)
        meant = currencies.of(connection, property_id) if MONEY in manifest.unit else Currencies("")
    counted: dict[object, Judged] = {}
    for row, outcome in rows:
        if not meant.other_at(row.made_at):
            counted[row.id if row.target_date > row.as_of else (row.key, row.made_by)] = (row, outcome)
    return list(counted.values())


def record_of(manifest: ModuleManifest, rows: Sequence[Judged]) -> Record:
    """Return the measure over some judged predictions; a share of what came, over those nights on which anything did.

    Set against the few nights before or after it, errors of the weeks a hotel is closed would come to hundreds of per cent.
    """
    name, formula, unit = _formula(manifest)
    some = [one for one in rows if one[1].actual] if formula is _wape else []
    counted = some or rows
    errors = [outcome.error for _, outcome in counted]
    actuals = [outcome.actual for _, outcome in counted]
    rule = [outcome.baseline_error for _, outcome in counted if outcome.baseline_error is not None]
    return Record(
        measure=name,
        unit=unit,
        value=formula(errors, actuals) if counted else None,
        baseline_value=formula(rule, actuals) if counted and len(rule) == len(counted) else None,
        mean_error=_mean([outcome.error for _, outcome in rows], actuals) if rows else None,
        nights=len({row.target_date for row, _ in counted}),
        answers=len(rows),
    )


def _formula(manifest: ModuleManifest) -> tuple[str, Formula, str]:
    if manifest.errors_are is ErrorsAre.SQUARED:
        return manifest.primary_measure, _mean, manifest.unit
    if manifest.errors_are is ErrorsAre.MISSES:
        return manifest.primary_measure, _share_right, "%"
    known: dict[str, Formula] = {
        "wape": _wape,
        "mae": _mean,
        "rmse": _root_mean_square,
        "mse": _mean_square,
    }
    formula = known.get(manifest.primary_measure.casefold())
    if formula is None:
        # Per cent are the unit of the measure that cannot be had here, not of single errors.
        return "mean error", _mean, manifest.unit if manifest.unit != "%" else ""
    return manifest.primary_measure, formula, "%" if formula is _wape else manifest.unit


def _wape(errors: Sequence[float], actuals: Sequence[float]) -> float | None:
    """Weighted absolute percentage error: the sum of errors in per cent of the sum of what came."""
    total = sum(abs(actual) for actual in actuals)
    return 100 * sum(errors) / total if total else None


def _mean(errors: Sequence[float], actuals: Sequence[float]) -> float | None:
    return sum(errors) / len(errors) if errors else None


def _share_right(errors: Sequence[float], actuals: Sequence[float]) -> float | None:
    """Accuracy in per cent, of errors that are 1 or 0."""
    return 100 * (1 - sum(errors) / len(errors)) if errors else None


def _mean_square(errors: Sequence[float], actuals: Sequence[float]) -> float | None:
    return sum(error * error for error in errors) / len(errors) if errors else None


def _root_mean_square(errors: Sequence[float], actuals: Sequence[float]) -> float | None:
    square = _mean_square(errors, actuals)
    return math.sqrt(square) if square is not None else None


def _promised(manifest: ModuleManifest, card: Mapping[str, object]) -> Mapping[str, object] | None:
    measures = card.get("measures")
    rows = measures if isinstance(measures, list) else []
    return next((row for row in rows if str(row.get("name", "")).casefold() == manifest.primary_measure.casefold()), None)


def _leads(bucket: str) -> tuple[int, int]:
    """Read the days ahead from the name of a bucket such as "8-14 days ahead"."""
    found = re.search(r"(\d+)\s*[-–]\s*(\d+)", bucket)
    return (int(found[1]), int(found[2])) if found else USUAL_LEADS
