"""Giving a property another name on the command line, with and without a running appliance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from refusals import failure
from small_hotel import NAME, open_at_morning

from hotelml_app.__main__ import main
from hotelml_app.api.server import LoopbackServer
from hotelml_app.intake.owners import UNNAMED

NEW = "Grand Hotel"
HEADER = "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code"

Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1, "one object and nothing else"
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def names(capsys: Captured) -> list[str]:
    found = told(capsys, "properties")["properties"]
    assert isinstance(found, list)
    return [one["name"] for one in found]


def test_it_says_what_was_done(hotel_home: Path, capsys: Captured) -> None:
    assert main(["properties", "rename", NAME, NEW]) == 0
    assert capsys.readouterr().out == f"{NAME} is now called {NEW}. Exports that say {NAME} still belong to it.\n"
    assert names(capsys) == [NEW]
    done = told(capsys, "properties", "rename", NEW, "Grand HOTEL")
    assert done == {
        "before": NEW,
        "name": "Grand HOTEL",
        "renamed": True,
        "sentence": "Grand Hotel is now written Grand HOTEL.",
    }
    assert told(capsys, "properties", "rename", NAME, "Grand HOTEL")["renamed"] is False, "it was done before"


def test_a_first_import_that_named_none_is_named_later(home: Path, tmp_path: Path, capsys: Captured) -> None:
    for number in (1, 2):
        row = f"A{number},2026-02-20,2026-03-05,2026-03-06,Reserved,2026-02-20,STD,BAR"
        (tmp_path / f"{number}.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    assert main(["import", str(tmp_path / "1.csv")]) == 0
    assert names(capsys) == [UNNAMED]
    assert main(["properties", "rename", UNNAMED, NEW]) == 0
    assert main(["import", str(tmp_path / "2.csv"), "--property", UNNAMED]) == 0
    assert names(capsys) == [NEW]
    both = told(capsys, "bookings", "--property", UNNAMED.lower())
    assert "A1" in str(both["csv"])
    assert "A2" in str(both["csv"])


def test_a_former_name_still_names_it_in_commands(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    assert main(["properties", "rename", NAME, NEW]) == 0
    told(capsys, "predict", "forecast", "--horizon", "7", "--out", str(tmp_path / "f.csv"), "--property", NAME)
    assert f"\n{NEW}," in (tmp_path / "f.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Hotel Tset", NEW, f"Did you mean {NAME}?"),
        ("Somewhere", NEW, f"There are: {NAME}."),
        (NAME, "   ", "A property needs a name."),
        (NAME, "", "A property needs a name."),
        (NAME, "x" * 200, "at most 120 letters"),
    ],
)
def test_what_makes_no_sense_is_bad_usage(hotel_home: Path, old: str, new: str, said: str, capsys: Captured) -> None:
    assert said in failure(capsys, ["properties", "rename", old, new], 2)
    assert names(capsys) == [NAME]


def test_an_empty_home_has_none_to_rename(home: Path, capsys: Captured) -> None:
    assert "There is none yet." in failure(capsys, ["properties", "rename", UNNAMED, NEW], 2)


def test_a_running_appliance_does_it(hotel_home: Path, capsys: Captured) -> None:
    with open_at_morning(hotel_home) as appliance:
        running = LoopbackServer(appliance)
        running.start()
        try:
            done = told(capsys, "properties", "rename", NAME, NEW)
            assert done["renamed"] is True
            assert names(capsys) == [NEW]
            assert [one.name for one in appliance.properties()] == [NEW]
        finally:
            running.stop()
    assert names(capsys) == [NEW]
