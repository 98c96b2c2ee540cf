"""Saying once what the columns of a strange export are, from a window or the command line."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from small_hotel import open_at_morning

from hotelml_app.core.errors import Cancelled, UsageError
from hotelml_app.core.jobs import CancelToken
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.intake.mapping.errors import MapDoesNotFitError
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.errors import NothingKnownError

MAPPING = {
    "name": "Hof",
    "columns": {"reservation_id": "Feld A", "arrival": "Feld B", "departure": "Feld C", "status": "Feld D"},
    "statuses": {"lila": "reserved", "weg": "cancelled"},
}


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """An export whose columns say nothing."""
    first = date(2031, 3, 1)
    lines = [
        f"X{n};{first + timedelta(n):%d.%m.%Y};{first + timedelta(n + 2):%d.%m.%Y};{'weg' if n % 3 == 0 else 'lila'};Ada Muster"
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


def test_a_dry_run_by_command_stops_on_request_too(empty: Appliance, strange: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        operation("import.dry_run").run(empty.parts, {"files": [str(strange)]}, cancel=cancel)


def test_a_map_file_is_asked_for_by_name_or_a_profile_is_but_not_both(empty: Appliance, strange: Path) -> None:
    both = {"files": [str(strange)], "profile": "hotelml", "map": str(strange.with_name("map.toml"))}
    with pytest.raises(UsageError, match="profile and a map"):
        operation("import").run(empty.parts, both)


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
    told = operation("import.health").run(empty.parts, {"property": name})
    assert told["layouts"]["hotelml"][0]["kind"] == second.findings[0].kind


OPEN = "Reservation ID,Confirmation #,Guest,Room,Check-in,Check-out,Booked,Status,Booking amount"


def write_open_dates(path: Path, first: date, number: int = 0) -> Path:
    """Write an Expedia export of the first days of a month, whose dates may be either way round."""
    lines = [OPEN]
    for n in range(12):
        begins = first + timedelta(n % 3)
        days = ",".join(f"{day:%d/%m/%Y}" for day in (begins, begins + timedelta(1), first - timedelta(1)))
        lines.append(f"{1000 + number + n},,Ada Muster,DBL,{days},Confirmed,{100 + n}.00")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def look_into(appliance: Appliance, folder: Path, name: str) -> None:
    """Have the appliance notice what lies in a drop folder, without its threads."""
    parts = appliance.parts
    watcher = FolderWatcher(folder, store=parts.store, clock=parts.clock, bus=parts.bus, property_name=name, polling=True)
    parts.folders._watchers[folder] = watcher
    for _ in range(3):
        watcher.step()
        parts.clock.advance(timedelta(seconds=6))


def test_a_known_layout_is_asked_about_its_dates_alone(empty: Appliance, tmp_path: Path) -> None:
    path = write_open_dates(tmp_path / "a.csv", date(2026, 4, 5))
    view = empty.propose_mapping(path)
    assert (view.known_layout, view.known_title, view.certain) == ("expedia", "Expedia reservations", False)
    assert [(one.role, one.text) for one in view.questions] == [("dates", "Is 05/04/2026 the 5th of April or the 4th of May?")]
    assert view.dates_question.day_first == date(2026, 4, 5)
    assert 'dates = "day first"' in view.toml
    assert "[columns]" not in view.toml
    assert {column.header: column.role for column in view.columns}["Check-in"] == "arrival"
    assert "Ada" not in str(view)
    trial = empty.dry_run(path)
    assert (trial.accepted, trial.dates_question) == (0, view.dates_question)
    assert empty.dry_run(path, {"dates": "day first"}).bookings[0].arrival == date(2026, 4, 5)


def test_a_question_answered_in_the_window_lets_the_file_in_and_is_remembered(empty: Appliance, tmp_path: Path) -> None:
    empty.complete_first_run("Inn", tmp_path / "drop")
    path = write_open_dates(tmp_path / "drop" / "a.csv", date(2026, 4, 5))
    seen: list[float] = []
    view = empty.import_mapped(path, {"dates": "day first"}, "Inn", lambda fraction, _: seen.append(fraction))
    assert (view.status, view.accepted, view.profile) == ("done", 12, "expedia")
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert (tmp_path / "drop" / "processed" / "a.csv").is_file()
    again = write_open_dates(tmp_path / "b.csv", date(2026, 5, 5), 50)
    assert empty.import_files([again], "Inn")[0].accepted == 12
    assert again.is_file(), "a file from elsewhere stays where it is"


def test_an_answer_that_fails_leaves_the_file_where_it_is(empty: Appliance, strange: Path, tmp_path: Path) -> None:
    empty.complete_first_run("Inn", tmp_path / "drop")
    waiting = strange.rename(tmp_path / "drop" / strange.name)
    with pytest.raises(MapDoesNotFitError):
        empty.import_mapped(waiting, {"columns": {"arrival": "Feld Z", "nights": "Feld B", "status": False}}, "Inn")
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        empty.import_mapped(waiting, MAPPING, "Inn", cancel=cancel)
    assert waiting.is_file()
    assert empty.import_files([waiting], "Inn")[0].question == "Which column is the arrival? Perhaps 'Feld B'?"
    assert empty.import_mapped(waiting, MAPPING, "Inn").accepted == 30


def test_a_dry_run_tells_rows_words_and_stops_on_request(empty: Appliance, strange: Path) -> None:
    text = strange.read_text(encoding="utf-8").replace("02.03.2031", "31.02.2031", 1)
    strange.write_text(text, encoding="utf-8")
    view = empty.dry_run(strange, {"columns": MAPPING["columns"]})
    assert [(one.line, dict(one.cells)["arrival"]) for one in view.first_rejected] == [(2, "31.02.2031")]
    assert "booking number" in dict(view.first_rejected[0].cells), "in the words of the trade"
    assert {(one.word, one.rows) for one in view.unknown_statuses} == {("lila", 19), ("weg", 10)}
    assert "Ada" not in str(view)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        empty.dry_run(strange, MAPPING, cancel=cancel)


def test_today_and_data_say_that_a_file_waits_for_an_answer(appliance: Appliance, strange: Path) -> None:
    name = appliance.properties()[0].name
    folder = Path(appliance.data(name).drop_folder)
    strange.rename(folder / strange.name)
    look_into(appliance, folder, name)
    assert "1 file waits for your answer." in appliance.data(name).sentence
    today = appliance.today(name)
    first = today.decisions[0]
    assert (first.title, first.button, first.file) == (
        f"{strange.name} waits for your answer",
        "Answer",
        str(folder / strange.name),
    )
    assert not [one for one in today.warnings if "Waiting" in one.title], "it is told once, with its button"
    appliance.import_mapped(folder / strange.name, MAPPING, name)
    assert not [one for one in appliance.today(name).warnings if one.key.startswith("file:")], "and settled with the answer"


def test_a_hotel_whose_first_export_waits_is_told_so_instead_of_being_asked_for_one(
    empty: Appliance, strange: Path, tmp_path: Path
) -> None:
    empty.complete_first_run("Inn", tmp_path / "drop")
    strange.rename(tmp_path / "drop" / strange.name)
    look_into(empty, tmp_path / "drop", "Inn")
    with pytest.raises(NothingKnownError, match=r"strange\.csv waits for your answer") as told:
        empty.today("Inn")
    assert told.value.fields["file"] == str(tmp_path / "drop" / "strange.csv")


def test_a_hotel_whose_first_file_was_no_export_is_told_why_instead_of_being_asked_for_one(
    empty: Appliance, tmp_path: Path
) -> None:
    empty.complete_first_run("Inn", tmp_path / "drop")
    (tmp_path / "drop" / "bill.pdf").write_bytes(b"%PDF-1.7\n")
    watcher = FolderWatcher(
        tmp_path / "drop", store=empty.parts.store, clock=empty.parts.clock, bus=empty.parts.bus, polling=True
    )
    empty.parts.folders._watchers[tmp_path / "drop"] = watcher
    watcher.step()
    with pytest.raises(NothingKnownError, match=r"bill\.pdf came in: waiting until it is complete"):
        empty.today("Inn")
    look_into(empty, tmp_path / "drop", "Inn")
    with pytest.raises(NothingKnownError) as told:
        empty.forecast("Inn")
    assert told.value.message == "bill.pdf could not be read."
    assert told.value.remedy.startswith("bill.pdf is a PDF, not an export. Export CSV")
    assert told.value.fields["came_in"]


def test_the_export_check_is_typed(empty: Appliance, tmp_path: Path) -> None:
    header = "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code"
    rows = [f"H{n},2030-01-01,2031-05-{n:02},2031-05-{n + 1:02},Reserved,2030-01-01,DBL,BAR" for n in range(1, 29)]
    (tmp_path / "a.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    (tmp_path / "b.csv").write_text("\n".join([header, rows[0].replace("DBL", "SUI")]), encoding="utf-8")
    empty.import_files([tmp_path / "a.csv", tmp_path / "b.csv"])
    check = empty.data(empty.properties()[0].name).checks[0]
    assert (check.layout, check.title, check.rows) == ("hotelml", "HotelML reservations CSV", 1)
    found = {one.kind: one for one in check.findings}
    assert (found["new room types"].severity, found["new room types"].was, found["new room types"].now) == (
        "urgent",
        "1 known",
        "SUI",
    )
    assert found["business date stands still"].severity == "look"
    assert found["business date stands still"].was == found["business date stands still"].now


def test_the_months_of_the_bookings_are_counted_with_their_holes(empty: Appliance, tmp_path: Path) -> None:
    header = "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code"
    rows = [
        f"H{n},2030-01-01,{day},{day},{status},2030-01-01,DBL,BAR"
        for n, (day, status) in enumerate(
            [("2030-11-05", "Reserved"), ("2030-11-06", "Reserved"), ("2031-01-02", "Reserved"), ("2031-01-03", "Cancelled")]
        )
    ]
    (tmp_path / "a.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    empty.import_files([tmp_path / "a.csv"])
    months = empty.data(empty.properties()[0].name).months
    assert [(one.first_day, one.arrivals) for one in months] == [
        (date(2030, 11, 1), 2),
        (date(2030, 12, 1), 0),
        (date(2031, 1, 1), 1),
    ]


def test_a_year_that_was_mistyped_makes_no_hundred_months_without_arrivals(empty: Appliance, tmp_path: Path) -> None:
    header = "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code"
    days = ["2002-11-05", "2023-11-05", "2023-12-01", "2023-12-02"]
    rows = [f"H{n},{day},{day},{day},Checked Out,{day},DBL,BAR" for n, day in enumerate(days)]
    (tmp_path / "a.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    (view,) = empty.import_files([tmp_path / "a.csv"])
    assert view.accepted == len(days)
    months = empty.data(empty.properties()[0].name).months
    assert [(one.first_day, one.arrivals) for one in months] == [(date(2023, 11, 1), 1), (date(2023, 12, 1), 2)]
