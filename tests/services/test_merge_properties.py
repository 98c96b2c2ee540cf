"""A hotel that a new name in its exports cut in two is put together again, with everything that works beside it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from cut_in_two import NEW, NEXT_DAY, renamed_export
from handed_over import names_of
from small_hotel import AS_OF, MORNING, NAME, open_at_morning, write_export

from hotelml_app.core.events import Event, ImportFinished
from hotelml_app.core.jobs import TRAIN, JobStage
from hotelml_app.intake.importing import import_file
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.errors import (
    PropertyAtWorkError,
    SamePropertyError,
    TwoHotelsError,
    UnknownPropertyError,
    WrongWayRoundError,
)
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import jobs, predictions


def test_what_would_happen_is_told_first(two: Appliance) -> None:
    view = two.compare_properties(NAME, NEW)
    assert (view.gone.name, view.stays.name) == (NEW, NAME)
    assert (view.gone.bookings, view.both, view.problem) == (8, 8, "")
    told = "\n".join(view.lines)
    assert f"{NEW}: 8 bookings, 0 reviews, up to 28 Feb 2026." in told
    assert "8 bookings are known in both" in told
    assert f"{NEW} becomes part of {NAME}, with {view.stays.bookings:,} bookings in all." in told
    assert names_of(two) == [NAME, NEW]
    assert f"1 booking number of {NEW} means another stay; it is kept apart." in replace(view, numbered_anew=1).lines


def test_they_become_one_and_the_database_as_it_was_is_kept(two: Appliance, events: list[Event]) -> None:
    with two.events.listening(events.append):
        done = two.merge_properties(NEW, NAME)
    assert names_of(two) == [NAME]
    assert [(one.name, one.business_date) for one in two.properties()] == [(NAME, NEXT_DAY)]
    with Store.open(Path(done.backup), two.parts.clock, writer=False) as before, before.read() as connection:
        assert [row.name for row in properties.all(connection)] == [NAME, NEW]
    (told,) = [event for event in events if isinstance(event, ImportFinished)]
    assert (told.status, told.properties) == (imports.JOINED, (NAME,))
    assert two.today(NAME).freshness.business_date == NEXT_DAY


def test_the_most_rooms_ever_sold_is_counted_anew(appliance: Appliance, tmp_path: Path) -> None:
    past = {"arrival": "2026-02-20", "departure": "2026-02-21", "status": "Checked out", "room_type": "STD"}
    export = renamed_export(tmp_path, rows=20, **past)
    lines = export.read_text(encoding="utf-8").splitlines()
    lines[1:] = [line.replace(f"{NEW},", f"{NEW},N", 1) for line in lines[1:]]
    export.write_text("\n".join(lines), encoding="utf-8")
    appliance.import_files([export])
    before, _ = appliance.properties()
    appliance.merge_properties(NEW, NAME)
    (after,) = appliance.properties()
    assert before.rooms_seen == 24
    assert after.rooms_seen is not None
    assert after.rooms_seen > 24


def test_the_one_that_knows_more_stays(two: Appliance) -> None:
    with pytest.raises(WrongWayRoundError, match="knows more") as refused:
        two.merge_properties(NAME, NEW)
    assert f'merge "{NEW}" "{NAME}"' in refused.value.remedy
    assert names_of(two) == [NAME, NEW]


def test_names_that_mean_nothing_or_one_and_the_same_are_refused(two: Appliance) -> None:
    with pytest.raises(SamePropertyError):
        two.merge_properties(NAME.upper(), NAME)
    with pytest.raises(UnknownPropertyError, match="Hotel Tset"):
        two.merge_properties("Hotel Tset", NAME)
    assert names_of(two) == [NAME, NEW]


@pytest.mark.parametrize("busy", [NEW, NAME])
def test_while_either_is_learned_from_they_stay_apart(two: Appliance, busy: str) -> None:
    with two.parts.store.write() as connection:
        property_id = properties.by_name(connection, busy).id
        job = jobs.add(connection, TRAIN, MORNING, module="forecast", property_id=property_id, asked_by="user")
        jobs.start(connection, job, MORNING)
    with pytest.raises(PropertyAtWorkError, match=f"learning .* for {busy}"):
        two.merge_properties(NEW, NAME)
    assert names_of(two) == [NAME, NEW]
    assert not list(two.parts.layout.backups.glob("*.db")), "nothing was begun"
    with two.parts.store.write() as connection:
        jobs.finish(connection, job, JobStage.ABANDONED, MORNING, message="over")
    two.merge_properties(NEW, NAME)
    assert names_of(two) == [NAME]


def test_two_hotels_whose_numbers_mean_other_stays_are_refused(appliance: Appliance, tmp_path: Path) -> None:
    appliance.import_files([renamed_export(tmp_path, rows=24, arrival="2026-03-07", departure="2026-03-09")])
    with pytest.raises(TwoHotelsError, match="look like two hotels"):
        appliance.merge_properties(NEW, NAME)
    assert "only" in appliance.compare_properties(NEW, NAME).problem
    assert names_of(appliance) == [NAME, NEW]


def test_two_currencies_are_told_before_they_are_mixed(two: Appliance) -> None:
    for name, currency in ((NAME, "GBP"), (NEW, "")):
        with two.parts.store.write() as connection:
            properties.update(connection, the_one(two.parts.store, name).id, currency=currency)
    assert not any("converted" in line for line in two.compare_properties(NEW, NAME).lines)
    with two.parts.store.write() as connection:
        properties.update(connection, the_one(two.parts.store, NEW).id, currency="EUR")
    (told,) = [line for line in two.compare_properties(NEW, NAME).lines if "converted" in line]
    assert told.startswith(f"Amounts of {NEW} are in EUR, those of {NAME} in GBP")


def test_an_export_that_is_being_read_meanwhile_is_of_the_one_hotel(two: Appliance, tmp_path: Path) -> None:
    def put_together(_: float, step: str) -> None:
        if step.startswith("Storing") and NEW in names_of(two):
            two.merge_properties(NEW, NAME)

    path = renamed_export(tmp_path, rows=3, arrival="2026-04-01", departure="2026-04-02")
    report = import_file(path, store=two.parts.store, clock=two.parts.clock, settings_property=NEW, progress=put_together)
    assert [share.name for share in report.properties] == [NAME]
    assert names_of(two) == [NAME]


def test_the_running_appliance_predicts_anew_and_watches_on(two: Appliance) -> None:
    rules = two.settings()
    two.save_settings(rules.model_copy(update={"training": rules.training.model_copy(update={"enabled": False})}))
    two.start()
    assert two.parts.upkeep is not None
    assert two.parts.upkeep.wait_idle(300)
    two.merge_properties(NEW, NAME)
    assert two.parts.upkeep.wait_idle(300)
    with two.parts.store.read() as connection:
        (row,) = properties.all(connection)
        assert predictions.latest_as_of(connection, row.id, "forecast") == NEXT_DAY
    assert two.parts.store.check() == []


def test_every_past_day_is_known_as_if_the_hotel_had_always_had_one_name(
    appliance: Appliance, filled_home: Path, tmp_path: Path
) -> None:
    shutil.copytree(filled_home, tmp_path / "one name")
    days = [AS_OF + timedelta(days=number) for number in range(1, 6)]
    with open_at_morning(tmp_path / "one name") as other:
        for number, day in enumerate(days):
            export = write_export(tmp_path / "deltas", day, changed_since=day - timedelta(days=1))
            lines = export.read_text(encoding="utf-8").splitlines()
            # Of more bookings the hotel would be known again by them.
            lines = lines[:9] if number == 0 else lines
            renamed = tmp_path / f"renamed {day}.csv"
            for one, path, name in ((other, export, NAME), (appliance, renamed, NAME if number == 3 else NEW)):
                path.write_text("\n".join(line.replace(f"{NAME},", f"{name},", 1) for line in lines), encoding="utf-8")
                (done,) = one.import_files([path])
                assert done.status == "done", done.message
        assert names_of(appliance) == [NAME, NEW]
        done = appliance.merge_properties(NEW, NAME)
        assert done.view.both > 20
        assert done.view.gone.bookings > done.view.both
        for day in (AS_OF - timedelta(days=90), AS_OF, *days):
            assert known_on(appliance, day) == known_on(other, day), day


def known_on(appliance: Appliance, day: date) -> list[str]:
    told = operation("bookings").run(appliance.parts, {"as_of": day.isoformat(), "property": NAME})
    return sorted(str(told["csv"]).splitlines())
