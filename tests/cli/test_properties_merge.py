"""Putting two properties together on the command line: told first, asked, and done once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from small_hotel import NAME

from hotelml_app.__main__ import main
from hotelml_app.cli import confirming

NEW = "Test Hotel GmbH"
HEADER = "property,reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code,business_date"


@pytest.fixture
def two(hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A home in which an export under a new name began a second property."""
    export = tmp_path / "renamed.csv"
    rows = [f"{NEW},Z{n},2026-02-20,2026-03-0{n},2026-03-1{n},Reserved,2026-02-20,STD,BAR,2026-02-28" for n in (1, 2, 3)]
    export.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    assert main(["import", str(export)]) == 0
    capsys.readouterr()
    return hotel_home


def names(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert main(["properties", "--json"]) == 0
    return [one["name"] for one in json.loads(capsys.readouterr().out)["properties"]]


def backups(home: Path) -> list[Path]:
    return list((home / "backups").glob("*.db"))


def test_a_look_says_what_would_happen_and_changes_nothing(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["properties", "merge", NEW, NAME, "--look"]) == 0
    said = capsys.readouterr().out
    assert f"{NEW}: 3 bookings, 0 reviews, up to 28 Feb 2026." in said
    assert "No booking is known in both." in said
    assert f"{NEW} becomes part of {NAME}" in said
    assert names(capsys) == [NAME, NEW]
    assert not backups(two)


def test_it_may_be_said_that_the_bookings_were_numbered_anew(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["properties", "merge", NEW, NAME, "--look", "--new-numbers", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["numbers_said"] is True


def test_with_yes_it_is_done_after_a_copy_was_made(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["properties", "merge", NEW, NAME, "--yes", "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    told = json.loads(out)
    assert told["merged"] is True
    assert (told["gone"]["name"], told["stays"]["name"], told["both"]) == (NEW, NAME, 0)
    assert told["bookings"] == told["stays"]["bookings"] + 3
    assert backups(two) == [Path(told["backup"])]
    assert names(capsys) == [NAME]


def test_a_person_is_asked_and_may_say_no(two: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirming, "is_typed", lambda: True)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: False)
    assert main(["properties", "merge", NEW, NAME]) == 1
    told = capsys.readouterr()
    assert "becomes part of" in told.out
    assert "Nothing was changed." in told.err
    assert names(capsys) == [NAME, NEW]
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: True)
    assert main(["properties", "merge", NEW, NAME]) == 0
    said = capsys.readouterr().out
    assert said.count("becomes part of") == 1
    assert f"{NEW} is part of {NAME} now" in said
    assert names(capsys) == [NAME]


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_where_nobody_can_be_asked_nothing_is_done(
    two: Path, as_json: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["properties", "merge", NEW, NAME, *as_json]) == 2
    told = capsys.readouterr()
    assert "--yes" in (told.out if as_json else told.err)
    assert names(capsys) == [NAME, NEW]


@pytest.mark.parametrize(
    ("gone", "stays", "said"),
    [
        (NAME, NEW, f'hotelml properties merge "{NEW}" "{NAME}"'),
        (NAME, NAME.upper(), "is one property already"),
        ("Test Hotl GmbH", NAME, f"Did you mean {NEW}?"),
        (NEW, "Somewhere", "There is no property called 'Somewhere'"),
    ],
)
@pytest.mark.parametrize("how", ["--yes", "--look"])
def test_names_that_make_no_sense_are_bad_usage(
    two: Path, gone: str, stays: str, said: str, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["properties", "merge", gone, stays, how]) == 2
    assert said in capsys.readouterr().err
    assert names(capsys) == [NAME, NEW]
    assert not backups(two)


def test_a_former_name_still_means_the_hotel(two: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["properties", "merge", NEW, NAME, "--yes"]) == 0
    unnamed = tmp_path / "unnamed.csv"
    row = "Z9,2026-02-20,2026-03-05,2026-03-06,Reserved,2026-02-20,STD,BAR"
    unnamed.write_text(f"{HEADER.removeprefix('property,').removesuffix(',business_date')}\n{row}\n", encoding="utf-8")
    for words in (["--property", NEW.lower()], []):
        assert main(["import", str(unnamed), *words]) == 0
        assert "nothing was stored under" not in capsys.readouterr().out
    assert main(["import", str(tmp_path / "renamed.csv")]) == 0
    assert names(capsys) == [NAME]


def test_properties_without_more_still_lists_them(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["properties", "--home", str(two)]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("Property ")
    assert main(["properties", "--help"]) == 0
    assert "merge" in capsys.readouterr().out
