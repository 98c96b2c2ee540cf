"""``hotelml evaluate``: judged once for the same data, told again at once."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, write_export

from hotelml_app.__main__ import main
from hotelml_app.core.jobs import ProgressCallback
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.services.parts import Parts
from hotelml_app.store.hotels.properties import PropertyRow

Captured = pytest.CaptureFixture[str]
COMMAND = ["evaluate", "--module", "guests"]
RULE = "base rate by days to arrival"


@pytest.fixture(autouse=True)
def judged(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days that were judged; the judging itself, which takes its time, is tested with the modules."""
    days: list[date] = []

    def judge(parts: Parts, manifest: ModuleManifest, row: PropertyRow, day: date, progress: ProgressCallback) -> object:
        days.append(day)
        progress(0.5, "Judging")
        return {"module": manifest.name, "origins": [day.isoformat()], "candidates": [], "notes": [f"Judged {len(days)} times."]}

    monkeypatch.setattr("hotelml_app.services.learning.evaluate_module._judge", judge)
    return days


def board(capsys: Captured, *more: str) -> dict[str, object]:
    assert main([*COMMAND, "--json", *more]) == 0
    (one,) = json.loads(capsys.readouterr().out)["leaderboards"]
    return dict(one)


def test_a_backtest_is_kept_until_what_it_rests_on_changes(
    hotel_home: Path, tmp_path: Path, judged: list[date], capsys: Captured
) -> None:
    first = board(capsys)
    assert not first["kept"]
    assert board(capsys) == {**first, "kept": True}
    assert judged == [AS_OF]
    (file,) = (hotel_home / "cache").glob("*.json")

    assert main(COMMAND) == 0
    told = capsys.readouterr().out
    assert "--again evaluates again" in told
    assert f"guests, asked on {AS_OF}" in told

    file.write_text("{ half a", encoding="utf-8")
    assert not board(capsys)["kept"]
    assert board(capsys)["kept"]
    assert not board(capsys, "--again")["kept"]
    assert len(judged) == 3

    assert main(["import", str(write_export(tmp_path, AS_OF + timedelta(days=7), changed_since=AS_OF))]) == 0
    capsys.readouterr()
    assert not board(capsys)["kept"]
    assert judged[-1] == AS_OF + timedelta(days=7)


def test_what_cannot_be_kept_is_told_all_the_same(hotel_home: Path, capsys: Captured) -> None:
    (hotel_home / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert not board(capsys)["kept"]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a PC with Windows is not the test's to set")
def test_when_it_was_judged_is_told_by_the_clock_on_the_wall(
    hotel_home: Path, capsys: Captured, request: pytest.FixtureRequest
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        request.addfinalizer(time.tzset)
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        board(capsys)
        (file,) = (hotel_home / "cache").glob("*.json")
        kept = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**kept, "judged_at": "2026-03-01T02:30:00+00:00"}), encoding="utf-8")
        assert main(COMMAND) == 0
        assert "Judged on 2026-02-28 21:30 on the same data" in capsys.readouterr().out


@pytest.mark.usefixtures("hotel_home")
def test_plain_rules_are_called_as_staff_would_call_them(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """To programs they keep the names they have."""
    measure = {"name": "brier", "unit": "", "bucket": "1-7 days ahead", "value": 0.0878}
    rule = {"name": RULE, "measures": [measure], "chosen": False, "is_baseline": True, "is_bundled": False}
    whole = {"module": "noshow", "origins": [AS_OF.isoformat()], "candidates": [rule], "notes": [f"Beside {RULE}."]}
    monkeypatch.setattr("hotelml_app.services.learning.evaluate_module._judge", lambda *_: whole)
    assert main(["evaluate", "--module", "noshow"]) == 0
    said = capsys.readouterr().out
    assert RULE not in said
    assert said.count("the usual share lost") == 2
    assert main(["evaluate", "--module", "noshow", "--json"]) == 0
    assert RULE in capsys.readouterr().out
