"""What was predicted is compared with what happened, kept, learned from, and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import tiny_hotel
from hypothesis import given
from hypothesis import strategies as st
from kept_points import kept_points
from models_on_disk import staged
from tiny_module import MANIFEST, RULE, outcomes

from hotelml_app.collector import DataCollector
from hotelml_app.collector.errors import JournalError
from hotelml_app.core.clock import FixedClock
from hotelml_app.core.data_points import Source, TrainingDataPoint
from hotelml_app.ml.contract import Outcome, StoredPrediction
from hotelml_app.ml.property.reading import property_data
from hotelml_app.monitor.errors import UnknownPeriodError
from hotelml_app.monitor.monitor import Monitor
from hotelml_app.monitor.outcomes import COLLECTED_LEADS, end_of
from hotelml_app.monitor.records import recent_errors, showing, track_record
from hotelml_app.monitor.reports import beginning, report
from hotelml_app.registry.answers import predict, store_predictions
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.store import Store
from hotelml_app.store.hotels import currencies
from hotelml_app.store.learned import data_points, predictions
from hotelml_app.store.learned.predictions import OutcomeRow, PredictionRow

FIRST = date(2016, 3, 1)


def live_through(store: Store, registry: ModelRegistry, clock: FixedClock, days: int, monitor: Monitor | None = None) -> int:
    """Import an export every evening from FIRST on, predict from it, and judge what was predicted before."""
    hotel = 0
    for number in range(days):
        hotel = tiny_hotel.export(store, FIRST + timedelta(days=number))
        store_predictions(store, predict(store, registry, hotel, "tiny", manifest=MANIFEST), clock.now())
        if monitor is not None:
            monitor.match(MANIFEST, hotel, property_data(store, hotel))
    return hotel


def judged_rows(store: Store, hotel: int) -> list[tuple[PredictionRow, OutcomeRow]]:
    with store.read() as connection:
        return predictions.judged(connection, hotel, "tiny", date.min, date.max)


def test_every_prediction_is_judged_once_its_night_has_passed(store: Store, registry: ModelRegistry, clock: FixedClock) -> None:
    hotel = live_through(store, registry, clock, 10)
    data = property_data(store, hotel)
    monitor = Monitor(store)
    assert monitor.match(MANIFEST, hotel, data) == sum(range(10))
    rows = judged_rows(store, hotel)
    assert max(row.target_date for row, _ in rows) == FIRST + timedelta(days=9)
    assert all(outcome.error == pytest.approx(abs(float(str(row.payload["rooms"])) - outcome.actual)) for row, outcome in rows)
    assert monitor.match(MANIFEST, hotel, data) == 0


def test_nights_before_a_winter_without_exports_are_judged_in_spring(
    store: Store, registry: ModelRegistry, clock: FixedClock
) -> None:
    monitor, days = Monitor(store), 3
    live_through(store, registry, clock, days, monitor)
    clock.advance(timedelta(days=150))
    hotel = tiny_hotel.export(store, FIRST + timedelta(days=days + 150))
    assert monitor.match(MANIFEST, hotel, property_data(store, hotel)) > 0
    assert max(row.target_date for row, _ in judged_rows(store, hotel)) > FIRST + timedelta(days=days)


def test_what_was_seen_on_the_very_day_is_looked_at_once_more_with_the_next_export(
    store: Store, registry: ModelRegistry, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export of the morning, or from before the night audit, does not know yet who came."""

    def say(rooms: float) -> None:
        monkeypatch.setattr("tiny_module.outcomes", lambda _, asked: [Outcome(a.id, rooms, 1, a.target_date) for a in asked])

    def actuals_of(night: int) -> set[float]:
        return {outcome.actual for row, outcome in judged_rows(store, hotel) if row.target_date == FIRST + timedelta(days=night)}

    hotel, monitor = live_through(store, registry, clock, 6), Monitor(store)
    say(12.0)
    assert monitor.match(MANIFEST, hotel, property_data(store, hotel)) == 15
    for day, rooms, judged_again in ((6, 11.0, 5), (7, 10.0, 6)):
        tiny_hotel.export(store, FIRST + timedelta(days=day))
        say(rooms)
        assert monitor.match(MANIFEST, hotel, property_data(store, hotel)) == judged_again + 6
    assert (actuals_of(5), actuals_of(6), actuals_of(7)) == ({11.0}, {10.0}, {10.0})
    say(9.0)
    tiny_hotel.export(store, FIRST + timedelta(days=7), received=clock.now())
    assert monitor.match(MANIFEST, hotel, property_data(store, hotel)) == 6, "the day's second export corrects the night before"
    assert (actuals_of(5), actuals_of(6), actuals_of(7)) == ({11.0}, {9.0}, {10.0})
    say(10.0)
    tiny_hotel.export(store, FIRST + timedelta(days=8))
    say(10.0 + 1e-12)
    assert monitor.match(MANIFEST, hotel, property_data(store, hotel)) == 6, "the last digits of a mean are nothing new"


def test_what_an_older_export_changes_that_came_late_is_judged_again(
    store: Store, registry: ModelRegistry, clock: FixedClock, collector: DataCollector
) -> None:
    """An export was forgotten and is dropped days later: until then nobody knew who had booked or cancelled in it."""
    monitor, missed = Monitor(store, collector), FIRST + timedelta(days=3)
    for number in (0, 1, 2, 4, 5):
        # The missed one alone told of a third of the bookings.
        hotel = tiny_hotel.export(store, FIRST + timedelta(days=number), count=400)
        store_predictions(store, predict(store, registry, hotel, "tiny", manifest=MANIFEST), clock.now())
        monitor.match(MANIFEST, hotel, property_data(store, hotel))
    before = {row.id: outcome.actual for row, outcome in judged_rows(store, hotel)}
    tiny_hotel.export(store, missed)
    data = property_data(store, hotel)
    assert monitor.match(MANIFEST, hotel, data) > 0
    told = {row.id: outcome.actual for row, outcome in judged_rows(store, hotel)}
    assert told.keys() == before.keys()
    assert told != before
    asked = [
        StoredPrediction(row.id, row.as_of, row.target_date, row.key, row.made_by, row.payload)
        for row, _ in judged_rows(store, hotel)
    ]
    assert told == {one.prediction_id: one.actual for one in outcomes(data, asked)}
    assert monitor.match(MANIFEST, hotel, property_data(store, hotel)) == 0


@pytest.mark.parametrize(("judged_on", "remembered"), [({"metric": "rooms"}, {500, 399, 2, 1}), ({}, {399, 2, 1})])
def test_three_years_of_house_figures_are_kept_but_one_of_each_guest(
    store: Store, clock: FixedClock, judged_on: dict[str, object], remembered: set[int]
) -> None:
    hotel = tiny_hotel.export(store, FIRST)
    with store.write() as connection:
        for ago in (1101, 500, 399, 2, 1):
            day = FIRST - timedelta(days=ago)
            row = PredictionRow(day, day + timedelta(days=1), "k", "statistical", {"rooms": 3.0, "metric": "rooms"})
            predictions.replace_run(connection, hotel, "tiny", day, [row], clock.now())
            data_points.put(connection, [point_of(ago, Source.REAL), point_of(ago, Source.SYNTHETIC)])
    Monitor(store).match(replace(MANIFEST, judged_on=judged_on), hotel, property_data(store, hotel))
    with store.read() as connection:
        assert {(FIRST - day).days for day, _ in predictions.runs(connection, hotel, "tiny")} == remembered
        assert {p.id for p in kept_points(connection, "tiny", source=Source.REAL)} == {f"real {ago}" for ago in remembered}
        assert len(kept_points(connection, "tiny", source=Source.SYNTHETIC)) == 5, "nobody's outcome"


def point_of(days_ago: int, source: Source) -> TrainingDataPoint:
    day, name = end_of(FIRST - timedelta(days=days_ago)), tiny_hotel.NAME
    return TrainingDataPoint(f"{source} {days_ago}", day, "tiny", {}, {}, source=source, property_name=name)


def test_a_module_without_outcomes_is_left_alone(store: Store, registry: ModelRegistry, clock: FixedClock) -> None:
    hotel = live_through(store, registry, clock, 2)
    assert Monitor(store).match(RULE, hotel, property_data(store, hotel)) == 0


def test_outcomes_at_the_usual_leads_become_data_points(
    store: Store, registry: ModelRegistry, clock: FixedClock, collector: DataCollector
) -> None:
    hotel = live_through(store, registry, clock, 16, Monitor(store, collector))
    collector.flush()
    with store.read() as connection:
        points = kept_points(connection, "tiny", tiny_hotel.NAME)
    leads = {(date.fromisoformat(str(p.input["target_date"])) - date.fromisoformat(str(p.input["as_of"]))).days for p in points}
    assert leads == {1, 7, 14}
    assert leads <= COLLECTED_LEADS
    assert len({point.id for point in points}) == len(points) == 15 + 9 + 2
    assert {point.source for point in points} == {Source.REAL}
    assert all(point.accuracy is not None and 0 <= point.accuracy <= 1 for point in points)
    assert all("actual" in point.output for point in points)
    assert collector.counts(tiny_hotel.NAME) == {"tiny": len(points)}
    Monitor(store, collector).match(MANIFEST, hotel, property_data(store, hotel))
    assert collector.counts(tiny_hotel.NAME) == {"tiny": len(points)}


def test_what_the_full_disk_kept_from_being_collected_is_collected_the_next_time(
    store: Store, registry: ModelRegistry, clock: FixedClock, collector: DataCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A prediction is judged once: were it kept as judged, nobody would collect it any more."""

    def full(*values: object) -> int:
        raise JournalError("The journal cannot be written.")

    hotel = live_through(store, registry, clock, 16)
    monitor, data = Monitor(store, collector), property_data(store, hotel)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(collector, "add_many", full)
        with pytest.raises(JournalError):
            monitor.match(MANIFEST, hotel, data)
    monitor.match(MANIFEST, hotel, data)
    assert collector.counts(tiny_hotel.NAME) == {"tiny": 15 + 9 + 2}


def test_recent_errors_are_one_per_night_oldest_first(store: Store, registry: ModelRegistry, clock: FixedClock) -> None:
    hotel = live_through(store, registry, clock, 12, Monitor(store))
    until = FIRST + timedelta(days=11)
    errors = recent_errors(store, MANIFEST, hotel, until)
    assert len(errors) == 11
    assert recent_errors(store, MANIFEST, hotel, until, days=3) == errors[-3:]


def test_the_track_record_is_in_the_measure_of_the_module(store: Store, registry: ModelRegistry, clock: FixedClock) -> None:
    hotel = live_through(store, registry, clock, 12, Monitor(store))
    record = track_record(store, MANIFEST, hotel, FIRST + timedelta(days=11))
    rows = judged_rows(store, hotel)
    wape = 100 * sum(outcome.error for _, outcome in rows) / sum(outcome.actual for _, outcome in rows)
    assert record.value == pytest.approx(wape)
    assert (record.measure, record.unit, record.nights, record.answers) == ("wape", "%", 11, 66)
    assert record.baseline_value is not None


def test_before_anything_was_judged_there_is_nothing_to_say(store: Store, registry: ModelRegistry, clock: FixedClock) -> None:
    hotel = live_through(store, registry, clock, 1)
    record = track_record(store, MANIFEST, hotel, FIRST)
    assert (record.value, record.nights) == (None, 0)
    assert recent_errors(store, MANIFEST, hotel, FIRST) == ()
    assert report(store, MANIFEST, hotel, FIRST) == []


def test_the_live_model_is_compared_with_what_its_card_promised(
    store: Store, registry: ModelRegistry, clock: FixedClock, tmp_path: Path
) -> None:
    hotel = live_through(store, registry, clock, 5, Monitor(store))
    assert showing(store, MANIFEST, hotel, FIRST) is None
    registry.promote(hotel, "tiny", registry.add(hotel, "tiny", staged(tmp_path / "s", 3.0, FIRST)), "test")
    hotel = live_through(store, registry, clock, 20, Monitor(store))
    lately = showing(store, MANIFEST, hotel, FIRST + timedelta(days=19))
    assert lately is not None
    assert lately.expected == 6.0
    assert lately.nights >= 14
    assert lately.recent is not None
    assert lately.recent > 50
    assert lately.expected_rule == 9.0
    assert lately.recent_rule is not None


def test_only_what_the_module_is_judged_on_counts(store: Store, registry: ModelRegistry, clock: FixedClock) -> None:
    hotel = live_through(store, registry, clock, 6, Monitor(store))
    elsewhere = replace(MANIFEST, judged_on={"room_type": "SUITE"})
    assert track_record(store, elsewhere, hotel, FIRST + timedelta(days=5)).answers == 0


@pytest.mark.parametrize(("period", "count"), [("day", 12), ("week", 4), ("month", 1)])
def test_reports_by_day_week_and_month(store: Store, registry: ModelRegistry, clock: FixedClock, period: str, count: int) -> None:
    hotel = live_through(store, registry, clock, 23, Monitor(store))
    rows = report(store, MANIFEST, hotel, FIRST + timedelta(days=22), period)
    assert len(rows) == count
    assert [row.begins for row in rows] == sorted((row.begins for row in rows), reverse=True)
    assert rows[0].ends == FIRST + timedelta(days=22)
    assert rows[0].made_by == ("statistical",)
    assert all(row.record.value is not None for row in rows)


def test_a_month_is_told_whole_or_not_at_all(store: Store) -> None:
    hotel = tiny_hotel.export(store, FIRST)
    nights = [date(2016, 2, 29), date(2016, 5, 2)]
    with store.write() as connection:
        for night in nights:
            asked = PredictionRow(night - timedelta(days=3), night, "house", "statistical", {"rooms": 10.0})
            predictions.replace_run(connection, hotel, "tiny", asked.as_of, [asked], store.clock.now())
            (kept,) = predictions.of_run(connection, hotel, "tiny", asked.as_of)
            predictions.put_outcomes(connection, [OutcomeRow(kept.id, 12.0, 2.0, night)])
    until = date(2016, 5, 15)
    assert [row.begins for row in report(store, MANIFEST, hotel, until, "month", 3)] == nights[1:], (
        "of February there is one night"
    )
    assert [row.begins for row in report(store, MANIFEST, hotel, until, "month", 4)] == nights[::-1]


def test_an_unknown_period_is_refused_with_those_there_are(store: Store) -> None:
    with pytest.raises(UnknownPeriodError, match="day, week, month"):
        report(store, MANIFEST, 1, FIRST, "fortnight")


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.sampled_from(["day", "week", "month"]))
def test_a_period_begins_on_or_before_its_days(day: date, period: str) -> None:
    begins = beginning(day, period)
    assert begins <= day
    assert beginning(begins, period) == begins


def test_amounts_foretold_in_another_currency_are_left_out_of_the_record(
    store: Store, registry: ModelRegistry, clock: FixedClock
) -> None:
    in_money, monitor = replace(MANIFEST, unit="currency per night"), Monitor(store)
    hotel = live_through(store, registry, clock, 10, monitor)
    until = FIRST + timedelta(days=9)
    with store.write() as connection:
        currencies.tell(connection, hotel, "HRK", clock.now())
    assert track_record(store, in_money, hotel, until).answers == 45, "the first one told is no change"
    clock.advance(timedelta(minutes=1))
    with store.write() as connection:
        currencies.tell(connection, hotel, "EUR", clock.now())
    assert track_record(store, in_money, hotel, until).answers == 0
    assert recent_errors(store, in_money, hotel, until) == ()
    assert track_record(store, MANIFEST, hotel, until).answers == 45, "rooms are rooms"
    with store.write() as connection:
        currencies.tell(connection, hotel, "HRK", clock.now())
    assert track_record(store, in_money, hotel, until).answers == 45
