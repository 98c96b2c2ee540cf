"""The files that came in, on the command line, and taking one back: told first, asked, and done once."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import typer
from small_hotel import AS_OF, write_export

from hotelml_app.__main__ import main
from hotelml_app.cli import confirming

NEXT = AS_OF + timedelta(days=1)


@pytest.fixture
def delta(hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> int:
    """The number of an import that changed the small hotel."""
    assert main(["import", str(write_export(tmp_path / "exports", NEXT, changed_since=AS_OF))]) == 0
    return int(listed(capsys)[0]["id"])


def listed(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, str]]:
    capsys.readouterr()
    assert main(["imports", "--json", *options]) == 0
    return list(json.loads(capsys.readouterr().out)["imports"])


def test_they_are_listed_newest_first(delta: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["imports"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["Number", "File"]
    assert lines[1].split()[:3] == [str(delta), f"bookings_{NEXT}.csv", "done"]
    assert [one["status"] for one in listed(capsys, "--limit", "1")] == ["done"]


def test_a_look_says_what_would_happen_and_changes_nothing(delta: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["imports", "take-back", str(delta), "--look"]) == 0
    assert "as of the end of 27 Feb 2026 instead of 28 Feb 2026" in capsys.readouterr().out
    assert listed(capsys)[0]["status"] == "done"


def test_with_yes_it_is_done(delta: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["imports", "take-back", str(delta), "--yes"]) == 0
    assert f"bookings_{NEXT}.csv is taken back: everything is as it was before it." in capsys.readouterr().out
    assert listed(capsys)[0]["status"] == "taken back"
    assert main(["imports", "take-back", str(delta), "--yes"]) == 1
    assert "Nothing was taken in with it" in capsys.readouterr().err


def test_where_nobody_can_be_asked_nothing_is_done(delta: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["imports", "take-back", str(delta)]) == 2
    assert "nobody could be asked" in capsys.readouterr().err
    assert listed(capsys)[0]["status"] == "done"


def test_whoever_is_asked_may_say_no(delta: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirming, "is_typed", lambda: True)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: False)
    assert main(["imports", "take-back", str(delta)]) == 1
    assert listed(capsys)[0]["status"] == "done"


@pytest.mark.parametrize(("number", "code"), [("4711", 1), ("0", 2), ("-1", 2), ("first", 2)])
def test_an_import_that_is_not_there(hotel_home: Path, capsys: pytest.CaptureFixture[str], number: str, code: int) -> None:
    assert main(["imports", "take-back", "--yes", "--", number]) == code
    assert capsys.readouterr().err
