"""Old predictions and jobs go, but for those that something still rests on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hotel_rows import NOW, day, new_property

from hotelml_app.core.jobs import JobStage
from hotelml_app.store import Store
from hotelml_app.store.learned import jobs, models, predictions
from hotelml_app.store.learned.models import VersionState
from hotelml_app.store.learned.predictions import Ages, PredictionRow


def add_version(connection: sqlite3.Connection, hotel: int, state: VersionState = VersionState.CHALLENGER) -> str:
    name = models.next_version(connection, hotel, "forecast", day(28))
    models.add_version(connection, hotel, "forecast", name, folder=name, card={"kind": "GRU"}, state=state, now=NOW)
    return name


TODAY = date(2026, 3, 1)


AGES = Ages(*(TODAY - timedelta(days=days) for days in (42, 200, 1100)))


def given(connection: sqlite3.Connection, hotel: int, module: str, days_ago: Iterable[int], *cells: tuple[str, str]) -> None:
    for as_of in (TODAY - timedelta(days=days) for days in days_ago):
        rows = [
            PredictionRow(as_of, as_of + timedelta(1), f"{metric}:{kind}", "statistical", {"metric": metric, "room_type": kind})
            for metric, kind in cells
        ]
        predictions.replace_run(connection, hotel, module, as_of, rows, NOW)


def left(connection: sqlite3.Connection, hotel: int, module: str) -> dict[int, int]:
    """How many predictions are left of each run, by its age in days."""
    return {(TODAY - as_of).days: number for as_of, number in predictions.runs(connection, hotel, module)}


def ended(connection: sqlite3.Connection, hotel: int, days_ago: int, stage: JobStage = JobStage.DONE, **more: object) -> int:
    at = NOW - timedelta(days=days_ago)
    job = jobs.add(connection, str(more.pop("kind", "train")), at, module=str(more.pop("module", "forecast")), property_id=hotel)
    jobs.finish(connection, job, stage, at, report=more)
    return job


def test_old_predictions_are_thinned_out_to_what_the_track_record_needs(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        given(connection, hotel, "forecast", (2000, 300, 5), ("rooms_sold", ""), ("rooms_sold", "DBL"), ("adr", ""))
        assert predictions.thin_out(connection, hotel, "forecast", AGES, {"metric": "rooms_sold", "room_type": ""}) == 5
        assert left(connection, hotel, "forecast") == {300: 1, 5: 3}


def test_without_a_description_of_what_counts_nothing_but_the_very_old_goes(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        given(connection, hotel, "noshow", (2000, 300), ("", "R1"))
        assert predictions.thin_out(connection, hotel, "noshow", AGES, {}) == 1
        assert left(connection, hotel, "noshow") == {300: 1}


def test_of_older_runs_the_newest_of_each_week_stays_whenever_it_is_thinned_out(store: Store) -> None:
    sundays = {day for day in range(43, 100) if (TODAY - timedelta(days=day)).weekday() == 6}
    with store.write() as connection:
        hotel, other = new_property(connection), new_property(connection, "Resort Hotel")
        for owner in (hotel, other):
            given(connection, owner, "noshow", range(100), ("", "R1"))
        given(connection, hotel, "forecast", range(100), ("rooms_sold", ""), ("adr", ""))
        for days in range(60, -1, -1):
            ages = Ages(*(before - timedelta(days=days) for before in (AGES.weekly, AGES.details, AGES.everything)))
            predictions.thin_out(connection, hotel, "noshow", ages, {})
            predictions.thin_out(connection, hotel, "forecast", ages, {"metric": "rooms_sold"})
        # The week that begins to be thinned out ends later: its newest run so far stays.
        weekly = sundays | {43}
        assert left(connection, hotel, "noshow") == dict.fromkeys([*sorted(weekly, reverse=True), *range(42, -1, -1)], 1)
        assert left(connection, hotel, "forecast") == {day: 2 if day in weekly or day <= 42 else 1 for day in range(100)}
        assert len(left(connection, other, "noshow")) == 100


def test_a_house_that_exports_once_a_week_loses_no_run(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        given(connection, hotel, "noshow", range(3, 150, 7), ("", "R1"))
        assert predictions.thin_out(connection, hotel, "noshow", AGES, {}) == 0


def test_old_jobs_are_forgotten_but_the_latest_of_each_kind_and_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LATEST_KEPT", 2)
    with store.write() as connection:
        hotel = new_property(connection)
        gone = [ended(connection, hotel, 900, points=5), ended(connection, hotel, 890, JobStage.FAILED)]
        counted = ended(connection, hotel, 880, JobStage.FAILED, points=7)
        failed = ended(connection, hotel, 870, JobStage.FAILED)
        learned = ended(connection, hotel, 860, points=9)
        gone.append(ended(connection, hotel, 850, JobStage.SKIPPED))
        latest = [ended(connection, hotel, days, JobStage.SKIPPED) for days in (500, 450)]
        other_kinds = [
            ended(connection, hotel, 800, kind="predict", module=""),
            ended(connection, hotel, 700, module="noshow"),
        ]
        waits = jobs.add(connection, "train", NOW - timedelta(days=600), module="forecast", property_id=hotel)
        recent = [ended(connection, hotel, days, JobStage.SKIPPED) for days in (399, 2)]
        assert jobs.last_counted(connection, hotel, "forecast") == (jobs.get(connection, learned), 9)
        assert jobs.forget_old(connection, NOW - timedelta(days=400)) == len(gone) + len(latest)
        left = {row.id for row in jobs.recent(connection, 100)}
        assert left == {counted, failed, learned, *other_kinds, waits, *recent}
        assert jobs.last_counted(connection, hotel, "forecast") == (jobs.get(connection, learned), 9)
        assert jobs.forget_old(connection, NOW - timedelta(days=400)) == 0


def test_the_job_that_a_model_came_from_is_not_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LATEST_KEPT", 1)
    with store.write() as connection:
        hotel = new_property(connection)
        gone, made, last = (ended(connection, hotel, days) for days in (900, 800, 700))
        card, state = {"job": made}, VersionState.CHALLENGER
        models.add_version(connection, hotel, "forecast", "2015-01-01.1", folder="a", card=card, state=state, now=NOW)
        assert jobs.forget_old(connection, NOW - timedelta(days=400)) == 1
        assert {row.id for row in jobs.recent(connection)} == {made, last}
        assert jobs.get(connection, gone) is None
