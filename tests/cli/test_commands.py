"""The command line as the hotel's IT and its scripts use it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from command_line import rows_of
from small_hotel import AS_OF, NAME, write_export

from hotelml_app.__main__ import main
from hotelml_app.modules import discover

BOOKING_HEADER = (
    "property,reservation_id,booked_on,arrival,departure,status,room_type,assigned_room_type,room,channel,segment,"
    "rate_code,adr,total,currency,adults,children"
)


def json_of(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    """Return the one JSON object on stdout; anything else there fails."""
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    told = json.loads(out)
    assert isinstance(told, dict)
    return told


def test_an_export_is_read_and_counted(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = write_export(tmp_path / "from the PMS")
    assert main(["import", str(export), "--json"]) == 0
    told = json_of(capsys)
    assert told["rows_read"] == told["accepted"] == told["created"]
    assert told["rejected"] == 0
    assert told["business_date"] == AS_OF.isoformat()
    assert export.exists(), "a file named by hand stays where it is"


def test_the_same_rows_again_change_nothing_and_a_delta_moves_the_date(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    next_day = AS_OF + timedelta(days=1)
    delta = write_export(tmp_path, next_day, changed_since=AS_OF)
    assert main(["import", str(delta)]) == 0
    assert f"business date {next_day}" in capsys.readouterr().out
    assert main(["import", str(delta), "--json"]) == 0
    again = json_of(capsys)
    assert again["created"] == again["changed"] == 0


def test_rooms_can_be_summed_over_the_bookings_that_are_written(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export, out = tmp_path / "export.csv", tmp_path / "bookings.csv"
    export.write_text(
        "property,reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code,rooms,adr,business_date\n"
        "Inn,R1,2026-01-02,2026-02-01,2026-02-03,Reserved,2026-01-02,DBL,BAR,3,90,2026-01-10\n"
        "Inn,R2,2026-01-03,2026-02-01,2026-02-03,Reserved,2026-01-03,DBL,BAR,1,95,2026-01-10\n",
        encoding="utf-8",
    )
    assert main(["import", str(export)]) == 0
    assert main(["bookings", "--full", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8").splitlines()[0] == f"{BOOKING_HEADER},rooms"
    assert sum(float(row["rooms"]) for row in rows_of(out)) == 4


def test_bookings_come_as_they_were_known_on_a_day(hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now, before = tmp_path / "now.csv", tmp_path / "before.csv"
    assert main(["bookings", "--out", str(now)]) == 0
    earlier = AS_OF - timedelta(days=60)
    assert main(["bookings", "--as-of", earlier.isoformat(), "--out", str(before)]) == 0
    assert now.read_text(encoding="utf-8").splitlines()[0] == BOOKING_HEADER
    known = rows_of(before)
    assert 0 < len(known) < len(rows_of(now))
    assert all(row["booked_on"] <= earlier.isoformat() for row in known)
    later = [row for row in known if row["arrival"] > earlier.isoformat()]
    assert later
    assert {row["status"] for row in later} <= {"reserved", "tentative", "cancelled"}
    assert not any(row["room"] for row in later), "rooms are given at check-in"


def test_bookings_without_a_file_go_to_stdout(hotel_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bookings"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == BOOKING_HEADER
    assert lines[1].startswith(f"{NAME},R")


@pytest.mark.parametrize("module", sorted(discover()))
def test_every_module_answers_as_csv_with_its_own_columns(module: str, hotel_home: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers" / f"{module}.csv"
    assert main(["predict", module, "--out", str(out)]) == 0
    header = out.read_text(encoding="utf-8").splitlines()[0].split(",")
    assert header == ["property", "as_of", *discover()[module].columns, "model"]
    rows = rows_of(out)
    assert rows
    assert {(row["property"], row["as_of"]) for row in rows} == {(NAME, AS_OF.isoformat())}
    brought = set(discover()) - {"forecast", "guests"}  # too old for borrowed booking curves, and it names its segments
    makers = {row["model"].partition(":")[0] for row in rows}
    assert "bundled" in makers if module in brought else makers == {"statistical"}
    assert makers <= {"bundled", "statistical"}


def test_a_forecast_reaches_exactly_as_far_as_asked(hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "forecast", "--horizon", "10", "--json"]) == 0
    told = json_of(capsys)
    columns = told["columns"]
    assert isinstance(columns, list)
    night = columns.index("stay_date")
    nights = {row[night] for row in told["predictions"]}  # type: ignore[attr-defined]
    assert nights == {(AS_OF + timedelta(days=i)).isoformat() for i in range(1, 11)}
    assert told["stored"] is True


def test_a_look_back_is_not_kept_for_the_track_record(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = AS_OF - timedelta(days=30)
    assert main(["predict", "forecast", "--as-of", earlier.isoformat(), "--horizon", "7", "--json"]) == 0
    told = json_of(capsys)
    assert told["stored"] is False
    assert "business date" in str(told["why_not_stored"])


def test_properties_and_status_say_what_is_there(hotel_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["properties"]) == 0
    assert NAME in capsys.readouterr().out
    assert main(["status"]) == 0
    said = capsys.readouterr().out
    assert f"as of the end of {AS_OF}" in said
    assert f"{NAME}, at least " in said, "nobody said how many rooms there are"
    assert "Network calls: " in said
    assert "that nobody set up" not in said
    assert main(["--json", "status"]) == 0
    told = json_of(capsys)
    assert told["running"] is False
    assert told["network_calls"] == 0


def test_an_empty_home_says_what_to_do(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    assert "Drop a PMS export" in capsys.readouterr().out
    assert main(["predict", "forecast"]) == 1
    assert "Drop a PMS export into the folder" in capsys.readouterr().err


def test_home_may_be_named_before_and_after_the_command(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other home"
    assert main(["--home", str(other), "status", "--json"]) == 0
    assert json_of(capsys)["home"] == str(other)
    assert main(["status", "--json", "--home", str(hotel_home)]) == 0
    assert json_of(capsys)["home"] == str(hotel_home)


def test_models_and_reports_speak_before_anything_is_learned(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models"]) == 0
    assert "plain rule" in capsys.readouterr().out
    assert main(["models", "show", "forecast"]) == 0
    assert "no model of this property's own was trained yet" in capsys.readouterr().out
    assert main(["models", "show", "noshow"]) == 0
    assert "HotelML brings it along" in capsys.readouterr().out
    assert main(["status"]) == 0
    status = capsys.readouterr().out
    assert re.search("answered by models HotelML brings along: .*noshow", status), (
        "as the card says, though nothing was asked yet"
    )
    assert "answered by a plain rule: forecast" in status
    assert main(["monitor", "report", "--module", "forecast", "--period", "day"]) == 0
    assert "nothing is judged yet" in capsys.readouterr().out
    assert main(["export", "--output", str(tmp_path / "models"), "--module", "noshow"]) == 1
    told = capsys.readouterr().err
    assert "Nothing was exported" in told
    assert "no model of its own is live for noshow" in told
    assert not (tmp_path / "models").exists()


def test_predictions_are_judged_when_the_next_exports_come(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["predict", "forecast"]) == 0
    before = AS_OF
    for step in range(1, 5):
        day = AS_OF + timedelta(days=step)
        assert main(["import", str(write_export(tmp_path, day, changed_since=before))]) == 0
        before = day
    capsys.readouterr()
    assert main(["monitor", "report", "--module", "forecast", "--json"]) == 0
    report = json_of(capsys)["reports"][0]  # type: ignore[index]
    assert report["periods"][0]["predictions"] > 0
    assert report["periods"][0]["value"] is not None


def test_a_backup_can_be_put_back(hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "safe" / "hotel.db"
    assert main(["backup", str(copy), "--json"]) == 0
    assert json_of(capsys)["file"] == str(copy)
    (hotel_home / "hotelml.db").write_bytes(b"SQLite format 3\x00 and then noise" * 500)
    assert main(["restore", str(copy)]) == 0
    assert "is the database now" in capsys.readouterr().out
    assert main(["properties", "--json"]) == 0
    assert json_of(capsys)["properties"][0]["name"] == NAME  # type: ignore[index]
    assert list(hotel_home.glob("hotelml-replaced-*")), "what was there is set aside, not deleted"


def test_backups_are_listed(hotel_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "--list"]) == 0
    assert "There is no backup yet" in capsys.readouterr().out
    assert main(["backup"]) == 0
    capsys.readouterr()
    assert main(["backup", "--list", "--json"]) == 0
    assert len(json_of(capsys)["backups"]) == 1  # type: ignore[arg-type]


def test_the_doctor_looks_at_everything(hotel_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    checks = {check["name"]: check for check in json_of(capsys)["checks"]}  # type: ignore[attr-defined]
    assert {"Python", "Packages", "Home", "Disk", "Database", "Settings", "Models", "Running", "Log"} <= set(checks)
    assert checks["Database"]["state"] == "ok"
    (hotel_home / "hotelml.db").write_bytes(b"no database at all, just text" * 100)
    assert main(["doctor"]) == 1
    assert "Database" in capsys.readouterr().out


def test_the_doctor_tells_of_settings_that_hold_for_no_hotel(hotel_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = hotel_home / "settings.toml"
    settings.write_text(f'[[properties]]\nname = "{NAME.upper()}"\n[[properties]]\nname = "Hotl"\nwalk_cost = 180.0\n', "utf-8")
    assert main(["doctor", "--json"]) == 0
    checks = {check["name"]: check for check in json_of(capsys)["checks"]}  # type: ignore[attr-defined]
    (found,) = (name for name in checks if name.startswith("Settings of"))
    assert (found, checks[found]["state"]) == ("Settings of Hotl", "warning")
    assert NAME in checks[found]["found"]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("HotelML ")


def test_a_strange_export_is_proposed_tried_and_then_read_by_its_map(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strange, answer = tmp_path / "strange.csv", tmp_path / "map.toml"
    rows = [f"X{n};2031-03-{n:02};2031-03-{n + 1:02};{'weg' if n % 3 == 0 else 'fix'};Ada Muster" for n in range(1, 29)]
    strange.write_text("\n".join(["Feld A;Feld B;Feld C;Feld D;Feld E", *rows]), encoding="utf-8")
    answer.write_text(
        '[columns]\nreservation_id = "Feld A"\narrival = "Feld B"\ndeparture = "Feld C"\nstatus = "Feld D"\n'
        '[statuses]\nfix = "reserved"\nweg = "cancelled"\n',
        encoding="utf-8",
    )
    assert main(["import", str(strange), "--json"]) == 1
    told = json_of(capsys)
    assert told["error"] == "NeedsMappingError"
    assert main(["import", "--propose", str(strange)]) == 0
    shown = capsys.readouterr().out
    assert "Which column is the arrival? Perhaps 'Feld B'?" in shown
    assert "Ada" not in shown
    assert main(["import", "--map", str(answer), "--dry-run", str(strange), "--json"]) == 0
    assert json_of(capsys)["accepted"] == 28
    assert main(["import", "--map", str(answer), str(strange), "--json"]) == 0
    assert json_of(capsys)["created"] == 28
    answer.write_text('[columns]\nankunft = "Feld B"\n', encoding="utf-8")
    assert main(["import", "--map", str(answer), str(strange)]) == 2
    assert "Did you mean arrival?" in capsys.readouterr().err


def test_open_dates_are_a_question_that_one_line_answers_for_good(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = "Reservation ID,Confirmation #,Guest,Room,Check-in,Check-out,Booked,Status,Booking amount"
    rows = [f"{n},,,DBL,0{4 + n % 3}/04/2026,0{5 + n % 3}/04/2026,03/04/2026,Confirmed,100.00" for n in range(12)]
    export, answer = tmp_path / "export.csv", tmp_path / "answer.toml"
    export.write_text("\n".join([header, *rows]), encoding="utf-8")
    assert main(["import", str(export), "--property", "Inn", "--json"]) == 1
    told = json_of(capsys)
    assert told["question"] == "Is 05/04/2026 the 5th of April or the 4th of May?"
    assert 'dates = "day first"' in str(told["remedy"])
    answer.write_text('dates = "day first"', encoding="utf-8")
    assert main(["import", str(export), "--property", "Inn", "--map", str(answer)]) == 0
    export.write_text("\n".join([header, *(row.replace("/04/2026", "/05/2026") for row in rows)]), encoding="utf-8")
    assert main(["import", str(export), "--property", "Inn"]) == 0
    assert "12 accepted" in capsys.readouterr().out


def test_the_doctor_tells_what_was_odd_about_the_last_exports_as_objects(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(write_export(tmp_path, AS_OF))]) == 0
    capsys.readouterr()
    assert main(["doctor", "--json"]) == 0
    exports = json_of(capsys)["exports"]
    found = next(one for one in exports if one["layout"] == "hotelml")["findings"]
    assert {"kind", "severity", "was", "now", "remedy", "sentence"} <= found[0].keys()
    assert (found[0]["kind"], found[0]["now"]) == ("business date stands still", AS_OF.isoformat())
