"""Versions, predictions, jobs, warnings and data points in the database."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hotel_rows import NOW, day, new_property
from kept_points import kept_points

from hotelml_app.core.data_points import Source, TrainingDataPoint
from hotelml_app.core.jobs import JobStage
from hotelml_app.store import Store
from hotelml_app.store.learned import data_points, jobs, models, predictions
from hotelml_app.store.learned.job_ends import JobEnds
from hotelml_app.store.learned.models import VersionState
from hotelml_app.store.learned.predictions import OutcomeRow, PredictionRow
from hotelml_app.store.told import warnings
from hotelml_app.store.values import json_text, moment_or_none, moment_text

LATER = NOW + timedelta(hours=1)


def add_version(connection: sqlite3.Connection, hotel: int, state: VersionState = VersionState.CHALLENGER) -> str:
    name = models.next_version(connection, hotel, "forecast", day(28))
    models.add_version(connection, hotel, "forecast", name, folder=name, card={"kind": "GRU"}, state=state, now=NOW)
    return name


def night(as_of: int, target: int, rooms: float) -> PredictionRow:
    return PredictionRow(day(as_of), day(target), "|rooms_sold", "own:2017-02-01.1", {"p50": rooms})


def point(
    number: str, module: str = "forecast", minute: int = 0, source: Source = Source.REAL, hotel: str = "City"
) -> TrainingDataPoint:
    return TrainingDataPoint(number, NOW + timedelta(minutes=minute), module, {"x": minute}, {"y": 1}, 0.5, source, hotel)


TODAY = date(2026, 3, 1)


def left(connection: sqlite3.Connection, hotel: int, module: str) -> dict[int, int]:
    """How many predictions are left of each run, by its age in days."""
    return {(TODAY - as_of).days: number for as_of, number in predictions.runs(connection, hotel, module)}


def test_versions_are_named_after_the_data_they_learned_from(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        names = [add_version(connection, hotel) for _ in range(11)]
        assert (names[0], names[10]) == ("2017-02-28.1", "2017-02-28.11")
        assert models.next_version(connection, hotel, "noshow", day(28)) == "2017-02-28.1"
        with pytest.raises(sqlite3.IntegrityError):
            models.add_version(connection, hotel, "forecast", names[0], folder="", card={}, state=VersionState.CANDIDATE, now=NOW)


def test_one_version_is_live_and_the_history_tells_what_was_before(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        first, second = add_version(connection, hotel), add_version(connection, hotel)
        assert models.champion(connection, hotel, "forecast") is None
        assert models.live(connection, hotel, "forecast") is None
        models.deploy(connection, hotel, "forecast", first, "the first one", NOW)
        models.deploy(connection, hotel, "forecast", second, "better by 8 %", LATER)
        champion = models.champion(connection, hotel, "forecast")
        assert champion is not None
        assert (champion.version, champion.card) == (second, {"kind": "GRU"})
        former = models.version(connection, hotel, "forecast", first)
        assert former is not None
        assert former.state == VersionState.RETIRED
        told = [(row.version, row.live_from, row.live_until) for row in models.deployments(connection, hotel, "forecast")]
        assert told == [(second, LATER, None), (first, NOW, LATER)]


def test_a_damaged_champion_gives_way_to_the_statistical_rule(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        name = add_version(connection, hotel)
        models.deploy(connection, hotel, "forecast", name, "the first one", NOW)
        models.set_state(connection, hotel, "forecast", name, VersionState.DAMAGED)
        models.deploy(connection, hotel, "forecast", "", "the file is damaged", LATER)
        assert models.champion(connection, hotel, "forecast") is None
        live = models.live(connection, hotel, "forecast")
        assert live is not None
        assert (live.version, live.reason) == ("", "the file is damaged")
        assert [row.state for row in models.versions(connection)] == [VersionState.DAMAGED]
        assert models.versions(connection, hotel, "noshow") == []
        assert models.version(connection, hotel, "forecast", "none") is None


def test_a_second_run_of_a_day_replaces_what_nobody_judged_yet(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        assert predictions.replace_run(connection, hotel, "forecast", day(1), [night(1, 2, 10), night(1, 3, 20)], NOW) == 2
        (first, _) = predictions.of_run(connection, hotel, "forecast", day(1))
        predictions.put_outcomes(connection, [OutcomeRow(first.id, 12, 2, day(2), 3.0)])
        predictions.replace_run(connection, hotel, "forecast", day(1), [night(1, 2, 99), night(1, 3, 99), night(1, 4, 99)], LATER)
        again = predictions.of_run(connection, hotel, "forecast", day(1))
        assert [(row.target_date, row.payload["p50"], row.made_at) for row in again] == [
            (day(2), 10, NOW),
            (day(3), 99, LATER),
            (day(4), 99, LATER),
        ]


def test_predictions_wait_for_their_outcome_until_it_is_known(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        for as_of in (1, 2):
            rows = [night(as_of, target, 10.0 * target) for target in range(as_of + 1, 6)]
            predictions.replace_run(connection, hotel, "forecast", day(as_of), rows, NOW)
        waiting = predictions.without_outcome(connection, hotel, "forecast", day(3))
        assert [(row.target_date, row.as_of) for row in waiting] == [(day(3), day(1)), (day(3), day(2)), (day(2), day(1))]
        predictions.put_outcomes(connection, [OutcomeRow(row.id, 25, 5, day(3)) for row in waiting])
        predictions.put_outcomes(connection, [OutcomeRow(waiting[-1].id, 26, 6, day(4), 1.5)])
        assert predictions.without_outcome(connection, hotel, "forecast", day(3)) == []
        judged = predictions.judged(connection, hotel, "forecast", day(1), day(2))
        assert [(row.payload["p50"], outcome.actual, outcome.baseline_error) for row, outcome in judged] == [(20.0, 26.0, 1.5)]
        assert predictions.latest_as_of(connection, hotel, "forecast") == day(2)
        assert predictions.latest_as_of(connection, hotel, "forecast", before=day(2)) == day(1)
        assert predictions.latest_as_of(connection, hotel, "forecast", before=day(1)) is None
        assert predictions.latest_as_of(connection, hotel, "noshow") is None
        assert predictions.runs(connection, hotel, "forecast") == [(day(1), 4), (day(2), 3)]


def test_many_that_never_get_an_outcome_do_not_keep_the_latest_nights_from_being_judged(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        predictions.replace_run(connection, hotel, "forecast", day(1), [night(1, target, 10) for target in range(2, 9)], NOW)
        waiting = predictions.without_outcome(connection, hotel, "forecast", day(8), limit=2)
    assert [row.target_date for row in waiting] == [day(8), day(7)]


def test_a_job_tells_how_it_went(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        job = jobs.add(connection, "train", NOW, module="forecast", property_id=hotel, asked_by="user")
        jobs.start(connection, job, NOW)
        with pytest.raises(ValueError, match="not an end"):
            jobs.finish(connection, job, JobStage.RUNNING, LATER)
        jobs.finish(connection, job, JobStage.DONE, LATER, message="8 % better", report={"duration_s": 40})
        row = jobs.get(connection, job)
        assert row is not None
        assert (row.stage, row.started_at, row.finished_at) == (JobStage.DONE, NOW, LATER)
        assert (row.message, row.report, row.asked_by) == ("8 % better", {"duration_s": 40}, "user")
        assert jobs.latest_finished(connection, hotel, "forecast") == row
        assert jobs.latest_finished(connection, hotel, "forecast", JobStage.FAILED) is None
        assert jobs.get(connection, 99) is None


def test_jobs_that_a_crash_cut_off_are_abandoned_at_the_next_start(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        ids = [jobs.add(connection, "train", NOW, module=name, property_id=hotel) for name in ("forecast", "noshow", "pricing")]
        jobs.start(connection, ids[0], NOW)
        jobs.finish(connection, ids[2], JobStage.SKIPPED, NOW)
    assert JobEnds(store).abandon_unfinished(LATER, "HotelML was stopped") == ids[:2]
    with store.read() as connection:
        assert [row.stage for row in jobs.recent(connection)] == [JobStage.SKIPPED, JobStage.ABANDONED, JobStage.ABANDONED]
        assert [row.module for row in jobs.recent(connection, module="noshow", property_id=hotel)] == ["noshow"]


def test_the_same_warning_is_one_and_comes_back_after_it_was_cleared(store: Store) -> None:
    with store.write() as connection:
        warnings.put(connection, "disk", "Disk", "12 % free", "Free some", NOW)
        warnings.put(connection, "disk", "Disk", "9 % free", "Free some", LATER)
        (row,) = warnings.standing(connection)
        assert (row.message, row.times, row.first_at, row.last_at) == ("9 % free", 2, NOW, LATER)
        assert warnings.clear(connection, "disk", LATER)
        assert not warnings.clear(connection, "disk", LATER)
        assert warnings.standing(connection) == []
        warnings.put(connection, "disk", "Disk", "5 % free", "Free some", LATER)
        assert len(warnings.standing(connection)) == 1


def test_a_data_point_collected_twice_is_the_later_one(store: Store) -> None:
    with store.write() as connection:
        data_points.put(connection, [point("a", minute=2), point("b", minute=1), point("a", minute=3)])
        assert [(row.id, row.input["x"]) for row in kept_points(connection, "forecast")] == [("b", 1), ("a", 3)]


def test_data_points_are_counted_and_chosen_by_module_hotel_and_source(store: Store) -> None:
    with store.write() as connection:
        data_points.put(
            connection,
            [point("a"), point("b", "noshow"), point("c", "noshow", hotel="Resort"), point("d", source=Source.SYNTHETIC)],
        )
        assert data_points.counts(connection) == {"forecast": 2, "noshow": 2}
        assert data_points.counts(connection, "Resort") == {"noshow": 1}
        assert [row.id for row in kept_points(connection, "noshow", "Resort")] == ["c"]
        assert [row.id for row in kept_points(connection, "forecast", source=Source.SYNTHETIC)] == ["d"]
        assert data_points.owners(connection, ["a", "c", "zz"]) == {"a": ("forecast", "City"), "c": ("noshow", "Resort")}
        (found,) = kept_points(connection, "forecast", source=Source.REAL)
        assert found == point("a")


def test_moments_are_kept_in_utc_and_sort_as_text() -> None:
    summer_in_lisbon = datetime(2017, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=1)))
    assert moment_text(summer_in_lisbon) == "2017-07-01T00:30:00.000000+00:00"
    assert moment_or_none(moment_text(summer_in_lisbon)) == summer_in_lisbon
    with pytest.raises(ValueError, match="time zone"):
        moment_text(datetime(2017, 7, 1))  # noqa: DTZ001 - that is what is refused
    moments = [NOW, NOW + timedelta(microseconds=1), NOW + timedelta(seconds=1), datetime(2018, 1, 1, tzinfo=UTC)]
    assert sorted(map(moment_text, moments)) == [moment_text(moment) for moment in moments]


def test_json_never_holds_what_json_does_not_know() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_text({"p50": float("nan")})
