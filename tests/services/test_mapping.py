"""Saying once what the columns of a strange export are, from a window or the command line."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from small_hotel import open_at_morning

from hotelml_app.core.errors import UsageError
from hotelml_app.intake.mapping.errors import MapError
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.operations import operation

MAPPING = {
    "name": "Hof",
    "columns": {"reservation_id": "Feld A", "arrival": "Feld B", "departure": "Feld C", "status": "Feld D"},
    "statuses": {"fix": "reserved", "weg": "cancelled"},
}


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """An export whose columns say nothing."""
    first = date(2031, 3, 1)
    lines = [
        f"X{n};{first + timedelta(n):%d.%m.%Y};{first + timedelta(n + 2):%d.%m.%Y};{'weg' if n % 3 == 0 else 'fix'};Ada Muster"
        for n in range(1, 31)
    ]
    path = tmp_path / "strange.csv"
    path.write_text("\n".join(["Feld A;Feld B;Feld C;Feld D;Feld E", *lines]), encoding="utf-8")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Appliance:
    with open_at_morning(tmp_path / "empty home") as opened:
        yield opened


def test_the_window_is_told_columns_questions_and_a_map_to_begin_with(empty: Appliance, strange: Path) -> None:
    view = empty.propose_mapping(strange)
    assert (view.certain, view.known_layout) == (False, "")
    assert {question.role for question in view.questions} >= {"arrival", "departure", "status"}
    assert [column.header for column in view.columns] == ["Feld A", "Feld B", "Feld C", "Feld D", "Feld E"]
    assert "Ada" not in str(view)
    assert 'arrival = "Feld B"' in view.toml
    assert {role.name for role in view.roles} >= {"arrival", "room_type", "adr"}


def test_a_dry_run_stores_nothing(empty: Appliance, strange: Path) -> None:
    view = empty.dry_run(strange, MAPPING)
    assert (view.rows_read, view.accepted, view.rejected) == (30, 30, 0)
    assert view.sentence == "30 of 30 rows would be taken. Nothing was stored."
    assert view.bookings[2].status == "cancelled"
    assert empty.properties() == ()


def test_an_answer_from_the_window_lets_such_files_in(empty: Appliance, strange: Path) -> None:
    assert empty.import_files([strange])[0].status == "failed"
    assert empty.remember_mapping(strange, MAPPING) == "own-hof"
    view = empty.import_files([strange])[0]
    assert (view.status, view.accepted, view.profile) == ("done", 30, "own-hof")


def test_an_answer_that_makes_no_sense_is_not_kept(empty: Appliance, strange: Path) -> None:
    with pytest.raises(MapError, match="no role 'ankunft'"):
        empty.remember_mapping(strange, {"columns": {"ankunft": "Feld B"}})
    assert empty.import_files([strange])[0].status == "failed"


def test_a_map_file_is_asked_for_by_name_or_a_profile_is_but_not_both(empty: Appliance, strange: Path) -> None:
    both = {"files": [str(strange)], "profile": "hotelml", "map": str(strange.with_name("map.toml"))}
    with pytest.raises(UsageError, match="profile and a map"):
        operation("import").run(empty, both)


def test_findings_about_an_export_are_told_with_it_and_afterwards(appliance: Appliance, tmp_path: Path) -> None:
    name = appliance.properties()[0].name
    health = appliance.export_health(name)
    assert set(health) == {"hotelml"}
    assert operation("import.health").run(appliance, {"property": name}) == {
        "layouts": {layout: [] if not found else health_fields(found) for layout, found in health.items()}
    }


def health_fields(found: tuple[object, ...]) -> list[dict[str, object]]:
    from hotelml_app.services.plain import plain

    told = plain(found)
    assert isinstance(told, list)
    return told
