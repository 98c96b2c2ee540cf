"""Two properties that are one hotel: nothing known of either is lost, and nothing newer gives way to what is older."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from hotel_rows import NOW, day, new_import, new_property
from joined_properties import history, put_together, take_in

from hotelml_app.core.data_points import Source, TrainingDataPoint
from hotelml_app.core.jobs import TRAIN, JobStage
from hotelml_app.store import Store
from hotelml_app.store.corrected import joining
from hotelml_app.store.decided import data_settings, rate_decisions
from hotelml_app.store.decided.rate_decisions import DecisionKind, RateDecisionRow
from hotelml_app.store.exported import imports, reviews, statistics
from hotelml_app.store.exported.reviews import ReviewRow
from hotelml_app.store.exported.statistics import NightlyRow
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import data_points, jobs, models, predictions
from hotelml_app.store.learned.models import VersionState
from hotelml_app.store.learned.predictions import OutcomeRow, PredictionRow


def fill(connection: sqlite3.Connection, gone: int, stays: int) -> None:
    """Give both properties something of everything."""
    take_in(connection, stays, {1: {"a": "STD"}, 2: {"a": "STD", "b": "STD"}})
    take_in(connection, gone, {3: {"b": "DLX", "c": "FAM"}})
    older, newer = new_import(connection, "older"), new_import(connection, "newer")
    for property_id, made, word in ((gone, older, "older"), (stays, newer, "newer")):
        imports.add_property(connection, made, property_id, day(2), 2)
        reviews.apply(connection, property_id, made, day(2), [ReviewRow("same", title=word), ReviewRow(f"of {word}", title=word)])
        nights = [NightlyRow(day(20), day(2), rooms_sold=float(made)), NightlyRow(day(20 + made % 2), day(1), rooms_sold=1.0)]
        statistics.apply(connection, property_id, made, nights)
        decision = RateDecisionRow(day(25), "STD", DecisionKind.OWN, day(2), rate=float(made))
        rate_decisions.append(connection, property_id, [decision], NOW)
        properties.set_room_type(connection, property_id, "STD", rooms=made)
        name = properties.get(connection, property_id).name
        about = {"target_date": "2017-03-30"}
        point = TrainingDataPoint(f"forecast:{name}:1", NOW, "forecast", about, {}, 1.0, Source.REAL, name)
        data_points.put(connection, [point])
        for word_of in ("both", word):
            data_settings.put(connection, word_of, word, property_id)
        for version in ["2017-02-01.1"] if word == "newer" else ["2017-02-01.1", "2017-02-02.1"]:
            where, card = f"{word}/{version}", {"of": word}
            models.add_version(
                connection, property_id, "forecast", version, folder=where, card=card, state=VersionState.CANDIDATE, now=NOW
            )
            models.deploy(connection, property_id, "forecast", version, "better", NOW)
        job = jobs.add(connection, TRAIN, NOW, module="forecast", property_id=property_id)
        jobs.finish(connection, job, JobStage.ABANDONED, NOW, message=f"job {job}")
        # The night of 10 March gains a booking; that of 30 March does not.
        given_ = [PredictionRow(day(2), date(2017, 3, night), "house", "statistical", {"p50": 1.0}) for night in (10, 30)]
        predictions.replace_run(connection, property_id, "forecast", day(2), given_, NOW)
        rows = predictions.of_run(connection, property_id, "forecast", day(2))
        predictions.put_outcomes(connection, [OutcomeRow(row.id, 1.0, 0.0, date(2017, 3, 31)) for row in rows])
        newest = PredictionRow(day(3), date(2017, 3, 30), "house", "statistical", {"p50": 1.0})
        predictions.replace_run(connection, property_id, "forecast", day(3), [newest], NOW)


@pytest.fixture
def joined(store: Store) -> tuple[Store, int, int]:
    with store.write() as connection:
        gone, stays = new_property(connection, "Gone"), new_property(connection, "Stays")
        fill(connection, gone, stays)
        put_together(connection, gone, stays)
    return store, gone, stays


def test_nothing_of_the_one_that_goes_is_left_under_its_number(joined: tuple[Store, int, int]) -> None:
    store, gone, stays = joined
    assert store.check() == []
    with store.read() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        owned = [name for name in tables if "property_id" in {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}]
        assert {"bookings", "reviews", "predictions", "model_versions"} <= set(owned)
        of_gone = {name: f"SELECT count(*) FROM {name} WHERE property_id = {gone}" for name in owned}
        left = {name: connection.execute(query).fetchone()[0] for name, query in of_gone.items()}
        assert left == dict.fromkeys(owned, 0)
        assert [row.name for row in properties.all(connection)] == ["Stays"]
        assert data_points.counts(connection, "Gone") == {}
        assert history(connection, stays)["b"] == [("2017-02-02", "STD"), ("2017-02-03", "DLX")]


def test_of_a_review_known_in_both_the_newer_export_counts_whenever_it_was_imported(store: Store) -> None:
    with store.write() as connection:
        gone, stays = new_property(connection, "Gone"), new_property(connection, "Stays")
        for property_id, seen, word in ((stays, 4, "newer"), (gone, 3, "older")):
            made = new_import(connection, word)
            reviews.apply(connection, property_id, made, day(seen), [ReviewRow("same", title=word)])
        put_together(connection, gone, stays)
    with store.read() as connection:
        assert [row.title for row in reviews.all(connection, stays)] == ["newer"]


def test_of_reviews_and_figures_known_in_both_the_later_import_counts(joined: tuple[Store, int, int]) -> None:
    store, _, stays = joined
    with store.read() as connection:
        assert {row.key: row.title for row in reviews.all(connection, stays)} == {
            "same": "newer",
            "of newer": "newer",
            "of older": "older",
        }
        told = {(row.stay_date, row.as_of): row.rooms_sold for row in statistics.all(connection, stays)}
        newer = max(row.id for row in imports.recent(connection))
        assert told[day(20), day(2)] == newer
        assert len(told) == 3


def test_what_staff_said_of_the_one_that_stays_holds(joined: tuple[Store, int, int]) -> None:
    store, _, stays = joined
    with store.read() as connection:
        assert data_settings.all(connection, stays) == {"both": "newer", "newer": "newer", "older": "older"}
        (decided,) = rate_decisions.standing(connection, stays)
        kinds = {kind.code: kind.rooms for kind in properties.room_types(connection, stays)}
        assert decided.rate == kinds["STD"] == max(row.id for row in imports.recent(connection))


def test_models_of_the_one_that_goes_are_retired_and_its_predictions_gone(joined: tuple[Store, int, int]) -> None:
    store, _, stays = joined
    with store.read() as connection:
        versions = {row.version: row for row in models.versions(connection, stays)}
        assert {name: row.state for name, row in versions.items()} == {
            "2017-02-01.1": VersionState.CHAMPION,
            "2017-02-02.1": VersionState.RETIRED,
        }
        assert versions["2017-02-01.1"].card == {"of": "newer"}
        assert versions["2017-02-02.1"].card == {"of": "older", joining.PART_OF: "Gone"}
        assert models.live(connection, stays, "forecast") is not None
        assert len(models.deployments(connection)) == 1


def test_nights_that_gain_bookings_are_judged_and_predicted_once_more(joined: tuple[Store, int, int]) -> None:
    store, _, stays = joined
    with store.read() as connection:
        judged = predictions.judged(connection, stays, "forecast", date(2017, 3, 1), date(2017, 3, 31))
        assert [row.target_date for row, _ in judged] == [date(2017, 3, 30)]
        waiting = predictions.without_outcome(connection, stays, "forecast", date(2017, 3, 31))
        assert [(row.as_of, row.target_date) for row in waiting] == [(day(2), date(2017, 3, 10))]
        assert predictions.latest_as_of(connection, stays, "forecast") == day(2)
        assert data_points.counts(connection, "Stays") == {"forecast": 1}


def test_putting_together_counts_as_an_import_that_no_list_shows(store: Store) -> None:
    with store.write() as connection:
        gone, stays = new_property(connection, "Gone"), new_property(connection, "Stays")
        fill(connection, gone, stays)
        before = imports.recent(connection, property_id=stays)
        listed = len(imports.recent(connection))
        number = put_together(connection, gone, stays)
    with store.read() as connection:
        assert imports.last_done(connection, stays) == number > max(row.id for row in before)
        assert len(imports.recent(connection)) == listed == len(imports.recent(connection, property_id=stays))
        newest = imports.latest_done(connection, stays)
        assert newest is not None
        assert newest.status == imports.DONE


def test_a_failure_half_way_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.write() as connection:
        gone, stays = new_property(connection, "Gone"), new_property(connection, "Stays")
        fill(connection, gone, stays)
    with store.read() as connection:
        before = list(connection.iterdump())

    def stumble(*_: object) -> int:
        raise RuntimeError("power cut")

    monkeypatch.setattr(joining, "_noted", stumble)
    with pytest.raises(RuntimeError, match="power cut"), store.write() as connection:
        put_together(connection, gone, stays)
    with store.read() as connection:
        assert list(connection.iterdump()) == before
