"""A hotel that gets another name keeps all that is known of it, whatever its exports go on calling it."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from failing_writes import no_room_after_settings, no_room_for_settings
from handed_over import learn, names_of, slope_of
from kept_points import kept_points
from small_hotel import AS_OF, MORNING, NAME, open_at_morning, write_export

from hotelml_app.core.data_points import Source, TrainingDataPoint
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import Event, PropertyRenamed, Warned
from hotelml_app.core.jobs import PREDICT, TRAIN
from hotelml_app.intake.owners import UNNAMED
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.errors import PropertyAtWorkError, PropertyNameError, UnknownPropertyError
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.files import load
from hotelml_app.settings.model import PropertySettings
from hotelml_app.store.exported import bookings
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import jobs, predictions
from hotelml_app.store.told import warnings

NEW = "Grand Hôtel Test"
OTHER = "Resort Test"
HEADER = "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code"
BOOKING = "2026-02-20,2026-03-05,2026-03-06,Reserved,2026-02-20,STD,BAR"


def export(folder: Path, number: str, name: str | None = None) -> Path:
    """An export of one booking that names the hotel so, or not at all."""
    path = folder / f"{number} of {len(list(folder.glob('*.csv')))}.csv"
    told = (f"property,{HEADER}", f"{name},{number},{BOOKING}") if name is not None else (HEADER, f"{number},{BOOKING}")
    path.write_text("\n".join(told), encoding="utf-8")
    return path


def counted(appliance: Appliance, name: str) -> int:
    with appliance.parts.store.read() as connection:
        return bookings.count(connection, properties.by_name(connection, name).id)


@pytest.fixture
def two(appliance: Appliance, tmp_path: Path) -> Appliance:
    """The small hotel and another one, which exports also call RST."""
    (done,) = appliance.import_files([export(tmp_path, "R1", OTHER)])
    assert done.status == "done"
    return appliance


def test_all_that_is_known_goes_by_the_new_name(appliance: Appliance, events: list[Event]) -> None:
    known = counted(appliance, NAME)
    with appliance.events.listening(events.append):
        done = appliance.rename_property(NAME.upper(), f"  Grand  {unicodedata.normalize('NFD', 'Hôtel')} Test ")
    assert (done.before, done.name) == (NAME, NEW)
    assert names_of(appliance) == [NEW]
    assert counted(appliance, NEW) == known
    assert appliance.today(NEW).property_name == NEW
    assert [one for one in events if isinstance(one, PropertyRenamed)] == [PropertyRenamed(NAME, NEW)]


def test_exports_under_either_name_are_of_it(appliance: Appliance, tmp_path: Path) -> None:
    known = counted(appliance, NAME)
    appliance.rename_property(NAME, NEW)
    for number, name in enumerate((NAME, NAME.upper(), NEW, unicodedata.normalize("NFD", NEW)), start=1):
        (done,) = appliance.import_files([export(tmp_path, f"X{number}", name)])
        assert done.status == "done", done.message
        assert names_of(appliance) == [NEW]
        assert counted(appliance, NEW) == known + number


def test_the_old_name_is_known_where_no_export_ever_named_the_hotel(home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance:
        appliance.import_files([export(tmp_path, "A1")])
        assert names_of(appliance) == [UNNAMED]
        appliance.rename_property(UNNAMED, NEW)
        appliance.import_files([export(tmp_path, "A2"), export(tmp_path, "A3", UNNAMED.lower())])
        assert (names_of(appliance), counted(appliance, NEW)) == ([NEW], 3)


def test_a_code_by_which_exports_first_call_it_after_that_is_taken_as_before(home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance:
        appliance.import_files([export(tmp_path, "A1")])
        appliance.rename_property(UNNAMED, NEW)
        appliance.import_files([export(tmp_path, "A2", "GHT01")])
        assert (names_of(appliance), counted(appliance, NEW)) == ([NEW], 2)


def test_there_and_back_again_and_on(appliance: Appliance, tmp_path: Path) -> None:
    known = counted(appliance, NAME)
    learn(appliance, 1.0)
    for before, name in ((NAME, NEW), (NEW, NAME), (NAME, "Third Name")):
        appliance.rename_property(before, name)
        learn(appliance, 2.0, live=False)
        assert slope_of(appliance) == 1.0
    for number, name in enumerate((NAME, NEW, "third name"), start=1):
        appliance.import_files([export(tmp_path, f"X{number}", name)])
        assert (names_of(appliance), counted(appliance, "Third Name")) == (["Third Name"], known + number)
    assert the_one(appliance.parts.store, NEW).name == "Third Name"


def test_models_answer_on_and_new_ones_stand_in_a_folder_of_their_own(two: Appliance) -> None:
    learn(two, 3.0)
    two.rename_property(NAME, NEW)
    two.parts.registry.let_go()
    assert slope_of(two) == 3.0
    learn(two, 4.0)
    assert slope_of(two) == 4.0
    folders = {row.version: row.folder.split("/")[0] for row in two.parts.registry.versions(1, "tiny")}
    assert len(set(folders.values())) == 2
    assert two.parts.registry.sweep() == []


def test_data_points_and_what_came_of_predictions_keep_counting(appliance: Appliance) -> None:
    point = TrainingDataPoint("forecast:Hotel Test:1", MORNING, "forecast", {}, {}, 1.0, Source.REAL, NAME)
    named = TrainingDataPoint("of my own:1", MORNING, "forecast", {}, {}, 1.0, Source.REAL, NAME)
    collector = appliance.parts.collector
    assert collector is not None
    collector.add_many([point, named])
    assert collector.buffered() == 2, "they wait in memory"
    for before, name in ((NAME, NEW), (NEW, NAME), (NAME, NEW)):
        appliance.rename_property(before, name)
        assert (collector.counts(name), collector.counts(before)) == ({"forecast": 2}, {})
    with appliance.parts.store.read() as connection:
        assert {one.id for one in kept_points(connection, "forecast", NEW)} == {f"forecast:{NEW}:1", "of my own:1"}


def test_a_prediction_that_is_judged_again_stays_one_data_point(appliance: Appliance, tmp_path: Path) -> None:
    rules = appliance.settings()
    appliance.save_settings(rules.model_copy(update={"training": rules.training.model_copy(update={"enabled": False})}))
    upkeep, collector = appliance.parts.upkeep, appliance.parts.collector
    assert upkeep is not None
    assert collector is not None
    upkeep.refresh_now(1, {"forecast"})
    days = [AS_OF + timedelta(days=number) for number in range(3)]
    before: dict[str, int] = {}
    for last, day in pairwise(days):
        appliance.import_files([write_export(tmp_path, day, changed_since=last)])
        upkeep.after_import_now(1)
        if not before:
            before = collector.counts(NAME)
            assert before["forecast"] > 0
            appliance.rename_property(NAME, NEW)
            assert collector.counts(NEW) == before
    collector.flush()
    with appliance.parts.store.read() as connection:
        points = [one.input for one in kept_points(connection, "forecast")]
    told = [(one["as_of"], one["target_date"], one["key"]) for one in points]
    # What an export of the very day had shown is looked at once more with the next.
    assert len(told) == len(set(told)) > before["forecast"]
    assert collector.counts(NAME) == {}


def test_settings_follow_and_all_else_in_them_stays(two: Appliance, tmp_path: Path) -> None:
    ours = PropertySettings(name=NAME, drop_folder=str(tmp_path / "ours"), walk_cost=150.0)
    theirs = PropertySettings(name=OTHER, drop_folder=str(tmp_path / "theirs"))
    two.save_settings(two.settings().model_copy(update={"properties": (ours, theirs)}))
    two.rename_property(NAME, NEW)
    assert load(two.parts.layout.home).properties == (ours.model_copy(update={"name": NEW}), theirs) == two.settings().properties
    assert two.parts.folders.folder_of(NEW) == tmp_path / "ours"
    two.parts.folders.take_in(export(tmp_path, "U1"), NAME)
    assert names_of(two) == [NEW, OTHER]


def test_other_capitals_are_the_same_name(appliance: Appliance) -> None:
    done = appliance.rename_property(NAME, "HOTEL test")
    assert (names_of(appliance), done.sentence) == (["HOTEL test"], "Hotel Test is now written HOTEL test.")
    appliance.rename_property("hotel test", "Hôtel Test")
    assert names_of(appliance) == ["Hôtel Test"]
    again = appliance.rename_property(NAME, "Hôtel Test")
    assert "already" in again.sentence


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "needs a name"), (" \t\u00a0", "needs a name"), ("x" * 121, "at most 120"), ("Hotel\x07", "cannot be printed")],
)
def test_what_is_no_name_is_refused(appliance: Appliance, name: str, said: str) -> None:
    with pytest.raises(PropertyNameError, match=said):
        appliance.rename_property(NAME, name)
    assert names_of(appliance) == [NAME]


def test_a_name_that_means_another_hotel_is_refused(two: Appliance, tmp_path: Path) -> None:
    with pytest.raises(PropertyNameError, match=f"already a property called {OTHER}"):
        two.rename_property(NAME, f" {OTHER.upper()} ")
    two.rename_property(OTHER, "Résidence")
    for name in (OTHER, unicodedata.normalize("NFD", "RÉSIDENCE")):
        with pytest.raises(PropertyNameError):
            two.rename_property(NAME, name)
    assert names_of(two) == [NAME, "Résidence"]
    own = tuple(PropertySettings(name=name, drop_folder=str(tmp_path / name)) for name in (NAME, "Set Up Only"))
    two.save_settings(two.settings().model_copy(update={"properties": own}))
    with pytest.raises(PropertyNameError, match="set up already"):
        two.rename_property(NAME, "set up only")


def test_a_name_that_only_the_settings_tell_by_hand_can_be_given(appliance: Appliance) -> None:
    own = PropertySettings(name=NEW, walk_cost=90.0)
    appliance.save_settings(appliance.settings().model_copy(update={"properties": (own,)}))
    appliance.rename_property(NAME, NEW)
    assert names_of(appliance) == [NEW]
    assert appliance.settings().properties == (own,)


def test_a_hotel_nobody_knows_is_refused_with_those_there_are(two: Appliance) -> None:
    with pytest.raises(UnknownPropertyError, match="Hotel Tset") as refused:
        two.rename_property("Hotel Tset", NEW)
    assert f"There are: {NAME}, {OTHER}." in refused.value.remedy
    two.rename_property(NAME, NEW)
    with pytest.raises(UnknownPropertyError) as refused:
        two.rename_property(NAME, "Yet Another")
    assert NEW in refused.value.remedy
    assert names_of(two) == [NEW, OTHER]


@pytest.mark.parametrize("kind", [TRAIN, PREDICT])
def test_while_it_is_at_work_it_keeps_its_name(two: Appliance, kind: str) -> None:
    with two.parts.store.write() as connection:
        hotel = properties.by_name(connection, NAME).id
        jobs.add(connection, kind, MORNING, module="forecast", property_id=hotel, asked_by="user")
    with pytest.raises(PropertyAtWorkError, match=f"for {NAME}"):
        two.rename_property(NAME, NEW)
    two.rename_property(OTHER, "Elsewhere")
    assert names_of(two) == [NAME, "Elsewhere"]


def test_where_the_settings_cannot_be_written_everything_is_as_it_was(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = (PropertySettings(name=NAME),)
    appliance.save_settings(appliance.settings().model_copy(update={"properties": own}))
    no_room_for_settings(monkeypatch)
    with pytest.raises(SettingsError, match="full"):
        appliance.rename_property(NAME, NEW)
    assert names_of(appliance) == [NAME]
    assert appliance.settings().properties == own


def test_where_the_database_cannot_be_written_the_settings_are_as_they_were(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = (PropertySettings(name=NAME),)
    appliance.save_settings(appliance.settings().model_copy(update={"properties": own}))
    no_room_after_settings(appliance, monkeypatch)
    with pytest.raises(HotelMLError, match="no room"):
        appliance.rename_property(NAME, NEW)
    assert load(appliance.parts.layout.home).properties == own == appliance.settings().properties
    assert names_of(appliance) == [NAME]


def test_a_warning_follows_and_can_be_settled_under_the_new_name(appliance: Appliance) -> None:
    for key in (f"predict:{NAME}:forecast", "export:1:hotelml:new columns", "disk:low"):
        appliance.events.publish(Warned(key, "Look", f"{NAME}: look at it, not at Hotel Testing."))
    appliance.rename_property(NAME, NEW)
    with appliance.parts.store.read() as connection:
        told = {one.key: one.message for one in warnings.standing(connection) if one.title == "Look"}
    followed = f"{NEW}: look at it, not at Hotel Testing."
    assert told[f"predict:{NEW}:forecast"] == told["export:1:hotelml:new columns"] == followed
    assert told["disk:low"].startswith(NAME)


def test_a_running_appliance_reads_the_folder_on(appliance: Appliance, tmp_path: Path) -> None:
    rules = appliance.settings()
    off = {"properties": (PropertySettings(name=NAME),), "training": rules.training.model_copy(update={"enabled": False})}
    appliance.save_settings(rules.model_copy(update=off))
    appliance.start()
    upkeep = appliance.parts.upkeep
    assert upkeep is not None
    assert upkeep.wait_idle(300)
    appliance.rename_property(NAME, NEW)
    appliance.import_files([write_export(tmp_path, AS_OF + timedelta(days=1), changed_since=AS_OF)])
    assert upkeep.wait_idle(300)
    with appliance.parts.store.read() as connection:
        (row,) = properties.all(connection)
        assert (row.name, predictions.latest_as_of(connection, row.id, "forecast")) == (NEW, AS_OF + timedelta(days=1))
    assert {job.property_name for job in appliance.jobs()} == {NEW}
    assert appliance.parts.store.check() == []
