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


def test_what_was_odd_about_an_export_is_told_with_it_and_afterwards(empty: Appliance, tmp_path: Path) -> None:
    header = "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code"
    rows = [f"H{n},2030-01-01,2031-05-{n:02},2031-05-{n + 1:02},Reserved,2030-01-01,DBL,BAR" for n in range(1, 29)]
    (tmp_path / "a.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    (tmp_path / "b.csv").write_text("\n".join([header, rows[0].replace("DBL", "SUI")]), encoding="utf-8")
    first, second = empty.import_files([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert first.findings == ()
    assert ("new room types", ("SUI",), True) in [(one.kind, one.details, one.wants_person) for one in second.findings]
    name = empty.properties()[0].name
    assert empty.export_health(name) == {"hotelml": second.findings}
    told = operation("import.health").run(empty, {"property": name})
    assert told["layouts"]["hotelml"][0]["kind"] == second.findings[0].kind
