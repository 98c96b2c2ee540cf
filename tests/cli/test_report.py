"""``hotelml report``: a workbook or a PDF from the command line, with no screen and nothing written over."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from refusals import failure
from small_hotel import AS_OF, NAME, open_at_morning

from hotelml_app.__main__ import main
from hotelml_app.services.report.keeping import is_report

Captured = pytest.CaptureFixture[str]

WITHOUT_A_SCREEN = """
import os, sys
os.environ.pop("QT_QPA_PLATFORM", None)
os.environ.pop("DISPLAY", None)
os.environ.pop("WAYLAND_DISPLAY", None)
from hotelml_app.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def told_home(filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small hotel with its predictions made; never to be changed."""
    home = tmp_path_factory.mktemp("told") / "home"
    shutil.copytree(filled_home, home)
    with open_at_morning(home) as opened:
        opened.report(NAME)
    return home


@pytest.fixture
def hotel_home(told_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that home; HOTELML_HOME points to it."""
    home = tmp_path / "hotel home"
    shutil.copytree(told_home, home)
    monkeypatch.setenv("HOTELML_HOME", str(home))
    return home


def test_a_workbook_is_written_and_told_of_and_replaces_itself(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "for the meeting" / "report.xlsx"
    assert main(["report", "--out", str(target), "--days", "7"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Today: ")
    assert said.rstrip().endswith(f"is in {target}.")
    assert main(["report", "--out", str(target), "--days", "7", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["property"], told["as_of"], told["days"], told["out"]) == (NAME, AS_OF.isoformat(), 7, str(target))
    assert {one["title"]: one["rows"] for one in told["sheets"]}["Nights"] == 7
    assert "report" not in told
    book = CalamineWorkbook.from_path(target)
    assert book.sheet_names == [one["title"] for one in told["sheets"]]


def test_without_a_file_all_of_it_is_told_as_json(hotel_home: Path, capsys: Captured) -> None:
    assert main(["report", "--days", "3", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    nights = next(one for one in told["report"]["sheets"] if one["title"] == "Nights")
    assert len(nights["tables"][0]["rows"]) == 3
    assert main(["report", "--days", "3"]) == 0
    assert "--out report.xlsx" in capsys.readouterr().err


def test_a_pdf_needs_no_screen(hotel_home: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    command = [sys.executable, "-c", WITHOUT_A_SCREEN, "report", "--out", str(target), "--days", "3", "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["out"] == str(target)
    assert target.read_bytes().startswith(b"%PDF")
    assert is_report(target)


@pytest.mark.parametrize("name", ["budget.xlsx", "letter.pdf"])
def test_a_file_of_somebody_else_is_left_alone(name: str, hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / name
    target.write_text("figures of the year", encoding="utf-8")
    assert "not a report of HotelML" in failure(capsys, ["report", "--out", str(target)], 1)
    assert target.read_text(encoding="utf-8") == "figures of the year"


@pytest.mark.parametrize("name", ["models/report.xlsx", "backups/report.pdf"])
def test_nothing_is_written_among_hotelmls_own(name: str, hotel_home: Path, capsys: Captured) -> None:
    assert "HotelML's own data" in failure(capsys, ["report", "--out", str(hotel_home / name)], 1)


def test_what_cannot_be_is_refused_before_anything_is_worked_out(hotel_home: Path, tmp_path: Path, capsys: Captured) -> None:
    assert "neither Excel nor PDF" in failure(capsys, ["report", "--out", str(tmp_path / "report.csv")], 2)
    assert "from 1 to 90" in failure(capsys, ["report", "--days", "91", "--out", str(tmp_path / "report.xlsx")], 2)
    assert "There is no property" in failure(capsys, ["report", "--property", "Elsewhere"], 2)
    assert "lies after the newest export" in failure(capsys, ["report", "--as-of", "2031-01-01"], 2)
