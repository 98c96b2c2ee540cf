"""What came of predictions whose day has passed, and what the modules can learn from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from math import isclose

from hotelml_app.collector import DataCollector
from hotelml_app.core.data_points import Source, TrainingDataPoint
from hotelml_app.ml.contract import ModuleManifest, Outcome, StoredPrediction
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported import imports
from hotelml_app.store.learned import data_points as stored_points
from hotelml_app.store.learned import predictions
from hotelml_app.store.learned.predictions import Ages, OutcomeRow, PredictionRow

LOOK_BACK_DAYS = 60
"""Predictions for days longer ago than this, and than the last ones that were made, will not get an outcome any more."""

SECOND_LOOK_DAYS = 14
"""How long after its day an outcome seen on that very day is still looked at again."""

DAILY_DAYS = 42
"""Of what was given longer ago than this, one run a week is kept: each answers much the same, and where a house sends an export
a day, they would be most of its database. What the track record is made of stays of every day."""

DETAIL_DAYS = 200
"""Predictions given longer ago are kept only where the track record is made of them, such as those for the whole house."""

MEMORY_DAYS = 1100
"""What the track record is made of is forgotten after three years: a night's figures are a hundred rows per export."""

ANSWERS_DAYS = 400
"""Where each guest or room type has an answer of its own, that is thousands of rows per export, and a year's reports have to
do: of a house of 200 rooms, three years of them would be some gigabytes, in each of its backups again."""

_JUDGED_UP_TO = "judged up to import: "

COLLECTED_LEADS = frozenset({0, 1, 7, 14, 28, 60, 90})
"""Days ahead whose outcomes become training data points; every day of every lead would be a hundred times as many."""


def match_outcomes(
    store: Store, manifest: ModuleManifest, property_id: int, data: PropertyData, collector: DataCollector | None = None
) -> int:
    """Compare stored predictions for days up to the business date with what happened and return how many that were.

    Outcomes are stored; those at the usual leads also become training data points (source real), which are forgotten with the
    predictions they tell of. What an export of the very day had shown is looked at once more with the next: it may have been
    made before the last arrivals, or the night audit. So is what another export of the same day may correct, and what an older
    export may have changed that came late.
    """
    if manifest.outcomes is None:
        return 0
    data = manifest.data_of(data)
    waiting, judged = _to_look_at(store, manifest, property_id, data)
    if not waiting and not judged:
        return 0
    found = _outcomes(manifest, data, [*waiting, *(row for row, _ in judged)])
    before = {outcome.prediction_id: outcome for _, outcome in judged}
    news = [one for one in found if not _is_known(one, before.get(one.prediction_id))]
    if collector is not None:
        # Before they count as judged: what is cut off here is found again the next time, and put in its own place.
        by_id = {row.id: row for row in (*waiting, *(row for row, _ in judged))}
        collector.add_many(data_points(manifest, data, ((by_id[one.prediction_id], one) for one in news)))
    with store.write() as connection:
        predictions.put_outcomes(connection, (_settled(one, before.get(one.prediction_id), data.as_of) for one in found))
        data_settings.put(connection, _JUDGED_UP_TO + manifest.name, data.facts.newest_import, property_id)
        memory = MEMORY_DAYS if manifest.judged_on else ANSWERS_DAYS
        ages = Ages(*(data.as_of - timedelta(days=days) for days in (DAILY_DAYS, DETAIL_DAYS, memory)))
        predictions.thin_out(connection, property_id, manifest.name, ages, manifest.judged_on)
        stored_points.forget(connection, manifest.name, data.facts.name, Source.REAL, end_of(ages.everything))
    return len(news)


def _to_look_at(
    store: Store, manifest: ModuleManifest, property_id: int, data: PropertyData
) -> tuple[list[PredictionRow], list[tuple[PredictionRow, OutcomeRow]]]:
    """Return the predictions that wait for their outcome, and those whose outcome may be another by now."""
    since, recent = (data.as_of - timedelta(days=days) for days in (LOOK_BACK_DAYS, SECOND_LOOK_DAYS))
    with store.read() as connection:
        # No export may have come for months, as of a house that closes for the winter: its last nights were never looked at.
        since = min(since, predictions.latest_as_of(connection, property_id, manifest.name, data.as_of) or since)
        waiting = predictions.without_outcome(connection, property_id, manifest.name, data.as_of, since=since)
        judged = predictions.judged_early(connection, property_id, manifest.name, data.as_of, since=recent)
        up_to = data_settings.get(connection, _JUDGED_UP_TO + manifest.name, None, property_id)
        if isinstance(up_to, int):
            oldest = imports.oldest_day_among(connection, property_id, up_to, data.facts.newest_import)
            if oldest is not None and oldest < data.as_of:
                since = max(since, oldest - timedelta(days=SECOND_LOOK_DAYS))
                judged = predictions.judged(connection, property_id, manifest.name, since, data.as_of)
    return waiting, judged


def _outcomes(manifest: ModuleManifest, data: PropertyData, waiting: Sequence[PredictionRow]) -> list[Outcome]:
    function: Callable[..., Sequence[Outcome]] = manifest.load(manifest.outcomes)  # type: ignore[assignment]
    asked = [StoredPrediction(row.id, row.as_of, row.target_date, row.key, row.made_by, row.payload) for row in waiting]
    known = {row.id for row in waiting}
    return [one for one in function(data, asked) if one.prediction_id in known]


def data_points(
    manifest: ModuleManifest, data: PropertyData, judged: Iterable[tuple[PredictionRow, Outcome]]
) -> Iterable[TrainingDataPoint]:
    """Yield what is to be learned from judged predictions, one point each at the usual leads.

    The id says which prediction it is, so that later knowledge of the same one takes the earlier one's place. What is said of
    the past, such as the mood of a review, is said again from every export, and is one all the same.
    """
    for row, outcome in judged:
        lead = (row.target_date - row.as_of).days
        if lead > 0 and lead not in COLLECTED_LEADS:
            continue
        asked = f"{row.as_of}:{row.target_date}:{row.key}" if lead > 0 else row.key
        yield TrainingDataPoint(
            id=f"{manifest.name}:{data.facts.name}:{asked}",
            timestamp=end_of(outcome.known_on),
            module=manifest.name,
            input={"as_of": row.as_of.isoformat(), "target_date": row.target_date.isoformat(), "key": row.key, **row.payload},
            output={"actual": outcome.actual, "error": outcome.error, "made_by": row.made_by},
            accuracy=accuracy(manifest, outcome.actual, outcome.error),
            source=Source.REAL,
            property_name=data.facts.name,
        )


def accuracy(manifest: ModuleManifest, actual: float, error: float) -> float:
    """Return how right one prediction was, in [0, 1]: of probabilities 1 - error, of amounts 1 - error / what came."""
    scale = 1.0 if manifest.unit == "" else max(abs(actual), 1.0)
    return min(max(1.0 - error / scale, 0.0), 1.0)


def end_of(day: date) -> datetime:
    """Return the moment a day was over, as UTC counts it."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=UTC)


def _is_known(outcome: Outcome, before: OutcomeRow | None) -> bool:
    """Tell whether nothing new came out; a mean over other nights beside it differs in its last digits."""
    return before is not None and isclose(outcome.actual, before.actual, rel_tol=1e-9, abs_tol=1e-9)


def _settled(outcome: Outcome, before: OutcomeRow | None, today: date) -> OutcomeRow:
    """Return what is kept; ``known_on`` is the export it was seen in, so that a second look is not followed by a third."""
    if before is not None and _is_known(outcome, before):
        return replace(before, known_on=today)
    return OutcomeRow(outcome.prediction_id, outcome.actual, outcome.error, today, outcome.baseline_error)
