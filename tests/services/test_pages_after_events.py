"""The pages after something happened: an older export, a version gone back from, a job that failed, what staff told."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, MORNING, NAME, open_at_morning, write_export

from hotelml_app.core.errors import UsageError
from hotelml_app.core.jobs import JobStage
from hotelml_app.modules import manifest
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.arrivals import call_list
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.errors import ReadingOnlyError
from hotelml_app.services.exports.data_page import IMPORTS_SHOWN
from hotelml_app.services.learning.made_by import _own_sentence, _rule_sentence
from hotelml_app.services.learning.plain_rules import in_staff_words
from hotelml_app.services.nights import forecast_page
from hotelml_app.services.nights.event_views import EventView
from hotelml_app.services.nights.given import _older
from hotelml_app.services.rates.views import SetRate
from hotelml_app.services.rooms.views import Standing, TakeOn
from hotelml_app.store.exported import imports
from hotelml_app.store.exported.imports import ImportRow
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import jobs, models
from hotelml_app.store.learned.models import VersionRow, VersionState
from hotelml_app.store.learned.predictions import PredictionRow

TONIGHT = AS_OF + timedelta(days=1)


def test_an_export_of_an_older_day_changes_the_pages_and_not_the_business_date(appliance: Appliance, tmp_path: Path) -> None:
    before = appliance.today(NAME)
    with write_export(tmp_path / "whole").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        row = next(one for one in reader if one["arrival"] == TONIGHT.isoformat() and one["status"] == "Reserved")
        names = reader.fieldnames or ()
    path = tmp_path / f"bookings_{AS_OF - timedelta(days=1)}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        five, one = (str(AS_OF - timedelta(days=days)) for days in (5, 1))
        writer.writerow({**row, "reservation_id": "FORGOTTEN", "booked_on": five, "status_date": five, "business_date": one})
    (done,) = appliance.import_files([path], NAME)
    assert (done.status, done.business_date) == ("done", AS_OF - timedelta(days=1))
    after = appliance.today(NAME)
    assert after.nights[0].on_books == before.nights[0].on_books + 1
    assert after.freshness.business_date == AS_OF
    assert after.freshness.export_name == before.freshness.export_name, "the numbers are as of the newer export"


def test_a_new_export_ends_what_waited_for_the_pms_before_its_page_is_opened(appliance: Appliance, tmp_path: Path) -> None:
    rooms, rates = appliance.rooms(NAME), appliance.rates(NAME)
    arriving = [one.reservation_id for one in rooms.suggestions if one.standing is Standing.GIVEN and one.arrival == TONIGHT]
    appliance.change_rooms(NAME, TakeOn(tuple(arriving)))
    appliance.change_rates(NAME, SetRate(TONIGHT, TONIGHT, rates.room_type, 77.0))
    said = " ".join(one.title for one in appliance.today(NAME).decisions)
    assert "for the PMS" in said
    assert "entered in the PMS" in said
    appliance.import_files([write_export(tmp_path, TONIGHT)], NAME)
    said = " ".join(one.title for one in appliance.today(NAME).decisions)
    assert "PMS" not in said
    assert "PMS" not in appliance.rates(NAME).sentence
    assert appliance.rooms(NAME).planned == ()


def test_predictions_made_before_the_last_import_are_made_again() -> None:
    made = [PredictionRow(AS_OF, TONIGHT, "x", "statistical", {}, MORNING)]
    last = ImportRow("a.csv", "x", 1, "done", MORNING, finished_at=MORNING + timedelta(minutes=1))
    assert _older(made, last)
    assert not _older(made, replace(last, finished_at=MORNING - timedelta(minutes=1)))
    assert not _older(made, None)


def test_the_currency_is_taken_from_the_bookings_unless_it_is_told(appliance: Appliance, tmp_path: Path) -> None:
    assert appliance.properties()[0].currency == "EUR"
    appliance.update_property(replace(appliance.properties()[0], currency="USD"))
    appliance.import_files([write_export(tmp_path, AS_OF + timedelta(days=1))], NAME)
    assert appliance.properties()[0].currency == "USD"
    appliance.update_property(replace(appliance.properties()[0], currency=""))
    assert [one.page for one in appliance.today(NAME).decisions if "currency" in one.title] == ["settings"]


@pytest.mark.parametrize(("module", "what"), [("allocation", "bookings"), ("pricing", "bookings"), ("sentiment", "reviews")])
def test_what_a_module_learned_from_is_called_by_its_name(module: str, what: str) -> None:
    champion = VersionRow(1, module, "1", MORNING, "", {"data_until": AS_OF.isoformat()}, VersionState.CHAMPION)
    assert _own_sentence(manifest(module), champion, AS_OF, "").startswith(f"Learned from this hotel's own {what} up to ")


@pytest.mark.parametrize(
    ("module", "bucket", "words"),
    [("guests", "9,000 bookings made in the latest 168 days", "bookings"), ("forecast", "1-14", "nights")],
)
def test_what_was_judged_by_bookings_is_not_said_of_nights(module: str, bucket: str, words: str) -> None:
    shape = manifest(module)
    measure = {"name": shape.primary_measure, "value": 89.9, "unit": "%", "bucket": bucket, "baseline_value": 88.6}
    champion = VersionRow(1, module, "v", MORNING, "", {"as_of": AS_OF.isoformat(), "measures": [measure]}, VersionState.CHAMPION)
    assert f"; past {words} " in _own_sentence(shape, champion, AS_OF, "")


@pytest.mark.parametrize("module", ["forecast", "noshow", "pricing"])
def test_the_rule_that_answers_is_not_called_by_the_name_of_what_it_is_held_against(module: str) -> None:
    held_against = in_staff_words(manifest(module).baseline)
    said = _rule_sentence(manifest(module), learned=False, has_versions=False)
    assert f"({held_against})" not in said, "last nights it may have been better than that, and be told so beside it"


def test_after_going_back_nobody_is_told_that_nothing_was_learned(appliance: Appliance) -> None:
    noshow = manifest("noshow")
    assert "has not learned" in _rule_sentence(noshow, learned=False, has_versions=False)
    assert "no version that learned from your own data is live" in _rule_sentence(noshow, learned=False, has_versions=True)
    told = {one.title: one.detail for one in appliance.today(NAME).decisions}
    waits = next(one.waits_for for one in appliance.models(NAME).modules if one.name == "forecast")
    assert told["The forecast has not learned from your bookings yet"].endswith(f"or a plain rule. {waits}")
    with appliance.parts.store.write() as connection:
        row = properties.by_name(connection, NAME)
        models.add_version(connection, row.id, "forecast", "1", folder="", card={}, state=VersionState.RETIRED, now=MORNING)
    assert "The forecast has not learned from your bookings yet" not in [one.title for one in appliance.today(NAME).decisions]


def test_predictions_that_were_renewed_are_no_news_but_that_they_were_not_is(appliance: Appliance) -> None:
    with appliance.parts.store.write() as connection:
        row = properties.by_name(connection, NAME)
        for stage in (JobStage.DONE, JobStage.FAILED):
            job = jobs.add(connection, "predict", MORNING, property_id=row.id)
            jobs.finish(connection, job, stage, MORNING, message="The disk is full.")
    lines = [one for one in appliance.today(NAME).overnight if "redict" in one or ": learned" in one]
    assert [one.partition("  ")[2] for one in lines] == ["Renewing the predictions did not end well: The disk is full."]


def test_a_training_for_which_there_is_nothing_at_all_is_no_news_and_one_with_too_little_is_said_shortly(
    appliance: Appliance,
) -> None:
    with appliance.parts.store.write() as connection:
        row = properties.by_name(connection, NAME)
        for module, known in (("sentiment", 0), ("forecast", 312)):
            job = jobs.add(connection, "train", MORNING, property_id=row.id, module=module)
            message = f"Too little data: {known} of the 1,000 examples needed (finished booking)."
            jobs.finish(connection, job, JobStage.SKIPPED, MORNING, message=message)
    said = [one.partition("  ")[2] for one in appliance.today(NAME).overnight if "learned" in one]
    assert said == ["Forecast: nothing was learned; too little data: 312 of the 1,000 examples needed"]


@pytest.mark.parametrize(
    ("verdict", "gave_way", "said"),
    [
        ("champion", "", "Forecast: learned (off by 3.5 %)"),
        ("rejected", "", "Forecast: learned, but what answered before still does"),
        (
            "rejected",
            "2026-02-01.1",
            "Forecast: nothing better was learned, and 2026-02-01.1, which errs more than the plain rule, answers no longer",
        ),
    ],
)
def test_a_training_that_did_not_go_live_boasts_with_no_figure(
    appliance: Appliance, verdict: str, gave_way: str, said: str
) -> None:
    measure = {"name": manifest("forecast").primary_measure, "value": 3.5}
    with appliance.parts.store.write() as connection:
        row = properties.by_name(connection, NAME)
        job = jobs.add(connection, "train", MORNING, property_id=row.id, module="forecast")
        jobs.finish(
            connection, job, JobStage.DONE, MORNING, report={"measures": [measure], "verdict": verdict, "gave_way": gave_way}
        )
    assert [one.partition("  ")[2] for one in appliance.today(NAME).overnight if "learned" in one] == [said]


def test_ticks_of_the_call_list_are_kept_until_the_day_has_passed(appliance: Appliance) -> None:
    row = the_one(appliance.parts.store, NAME)
    for reservation, days in (("A", 0), ("B", 2)):
        appliance.tick_call(NAME, reservation, TONIGHT + timedelta(days=days), called=True)
    assert appliance.arrivals(NAME).called == {"A", "B"}
    appliance.tick_call(NAME, "B", TONIGHT + timedelta(days=2), called=False)
    assert call_list.reached(appliance.parts, row) == {"A"}
    call_list.tick(appliance.parts, replace(row, business_date=TONIGHT), "C", TONIGHT + timedelta(days=1), called=True)
    assert call_list.reached(appliance.parts, row) == {"C"}


def test_who_only_looks_ticks_nothing_and_tells_no_events(hotel_home: Path) -> None:
    with open_at_morning(hotel_home, writer=False) as reader:
        with pytest.raises(ReadingOnlyError):
            reader.tick_call(NAME, "A", TONIGHT, called=True)
        with pytest.raises(ReadingOnlyError):
            reader.keep_events(NAME, [])


def test_events_that_staff_told_stand_beside_the_nights(appliance: Appliance) -> None:
    fair = EventView("  Book   fair ", TONIGHT, TONIGHT + timedelta(days=1))
    (kept,) = appliance.keep_events(NAME, [fair, fair])
    assert kept.name == "Book fair"
    assert [card.event for card in appliance.today(NAME).nights[:3]] == ["Book fair", "Book fair", ""]
    assert appliance.forecast(NAME).nights[1].event == "Book fair"
    looked_at = appliance.parts.property_data(the_one(appliance.parts.store, NAME)).facts.events
    assert [(one.name, one.first) for one in looked_at] == [("Book fair", TONIGHT)], "forecast and rates look at it"
    assert appliance.keep_events(NAME, []) == ()
    assert appliance.today(NAME).nights[0].event == ""


def test_an_event_that_staff_tell_counts_for_the_forecast_of_a_segment_too(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, make = [], forecast_page.made_now
    monkeypatch.setattr(forecast_page, "made_now", lambda *asked: made.append(asked) or make(*asked))
    segment = appliance.forecast(NAME).segments[0]
    for _ in range(2):
        appliance.forecast(NAME, segment=segment)
    assert len(made) == 1, "it is kept while nothing changes"
    appliance.keep_events(NAME, [EventView("Book fair", TONIGHT, TONIGHT)])
    appliance.forecast(NAME, segment=segment)
    assert len(made) == 2


@pytest.mark.parametrize(("name", "nights"), [(" ", 1), ("Fair", 0), ("Fair", 61)])
def test_an_event_that_cannot_be_is_refused(appliance: Appliance, name: str, nights: int) -> None:
    with pytest.raises(UsageError):
        appliance.keep_events(NAME, [EventView(name, TONIGHT, TONIGHT + timedelta(days=nights - 1))])


def test_the_data_page_counts_imports_that_it_does_not_list_any_more(appliance: Appliance) -> None:
    before, now = appliance.data(NAME).imports_total, appliance.parts.clock.now()
    with appliance.parts.store.write() as connection:
        for number in range(IMPORTS_SHOWN + 1):
            one = imports.record(connection, ImportRow(f"{number}.csv", f"bytes {number}", 1, imports.DONE, now))
            imports.add_property(connection, one, properties.by_name(connection, NAME).id, AS_OF, 0)
        imports.record(connection, ImportRow("elsewhere.csv", "other bytes", 1, imports.DONE, now))
    page = appliance.data(NAME)
    assert (len(page.imports), page.imports_total) == (IMPORTS_SHOWN, before + IMPORTS_SHOWN + 1)
