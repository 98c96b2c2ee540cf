"""Whatever goes wrong: one clear sentence with what to do, exit code 1 or 2, no traceback, and nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from refusals import bookings_known, failure
from small_hotel import AS_OF, NAME, write_export

from hotelml_app.__main__ import main
from hotelml_app.modules import manifest

Captured = pytest.CaptureFixture[str]


def test_a_file_that_is_not_there(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    said = failure(capsys, ["import", str(tmp_path / "gone.csv")], 1)
    assert "gone.csv" in said


def test_a_folder_instead_of_a_file(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    failure(capsys, ["import", str(tmp_path)], 1)


@pytest.mark.skipif(sys.platform == "win32" or not Path("/dev/zero").exists(), reason="this system has no such devices")
def test_a_device_instead_of_a_file(hotel_home: Path, capsys: Captured) -> None:
    assert "a pipe or a device" in failure(capsys, ["import", "/dev/zero"], 1)


def test_a_layout_nobody_knows_is_refused_with_the_nearest(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    export = write_export(tmp_path)
    said = failure(capsys, ["import", str(export), "--profile", "hotelm"], 2)
    assert "hotelml" in said


def test_a_proposal_that_is_told_what_to_find(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    export = str(write_export(tmp_path))
    assert "--dry-run" in failure(capsys, ["import", export, "--propose", "--profile", "hotelml"], 2)


def test_a_file_in_no_known_layout(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "recipes.csv"
    file.write_text("dish,price\nsoup,4\nfish,12\n", encoding="utf-8")
    failure(capsys, ["import", str(file)], 1)
    assert file.exists()


def test_an_empty_file(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "empty.csv"
    file.touch()
    assert "empty" in failure(capsys, ["import", str(file)], 1)


def test_one_bad_file_among_good_ones_does_not_stop_them(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    before = bookings_known(hotel_home)
    delta = write_export(tmp_path, AS_OF + timedelta(days=1), changed_since=AS_OF)
    assert main(["import", str(tmp_path / "gone.csv"), str(delta), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [file["status"] for file in told["files"]] == ["failed", "done"]
    assert bookings_known(hotel_home) > before


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["predict", "forcast"], "Did you mean forecast?"),
        (["predict", "weather"], "There are: allocation"),
        (["train", "--module", "no-show"], "noshow"),
        (["evaluate", "--module", "forecasts"], "forecast"),
        (["monitor", "report", "--module", "forecast", "--period", "year"], "month"),
        (["models", "show", "nosho"], "noshow"),
        (["bookings", "--property", "Hotel Tset"], f"Did you mean {NAME}?"),
        (["predict", "pricing", "--property", "Grand"], NAME),
    ],
)
def test_a_name_that_does_not_exist_is_answered_with_those_that_do(
    arguments: list[str], hint: str, hotel_home: Path, capsys: Captured
) -> None:
    assert hint in failure(capsys, arguments, 2)


@pytest.mark.parametrize("horizon", ["0", "-5", "100000", "many", "2.5", "9" * 40])
def test_a_horizon_that_makes_no_sense(horizon: str, hotel_home: Path, capsys: Captured) -> None:
    said = failure(capsys, ["predict", "forecast", f"--horizon={horizon}"], 2)
    assert "from 1 to" in said


@pytest.mark.parametrize("day", ["31.08.2016", "2016-02-30", "tomorrow"])
@pytest.mark.parametrize("command", [["bookings"], ["predict", "forecast"], ["train"], ["evaluate", "--module", "forecast"]])
def test_a_date_that_is_none(command: list[str], day: str, hotel_home: Path, capsys: Captured) -> None:
    assert "year-month-day" in failure(capsys, [*command, "--as-of", day], 2)


@pytest.mark.parametrize("command", [["bookings"], ["predict", "forecast"], ["predict", "noshow"], ["predict", "pricing"]])
def test_a_day_before_any_data(command: list[str], hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out.csv"
    assert main([*command, "--as-of", "1999-12-31", "--out", str(out)]) in (1, 2)
    assert capsys.readouterr().err.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize("command", [["bookings"], ["predict", "forecast"], ["train"]])
def test_a_day_after_the_newest_export(command: list[str], hotel_home: Path, capsys: Captured) -> None:
    assert str(AS_OF) in failure(capsys, [*command, "--as-of", "2031-01-01"], 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ["predct"],
        ["predict"],
        ["import"],
        ["train", "--modul", "forecast"],
        ["bookings", "--home"],
        ["export"],
        ["models", "shw"],
    ],
)
def test_a_command_that_cannot_be_understood(arguments: list[str], hotel_home: Path, capsys: Captured) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1


def test_a_typo_in_the_training_file_names_the_key_and_the_line(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "training.toml"
    file.write_text("[modules.forecast]\nmin_data_pionts = 5\n", encoding="utf-8")
    said = failure(capsys, ["train", "--config", str(file)], 1)
    assert "min_data_pionts" in said
    assert "min_data_points" in said
    assert "gone.toml" in failure(capsys, ["train", "--config", str(tmp_path / "gone.toml")], 1)


def test_a_typo_in_the_settings_is_told_and_the_file_left_alone(hotel_home: Path, capsys: Captured) -> None:
    file = hotel_home / "settings.toml"
    file.write_text("[intake]\nstable_afer_s = 5\n", encoding="utf-8")
    said = failure(capsys, ["status"], 1)
    assert "stable_after_s" in said
    assert file.read_text(encoding="utf-8") == "[intake]\nstable_afer_s = 5\n"


def test_a_damaged_database_is_refused_and_the_backup_named(hotel_home: Path, capsys: Captured) -> None:
    assert main(["backup"]) == 0
    capsys.readouterr()
    damaged = b"SQLite format 3\x00" + b"\xff" * 8000
    (hotel_home / "hotelml.db").write_bytes(damaged)
    said = failure(capsys, ["predict", "forecast"], 1)
    assert "hotelml restore" in said
    assert (hotel_home / "hotelml.db").read_bytes() == damaged


def test_a_database_of_a_later_version_is_not_touched(hotel_home: Path, capsys: Captured) -> None:
    with closing(sqlite3.connect(hotel_home / "hotelml.db")) as connection:
        connection.execute("PRAGMA user_version = 9999")
    said = failure(capsys, ["status"], 1)
    assert "later HotelML" in said


def test_a_home_that_cannot_be_made(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    said = failure(capsys, ["status", "--home", str(tmp_path / "a file" / "home")], 1)
    assert "--home" in said


@pytest.mark.parametrize(
    "arguments", [["status", "--home", ""], ["--home=", "status"], ["--home", "", "gui"], ["gui", "--home="]]
)
def test_an_empty_home_is_not_the_folder_one_stands_in(
    arguments: list[str], tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "--home names no folder." in failure(capsys, arguments, 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there a user's folder is guessed from the name")
@pytest.mark.parametrize("words", [["status", "--home"], ["bookings", "--out"], ["gui", "--home"], ["restore"], ["import"]])
def test_a_path_of_a_user_who_is_not_there(words: list[str], hotel_home: Path, capsys: Captured) -> None:
    assert "a user whose folder is not known here" in failure(capsys, [*words, "~nobody-of-that-name/x"], 2)


def test_a_home_that_cannot_be_written_can_still_be_looked_at(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    shutil.rmtree(hotel_home / "run")
    (hotel_home / "run").write_text("in the way", encoding="utf-8")
    assert main(["predict", "pricing", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stored"] is False
    said = failure(capsys, ["import", str(write_export(tmp_path))], 1)
    assert "cannot be written" in said


def test_an_answer_that_cannot_be_written_leaves_nothing_half_done(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    said = failure(capsys, ["bookings", "--out", str(tmp_path)], 1)
    assert "could not be written" in said
    assert list(tmp_path.glob("*.partial")) == []


def test_a_backup_that_is_none_is_not_put_in_place(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "holiday.db"
    file.write_bytes(b"not a backup")
    before = bookings_known(hotel_home)
    failure(capsys, ["restore", str(file)], 1)
    failure(capsys, ["restore", str(tmp_path / "gone.db")], 1)
    assert bookings_known(hotel_home) == before


def test_a_version_that_does_not_exist_cannot_go_live(hotel_home: Path, capsys: Captured) -> None:
    failure(capsys, ["models", "promote", "forecast", "2020-01-01.1"], 2)
    failure(capsys, ["models", "rollback", "forecast"], 1)


def test_a_module_that_does_not_learn_says_so(hotel_home: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "hotelml_app.services.learning.train_modules.manifest_of", lambda name: replace(manifest(name), train=None)
    )
    assert "plain rule" in failure(capsys, ["train", "--module", "pricing"], 1)


def hotelml(*arguments: str, home: Path, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the real program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "hotelml_app", *arguments],
        env={**os.environ, "HOTELML_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=before,
        timeout=60,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of POSIX systems")
def test_a_full_disk_undoes_the_import_and_keeps_what_was_there(hotel_home: Path, tmp_path: Path) -> None:
    export = tmp_path / "again.csv"
    text = write_export(tmp_path).read_text(encoding="utf-8").replace("R1", "Z1")
    export.write_text(text, encoding="utf-8")
    before = bookings_known(hotel_home)
    largest = 300_000

    def little_room() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    # The same bookings under other numbers are taken in only where the layout is named.
    wanted = ("import", str(export), "--profile", "hotelml")
    done = hotelml(*wanted, home=hotel_home, before=little_room)
    assert done.returncode == 1, done.stdout
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert bookings_known(hotel_home) == before
    assert hotelml(*wanted, home=hotel_home).returncode == 0


def test_an_error_nobody_foresaw_is_told_in_a_sentence_and_its_story_is_in_the_log(
    hotel_home: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("half a room")

    monkeypatch.setattr("hotelml_app.services.properties.list_properties.answer", stumble)
    assert main(["properties"]) == 1
    said = capsys.readouterr().err
    assert "did not expect (ZeroDivisionError: half a room)" in said
    assert said.count("\n") == 1
    log = hotel_home / "logs" / "commands.log"
    assert str(log) in said
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_nothing_of_a_guest_is_in_the_logs_or_the_answers(hotel_home: Path, tmp_path: Path) -> None:
    export = write_export(tmp_path)
    assert "@example.invalid" in export.read_text(encoding="utf-8")
    home = tmp_path / "fresh"
    assert main(["import", str(export), "--home", str(home)]) == 0
    assert main(["bookings", "--out", str(tmp_path / "out.csv"), "--home", str(home)]) == 0
    for path in (*home.rglob("*"), tmp_path / "out.csv"):
        if path.is_file():
            assert b"@example.invalid" not in path.read_bytes(), path
    shutil.rmtree(home)
