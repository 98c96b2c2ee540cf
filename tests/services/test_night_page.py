"""A night of the forecast in detail: how it fills beside similar nights, what changed, how good such forecasts were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, NAME, open_at_morning, write_export

from hotelml_app.core.clock import day_number
from hotelml_app.core.errors import UsageError
from hotelml_app.ml.property.booking_curves import on_books_at, rooms_sold
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.nights import night_track
from hotelml_app.services.nights.event_views import EventView
from hotelml_app.store.learned.predictions import OutcomeRow, PredictionRow

NIGHT = AS_OF + timedelta(days=5)


@pytest.fixture(scope="module")
def two_exports(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """The small hotel three days later, with what changed meanwhile."""
    import shutil

    folder = tmp_path_factory.mktemp("two exports")
    shutil.copytree(filled_home, folder / "home")
    with open_at_morning(folder / "home") as appliance:
        appliance.import_files([write_export(folder, AS_OF + timedelta(days=3), AS_OF)], NAME)
        yield appliance


def history(appliance: Appliance):
    return appliance.parts.property_data(the_one(appliance.parts.store, NAME)).history


def test_the_curve_ends_where_the_books_stand_and_says_nothing_of_days_to_come(two_exports: Appliance) -> None:
    view = two_exports.night(NAME, NIGHT)
    by_lead = {one.days_before: one for one in view.curve}
    assert view.days_ahead == 2
    assert by_lead[2].booked == view.point.on_books
    assert [by_lead[lead].booked for lead in (1, 0)] == [None, None]
    assert all(one.booked is not None for one in view.curve if one.days_before >= 2)


def test_similar_nights_are_of_the_same_weekday_and_past_and_without_events(two_exports: Appliance) -> None:
    view = two_exports.night(NAME, NIGHT)
    assert len(view.similar) >= 8
    assert {one.weekday() for one in view.similar} == {NIGHT.weekday()}
    assert max(view.similar) <= AS_OF + timedelta(days=3)
    fair = view.similar[1]
    try:
        two_exports.keep_events(NAME, [EventView("Book fair", fair, fair)])
        assert fair not in two_exports.night(NAME, NIGHT).similar
    finally:
        two_exports.keep_events(NAME, [])


def test_half_of_the_similar_nights_ended_between_the_lines(two_exports: Appliance) -> None:
    view = two_exports.night(NAME, NIGHT)
    sold = [float(rooms_sold(history(two_exports), day_number(one), 1)[0]) for one in view.similar]
    last = view.curve[-1]
    assert last.days_before == 0
    assert last.usual_low <= last.usual <= last.usual_high
    inside = sum(last.usual_low <= one <= last.usual_high for one in sold)
    assert inside >= len(sold) / 2


def test_the_changes_add_up_to_the_pickup_since_the_export_before(two_exports: Appliance) -> None:
    changed = 0
    for ahead in range(4, 18):
        night = AS_OF + timedelta(days=ahead)
        view = two_exports.night(NAME, night)
        assert view.since == AS_OF, "the export before this one, not the day before"
        now, before = (on_books_at(history(two_exports), day, day_number(night), 1)[0] for day in _days(AS_OF))
        assert sum(one.rooms for one in view.changes) == now - before
        assert all(one.rooms > 0 for one in view.changes if one.what == "new")
        assert all(one.rooms < 0 for one in view.changes if one.what in ("cancelled", "moved away"))
        changed += len(view.changes)
    assert changed > 5


def _days(since: date) -> tuple[int, int]:
    return day_number(since + timedelta(days=3)), day_number(since)


def test_a_rate_is_told_in_the_currency_its_booking_names_where_the_property_has_another_by_now(two_exports: Appliance) -> None:
    def named() -> set[str]:
        nights = [AS_OF + timedelta(days=ahead) for ahead in range(4, 18)]
        return {one.other_currency for night in nights for one in two_exports.night(NAME, night).changes}

    (before,) = two_exports.properties()
    assert (before.currency, named()) == ("EUR", {""})
    two_exports.update_property(replace(before, currency="USD"))
    try:
        assert named() == {"EUR"}
    finally:
        two_exports.update_property(before)


def test_a_room_type_is_looked_at_alone(two_exports: Appliance) -> None:
    house, kind = two_exports.night(NAME, NIGHT), two_exports.properties()[0].room_types[0][0]
    part = two_exports.night(NAME, NIGHT, room_type=kind)
    assert part.part == kind
    assert f", {kind}: " in part.sentence
    assert part.point.on_books < house.point.on_books
    assert {one.room_type for one in part.changes} <= {kind}


@pytest.mark.parametrize("night", [AS_OF, AS_OF - timedelta(days=9), AS_OF + timedelta(days=900)])
def test_a_night_that_is_not_ahead_is_refused(two_exports: Appliance, night: date) -> None:
    with pytest.raises(UsageError):
        two_exports.night(NAME, night)


def test_the_track_is_of_the_narrowest_stretch_of_days_that_holds_the_night() -> None:
    card = {
        "measures": [
            {"name": "WAPE", "bucket": "1-14 days ahead", "value": 3.0},
            {"name": "wape", "bucket": "1-7 days ahead", "value": 2.0},
            {"name": "bias", "bucket": "1-2 days ahead", "value": 9.0},
        ]
    }
    found = [night_track._of_bucket(card, ahead) for ahead in (3, 9, 40)]
    assert [one and one["value"] for one in found] == [2.0, 3.0, None]


def test_pickup_since_last_week_is_what_the_books_gained_in_seven_days(two_exports: Appliance) -> None:
    today = day_number(AS_OF + timedelta(days=3))
    for one in two_exports.forecast(NAME).nights[:20]:
        now, before = (on_books_at(history(two_exports), day, day_number(one.night), 1)[0] for day in (today, today - 7))
        assert one.pickup_since_last_week == now - before
    money = two_exports.forecast(NAME, "revenue").nights[0]
    assert money.pickup_since_last_week is not None


def test_nights_on_which_nothing_was_sold_are_no_track_record(two_exports: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hotel that is closed for the winter: every forecast was right, but a share of nothing is no figure."""
    nights = [AS_OF - timedelta(days=ago) for ago in range(20)]
    closed = [
        (PredictionRow(one - timedelta(days=2), one, "house", "statistical", {}), OutcomeRow(at, 0.0, 0.0, one, 0.0))
        for at, one in enumerate(nights)
    ]
    monkeypatch.setattr("hotelml_app.monitor.records.judged", lambda *_: closed)
    assert two_exports.night(NAME, NIGHT).track == ""
